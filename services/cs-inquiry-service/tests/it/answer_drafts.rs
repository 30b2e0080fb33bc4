//! What an agent has written and not sent is not lost, is nobody else's, and goes when it should.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use cs_inquiry_service::app::purge_once;
use futures_util::future::join_all;
use platform::identity::Caller;
use serde_json::{Value, json};
use service_kit::once::IDEMPOTENCY_KEY;
use test_kit::dump::{all_rows, rows_of};
use test_kit::identity::member;
use test_kit::service::{TestAnswer, read};

use crate::app::{
    DESK, MEMBER, OTHER_MEMBER, TestApp, assert_fields, assert_refused, boss, gildong, kim, lee, noon,
};
use crate::withdrawn_texts::{MASKED_TEXT, TEXT, assert_nothing_is_readable, at_rest, with_orders, withdraw};

async fn save(app: &TestApp, who: &Caller, ccn_no: &str, text: &str, version: Option<i64>) -> TestAnswer {
    app.desk("saveAnswerDraft", who, json!({"ccnNo": ccn_no, "ansCont": text, "draftVer": version})).await
}

/// Saves and says the version.
async fn saved(app: &TestApp, who: &Caller, ccn_no: &str, text: &str, version: Option<i64>) -> i64 {
    let answer = save(app, who, ccn_no, text, version).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.payload()["draftVer"].as_i64().unwrap()
}

async fn draft(app: &TestApp, who: &Caller, ccn_no: &str) -> Value {
    let answer = app.service.get(&format!("{DESK}/getAnswerDraft?ccnNo={ccn_no}"), who).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json["payload"].clone()
}

async fn list(app: &TestApp, who: &Caller) -> Vec<Value> {
    let answer = app.service.get(&format!("{DESK}/getAnswerDraftList"), who).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let rows = answer.json["payloads"].as_array().unwrap().clone();
    assert_eq!(answer.json["totalCount"], rows.len());
    rows
}

async fn count(app: &TestApp) -> i64 {
    app.count("SELECT count(*) AS rows FROM counsel_answer_draft").await
}

async fn counted(app: &TestApp, who: &Caller) -> Value {
    let answer = app.service.get(&format!("{DESK}/getIntegratedCounselCount"), who).await;
    answer.payload()["myDraftCnt"].clone()
}

#[actix_web::test]
async fn a_draft_is_ones_own_and_goes_with_the_answer() {
    let app = TestApp::start().await;
    let (first, second) = (app.written().await, app.written().await);
    assert_eq!(draft(&app, &kim(), &first).await, Value::Null);
    let body = json!({"ccnNo": first, "ansCont": "안녕하세요.\n{{mbrNm}}님", "tmplNo": 1});
    let answer = app.desk("saveAnswerDraft", &kim(), body).await;
    let version = answer.payload()["draftVer"].clone();
    let expected = json!({"ccnNo": first, "ansCont": "안녕하세요.\n{{mbrNm}}님", "tmplNo": "1", "draftVer": version,
        "modDtm": "2026-11-22T12:00:00+09:00"});
    assert_eq!(answer.payload(), &expected);
    assert_eq!(draft(&app, &kim(), &first).await, expected);
    assert_eq!(draft(&app, &lee(), &first).await, Value::Null, "another's looks like none");
    saved(&app, &lee(), &first, "다른 상담원의 글", None).await;

    app.clock.advance(TimeDelta::minutes(1));
    saved(&app, &kim(), &second, "나중 글", None).await;
    app.start_process(&lee(), &first).await;
    let row = |ccn_no: &str, status: &str, agent: Option<&str>, at: &str| json!({"ccnNo": ccn_no, "title": "배송 문의", "cnslStatCd": status, "procUserId": agent, "modDtm": at});
    assert_eq!(
        list(&app, &kim()).await,
        [
            row(&second, "10", None, "2026-11-22T12:01:00+09:00"),
            row(&first, "20", Some("agent-lee"), "2026-11-22T12:00:00+09:00"),
        ]
    );
    assert_eq!([counted(&app, &kim()).await, counted(&app, &boss()).await], [2, 0]);

    assert_eq!(app.answer(&lee(), &first).await.status, 200);
    assert_eq!(draft(&app, &lee(), &first).await, Value::Null, "it is sent");
    assert_eq!(draft(&app, &kim(), &first).await, expected, "a colleague was faster, and the text is there");
    assert_refused(&save(&app, &lee(), &first, "늦은 글", None).await, 900, "INQUIRY_STATUS_CONFLICT");
    for _ in 0..2 {
        let deleted = app.desk("deleteAnswerDraft", &kim(), json!({"ccnNo": first})).await;
        assert_eq!((deleted.status, deleted.payload()), (200, &json!(first)));
    }
    assert_eq!(list(&app, &kim()).await.len(), 1);
    assert_eq!(list(&app, &lee()).await.len(), 0);
}

