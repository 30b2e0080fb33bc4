//! Policies, coupons and mileage: ours, so the list of fields is the contract's own.

use serde_json::json;

use super::super::*;
use super::sample::number;
use crate::schema_check::{Optional, Required, check_schema};

#[test]
fn a_policy_has_the_contracts_fields() {
    check_schema::<AccumulationPolicy>(&[
        (
            "base",
            Optional,
            json!({"promoNo": "A21", "promoNm": "주문적립", "accmRate": 1, "ourChrgRate": 100, "entrChrgRate": 0}),
        ),
        ("grades", Optional, json!([])),
        ("goodsMileages", Optional, json!([])),
        ("mileageExcludedGoods", Optional, json!(["10002590"])),
    ]);
    check_schema::<GradeAccumulation>(&[
        ("promoNo", Required, json!("A22-30")),
        ("promoNm", Required, json!("회원등급적립")),
        ("mbrGradeCd", Required, json!("30")),
        ("rsrvStdAmt", Required, json!(30000)),
        ("accmRate", Required, number("1.5")),
        ("ourChrgRate", Optional, json!(100)),
        ("entrChrgRate", Optional, json!(0)),
    ]);
    check_schema::<GoodsMileage>(&[
        ("promoNo", Required, json!("A24")),
        ("promoNm", Required, json!("추가적립")),
        ("strDtm", Required, json!("2026-08-01T00:00:00+09:00")),
        ("endDtm", Required, json!("2026-08-31T23:59:59+09:00")),
        ("fixamtFxrtGbCd", Required, json!("02")),
        ("accmRate", Required, number("2.5")),
        ("maxAccmAmt", Optional, json!(10000)),
        ("mbrGradeCds", Optional, json!(["30"])),
        ("ordMediaCds", Optional, json!(["20"])),
        ("targets", Optional, json!([{"targetTypCd": "BRAND", "targetNo": "B02"}, {"targetTypCd": "ALL"}])),
        ("ourChrgRate", Optional, json!(50)),
        ("entrChrgRate", Optional, json!(50)),
    ]);
}

#[test]
fn coupons_and_mileage_have_the_contracts_fields() {
    check_schema::<Coupon>(&[
        ("cpnIsuNo", Required, json!("CI0001")),
        ("promoNo", Required, json!("P11")),
        ("promoNm", Required, json!("상품쿠폰 10%")),
        ("promoTypCd", Required, json!("11")),
        ("mbrNo", Required, json!("100001311")),
        ("validEndDtm", Required, json!("2026-08-31T23:59:59+09:00")),
        ("useStatCd", Optional, json!("20")),
        ("ordNo", Optional, json!("20260801O000001")),
        ("claimNo", Optional, json!("20260802C000001")),
    ]);
    check_schema::<MileageBook>(&[
        ("mbrNo", Required, json!("100001311")),
        ("balance", Required, json!(-3000)),
        ("list", Required, json!([])),
    ]);
    check_schema::<MileageMovement>(&[
        ("mlgNo", Required, json!("1")),
        ("rsnCd", Required, json!("50")),
        ("amt", Required, json!(-3000)),
        ("ordNo", Optional, json!("20260801O000001")),
        ("claimNo", Optional, json!("20260802C000001")),
        ("dtm", Required, json!("2026-08-01T10:00:00+09:00")),
    ]);
}

#[test]
fn an_unknown_target_kind_is_refused_by_its_table() {
    let refused = serde_json::from_value::<MileageTarget>(json!({"targetTypCd": "SHOP", "targetNo": "1"}));
    assert_eq!(refused.unwrap_err().to_string(), "`SHOP` is not a code of table targetTypCd");
}
