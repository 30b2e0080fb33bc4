//! One row of each kind.

use serde_json::{Value, json};

/// A number kept as it is written.
pub(super) fn number(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

pub(super) fn accm_goods() -> Value {
    json!({
        "goodsNo": "10002552", "itmNo": "001", "purchaseAmt": 60000, "stdCtgNo": "S0101", "dispCtgNo": "C0101",
        "brandNo": "B01", "entrNo": "E0001", "chlNo": "1000001",
    })
}

pub(super) fn order_accm() -> Value {
    json!({
        "accmGbCd": "21", "promoNo": "P21", "promoNm": "주문적립", "ourChrgRate": 100, "entrChrgRate": 0,
        "fixamtFxrtGbCd": "02", "rsrvStdAmt": 0, "accmRate": number("0.57"),
    })
}

pub(super) fn ord_goods() -> Value {
    json!({
        "basketGoods": {"goodsNo": "10002552"}, "aplyGoodsBnfInfo": goods_benefit(), "aeEvtList": [gift_event(), null],
    })
}

pub(super) fn goods_benefit() -> Value {
    json!({"goodsNo": "10002552", "itmNo": "001", "dcAmt": 6000, "benefitList": [goods_promotion()]})
}

pub(super) fn goods_promotion() -> Value {
    json!({
        "promoNo": "P11", "promoNm": "상품쿠폰 10%", "promoTypCd": "11", "ourChrgRate": 100, "entrChrgRate": 0,
        "fixamtFxrtGbCd": "02", "dcAmt": 6000, "dcAmtPerCnt": 2000,
    })
}

pub(super) fn gift_event() -> Value {
    json!({
        "goodsNo": "10002552", "itmNo": "001", "aeNo": "AE1", "addEvtTypCd": "10",
        "aeStrDtm": "2026-08-01T00:00:00+09:00", "aeEndDtm": "2026-08-31T23:59:59+09:00", "tmEvtYn": null,
        "aeDesc": "텀블러 증정", "aeNm": "5만원 이상 텀블러", "aeGoodsList": [gift()],
    })
}

pub(super) fn gift() -> Value {
    json!({
        "aeFvrSeq": "1", "aplyMinAmt": 50000, "aplyMaxAmt": 0, "aeGoodsNm": "텀블러", "aeGoodsNo": "90000001",
    })
}

pub(super) fn order_promotion() -> Value {
    json!({
        "promoNo": "P12", "promoNm": "장바구니 5천원", "promoTypCd": "12", "ourChrgRate": 100, "entrChrgRate": 0,
        "fixamtFxrtGbCd": "01", "dcAmt": 5000, "goods": [promotion_goods()],
    })
}

pub(super) fn promotion_goods() -> Value {
    json!({"goodsNo": "10002552", "itmNo": "001", "dcAmt": 5000})
}

pub(super) fn accm_promotion() -> Value {
    json!({
        "accmGbCd": "24", "accmRate": number("2.9"), "accmAmt": 1595, "promoNo": "P40", "promoNm": "상품마일리지",
        "promoTypCd": "40", "ourChrgRate": 100, "entrChrgRate": 0, "fixamtFxrtGbCd": "02", "rsrvStdAmt": 55000,
        "goodsAccmList": [accm_info()],
    })
}

pub(super) fn accm_info() -> Value {
    json!({"goodsNo": "10002552", "itmNo": "001", "accmAmt": 1595})
}
