//! Every schema of the seed, field by field: what must be there, what may be null, what may be left out.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::super::*;
use super::sample::{self, number};
use crate::schema_check::{Need, Optional, Required, RequiredNullable, check_schema};

type Field = (&'static str, Need, Value);

/// Fields that are alike, named in one text.
fn each(need: Need, value: Value, names: &'static str) -> Vec<Field> {
    names.split_whitespace().map(|name| (name, need, value.clone())).collect()
}

#[track_caller]
fn check<T: Serialize + DeserializeOwned>(fields: &[Vec<Field>]) {
    check_schema::<T>(&fields.concat());
}

#[test]
fn the_request_has_the_seeds_fields() {
    check::<AccmRequest>(&[
        each(Required, json!("100001311"), "mbrNo"),
        each(Required, json!("50"), "mbrGradeCd"),
        each(Required, json!("60"), "ordMediaCd"),
        each(Required, json!("2026-08-01T10:00:00+09:00"), "baseDtm"),
        each(Required, json!([sample::accm_goods()]), "goodsList"),
        each(Optional, json!([sample::order_accm()]), "ordAccmList"),
        // Its rows are checked and let go.
        each(Optional, json!([]), "ordGoodsInfoList"),
        each(Optional, sample::order_promotion(), "benefitOrderPromotionInfo"),
    ]);
}

#[test]
fn a_goods_has_the_seeds_fields() {
    check::<AccmGoodsInfo>(&[
        each(Required, json!("10002552"), "goodsNo"),
        each(Required, json!("001"), "itmNo"),
        each(Required, json!(1), "purchaseAmt"),
        each(Required, json!("free text"), "stdCtgNo dispCtgNo brandNo entrNo chlNo"),
        each(Optional, json!("P40"), "promoNo"),
    ]);
}

#[test]
fn an_entry_of_the_order_has_the_seeds_fields() {
    check::<OrderAccmInfo>(&[
        each(Required, json!("29"), "accmGbCd"),
        each(Required, json!("P40"), "promoNo"),
        each(Required, json!("free text"), "promoNm"),
        each(Required, json!(1), "ourChrgRate entrChrgRate rsrvStdAmt"),
        each(Required, json!("02"), "fixamtFxrtGbCd"),
        each(Required, number("2.9"), "accmRate"),
    ]);
}

#[test]
fn a_goods_of_the_basket_has_the_seeds_fields() {
    check::<OrdGoodsInfo>(&[
        each(Required, json!({"goodsNo": "10002552"}), "basketGoods"),
        each(Optional, sample::goods_benefit(), "aplyGoodsBnfInfo"),
        each(Optional, json!([sample::gift_event()]), "aeEvtList"),
    ]);
}

#[test]
fn the_baskets_own_row_has_the_seeds_fields() {
    check::<BasketGoods>(&[
        each(Optional, json!("10002552"), "goodsNo"),
        each(Optional, json!("E_COUPON_DLV"), "deliProcTypCd"),
        each(
            Optional,
            json!("free text"),
            "deliPolcNo deliNo entrNo chlNo chlDtlNo infDispCtgNoGbCd infDispCtgNo repDispCtgNo conrNo \
             goodsNm stdCtgNo goodsCompCd goodsTypCd saleMethCd brandNo brandNm buyrAgeLmtCd dispYn \
             saleStatCd buyTypCd taxGbCd stkMgrYn buyQtyLmtYn safeStkNotiYn deliGoodsGbCd deliWayCd \
             deliPsbRgnCd bpckPsbYn rtnPsbYn exchPsbYn payMeanInfo itmNm prestNm hsCd wishYn goodsImg \
             itmSaleStatCd gvgfPsbYn rglrDeliGoodsYn sngGoodsYn marketingDisplayNo entrGoodsNo \
             entrItmNo ordCnclPsbYn wthdYn frgnDirPurGoodsYn",
        ),
        each(
            Optional,
            json!(1),
            "ordQty salePrc dcAmt bsketNo bsketQty minLmtQty maxLmtQty deliDday supPcost norPrc \
             preSalePrc stkQty maxDcAmt",
        ),
        each(
            Optional,
            json!("2026-08-01T10:00:00+09:00"),
            "sysModDtm saleStrDtm saleEndDtm rsvStrtDtm rsvEndDtm",
        ),
        each(Optional, json!("001"), "itmNo"),
        each(Optional, number("12.345"), "mrgnRate"),
        each(Optional, json!("2026-08-05"), "fwdidcPrarDy"),
    ]);
}

#[test]
fn the_benefits_of_a_goods_has_the_seeds_fields() {
    check::<GoodsBenefitResponse>(&[
        each(Required, json!("10002552"), "goodsNo"),
        each(Required, json!("001"), "itmNo"),
        each(Required, json!(1), "dcAmt"),
        each(Required, json!([sample::goods_promotion()]), "benefitList"),
    ]);
}

#[test]
fn one_benefit_of_a_goods_has_the_seeds_fields() {
    check::<OrderPromotionInfo>(&[
        each(Required, json!("P40"), "promoNo"),
        each(Required, json!("free text"), "promoNm"),
        each(Required, json!("40"), "promoTypCd"),
        each(Required, json!(1), "ourChrgRate entrChrgRate dcAmt dcAmtPerCnt"),
        each(Required, json!("02"), "fixamtFxrtGbCd"),
        each(Optional, json!(1), "dcRateAmt minBuyAmt maxDcAmt"),
        each(Optional, json!("free text"), "isMaxYn"),
        each(Optional, json!("CI0001"), "cpnIsuNo"),
    ]);
}

#[test]
fn a_gift_event_has_the_seeds_fields() {
    check::<AeEvtInfo>(&[
        each(Required, json!("10002552"), "goodsNo"),
        each(Required, json!("001"), "itmNo"),
        each(Required, json!("free text"), "aeNo aeDesc aeNm"),
        each(Required, json!("20"), "addEvtTypCd"),
        each(Required, json!("2026-08-01T10:00:00+09:00"), "aeStrDtm aeEndDtm"),
        each(Optional, json!("free text"), "payStrDt payEndDt aplyStrTm aplyEndTm"),
        each(RequiredNullable, json!("free text"), "tmEvtYn"),
        each(Required, json!([sample::gift()]), "aeGoodsList"),
    ]);
}

#[test]
fn a_gift_has_the_seeds_fields() {
    check::<AeFvrInfo>(&[
        each(Required, json!("free text"), "aeFvrSeq aeGoodsNm aeGoodsNo"),
        each(Required, json!(1), "aplyMinAmt aplyMaxAmt"),
        each(Optional, json!("free text"), "aeGoodsItmNo aeGoodsImgPath"),
    ]);
}

#[test]
fn the_order_promotion_has_the_seeds_fields() {
    check::<BenefitOrderPromotionInfo>(&[
        each(Required, json!("P40"), "promoNo"),
        each(Required, json!("free text"), "promoNm"),
        each(Required, json!("40"), "promoTypCd"),
        each(Required, json!(1), "ourChrgRate entrChrgRate dcAmt"),
        each(Required, json!("02"), "fixamtFxrtGbCd"),
        each(Optional, json!(1), "dcRateAmt minBuyAmt maxDcAmt"),
        each(Optional, json!("free text"), "isMaxYn"),
        each(Optional, json!("CI0001"), "cpnIsuNo"),
        each(Required, json!([sample::promotion_goods()]), "goods"),
    ]);
}

#[test]
fn the_share_of_a_goods_has_the_seeds_fields() {
    check::<OrderBenefitGoodsInfo>(&[
        each(Required, json!("10002552"), "goodsNo"),
        each(Required, json!("001"), "itmNo"),
        each(Required, json!(1), "dcAmt"),
    ]);
}

#[test]
fn the_answer_has_the_seeds_fields() {
    check::<AccmResponse>(&[
        each(Required, json!(1), "totalAccmAmt"),
        each(Required, json!([sample::accm_promotion()]), "accmList"),
    ]);
}

#[test]
fn an_entry_of_the_answer_has_the_seeds_fields() {
    check::<AccmPromotionInfo>(&[
        each(Required, json!("29"), "accmGbCd"),
        each(Required, number("2.9"), "accmRate"),
        each(Required, json!(1), "accmAmt"),
        each(Required, json!("P40"), "promoNo"),
        each(Required, json!("free text"), "promoNm"),
        each(Optional, json!("40"), "promoTypCd"),
        each(Optional, json!(1), "ourChrgRate entrChrgRate rsrvStdAmt"),
        each(Required, json!("02"), "fixamtFxrtGbCd"),
        each(Optional, json!([sample::accm_info()]), "goodsAccmList"),
    ]);
}

#[test]
fn what_a_goods_earns_has_the_seeds_fields() {
    check::<AccmInfo>(&[
        each(Required, json!("10002552"), "goodsNo"),
        each(Required, json!("001"), "itmNo"),
        each(Required, json!(1), "accmAmt"),
    ]);
}
