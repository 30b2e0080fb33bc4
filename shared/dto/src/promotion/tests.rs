use commerce::{DeliveryProcess, PromotionType, Rate};
use serde_json::{Value, json};

use super::*;

mod management;
mod sample;
mod schemas;

fn request() -> Value {
    json!({
        "mbrNo": "100001311", "mbrGradeCd": "30", "ordMediaCd": "20", "baseDtm": "2026-08-01 10:00:00",
        "goodsList": [sample::accm_goods()],
    })
}

#[test]
fn a_request_without_an_orders_entries_is_no_claim() {
    let absent: AccmRequest = serde_json::from_value(request()).unwrap();
    assert_eq!(absent.ord_accm_list, None);
    let mut claim = request();
    claim["ordAccmList"] = json!([]);
    let claim: AccmRequest = serde_json::from_value(claim).unwrap();
    assert_eq!(claim.ord_accm_list, Some(vec![]));
}

#[test]
fn goods_that_nothing_is_computed_from_are_checked_all_the_same() {
    let mut good = request();
    good["ordGoodsInfoList"] = json!([sample::ord_goods()]);
    assert!(serde_json::from_value::<AccmRequest>(good).unwrap().ord_goods_info_list.is_some());
    let mut bad = request();
    bad["ordGoodsInfoList"] = json!([{"basketGoods": {"deliProcTypCd": "10"}}]);
    let refused = serde_json::from_value::<AccmRequest>(bad).unwrap_err();
    assert_eq!(refused.to_string(), "`10` is not a code of table PR008");
}

#[test]
fn rates_keep_every_digit_from_text_to_text() {
    let text = r#"{"accmGbCd":"21","promoNo":"P21","promoNm":"주문적립","ourChrgRate":100,"entrChrgRate":0,
        "fixamtFxrtGbCd":"02","rsrvStdAmt":0,"accmRate":0.57}"#;
    let entry: OrderAccmInfo = serde_json::from_str(text).unwrap();
    assert_eq!(entry.accm_rate.as_rate(), Rate::from_basis_points(57));
    assert!(serde_json::to_string(&entry).unwrap().contains(r#""accmRate":0.57"#));
}

#[test]
fn an_answer_writes_a_null_promotion_type_where_there_is_none_and_leaves_the_rest_out() {
    let mut row = sample::accm_promotion();
    row["promoTypCd"] = Value::Null;
    let mut entry: AccmPromotionInfo = serde_json::from_value(row.clone()).unwrap();
    assert_eq!(entry.promo_typ_cd, None);
    assert_eq!(serde_json::to_value(&entry).unwrap(), row);
    entry.our_chrg_rate = None;
    assert_eq!(serde_json::to_value(&entry).unwrap().get("ourChrgRate"), None);
}

#[test]
fn the_delivery_process_of_a_basket_travels_by_name() {
    let goods: BasketGoods = serde_json::from_value(json!({"deliProcTypCd": "CNTR_DLV"})).unwrap();
    assert_eq!(goods.deli_proc_typ_cd, Some(DeliveryProcess::Centre));
    let refused = serde_json::from_value::<BasketGoods>(json!({"deliProcTypCd": "10"})).unwrap_err();
    assert_eq!(refused.to_string(), "`10` is not a code of table PR008");
}

#[test]
fn codes_the_seed_lists_no_values_for_are_free_texts_in_the_basket() {
    let goods: BasketGoods = serde_json::from_value(json!({"saleStatCd": "ZZ", "dispYn": "maybe"})).unwrap();
    assert_eq!((goods.sale_stat_cd.as_deref(), goods.disp_yn.as_deref()), (Some("ZZ"), Some("maybe")));
}

#[test]
fn codes_it_lists_values_for_are_judged_wherever_they_stand() {
    #[track_caller]
    fn refused(path: &str, value: Value, expected: &str) {
        let mut body = request();
        body["ordAccmList"] = json!([sample::order_accm()]);
        body["ordGoodsInfoList"] = json!([sample::ord_goods()]);
        body["benefitOrderPromotionInfo"] = sample::order_promotion();
        assert!(serde_json::from_value::<AccmRequest>(body.clone()).is_ok());
        *body.pointer_mut(path).unwrap() = value;
        let refused = serde_json::from_str::<AccmRequest>(&body.to_string()).unwrap_err().to_string();
        assert!(refused.contains(expected), "{refused}");
    }
    refused("/mbrGradeCd", json!("60"), "`60` is not a code of table ME008");
    refused("/ordMediaCd", json!("70"), "`70` is not a code of table OM007");
    refused("/baseDtm", json!("20260801"), "`20260801` is not a date-time");
    refused("/goodsList/0/purchaseAmt", json!(1.0), "expected an amount in whole won");
    refused("/ordAccmList/0/accmGbCd", json!("25"), "`25` is not a code of table ME020");
    refused("/ordAccmList/0/ourChrgRate", sample::number("1.0"), "expected i32");
    refused(
        "/benefitOrderPromotionInfo/fixamtFxrtGbCd",
        json!("03"),
        "`03` is not a code of table fixamtFxrtGbCd",
    );
    let benefit = "/ordGoodsInfoList/0/aplyGoodsBnfInfo/benefitList/0/promoTypCd";
    refused(benefit, json!("99"), "`99` is not a code of table MK002");
    refused("/ordGoodsInfoList/0/aeEvtList/0/addEvtTypCd", json!("30"), "`30` is not a code of table MK012");
}

#[test]
fn a_goods_mileage_is_the_one_promotion_an_answer_names() {
    let entry: AccmPromotionInfo = serde_json::from_value(sample::accm_promotion()).unwrap();
    assert_eq!(entry.promo_typ_cd, Some(PromotionType::GoodsMileage));
    let total = serde_json::to_value(AccmResponse { total_accm_amt: entry.accm_amt, accm_list: vec![entry] })
        .unwrap();
    assert_eq!(total, json!({"totalAccmAmt": 1595, "accmList": [sample::accm_promotion()]}));
}
