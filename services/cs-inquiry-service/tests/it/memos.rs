//! What agents tell one another about an inquiry: its member never sees it, and it goes and is masked with the inquiry.

use cs_inquiry_service::app::purge_once;
use futures_util::future::join_all;
use serde_json::{Value, json};
use service_kit::once::IDEMPOTENCY_KEY;
use test_kit::dump::rows_of;
use test_kit::service::{TestAnswer, read};

use crate::app::{DESK, TestApp, assert_fields, assert_refused, boss, gildong, kim, lee};
use crate::withdrawn_texts::{MASKED_TEXT, TEXT, assert_nothing_is_readable, at_rest, with_orders, withdraw};

async fn save(app: &TestApp, who: &platform::identity::Caller, ccn_no: &str, text: &str) -> TestAnswer {
    app.desk("saveCounselMemo", who, json!({"ccnNo": ccn_no, "memoCont": text})).await
}

async fn memos(app: &TestApp, ccn_no: &str) -> Value {
    app.desk_detail(&boss(), ccn_no).await.payload()["memoList"].clone()
}

async fn rows(app: &TestApp) -> i64 {
    app.count("SELECT count(*) AS rows FROM counsel_memo").await
}

#[actix_web::test]
async fn agents_read_memos_and_members_do_not() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    assert_eq!(memos(&app, &ccn_no).await, json!([]));
    let saved = save(&app, &kim(), &ccn_no, "창고에\n확인 중").await;
    assert_eq!(saved.payload(), &json!({"ccnNo": ccn_no, "seq": 1}));
    app.clock.advance(chrono::TimeDelta::minutes(1));
    app.answer(&kim(), &ccn_no).await;
    assert_eq!(save(&app, &lee(), &ccn_no, "다시 전화 옴").await.payload()["seq"], 2, "in whatever state");
    assert_eq!(
        memos(&app, &ccn_no).await,
        json!([
            {"seq": 1, "dtm": "2026-11-22T12:00:00+09:00", "userId": "agent-kim", "memoCont": "창고에\n확인 중"},
            {"seq": 2, "dtm": "2026-11-22T12:01:00+09:00", "userId": "agent-lee", "memoCont": "다시 전화 옴"},
        ])
    );
    for who in [gildong(), kim()] {
        let shown = app.detail(&who, &ccn_no).await.text;
        assert!(!shown.contains("memo") && !shown.contains("창고"), "{shown}");
    }
    let shown = app.service.get("/v1/customerservice/getQuestion", &gildong()).await.text;
    assert!(!shown.contains("memo") && !shown.contains("창고"), "{shown}");
    assert_refused(&save(&app, &gildong(), &ccn_no, "글").await, 403, "FORBIDDEN");
}

#[actix_web::test]
async fn a_memo_has_its_limits_and_names_what_is_wrong() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    assert_eq!(save(&app, &kim(), &ccn_no, &"가".repeat(1_000)).await.status, 200);
    for text in ["가".repeat(1_001), "a\u{0}b".to_owned(), " ".to_owned()] {
        assert_fields(&save(&app, &kim(), &ccn_no, &text).await, &["memoCont"]);
    }
    assert_fields(&app.desk("saveCounselMemo", &kim(), json!({})).await, &["ccnNo", "memoCont"]);
    assert_refused(&save(&app, &kim(), "99", "글").await, 900, "INQUIRY_NOT_FOUND");
    let kim = kim();
    let answers = join_all((0..103).map(|_| save(&app, &kim, &ccn_no, "글"))).await;
    let refused: Vec<&TestAnswer> = answers.iter().filter(|answer| answer.status != 200).collect();
    assert_eq!((refused.len(), rows(&app).await), (4, 100));
    refused.iter().for_each(|answer| assert_refused(answer, 900, "COUNSEL_MEMO_LIMIT"));
}

#[actix_web::test]
async fn a_repeat_is_one_memo_and_no_copy_lies_with_the_keys() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    let send = async || {
        let request = app.service.request(reqwest::Method::POST, &format!("{DESK}/saveCounselMemo"), &kim());
        let body = json!({"ccnNo": ccn_no, "memoCont": "비밀 메모"});
        read(request.header(IDEMPOTENCY_KEY, "k").json(&body)).await.text
    };
    assert_eq!(send().await, send().await);
    assert_eq!(rows(&app).await, 1);
    let keys = rows_of(&app.db, "idempotency_key").await.join("\n");
    assert!(keys.contains("seq") && !keys.contains("비밀"), "{keys}");
}

#[actix_web::test]
async fn memos_go_with_their_inquiry() {
    let app = TestApp::start().await;
    let (deleted, old) = (app.written().await, app.written().await);
    for ccn_no in [&deleted, &old] {
        save(&app, &kim(), ccn_no, "글").await;
    }
    app.delete(&gildong(), &deleted).await;
    assert_eq!(rows(&app).await, 1);
    assert_refused(&save(&app, &kim(), &deleted, "글").await, 900, "INQUIRY_NOT_FOUND");
    app.clock.advance(chrono::TimeDelta::days(366 * 4));
    assert_eq!(purge_once(&app.settings, &app.clock).await.unwrap().inquiries, 2);
    assert_eq!(rows(&app).await, 0);
}

#[actix_web::test]
async fn memos_about_a_member_who_leaves_are_masked_whenever_they_are_written() {
    let app = with_orders().await;
    let ccn_no = app.written().await;
    save(&app, &kim(), &ccn_no, TEXT).await;
    save(&app, &kim(), &ccn_no, "아무 말 없음").await;
    withdraw(&app).await;
    at_rest(&app).await;
    assert_nothing_is_readable(&app).await;
    save(&app, &lee(), &ccn_no, TEXT).await;
    at_rest(&app).await;
    assert_nothing_is_readable(&app).await;
    let texts: Vec<Value> =
        memos(&app, &ccn_no).await.as_array().unwrap().iter().map(|memo| memo["memoCont"].clone()).collect();
    assert_eq!(texts, [MASKED_TEXT, "아무 말 없음", MASKED_TEXT]);
}
