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
    check_schema::<CouponHold>(&[
        ("evtKey", Required, json!("20260802C000001:COUPON:CR0001")),
        ("claimNo", Required, json!("20260802C000001")),
        ("ordNo", Required, json!("20260801O000001")),
        ("mbrNo", Required, json!("100001311")),
        ("cpnIsuNo", Required, json!("CR0001")),
    ]);
    check_schema::<CouponHeld>(&[
        ("heldYn", Required, json!("N")),
        ("rsn", Optional, json!("NOT_THE_MEMBERS")),
    ]);
    check_schema::<CouponRelease>(&[
        ("evtKey", Required, json!("20260802C000001:COUPON:CR0001")),
        ("claimNo", Required, json!("20260802C000001")),
        ("ordNo", Required, json!("20260801O000001")),
        ("cpnIsuNo", Required, json!("CR0001")),
    ]);
    check_schema::<CouponReleased>(&[
        ("restoredYn", Required, json!("N")),
        ("rsn", Optional, json!("NOT_HELD")),
    ]);
    check_schema::<MemberCouponsQuery>(&[
        ("mbrNo", Required, json!("100001311")),
        ("promoTypCd", Optional, json!("15")),
        ("cpnIsuNo", Optional, json!("CR0001")),
    ]);
    check_schema::<MemberCoupons>(&[("list", Required, json!([]))]);
    check_schema::<MemberCoupon>(&[
        ("cpnIsuNo", Required, json!("CR0001")),
        ("promoNo", Required, json!("P15")),
        ("promoNm", Required, json!("무료반품쿠폰")),
        ("promoTypCd", Required, json!("15")),
        ("validEndDtm", Required, json!("2026-08-31T23:59:59+09:00")),
        ("useStatCd", Required, json!("10")),
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
    check_schema::<AdditionalPaymentHold>(&[
        ("pgPayKey", Required, json!("tk_1")),
        ("holdNo", Optional, json!("0198a1b2")),
    ]);
    check_schema::<AdditionalPaymentHeld>(&[
        ("heldYn", Required, json!("N")),
        ("ordNo", Required, json!("20260801O000001")),
    ]);
    check_schema::<AdditionalPaymentRelease>(&[
        ("pgPayKey", Required, json!("tk_1")),
        ("holdNo", Required, json!("0198a1b2")),
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
fn what_is_known_of_one_who_has_left() {
    check_schema::<PersonalValuesQuery>(&[("afterOrdNo", Optional, json!("20260801O000001"))]);
    check_schema::<PersonalValues>(&[
        ("nmList", Required, json!(["남궁길동"])),
        ("cellList", Required, json!([{"cellTxnoNo": "1234", "cellEndNo": "5678"}])),
        ("emailList", Required, json!(["gildong@example.com"])),
        (
            "addrList",
            Required,
            json!([{"zipAddr": "서울특별시 강남구 테헤란로 152", "dtlAddr": "비밀동 707호"}]),
        ),
        ("lastOrdNo", Optional, json!("20260801O000001")),
    ]);
    let values: PersonalValues = serde_json::from_value(json!({"nmList": ["남궁길동"], "emailList": [],
        "cellList": [{"cellTxnoNo": "1234", "cellEndNo": "5678"}],
        "addrList": [{"zipAddr": "서울특별시 강남구 테헤란로 152", "dtlAddr": "비밀동 707호"}], "lastOrdNo": null}))
    .expect("these are values");
    assert_eq!(format!("{values:?}"), "PersonalValues { last_ord_no: None, .. }");
    let mut known = commerce::masking::free_text::KnownValues::default();
    values.add_to(&mut known);
    assert_eq!(known.len(), 4);
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
