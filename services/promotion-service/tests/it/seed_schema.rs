//! The seed's schema of promotionAccumulation, field by field, through the front door: what is required, what may be left
//! out, and what the answer carries. The lists are written by hand from the contract.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::app::*;

/// A part of the request: its path, an example, and which of its fields must be there.
struct Schema {
    path: &'static str,
    required: &'static [&'static str],
    optional: &'static [&'static str],
}

const REQUEST: &[Schema] = &[
    Schema {
        path: "",
        required: &["mbrNo", "mbrGradeCd", "ordMediaCd", "baseDtm", "goodsList"],
        optional: &["ordAccmList", "ordGoodsInfoList", "benefitOrderPromotionInfo"],
    },
    Schema {
        path: "goodsList[0]",
        required: &["goodsNo", "itmNo", "purchaseAmt", "stdCtgNo", "dispCtgNo", "brandNo", "entrNo", "chlNo"],
        optional: &["promoNo"],
    },
    Schema {
        path: "ordAccmList[0]",
        required: &[
            "accmGbCd",
            "promoNo",
            "promoNm",
            "ourChrgRate",
            "entrChrgRate",
            "fixamtFxrtGbCd",
            "rsrvStdAmt",
            "accmRate",
        ],
        optional: &[],
    },
    Schema {
        path: "ordGoodsInfoList[0]",
        required: &["basketGoods"],
        optional: &["aplyGoodsBnfInfo", "aeEvtList"],
    },
    Schema {
        path: "ordGoodsInfoList[0].basketGoods",
        required: &[],
        optional: &[
            "goodsNo",
            "deliProcTypCd",
            "deliPolcNo",
            "deliNo",
            "entrNo",
            "ordQty",
            "salePrc",
            "dcAmt",
            "sysModDtm",
            "itmNo",
            "bsketNo",
            "chlNo",
            "chlDtlNo",
            "infDispCtgNoGbCd",
            "infDispCtgNo",
            "repDispCtgNo",
            "conrNo",
            "bsketQty",
            "goodsNm",
            "stdCtgNo",
            "goodsCompCd",
            "goodsTypCd",
            "saleMethCd",
            "brandNo",
            "brandNm",
            "buyrAgeLmtCd",
            "dispYn",
            "saleStatCd",
            "saleStrDtm",
            "saleEndDtm",
            "buyTypCd",
            "taxGbCd",
            "stkMgrYn",
            "buyQtyLmtYn",
            "minLmtQty",
            "maxLmtQty",
            "safeStkNotiYn",
            "deliGoodsGbCd",
            "deliWayCd",
            "deliPsbRgnCd",
            "deliDday",
            "bpckPsbYn",
            "rtnPsbYn",
            "exchPsbYn",
            "supPcost",
            "norPrc",
            "preSalePrc",
            "mrgnRate",
            "payMeanInfo",
            "itmNm",
            "stkQty",
            "prestNm",
            "rsvStrtDtm",
            "rsvEndDtm",
            "fwdidcPrarDy",
            "hsCd",
            "wishYn",
            "maxDcAmt",
            "goodsImg",
            "itmSaleStatCd",
            "gvgfPsbYn",
            "rglrDeliGoodsYn",
            "sngGoodsYn",
            "marketingDisplayNo",
            "entrGoodsNo",
            "entrItmNo",
            "ordCnclPsbYn",
            "wthdYn",
            "frgnDirPurGoodsYn",
        ],
    },
    Schema {
        path: "ordGoodsInfoList[0].aplyGoodsBnfInfo",
        required: &["goodsNo", "itmNo", "dcAmt", "benefitList"],
        optional: &[],
    },
    Schema {
        path: "ordGoodsInfoList[0].aplyGoodsBnfInfo.benefitList[0]",
        required: &[
            "promoNo",
            "promoNm",
            "promoTypCd",
            "ourChrgRate",
            "entrChrgRate",
            "fixamtFxrtGbCd",
            "dcAmt",
            "dcAmtPerCnt",
        ],
        optional: &["dcRateAmt", "minBuyAmt", "maxDcAmt", "isMaxYn", "cpnIsuNo"],
    },
    Schema {
        path: "ordGoodsInfoList[0].aeEvtList[0]",
        required: &[
            "goodsNo",
            "itmNo",
            "aeNo",
            "addEvtTypCd",
            "aeStrDtm",
            "aeEndDtm",
            "tmEvtYn",
            "aeDesc",
            "aeNm",
            "aeGoodsList",
        ],
        optional: &["payStrDt", "payEndDt", "aplyStrTm", "aplyEndTm"],
    },
    Schema {
        path: "ordGoodsInfoList[0].aeEvtList[0].aeGoodsList[0]",
        required: &["aeFvrSeq", "aplyMinAmt", "aplyMaxAmt", "aeGoodsNm", "aeGoodsNo"],
        optional: &["aeGoodsItmNo", "aeGoodsImgPath"],
    },
    Schema {
        path: "benefitOrderPromotionInfo",
        required: &[
            "promoNo",
            "promoNm",
            "promoTypCd",
            "ourChrgRate",
            "entrChrgRate",
            "fixamtFxrtGbCd",
            "dcAmt",
            "goods",
        ],
        optional: &["dcRateAmt", "minBuyAmt", "maxDcAmt", "isMaxYn", "cpnIsuNo"],
    },
    Schema {
        path: "benefitOrderPromotionInfo.goods[0]",
        required: &["goodsNo", "itmNo", "dcAmt"],
        optional: &[],
    },
];

