//! Orders for stories.

use serde_json::{Value, json};

/// A member's order of three shirts, discounted by a goods coupon and a cart coupon, paid with a card and mileage.
pub fn contract_order() -> Value {
    serde_json::from_str(include_str!("../../deploy/local/src/demo/known/member_order.json"))
        .expect("the demo's own order is JSON")
}

/// A plain order of one line: `quantity` pieces at `price`, paid by card.
pub fn order(order_no: &str, member_no: &str, order_dtm: &str, quantity: i64, price: i64) -> Value {
    json!({
        "ordNo": order_no, "siteNo": "1", "mbrNo": member_no, "mbrGradeCd": "10",
        "ordManNm": "남궁길동", "cellSctNo": "010", "cellTxnoNo": "9876", "cellEndNo": "5432",
        "emailAddr": "namgung@example.com", "ordMediaCd": "30", "ordDtm": order_dtm,
        "dlvpList": [{"dlvpSeq": 1, "rcvmnNm": "독고영재", "cellSctNo": "011", "cellTxnoNo": "8765",
            "cellEndNo": "4321", "zipNo": "48058", "zipAddr": "부산광역시 해운대구 센텀중앙로 79",
            "dtlAddr": "비밀동 707호", "deliMsg": "경비실에 맡겨 주세요", "persCstmCd": "P123456789012"}],
        "deliGrpList": [{"deliGrpNo": 1, "deliPolcNo": "D001", "entrNo": "E0001", "dlvpSeq": 1,
            "baseDeliAmt": 0, "freeStdAmt": null, "chrgDeliAmt": 0, "dlvCpn": null}],
        "goodsList": [{"ordSeq": 1, "goodsNo": "10002553", "itmNo": "001", "goodsNm": "면 티셔츠",
            "itmNm": "네이비/L", "entrNo": "E0001", "brandNo": "B01", "stdCtgNo": "S0101",
            "dispCtgNo": "C0101", "chlNo": "1000001", "deliGrpNo": 1, "deliProcTypCd": "CORP_DLV",
            "ordQty": quantity, "salePrc": price, "ordDtlStatCd": "11", "ordCnclPsbYn": "Y", "rsvGoodsYn": "N",
            "benefitList": []}],
        "payList": [{"payNo": "PAY1", "payMeansCd": "10", "payAmt": quantity * price, "sctnCnclPsbYn": "Y",
            "pgPayKey": "pg_secret_key", "cardNo": "5409123412341234"}]
    })
}

/// As [`order`], for the member's site and a person of the story's choice.
pub fn order_of(order_no: &str, member_no: &str, site_no: &str, order_dtm: &str, price: i64) -> Value {
    let mut order = order(order_no, member_no, order_dtm, 1, price);
    order["siteNo"] = json!(site_no);
    order
}

/// A guest's order with a password.
pub fn guest_order(order_no: &str, password: &str) -> Value {
    let mut order = order(order_no, "1", "2026-11-01T12:00:00+09:00", 1, 15_000);
    order["mbrNo"] = json!(null);
    order["mbrGradeCd"] = json!(null);
    order["ordPwd"] = json!(password);
    order
}