#[actix_web::test]
async fn a_change_of_what_was_not_seen_is_answered_with_what_is_there() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    let first = saved(&app, &kim(), &ccn_no, "가", None).await;
    assert_eq!(saved(&app, &kim(), &ccn_no, "가", None).await, first, "a repeat is no change");
    let second = saved(&app, &kim(), &ccn_no, "나", Some(first)).await;
    assert!(second > first, "even within one tick of the clock");
    for version in [None, Some(first), Some(7)] {
        let refused = save(&app, &kim(), &ccn_no, "다", version).await;
        assert_refused(&refused, 900, "ANSWER_DRAFT_CHANGED");
        assert_eq!(refused.json["payload"], draft(&app, &kim(), &ccn_no).await);
        assert_eq!(refused.json["payload"]["ansCont"], "나");
    }
    // What was thrown away in another page does not come back by itself.
    app.desk("deleteAnswerDraft", &kim(), json!({"ccnNo": ccn_no})).await;
    let refused = save(&app, &kim(), &ccn_no, "라", Some(second)).await;
    assert_refused(&refused, 900, "ANSWER_DRAFT_CHANGED");
    assert_eq!(refused.json["payload"], Value::Null);

    let kim = kim();
    for _ in 0..20 {
        app.desk("deleteAnswerDraft", &kim, json!({"ccnNo": ccn_no})).await;
        let texts = ["하나", "둘", "셋"];
        let answers = join_all(texts.map(|text| save(&app, &kim, &ccn_no, text, None))).await;
        assert_eq!(
            answers.iter().filter(|answer| answer.status == 200).count(),
            1,
            "one of them is the first"
        );
    }
}

#[actix_web::test]
async fn a_draft_is_as_long_as_an_answer_and_names_what_is_wrong() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    saved(&app, &kim(), &ccn_no, &"가".repeat(4_000), None).await;
    for text in ["가".repeat(4_001), "a\u{0}b".to_owned(), " \n ".to_owned(), String::new()] {
        assert_fields(&save(&app, &lee(), &ccn_no, &text, None).await, &["ansCont"]);
    }
    let bad = json!({"ccnNo": "x", "tmplNo": "y", "draftVer": "z"});
    assert_fields(
        &app.desk("saveAnswerDraft", &kim(), bad).await,
        &["draftVer", "ccnNo", "tmplNo", "ansCont"],
    );
    let number = json!({"ccnNo": ccn_no, "ansCont": "a", "tmplNo": "99999999999999999999"});
    assert_fields(&app.desk("saveAnswerDraft", &lee(), number).await, &["tmplNo"]);
    assert_refused(&save(&app, &kim(), "99", "a", None).await, 900, "INQUIRY_NOT_FOUND");
    assert_fields(&app.desk("deleteAnswerDraft", &kim(), json!({})).await, &["ccnNo"]);
    for operation in ["saveAnswerDraft", "deleteAnswerDraft"] {
        let body = json!({"ccnNo": ccn_no, "ansCont": "a"});
        assert_refused(&app.desk(operation, &gildong(), body).await, 403, "FORBIDDEN");
    }
}

#[actix_web::test]
async fn an_agent_has_so_many_drafts_at_most() {
    let app = TestApp::with(|settings| settings.counsel.max_drafts = 3).await;
    let mut numbers = Vec::new();
    for _ in 0..8 {
        numbers.push(app.written().await);
    }
    let kim = kim();
    let answers = join_all(numbers.iter().map(|ccn_no| save(&app, &kim, ccn_no, "글", None))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 3);
    for refused in answers.iter().filter(|answer| answer.status != 200) {
        assert_refused(refused, 900, "ANSWER_DRAFT_LIMIT");
    }
    let kept: BTreeSet<String> =
        list(&app, &kim).await.iter().map(|row| row["ccnNo"].as_str().unwrap().to_owned()).collect();
    let one = kept.first().unwrap();
    let version = draft(&app, &kim, one).await["draftVer"].as_i64();
    saved(&app, &kim, one, "다른 글", version).await;
    assert_eq!(saved(&app, &lee(), one, "글", None).await, draft(&app, &lee(), one).await["draftVer"]);
}