/// Fields the seed lists values for: where they stand and how a value beyond the list is refused.
const LISTED: &[(&str, &str)] = &[
    ("mbrGradeCd", "60"),
    ("ordMediaCd", "00"),
    ("ordAccmList[0].accmGbCd", "20"),
    ("ordGoodsInfoList[0].basketGoods.deliProcTypCd", "10"),
    ("ordGoodsInfoList[0].aplyGoodsBnfInfo.benefitList[0].promoTypCd", "10"),
    ("ordGoodsInfoList[0].aplyGoodsBnfInfo.benefitList[0].fixamtFxrtGbCd", "3"),
    ("ordGoodsInfoList[0].aeEvtList[0].addEvtTypCd", "30"),
    ("benefitOrderPromotionInfo.promoTypCd", "16"),
    ("benefitOrderPromotionInfo.fixamtFxrtGbCd", ""),
];

/// A value for a field, by what its name promises.
fn example(path: &str, field: &str) -> Value {
    match field {
        "mbrNo" => json!(MEMBER),
        "mbrGradeCd" => json!("30"),
        "ordMediaCd" => json!("20"),
        "accmGbCd" => json!("21"),
        "promoTypCd" => json!("12"),
        "fixamtFxrtGbCd" => json!("02"),
        "addEvtTypCd" => json!("10"),
        "deliProcTypCd" => json!("E_COUPON_DLV"),
        "goodsNo" | "aeGoodsNo" | "entrGoodsNo" => json!("10002552"),
        "itmNo" | "aeGoodsItmNo" | "entrItmNo" => json!("001"),
        "accmRate" | "mrgnRate" => number("2.9"),
        "fwdidcPrarDy" => json!("2026-08-05"),
        "goodsList" | "ordAccmList" | "ordGoodsInfoList" | "benefitList" | "aeEvtList" | "aeGoodsList"
        | "goods" => {
            json!([object(&format!("{}{field}[0]", dotted(path)))])
        }
        "basketGoods" | "aplyGoodsBnfInfo" | "benefitOrderPromotionInfo" => {
            object(&format!("{}{field}", dotted(path)))
        }
        name if name.ends_with("Dtm") => json!("2026-08-01T10:00:00+09:00"),
        name if ["Amt", "Prc", "Qty", "Rate", "Cnt", "Dday", "Pcost", "bsketNo"]
            .iter()
            .any(|end| name.ends_with(end)) =>
        {
            json!(100)
        }
        _ => json!("text"),
    }
}

fn dotted(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!("{path}.") }
}

/// A whole object of the schema at this path.
fn object(path: &str) -> Value {
    let schema = REQUEST.iter().find(|schema| schema.path == path).unwrap();
    let fields = schema.required.iter().chain(schema.optional);
    Value::Object(fields.map(|field| ((*field).to_owned(), example(path, field))).collect())
}

