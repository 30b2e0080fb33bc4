//! What each operation says of fields that are missing or wrong, all of them at once.

use contract::operations::Operation;
use contract::operations::claim::{
    APPROVE_CLAIM, EXCHANGE_FO, REJECT_CLAIM, RETURN_FO, SAVE_RFD_ACCT_FO, SAVE_WTHD_INV_FO,
    WITHDRAWAL_EXCHANGE, WITHDRAWAL_EXCHANGE_FO, WITHDRAWAL_RETURN_FO,
};
use serde_json::{Value, json};
use test_kit::identity::{agent, member};

use super::desk::named;
use crate::app::TestApp;
use crate::cancel::with;
use crate::goods_back::{assert_refused, delivered, exchange_of, number_in, return_of};
use crate::member::MEMBER;

async fn check(app: &TestApp, operation: &Operation, body: &Value, fields: &[&str]) {
    let answer = app.service.post(operation.path, &agent("cs1"), body).await;
    assert_eq!(
        (answer.code(), answer.fields()),
        ("VALIDATION", fields.to_vec()),
        "{} {body}: {}",
        operation.id,
        answer.text
    );
}

#[actix_web::test]
async fn what_is_missing_or_malformed_is_named() {
    let app = delivered().await;
    let both = ["ordNo", "claimNo"];
    let wrong = json!({"ordNo": "O-1", "claimNo": "20260810X000001"});
    for operation in [&WITHDRAWAL_RETURN_FO, &WITHDRAWAL_EXCHANGE_FO, &APPROVE_CLAIM] {
        check(&app, operation, &json!({}), &both).await;
        check(&app, operation, &wrong, &both).await;
        check(&app, operation, &json!({"ordNo": 1, "claimNo": []}), &["claimNo", "ordNo"]).await;
    }
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    let good = || named(&claim_no);
    check(&app, &APPROVE_CLAIM, &with(good(), "wthdMthdCd", json!("50")), &["wthdMthdCd"]).await;
    check(&app, &REJECT_CLAIM, &json!({}), &["ordNo", "claimNo", "rjtRsnCd"]).await;
    let long = json!("가".repeat(1_001));
    let bad = with(with(good(), "rjtRsnCd", json!("13")), "rjtRsnCntt", long.clone());
    check(&app, &REJECT_CLAIM, &bad, &["rjtRsnCd", "rjtRsnCntt"]).await;
    let nul = with(with(good(), "rjtRsnCd", json!("02")), "rjtRsnCntt", json!("a\u{0}b"));
    check(&app, &REJECT_CLAIM, &nul, &["rjtRsnCntt"]).await;
    check(&app, &SAVE_WTHD_INV_FO, &json!({}), &["ordNo", "claimNo", "hdcCd", "invNo"]).await;
    let bad = with(with(good(), "hdcCd", json!("택배")), "invNo", json!("1 2"));
    check(&app, &SAVE_WTHD_INV_FO, &bad, &["hdcCd", "invNo"]).await;
    check(&app, &SAVE_RFD_ACCT_FO, &json!({}), &["ordNo", "claimNo", "rfdAcct"]).await;
    check(&app, &SAVE_RFD_ACCT_FO, &with(good(), "rfdAcct", json!({"bankCd": ""})), &["rfdAcct"]).await;
    let half = with(good(), "rfdAcct", json!({"bankCd": "00-4", "acctNo": "1"}));
    check(&app, &SAVE_RFD_ACCT_FO, &half, &["rfdAcct.bankCd", "rfdAcct.dpstrNm"]).await;
    let back_office = ["systemType", "ordMediaCd", "claimBusinessType", "ordNo", "claimNo"];
    check(&app, &WITHDRAWAL_EXCHANGE, &json!({}), &back_office).await;
    let other = json!({"systemType": "BO", "ordMediaCd": "10", "claimBusinessType": "99",
        "wthdFnshWaitProcCaus": long, "ordNo": "x", "claimNo": "y"});
    let fields = ["claimBusinessType", "ordNo", "claimNo", "wthdFnshWaitProcCaus"];
    check(&app, &WITHDRAWAL_EXCHANGE, &other, &fields).await;
    let cancel = with(with(good(), "systemType", json!("BO")), "ordMediaCd", json!("10"));
    let cancel = with(cancel, "claimBusinessType", json!("10"));
    let answer = app.service.post(WITHDRAWAL_EXCHANGE.path, &agent("cs1"), &cancel).await;
    assert_refused(&answer, "CLAIM_TYPE_NOT_SUPPORTED", &["claimBusinessType"]);
}