#[actix_web::test]
async fn a_draft_goes_with_its_inquiry_and_after_thirty_days() {
    let app = TestApp::start().await;
    let (deleted, old, young) = (app.written().await, app.written().await, app.written().await);
    for ccn_no in [&deleted, &old, &young] {
        saved(&app, &kim(), ccn_no, "글", None).await;
    }
    app.delete(&gildong(), &deleted).await;
    assert_eq!(count(&app).await, 2);
    assert_refused(&save(&app, &kim(), &deleted, "글", None).await, 900, "INQUIRY_NOT_FOUND");
    app.clock.advance(TimeDelta::days(1));
    let version = draft(&app, &kim(), &young).await["draftVer"].as_i64();
    saved(&app, &kim(), &young, "다른 글", version).await;
    app.clock.set(noon() + TimeDelta::days(30));
    assert_eq!(
        purge_once(&app.settings, &app.clock).await.unwrap().drafts,
        0,
        "thirty days are not past them"
    );
    app.clock.advance(TimeDelta::seconds(1));
    assert_eq!(purge_once(&app.settings, &app.clock).await.unwrap().drafts, 1);
    let left = list(&app, &kim()).await;
    assert_eq!((left.len(), &left[0]["ccnNo"]), (1, &json!(young)));
    app.clock.advance(TimeDelta::days(366 * 4));
    app.query(|conn| {
        diesel::RunQueryDsl::execute(
            diesel::sql_query("UPDATE counsel_answer_draft SET mod_dtm = '2040-01-01 00:00:00'"),
            conn,
        )
    })
    .await;
    assert_eq!(purge_once(&app.settings, &app.clock).await.unwrap().inquiries, 3);
    assert_eq!(count(&app).await, 0, "not even a younger one outlives its inquiry");
}

#[actix_web::test]
async fn a_look_at_a_draft_is_put_down() {
    let app = TestApp::start().await;
    let (mine, others) = (app.written().await, app.written_by(&member(OTHER_MEMBER), "남의 문의").await);
    let looks = "SELECT count(*) AS rows FROM access_record";
    draft(&app, &kim(), &mine).await;
    list(&app, &kim()).await;
    saved(&app, &kim(), &mine, "글", None).await;
    saved(&app, &kim(), &others, "글", None).await;
    assert_eq!(app.count(looks).await, 0, "nothing of a member was shown");
    draft(&app, &kim(), &mine).await;
    list(&app, &kim()).await;
    let rows = rows_of(&app.db, "access_record").await;
    assert_eq!(rows.len(), 3);
    let of = |operation: &str, member_no: &str| {
        rows.iter().filter(|row| row.contains(operation) && row.contains(member_no)).count()
    };
    assert_eq!(of("getAnswerDraftList", MEMBER), 1);
    assert_eq!(of("getAnswerDraftList", OTHER_MEMBER), 1);
    assert_eq!(of("getAnswerDraft", MEMBER), 2);
}

#[actix_web::test]
async fn no_copy_of_a_draft_lies_with_the_keys() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    for text in ["비밀 하나", "비밀 둘"] {
        let request = app.service.request(reqwest::Method::POST, &format!("{DESK}/saveAnswerDraft"), &kim());
        let body = json!({"ccnNo": ccn_no, "ansCont": text});
        read(request.header(IDEMPOTENCY_KEY, text.len().to_string()).json(&body)).await;
    }
    let keys = rows_of(&app.db, "idempotency_key").await.join("\n");
    assert!(!keys.contains("비밀"), "{keys}");
}

#[actix_web::test]
async fn a_withdrawal_takes_drafts_with_it_and_what_comes_later_is_masked() {
    let app = with_orders().await;
    let (ccn_no, others) = (app.written().await, app.written_by(&member(OTHER_MEMBER), "남의 문의").await);
    saved(&app, &kim(), &ccn_no, TEXT, None).await;
    saved(&app, &lee(), &ccn_no, TEXT, None).await;
    saved(&app, &kim(), &others, "글", None).await;
    withdraw(&app).await;
    assert_eq!(count(&app).await, 1);
    at_rest(&app).await;
    assert_nothing_is_readable(&app).await;

    let version = saved(&app, &kim(), &ccn_no, TEXT, None).await;
    at_rest(&app).await;
    assert_nothing_is_readable(&app).await;
    let masked = draft(&app, &kim(), &ccn_no).await;
    assert_eq!(masked["ansCont"], MASKED_TEXT);
    assert_eq!(masked["draftVer"], version, "it is no change of the agent's");
    saved(&app, &kim(), &ccn_no, &format!("{TEXT}!"), Some(version)).await;
    at_rest(&app).await;
    assert_nothing_is_readable(&app).await;
    withdraw(&app).await;
    at_rest(&app).await;
    assert!(all_rows(&app.db).await.join("").contains("agent-kim"), "told again, it is not taken again");
}

#[actix_web::test]
async fn the_release_before_takes_drafts_along_too() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    saved(&app, &kim(), &ccn_no, "글", None).await;
    // Its statement, which knows of no drafts.
    app.query(|conn| {
        let sql = "UPDATE counsel_member SET wthd_dtm = '2026-11-22 03:00:00' WHERE mbr_no = '100001311'";
        diesel::RunQueryDsl::execute(diesel::sql_query(sql), conn)
    })
    .await;
    assert_eq!(count(&app).await, 0);
}