fn parent<'a>(body: &'a mut Value, path: &str) -> &'a mut Map<String, Value> {
    let pointer = if path.is_empty() {
        String::new()
    } else {
        format!("/{}", path.replace('.', "/").replace("[0]", "/0"))
    };
    body.pointer_mut(&pointer).unwrap().as_object_mut().unwrap()
}

#[actix_web::test]
async fn every_field_of_the_seed_is_taken_and_the_required_ones_are_missed_by_name() {
    let app = TestApp::start().await;
    app.policy(&policy()).await;
    let whole = object("");
    let answer = app.accumulate(&whole).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let mut with_a_stranger = whole.clone();
    with_a_stranger["noSuchField"] = json!({"a": [1]});
    assert_eq!(app.accumulate(&with_a_stranger).await.text, answer.text, "unknown fields are ignored");

    for schema in REQUEST {
        for field in schema.required {
            let path = format!("{}{field}", dotted(schema.path));
            let mut body = whole.clone();
            parent(&mut body, schema.path).remove(*field);
            let missing = app.accumulate(&body).await;
            assert_eq!((missing.status, missing.fields()), (900, vec![path.as_str()]), "{path} missing");
            let mut body = whole.clone();
            parent(&mut body, schema.path).insert((*field).to_owned(), json!({"not": "this"}));
            if *field != "basketGoods" {
                let wrong = app.accumulate(&body).await;
                assert_eq!(wrong.status, 900, "{path} of a wrong type");
            }
        }
        for field in schema.optional {
            let mut body = whole.clone();
            parent(&mut body, schema.path).remove(*field);
            assert_eq!(app.accumulate(&body).await.status, 200, "{} without {field}", schema.path);
            parent(&mut body, schema.path).insert((*field).to_owned(), Value::Null);
            assert_eq!(app.accumulate(&body).await.status, 200, "{} with {field} null", schema.path);
        }
    }
    // The two nullable ones of the seed that are required, or stand in a list.
    let mut body = whole.clone();
    parent(&mut body, "ordGoodsInfoList[0].aeEvtList[0]").insert("tmEvtYn".to_owned(), Value::Null);
    assert_eq!(app.accumulate(&body).await.status, 200);
    parent(&mut body, "ordGoodsInfoList[0]").insert("aeEvtList".to_owned(), json!([null]));
    assert_eq!(app.accumulate(&body).await.status, 200);
}

#[actix_web::test]
async fn codes_beyond_the_seeds_lists_are_refused_by_their_field() {
    let app = TestApp::start().await;
    for (path, code) in LISTED {
        let (place, field) = path.rsplit_once('.').unwrap_or(("", path));
        let mut body = object("");
        parent(&mut body, place).insert(field.to_owned(), json!(code));
        let answer = app.accumulate(&body).await;
        assert_eq!((answer.status, answer.code(), answer.fields()), (900, "VALIDATION", vec![*path]));
    }
}

#[actix_web::test]
async fn the_answer_has_the_seeds_fields() {
    let app = TestApp::start().await;
    app.policy(&policy()).await;
    let mut bag = goods("G1", 60_000);
    bag["brandNo"] = json!("B02");
    let answer = app.accumulate(&basket(&[bag])).await.json;
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<String>>();
    let expected = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<String>>();
    assert_eq!(names(&answer), expected(&["totalAccmAmt", "accmList"]));
    assert_eq!(answer["accmList"].as_array().unwrap().len(), 3);
    for entry in answer["accmList"].as_array().unwrap() {
        let fields = [
            "accmGbCd",
            "accmRate",
            "accmAmt",
            "promoNo",
            "promoNm",
            "promoTypCd",
            "ourChrgRate",
            "entrChrgRate",
            "fixamtFxrtGbCd",
            "rsrvStdAmt",
            "goodsAccmList",
        ];
        assert_eq!(names(entry), expected(&fields));
        assert!(entry["accmRate"].is_number() && entry["accmAmt"].is_i64());
        for goods in entry["goodsAccmList"].as_array().unwrap() {
            assert_eq!(names(goods), expected(&["goodsNo", "itmNo", "accmAmt"]));
        }
    }
}
