mod inspecting;
mod reading;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::*;
use crate::schema_check::{Required, check_schema};

/// Reads and writes back, so that a field is neither lost nor renamed and comes in the contract's order.
#[track_caller]
fn survives<T: Serialize + DeserializeOwned>(text: &str) {
    let value: T = serde_json::from_str(text).expect("the contract's own example");
    assert_eq!(serde_json::to_string(&value).unwrap(), text);
}

#[test]
fn a_target_has_the_contracts_fields_in_its_order() {
    survives::<ClaimTarget>(concat!(
        r#"{"ordNo":"20260801O000001","mbrNo":null,"ordManNm":"홍길동","ordMediaCd":"20","#,
        r#""ordDtm":"2026-08-01T10:00:00+09:00","sctnCnclPsbYn":"Y","ordGoodsList":[{"ordSeq":1,"goodsNo":"10002552","#,
        r#""itmNo":"001","goodsNm":"린넨 셔츠","itmNm":"화이트/M","goodsImg":null,"entrNo":"E0001","ordQty":3,"cnclQty":1,"#,
        r#""claimPsbQty":2,"salePrc":20000,"dcAmt":11000,"ordDtlStatCd":"11","ordDtlStatNm":"주문완료","claimPsbYn":"Y","#,
        r#""claimImpsbRsn":null,"optChgPsbYn":"N"}],"#,
        r#""claimRsnList":[{"claimRsnCd":"251","claimRsnNm":"단순변심","imptDivCd":"10"}],"#,
        r#""payList":[{"payNo":"PAY1","payMeansCd":"10","payMeansNm":"카드","payAmt":46000,"rfdPsbAmt":36000,"#,
        r#""sctnCnclPsbYn":"Y"}],"rfdAcctReqYn":"N"}"#,
    ));
}

#[test]
fn a_cost_has_the_contracts_fields_in_its_order() {
    survives::<ClaimCost>(concat!(
        r#"{"ordNo":"20260801O000001","claimGoodsList":[{"ordSeq":1,"goodsNo":"10002552","itmNo":"001","claimQty":1,"#,
        r#""goodsAmt":20000,"dcAmt":3666,"netAmt":16334}],"addtnCostList":[{"ordCostGbCd":"10","ordCostGbNm":"배송비","#,
        r#""deliGrpNo":1,"entrNo":"E0001","amt":3000,"chrgSubCd":"10","rsn":"x"}],"bnfInfo":{"restoreCpnList":[{"#,
        r#""cpnIsuNo":"CI0002","promoNo":"P12","promoNm":"장바구니 5천원","promoTypCd":"12"}],"revokeDcList":[{"#,
        r#""promoNo":"P12","promoNm":"장바구니 5천원","cpnIsuNo":"CI0002","dcAmt":3334,"rsn":"x"}],"cnclGiftList":[{"#,
        r#""aeNo":"AE1","aeGoodsNo":"90000001","aeGoodsNm":"텀블러"}],"accmRtrvAmt":0,"mlgRestoreAmt":0},"payInfo":{"#,
        r#""rfdPrarAmt":10000,"addPayPrarAmt":0,"rfdAcctReqYn":"N","rfdList":[{"payNo":"PAY1","payMeansCd":"10","#,
        r#""payMeansNm":"카드","rfdAmt":10000}]},"costRowList":[{"seq":1,"ordCostGbCd":"40","deliGrpNo":null,"ordSeq":1,"#,
        r#""promoNo":"P12","cpnIsuNo":"CI0002","amt":3334,"chrgSubCd":"10"}],"calcList":[{"seq":1,"ruleId":"GOODS","#,
        r#""title":"상품금액","formula":"x","amt":20000}],"costHash":"00"}"#,
    ));
}

#[test]
fn details_have_the_contracts_fields_in_its_order() {
    survives::<ClaimDetails>(concat!(
        r#"{"claimNo":"20260801C000001","ordNo":"20260801O000001","claimBusinessType":"11","claimBusinessTypeNm":"옵션변경","#,
        r#""claimStatCd":"30","claimStatNm":"완료","claimRsnCd":null,"claimRsnNm":null,"claimRsnCntt":null,"#,
        r#""imptDivCd":null,"reqRoleCd":"AGENT","reqDtm":"2026-08-02T10:00:00+09:00","cmplDtm":null,"#,
        r#""cost":null,"rfdList":[{"payNo":"PAY1","payMeansCd":"10","payMeansNm":"신용카드","rfdAmt":1000,"rfdStatCd":"20","#,
        r#""rfdDtm":"2026-08-02T10:00:01+09:00"}],"restoreCpnList":[{"cpnIsuNo":"CI0001","promoNo":"P11","#,
        r#""promoNm":"상품쿠폰 10%","promoTypCd":"11","restoredYn":"N","rsn":"EXPIRED"}],"#,
        r#""stkList":[{"goodsNo":"10002552","itmNo":"001","qty":1}],"cnclGiftList":[{"aeNo":"AE1","aeGoodsNo":"90000001","#,
        r#""aeGoodsNm":"텀블러"}],"dlvpList":[],"stepList":[{"stepCd":"ORDER","stepNm":"주문반영","#,
        r#""stepStatCd":"10","tryCnt":0,"dtm":null}]}"#,
    ));
}

