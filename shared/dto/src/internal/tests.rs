use serde_json::json;

use super::*;
use crate::claim::{ClaimCountAnswer, ClaimCountQuery};
use crate::inquiry::InquiryCountResponse;
use crate::schema_check::{Optional, Required, check_schema};

#[test]
fn sisters_agree_on_their_fields() {
    check_schema::<MemberWithdrawal>(&[("mbrNo", Required, json!("100001311"))]);
    check_schema::<OrderRecord>(&[
        ("evtKey", Required, json!("order:20260801O000001")),
        ("ordNo", Required, json!("20260801O000001")),
        ("siteNo", Required, json!("1")),
        ("mbrNo", Optional, json!("100001311")),
        ("ordDtm", Required, json!("2026-08-01T10:00:00+09:00")),
        ("accmList", Optional, json!([])),
        ("mlgUseAmt", Required, json!(3000)),
        ("cpnIsuNoList", Optional, json!(["CI0001"])),
    ]);
    check_schema::<CouponRestore>(&[
        ("evtKey", Required, json!("claim:20260802C000001:COUPON")),
        ("claimNo", Required, json!("20260802C000001")),
        ("ordNo", Required, json!("20260801O000001")),
        ("cpnIsuNoList", Required, json!(["CI0001"])),
    ]);
    check_schema::<CouponRestored>(&[
        ("cpnIsuNo", Required, json!("CI0001")),
        ("restoredYn", Required, json!("N")),
        ("rsn", Optional, json!("USED_ELSEWHERE")),
    ]);
    check_schema::<AccumulationTakeBack>(&[
        ("evtKey", Required, json!("claim:20260802C000001:ACCM")),
        ("claimNo", Required, json!("20260802C000001")),
        ("ordNo", Required, json!("20260801O000001")),
        ("accmList", Required, json!([{"accmGbCd": "24", "promoNo": "P40", "rtrvAmt": 490}])),
    ]);
    check_schema::<MileageRestore>(&[
        ("evtKey", Required, json!("claim:20260802C000001:MILEAGE")),
        ("claimNo", Required, json!("20260802C000001")),
        ("ordNo", Required, json!("20260801O000001")),
        ("restoreAmt", Required, json!(3000)),
    ]);
    check_schema::<ClaimCountQuery>(&[
        ("mbrNo", Required, json!("100001311")),
        ("siteNo", Required, json!("1")),
        ("reqGubun", Required, json!("quit")),
        ("cmplAfter", Optional, json!("2026-08-01T00:00:00+09:00")),
    ]);
    check_schema::<ClaimCountAnswer>(&[("claimCnt", Required, json!(1))]);
    check_schema::<InquiryCountResponse>(&[("inquiryCnt", Required, json!(1))]);
}

#[test]
fn what_an_inquiry_asks_of_the_orders_and_the_catalogue() {
    check_schema::<MemberOrderLinesQuery>(&[
        ("siteNo", Required, json!("1")),
        ("strDt", Required, json!("2026-08-01")),
        ("endDt", Required, json!("2026-08-31")),
        ("pageNo", Optional, json!(1)),
        ("pageSize", Optional, json!(10)),
    ]);
    check_schema::<MemberOrderLines>(&[("totalCount", Required, json!(0)), ("list", Required, json!([]))]);
    check_schema::<MemberOrderLine>(&[
        ("ordNo", Required, json!("20260801O000001")),
        ("ordDtm", Required, json!("2026-08-01T10:00:00+09:00")),
        ("ordSeq", Required, json!(1)),
        ("goodsNo", Required, json!("10002552")),
        ("goodsNm", Required, json!("린넨 셔츠")),
        ("itmNo", Required, json!("001")),
        ("itmNm", Required, json!("화이트/M")),
        ("goodsImg", Optional, json!("a.jpg")),
        ("ordQty", Required, json!(3)),
        ("salePrc", Required, json!(20000)),
        ("ordDtlStatCd", Required, json!("11")),
    ]);
    check_schema::<OrderOwnershipQuery>(&[
        ("mbrNo", Required, json!("100001311")),
        ("siteNo", Required, json!("1")),
    ]);
    check_schema::<OwnedOrderLine>(&[
        ("ordSeq", Required, json!(1)),
        ("goodsNo", Required, json!("10002552")),
        ("goodsNm", Required, json!("린넨 셔츠")),
        ("itmNo", Required, json!("001")),
    ]);
    check_schema::<GoodsSearchQuery>(&[
        ("searchNm", Optional, json!("셔츠")),
        ("goodsNo", Optional, json!("10002552")),
        ("pageNo", Optional, json!(1)),
        ("pageSize", Optional, json!(10)),
    ]);
    check_schema::<GoodsSearchAnswer>(&[("totalCount", Required, json!(0)), ("list", Required, json!([]))]);
}
