//! Questions of the shop's product Q&A become inquiries, each once.

use futures_util::future::join_all;
use serde_json::{Value, json};
use test_kit::identity::service;

use crate::app::{CUSTOMER, MEMBER, TestApp, assert_fields, assert_refused, gildong, kim, number};

const PATH: &str = "/v1/customerservice/transferQnaSave";

fn question() -> Value {
    json!({"mbrNo": MEMBER, "goodsNo": "10002552", "questNo": "Q-77", "inqmnNm": "홍길동", "cellNoYn": "Y",
        "cellSctNo": "010", "cellTxnoNo": "1234", "cellEndNo": "5678", "emailAddr": "gildong@example.com",
        "accpCont": format!("재입고 되나요?\n{}", "가".repeat(200))})
}

#[actix_web::test]
async fn a_question_becomes_an_inquiry_of_the_member() {
    let app = TestApp::start().await;
    let ccn_no = number(&app.post(PATH, &service("shop"), question()).await);
    let detail = app.detail(&gildong(), &ccn_no).await;
    let payload = detail.payload();
    assert_eq!(payload["title"], format!("재입고 되나요?\n{}", "가".repeat(91)));
    assert_eq!((&payload["cnslTypNo"], &payload["goodsNm"]), (&json!("4010"), &json!("린넨 셔츠")));
    assert_eq!((&payload["smsNotiYn"], &payload["cellEndNo"]), (&json!("Y"), &json!("5678")));
    let desk = app.desk_detail(&kim(), &ccn_no).await;
    let first = &desk.payload()["histList"][0];
    assert_eq!((&first["userId"], &first["actCd"]), (&json!("shop"), &json!("TAKE_OVER")));
    app.desk("saveAnswer", &kim(), json!({"ccnNo": ccn_no, "ansCont": "{{mbrNm}}님"})).await;
    assert_eq!(app.detail(&gildong(), &ccn_no).await.payload()["ansCont"], "홍길동님");
}

#[actix_web::test]
async fn a_known_question_gives_its_inquiry_again() {
    let app = TestApp::start().await;
    let callers = [service("shop"), kim()];
    let answers = join_all((0..10).map(|n| {
        let (app, caller) = (&app, &callers[n % 2]);
        async move { number(&app.post(PATH, caller, question()).await) }
    }))
    .await;
    assert!(answers.iter().all(|ccn_no| *ccn_no == answers[0]), "{answers:?}");
    app.delete(&gildong(), &answers[0]).await;
    assert_eq!(number(&app.post(PATH, &kim(), question()).await), answers[0], "a deleted one too");

    let mut other = question();
    other["questNo"] = json!(78);
    assert_ne!(number(&app.post(PATH, &kim(), other.clone()).await), answers[0]);
    other.as_object_mut().unwrap().remove("questNo");
    let unnumbered =
        [number(&app.post(PATH, &kim(), other.clone()).await), number(&app.post(PATH, &kim(), other).await)];
    assert_ne!(unnumbered[0], unnumbered[1]);
    let list = app.service.get(&format!("{CUSTOMER}/getQuestion"), &gildong()).await;
    assert_eq!(list.payload()["totalCount"], 3);
}

#[actix_web::test]
async fn only_the_member_is_required() {
    let app = TestApp::start().await;
    assert_fields(&app.post(PATH, &kim(), json!({})).await, &["mbrNo"]);
    let bad = json!({"mbrNo": "x", "goodsNo": "a b", "cellNoYn": "1", "cellSctNo": "a", "emailAddr": "b",
        "accpCont": "가".repeat(4_001)});
    let answer = app.post(PATH, &kim(), bad).await;
    assert_fields(
        &answer,
        &["mbrNo", "goodsNo", "accpCont", "cellSctNo", "cellTxnoNo", "cellEndNo", "emailAddr", "cellNoYn"],
    );
    number(&app.post(PATH, &kim(), json!({"mbrNo": MEMBER})).await);
    assert_refused(&app.post(PATH, &gildong(), question()).await, 403, "FORBIDDEN");
}
