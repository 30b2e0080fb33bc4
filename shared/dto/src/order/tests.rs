use serde_json::{Value, json};

use super::*;
use crate::schema_check::{Need, Optional, Required, check_schema};

/// The order the contract shows, with a row in each of the lists it leaves empty.
fn sample() -> Value {
    serde_json::from_str(include_str!("tests/order.json")).unwrap()
}

/// The fields of one object of the sample, all required but those named.
fn fields_of<'a>(object: &'a Value, optional: &[&str]) -> Vec<(&'a str, Need, Value)> {
    object
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| {
            let need = if optional.contains(&name.as_str()) { Optional } else { Required };
            (name.as_str(), need, value.clone())
        })
        .collect()
}

#[test]
fn the_order_of_the_contract_survives_a_round_trip_untouched() {
    let order: Order = serde_json::from_value(sample()).unwrap();
    assert_eq!(serde_json::to_value(&order).unwrap(), sample());
}

#[test]
fn exactly_the_fields_the_contract_names_may_be_null_or_absent() {
    let order = sample();
    check_schema::<Order>(&fields_of(
        &order,
        &[
            "mbrNo",
            "mbrGradeCd",
            "emailAddr",
            "ordPwd",
            "ordPromotionList",
            "ordAccmList",
            "giftList",
            "etcGftDlvpList",
        ],
    ));
    check_schema::<DeliveryAddress>(&fields_of(&order["dlvpList"][0], &["deliMsg", "persCstmCd"]));
    check_schema::<DeliveryGroup>(&fields_of(&order["deliGrpList"][0], &["freeStdAmt", "dlvCpn"]));
    check_schema::<DeliveryCoupon>(&fields_of(&order["deliGrpList"][0]["dlvCpn"], &["cpnIsuNo"]));
    check_schema::<OrderLine>(&fields_of(&order["goodsList"][0], &["goodsImg", "benefitList"]));
    let benefit = &order["goodsList"][0]["benefitList"][0];
    check_schema::<LineBenefit>(&fields_of(benefit, &["minBuyAmt", "maxDcAmt", "cpnIsuNo"]));
    let promotion = &order["ordPromotionList"][0];
    check_schema::<OrderPromotion>(&fields_of(promotion, &["minBuyAmt", "maxDcAmt", "cpnIsuNo", "goods"]));
    check_schema::<OrderPromotionGoods>(&fields_of(&promotion["goods"][0], &[]));
    let accm = &order["ordAccmList"][0];
    let accm_optional = ["promoTypCd", "ourChrgRate", "entrChrgRate", "rsrvStdAmt", "goodsAccmList"];
    check_schema::<OrderAccm>(&fields_of(accm, &accm_optional));
    check_schema::<OrderAccmGoods>(&fields_of(&accm["goodsAccmList"][0], &[]));
    check_schema::<OrderGift>(&fields_of(&order["giftList"][0], &["aplyMinAmt", "ordSeq"]));
    check_schema::<EtcGiftDelivery>(&fields_of(&order["etcGftDlvpList"][0], &["deliMsg"]));
    check_schema::<OrderPayment>(&fields_of(&order["payList"][0], &["pgPayKey", "cardNo"]));
}

#[test]
fn what_an_order_says_of_its_returns_may_be_null_or_absent() {
    let order = sample();
    let with = |object: &Value, said: Value| {
        let mut object = object.clone();
        object.as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
        object
    };
    let fees = json!({"rtnDeliAmt": 3000, "exchDeliAmt": 6000, "frstDeliAmt": 2500});
    check_schema::<DeliveryGroup>(&fields_of(
        &with(&order["deliGrpList"][0], fees),
        &["freeStdAmt", "dlvCpn", "rtnDeliAmt", "exchDeliAmt", "frstDeliAmt"],
    ));
    let may_be = json!({"rtnPsbYn": "Y", "exchPsbYn": "N", "wthdYn": "N"});
    check_schema::<OrderLine>(&fields_of(
        &with(&order["goodsList"][0], may_be),
        &["goodsImg", "benefitList", "rtnPsbYn", "exchPsbYn", "wthdYn"],
    ));
    check_schema::<OrderGift>(&fields_of(
        &with(&order["giftList"][0], json!({"aeAmt": 7000})),
        &["aplyMinAmt", "ordSeq", "aeAmt"],
    ));
}