#[actix_web::test]
async fn a_request_names_everything_that_is_wrong_with_it() {
    let app = delivered().await;
    let address = json!({"rcvmnNm": "", "cellSctNo": "010", "cellTxnoNo": "12345", "cellEndNo": "5678", "zipNo": "06236",
        "zipAddr": "서울", "dtlAddr": " ", "deliMsg": "가".repeat(301)});
    let bad = json!({"ordNo": "x", "claimRsnCd": "999", "claimRsnCntt": "가".repeat(1_001), "expectRfdAmt": -1,
        "claimGoodsList": [{"ordSeq": 1, "claimQty": 0, "itmNo": "1 1"}, {"claimQty": 1}, {"ordSeq": 2}],
        "wthdMthdCd": "50", "rtnCpnIsuNo": "한글", "imptDivCd": "40", "addPay": {"payMeansCd": "99"},
        "rfdAcct": {"acctNo": "12a"}});
    let fields = [
        "expectRfdAmt",
        "rfdAcct.bankCd",
        "rfdAcct.acctNo",
        "rfdAcct.dpstrNm",
        "addPay.payMeansCd",
        "addPay.pgPayKey",
        "ordNo",
        "claimRsnCd",
        "claimRsnCntt",
        "claimGoodsList[0].claimQty",
        "claimGoodsList[0].itmNo",
        "claimGoodsList[1].ordSeq",
        "claimGoodsList[2].claimQty",
        "wthdMthdCd",
        "rtnCpnIsuNo",
        "imptDivCd",
    ];
    check(&app, &RETURN_FO, &bad, &fields).await;
    let at =
        |name: &str| ["rcvmnNm", "cellTxnoNo", "dtlAddr", "deliMsg"].map(|field| format!("{name}.{field}"));
    let fields = at("wthdDlvp");
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    check(&app, &RETURN_FO, &with(return_of("251", 1), "wthdDlvp", address.clone()), &fields).await;
    let fields = at("exchDlvp");
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    check(&app, &EXCHANGE_FO, &with(exchange_of("252", 1, "002"), "exchDlvp", address.clone()), &fields)
        .await;
    // Where nothing is fetched nobody looks at it.
    let prepaid = with(with(return_of("251", 1), "wthdMthdCd", json!("20")), "wthdDlvp", address);
    number_in(&app.ask_return(&prepaid).await, "20");
    check(&app, &EXCHANGE_FO, &return_of("252", 1), &["claimGoodsList[0].exchItmNo"]).await;
    check(&app, &RETURN_FO, &with(return_of("251", 1), "claimGoodsList", json!([])), &["claimGoodsList"])
        .await;
    let mut twice = return_of("251", 1);
    twice["claimGoodsList"] = json!([{"ordSeq": 1, "claimQty": 1}, {"ordSeq": 1, "claimQty": 1}]);
    check(&app, &RETURN_FO, &twice, &["claimGoodsList[1].ordSeq"]).await;
    // The same pair, said in two ways.
    twice["claimGoodsList"][1]["itmNo"] = json!("001");
    check(&app, &RETURN_FO, &twice, &["claimGoodsList[1].itmNo"]).await;
    let mut other_item = return_of("251", 1);
    other_item["claimGoodsList"][0]["itmNo"] = json!("002");
    check(&app, &RETURN_FO, &other_item, &["claimGoodsList[0].itmNo"]).await;
    for (kind, operation) in
        [("10", &RETURN_FO), ("30", &RETURN_FO), ("22", &RETURN_FO), ("20", &EXCHANGE_FO)]
    {
        let asked = with(exchange_of("252", 1, "002"), "claimBusinessType", json!(kind));
        let answer = app.service.post(operation.path, &member(MEMBER), &asked).await;
        assert_refused(&answer, "CLAIM_TYPE_NOT_SUPPORTED", &["claimBusinessType"]);
    }
}