#[test]
fn a_cancel_keeps_what_is_personal_out_of_its_debug_text() {
    let text = concat!(
        r#"{"ordNo":"20260801O000001","claimRsnCd":"251","claimGoodsList":[{"ordSeq":1,"claimQty":1}],"#,
        r#""rfdAcct":{"bankCd":"004","acctNo":"110-1","dpstrNm":"홍길동"},"costHash":"00","expectRfdAmt":1000,"#,
        r#""addPay":{"payMeansCd":"10","pgPayKey":"tk_secret"}}"#,
    );
    let request: CancelOrderRequest = serde_json::from_str(text).unwrap();
    assert_eq!(request.claim().claim_goods_list.len(), 1);
    let shown = format!("{request:?} {:?} {:?}", request.rfd_acct, request.add_pay);
    for personal in ["110-1", "홍길동", "tk_secret"] {
        assert!(!shown.contains(personal), "{shown}");
    }
    survives::<ClaimOrderAnswer>(
        r#"{"claimNo":"20260801C000001","claimStatCd":"20","rfdPrarAmt":1000,"addPayPrarAmt":0}"#,
    );
}

#[test]
fn what_moves_a_claim_keeps_words_and_parcels_out_of_its_debug_text() {
    let rejection: ClaimRejectionRequest =
        serde_json::from_str(r#"{"ordNo":"20260801O000001","rjtRsnCd":"02","rjtRsnCntt":"향수 냄새"}"#)
            .unwrap();
    let hold: ExchangeWithdrawalRequest = serde_json::from_str(
        r#"{"claimNo":"20260810C000001","wthdFnshWaitProcCaus":"향수 냄새","mbrNo":"100001311"}"#,
    )
    .unwrap();
    let parcel: CollectionInvoiceRequest =
        serde_json::from_str(r#"{"hdcCd":"CJ","invNo":"1234-5678"}"#).unwrap();
    let account: ClaimAccountRequest =
        serde_json::from_str(r#"{"rfdAcct":{"bankCd":"004","acctNo":"110-1","dpstrNm":"홍길동"}}"#).unwrap();
    let moved: CollectionStatusRequest = serde_json::from_str(concat!(
        r#"{"ordDtlStatCd":"33","updateTargetOrdDtlStatCd":"34","withdrawStatUpdateSaveInfoList":[{"invNo":"1234-5678","#,
        r#""wthdFnshWaitProcCaus":"향수 냄새","dtm":"2026-08-10 09:00:00"}]}"#,
    ))
    .unwrap();
    assert_eq!(moved.withdraw_stat_update_save_info_list.len(), 1);
    let shown = format!("{rejection:?} {hold:?} {parcel:?} {account:?} {moved:?}");
    for personal in ["향수", "1234-5678", "110-1", "홍길동", "100001311"] {
        assert!(!shown.contains(personal), "{shown}");
    }
}

#[test]
fn a_request_reports_what_is_missing_itself() {
    let empty: ClaimRequest = serde_json::from_str(r#"{"claimGoodsList":null}"#).unwrap();
    assert_eq!(empty, ClaimRequest::default());
    let line: ClaimGoodsRequest = serde_json::from_str("{}").unwrap();
    assert_eq!((line.ord_seq, line.claim_qty), (None, None));
}

#[test]
fn an_imported_claim_needs_everything_but_its_completion() {
    let claim = imported();
    for field in claim.as_object().unwrap().keys().filter(|field| *field != "cmplDtm") {
        let mut lacking = claim.clone();
        lacking.as_object_mut().unwrap().remove(field);
        let refused = serde_json::from_value::<ImportedClaim>(lacking).unwrap_err().to_string();
        assert!(refused.contains(field.as_str()), "{refused}");
    }
    let mut open = claim.clone();
    open["cmplDtm"] = Value::Null;
    assert_eq!(serde_json::from_value::<ImportedClaim>(open).unwrap().cmpl_dtm, None);
    assert_eq!(
        serde_json::to_value(serde_json::from_value::<ImportedClaim>(claim.clone()).unwrap()).unwrap(),
        claim
    );
    check_schema::<ClaimIntakeRequest>(&[("claims", Required, json!([claim]))]);
    check_schema::<ClaimIntakeAnswer>(&[
        ("created", Required, json!(1)),
        ("updated", Required, json!(2)),
        ("unchanged", Required, json!(3)),
    ]);
}

fn imported() -> Value {
    json!({"claimNo": "20260801C000001", "ordNo": "20260801O000001", "claimBusinessType": "20", "claimStatCd": "30",
        "claimRsnCd": "251", "reqDtm": "2026-08-02T10:00:00+09:00", "cmplDtm": "2026-08-03T10:00:00+09:00",
        "goodsList": [{"ordSeq": 1, "claimQty": 2}]})
}