#[test]
fn absent_lists_are_empty() {
    let mut guest = sample();
    let object = guest.as_object_mut().unwrap();
    for name in ["ordPromotionList", "ordAccmList", "giftList", "etcGftDlvpList"] {
        object.remove(name);
    }
    let order: Order = serde_json::from_value(guest).unwrap();
    assert!(order.ord_promotion_list.is_empty() && order.ord_accm_list.is_empty());
    assert!(order.gift_list.is_empty() && order.etc_gft_dlvp_list.is_empty());
}

#[test]
fn amounts_dates_and_codes_are_judged_on_the_way_in() {
    #[track_caller]
    fn refused(path: &str, value: Value, expected: &str) {
        let mut order = sample();
        *order.pointer_mut(path).unwrap() = value;
        let refused = serde_json::from_str::<Order>(&order.to_string()).unwrap_err().to_string();
        assert!(refused.contains(expected), "{refused}");
    }
    refused("/ordNo", json!("O-1"), "`O-1` is not an order number");
    refused("/ordMediaCd", json!("99"), "`99` is not a code of table OM007");
    refused("/goodsList/0/deliProcTypCd", json!("10"), "`10` is not a code of table PR008");
    refused("/goodsList/0/salePrc", json!("20000"), "expected an amount in whole won");
    refused("/goodsList/0/salePrc", json!(20000.5), "expected an amount in whole won");
    refused("/ordDtm", json!("2026-08-01"), "`2026-08-01` is not a date-time");
    refused("/ordAccmList/0/accmRate", serde_json::from_str("0.005").unwrap(), "`0.005` is not a rate");
    refused("/payList/0/sctnCnclPsbYn", json!("y"), "`y` is not a code of table Yn");
}

#[test]
fn the_calls_around_an_order_have_the_contracts_fields() {
    check_schema::<OrderIntakeRequest>(&[("orders", Required, json!([sample()]))]);
    check_schema::<OrderIntakeAnswer>(&[("created", Required, json!(1)), ("unchanged", Required, json!(0))]);
    let line = json!({"ordSeq": 1, "ordDtlStatCd": "13", "dtm": "2026-08-02T10:00:00+09:00"});
    check_schema::<OrderStatusRequest>(&[("lines", Required, json!([line]))]);
    check_schema::<OrderStatusLine>(&fields_of(&line, &[]));
}

#[test]
fn a_snapshot_holds_the_order_and_what_became_of_its_lines() {
    let line = json!({
        "ordSeq": 1, "ordDtlStatCd": "15", "itmNo": "002", "itmNm": "블랙/M", "cnclQty": 1, "rtnQty": 0,
        "dlvdDtm": "2026-08-03T10:00:00+09:00",
    });
    check_schema::<OrderLineState>(&fields_of(&line, &["dlvdDtm"]));
    let mut snapshot =
        json!({"order": sample(), "lineList": [line], "masked": false, "rtnDays": 10, "exchDays": 20});
    let read: OrderSnapshot = serde_json::from_value(snapshot.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), snapshot);
    // What a release before says nothing of is as the table has it from the start.
    for days in ["rtnDays", "exchDays"] {
        snapshot.as_object_mut().unwrap().remove(days);
    }
    let read: OrderSnapshot = serde_json::from_value(snapshot).unwrap();
    assert_eq!((read.rtn_days, read.exch_days), (14, 14));
}

#[test]
fn nobodys_name_phone_or_password_is_printed() {
    let mut order = sample();
    order["ordPwd"] = json!("s3cret");
    let order: Order = serde_json::from_value(order).unwrap();
    let printed =
        format!("{order:?} {:?} {:?} {:?}", order.dlvp_list, order.etc_gft_dlvp_list, order.pay_list);
    for personal in ["홍길동", "5678", "gildong", "s3cret", "테헤란로", "tk_1", "****"] {
        assert!(!printed.contains(personal), "{printed}");
    }
}
