//! The same key and content give the same answer, whatever the content's form.

use reqwest::Method;
use serde_json::json;
use service_kit::once::IDEMPOTENCY_KEY;
use test_kit::identity::member;
use test_kit::service::{TestAnswer, read};

use crate::app::{CUSTOMER, OTHER_MEMBER, TestApp, assert_refused, gildong, number};
use crate::form::{Multipart, jpeg};

async fn save(app: &TestApp, key: &str, form: &Multipart) -> TestAnswer {
    let request = app.service.request(Method::POST, &format!("{CUSTOMER}/questionSave"), &gildong());
    let request = request.header(IDEMPOTENCY_KEY, key).header("content-type", form.content_type());
    read(request.body(form.bytes())).await
}

async fn count(app: &TestApp) -> i64 {
    let list = app.service.get(&format!("{CUSTOMER}/getQuestion"), &gildong()).await;
    list.payload()["totalCount"].as_i64().unwrap()
}

#[actix_web::test]
async fn an_upload_is_taken_once_whatever_its_boundary() {
    let app = TestApp::start().await;
    let form = |boundary: &str| {
        Multipart::with_boundary(boundary)
            .text("cnslTypNo", "9090")
            .text("title", "제목")
            .text("accpCont", "내용")
            .file("a.jpg", "image/jpeg", &jpeg(200_000))
    };
    let first = save(&app, "k1", &form("one")).await;
    number(&first);
    let again = save(&app, "k1", &form("quite-another")).await;
    assert_eq!(again.text, first.text);
    assert_eq!(count(&app).await, 1);
    assert_eq!(app.stored_files().len(), 1);

    let other_name = Multipart::inquiry().file("b.jpg", "image/jpeg", &jpeg(200_000));
    assert_refused(&save(&app, "k1", &other_name).await, 900, "IDEMPOTENCY_KEY_REUSED");
    let mut bytes = jpeg(200_000);
    bytes[150_000] ^= 1;
    let base = || Multipart::new().text("cnslTypNo", "9090").text("title", "제목").text("accpCont", "내용");
    let other_bytes = base().file("a.jpg", "image/jpeg", &bytes);
    assert_refused(&save(&app, "k1", &other_bytes).await, 900, "IDEMPOTENCY_KEY_REUSED");
    let without = base();
    assert_refused(&save(&app, "k1", &without).await, 900, "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(count(&app).await, 1);
}

#[actix_web::test]
async fn a_refused_upload_is_refused_again_byte_for_byte() {
    let app = TestApp::start().await;
    let bad = Multipart::inquiry().file("a.jpg", "image/jpeg", b"text");
    let first = save(&app, "k1", &bad).await;
    assert_refused(&first, 900, "VALIDATION");
    assert_eq!(save(&app, "k1", &bad).await.text, first.text);
    let corrected = Multipart::inquiry().jpeg("a.jpg");
    assert_refused(&save(&app, "k1", &corrected).await, 900, "IDEMPOTENCY_KEY_REUSED");
    number(&save(&app, "k2", &corrected).await);
}

#[actix_web::test]
async fn in_parallel_an_upload_is_taken_once() {
    let app = TestApp::start().await;
    let form = Multipart::inquiry().file("a.jpg", "image/jpeg", &jpeg(100_000));
    let answers = futures_util::future::join_all((0..10).map(|_| save(&app, "k1", &form))).await;
    let done: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert!(!done.is_empty() && done.iter().all(|answer| answer.text == done[0].text));
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        assert_refused(answer, 409, "IDEMPOTENCY_KEY_IN_FLIGHT");
    }
    assert_eq!(count(&app).await, 1);
}

#[actix_web::test]
async fn keys_work_with_the_other_forms_and_verbs() {
    let app = TestApp::start().await;
    let send = async |method: Method, path: &str, caller, key: &str, body: serde_json::Value| {
        let request = app.service.request(method, &format!("{CUSTOMER}/{path}"), &caller);
        read(request.header(IDEMPOTENCY_KEY, key).json(&body)).await
    };
    let body = json!({"cnslTypNo": "9090", "title": "제목", "accpCont": "내용"});
    let first = send(Method::POST, "questionSave", gildong(), "k", body.clone()).await;
    let ccn_no = number(&first);
    assert_eq!(send(Method::POST, "questionSave", gildong(), "k", body.clone()).await.text, first.text);
    let others = send(Method::POST, "questionSave", member(OTHER_MEMBER), "k", body.clone()).await;
    assert_ne!(number(&others), ccn_no);

    let deleted = send(Method::DELETE, "questionDel", gildong(), "k", json!({"ccnNo": ccn_no})).await;
    assert_eq!(deleted.status, 200, "a key belongs to one operation");
    let again = send(Method::DELETE, "questionDel", gildong(), "k", json!({"ccnNo": ccn_no})).await;
    assert_eq!(again.text, deleted.text);
    let without_key = app.delete(&gildong(), &ccn_no).await;
    assert_refused(&without_key, 900, "INQUIRY_NOT_FOUND");

    let malformed = app.service.request(Method::POST, &format!("{CUSTOMER}/questionSave"), &gildong());
    let form = Multipart::inquiry();
    let malformed =
        malformed.header(IDEMPOTENCY_KEY, "with blank").header("content-type", form.content_type());
    let malformed = read(malformed.body(form.bytes())).await;
    assert_eq!((malformed.status, malformed.fields()), (900, vec![IDEMPOTENCY_KEY]));
}
