//! A member withdraws: nothing personal of it stays readable here.

use db::Backend;
use diesel::prelude::*;
use reqwest::Method;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use service_kit::once::IDEMPOTENCY_KEY;
use test_kit::dump::phone_forms;
use test_kit::identity::{member, service};
use test_kit::service::{TestAnswer, read};

use crate::app::{MEMBER, OTHER_MEMBER, TestApp, assert_refused, gildong, kim, number, until};
use crate::sisters::Sisters;

const PHONE: [&str; 2] = ["7391", "8264"];
const EMAIL: &str = "very-secret-mail@example.com";

/// What must not be found.
fn secrets() -> Vec<String> {
    [phone_forms(PHONE[0], PHONE[1]), vec![EMAIL.to_owned()]].concat()
}

fn inquiry() -> Value {
    json!({"cnslTypNo": "9090", "title": "제목", "accpCont": "내용", "smsNotiYn": "Y", "cellSctNo": "010",
        "cellTxnoNo": PHONE[0], "cellEndNo": PHONE[1], "emailAddr": EMAIL})
}

async fn withdraw(app: &TestApp) -> TestAnswer {
    let path = "/internal/members/withdrawal";
    app.service.post_as_sister(path, "member-service", &json!({"mbrNo": MEMBER})).await
}

async fn contact(app: &TestApp, ccn_no: &str) -> Value {
    let detail = app.detail(&kim(), ccn_no).await;
    let payload = detail.payload();
    json!([payload["cellSctNo"], payload["cellTxnoNo"], payload["cellEndNo"], payload["emailAddr"]])
}

#[actix_web::test]
async fn what_is_here_is_masked_and_what_comes_later_too() {
    let app = TestApp::start().await;
    let masked = json!(["010", "****", "****", "****"]);
    let before = number(&app.save(&gildong(), inquiry()).await);
    let without = app.written().await;
    let others = number(&app.save(&member(OTHER_MEMBER), inquiry()).await);
    assert_eq!(withdraw(&app).await.status, 200);
    assert_eq!(contact(&app, &before).await, masked);
    assert_eq!(contact(&app, &without).await, json!([null, null, null, null]), "empty stays empty");
    assert_eq!(contact(&app, &others).await[2], PHONE[1]);

    let later = number(&app.save(&gildong(), inquiry()).await);
    assert_eq!(contact(&app, &later).await, masked);
    let mut edit = inquiry();
    edit["ccnNo"] = json!(before);
    assert_eq!(app.edit(&gildong(), edit).await.status, 200);
    assert_eq!(contact(&app, &before).await, masked, "an edit brings nothing back");
    let question = json!({"mbrNo": MEMBER, "inqmnNm": "남궁길동", "accpCont": "질문", "cellSctNo": "010",
        "cellTxnoNo": PHONE[0], "cellEndNo": PHONE[1], "emailAddr": EMAIL});
    let transferred =
        number(&app.post("/v1/customerservice/transferQnaSave", &service("shop"), question).await);
    assert_eq!(contact(&app, &transferred).await, masked);

    let again = withdraw(&app).await;
    assert_eq!((again.status, again.text.as_str()), (200, ""));
    assert_eq!(contact(&app, &before).await, masked);
}

#[actix_web::test]
async fn nobody_but_a_sister_service_says_that_a_member_withdraws() {
    let app = TestApp::start().await;
    let path = "/internal/members/withdrawal";
    for caller in [gildong(), kim(), service("shop")] {
        let answer = app.post(path, &caller, json!({"mbrNo": MEMBER})).await;
        assert_refused(&answer, 403, "FORBIDDEN");
    }
}

#[actix_web::test]
async fn a_writer_at_the_same_time_slips_nothing_through() {
    let app = TestApp::start().await;
    for round in 0..30 {
        let writer = member(&format!("2000{round:03}"));
        let body = json!({"mbrNo": writer.subject});
        let withdrawal = async {
            app.service.post_as_sister("/internal/members/withdrawal", "member-service", &body).await
        };
        let (saved, withdrawn) = futures_util::future::join(app.save(&writer, inquiry()), withdrawal).await;
        assert_eq!(withdrawn.status, 200);
        assert_eq!(contact(&app, &number(&saved)).await[2], "****", "round {round}");
    }
}

#[actix_web::test]
async fn stored_answers_are_forgotten_and_their_keys_are_not() {
    let app = TestApp::start().await;
    let send = async || {
        let request = app.service.request(Method::POST, "/v1/customerservice/questionSave", &gildong());
        read(request.header(IDEMPOTENCY_KEY, "k").json(&inquiry())).await
    };
    number(&send().await);
    withdraw(&app).await;
    assert_refused(&send().await, 900, "IDEMPOTENCY_KEY_REUSED");
}

#[actix_web::test]
async fn an_answer_after_the_withdrawal_goes_to_no_phone() {
    let app = TestApp::start().await;
    Sisters::break_down(&app.sisters.member, 503).await;
    let ccn_no = number(&app.save(&gildong(), inquiry()).await);
    app.answer(&kim(), &ccn_no).await;
    // The first try is over and put back when the member withdraws.
    until(async || dump(&app, "outbox_message").await.contains("failed with status 503")).await;
    withdraw(&app).await;
    app.sisters.repair_member().await;
    until(async || {
        app.clock.advance(chrono::TimeDelta::seconds(20));
        app.sisters.notices().len() == 1
    })
    .await;
    let told = serde_json::to_string(&app.sisters.notices()[0]).unwrap();
    assert!(secrets().iter().all(|secret| !told.contains(secret)), "{told}");
    assert_eq!(app.sisters.notices()[0].chnl_cds, [commerce::Channel::Inbox]);
}

#[actix_web::test]
async fn nothing_readable_is_left_in_any_table_or_file() {
    let app = TestApp::start().await;
    let ccn_no = number(&app.save(&gildong(), inquiry()).await);
    let deleted = number(&app.save(&gildong(), inquiry()).await);
    app.delete(&gildong(), &deleted).await;
    app.answer(&kim(), &ccn_no).await;
    withdraw(&app).await;
    until(async || {
        let backlog = app.query(db::outbox::backlog).await;
        backlog.waiting == 0
    })
    .await;
    match app.db.backend() {
        Backend::Sqlite => {
            let settings = app.database.settings();
            let url = settings.url.expose_secret().to_owned();
            let file = url.strip_prefix("sqlite://").unwrap().to_owned();
            for path in [file.clone(), format!("{file}-wal")] {
                let bytes = std::fs::read(&path).unwrap();
                for secret in secrets() {
                    let is_there = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                    assert!(!is_there, "`{secret}` is still in {path}");
                }
            }
        }
        Backend::Postgres => {
            for table in ["counsel", "counsel_history", "outbox_message", "idempotency_key", "access_record"]
            {
                let dump = dump(&app, table).await;
                assert!(secrets().iter().all(|secret| !dump.contains(secret)), "{table}: {dump}");
            }
        }
    }
}

async fn dump(app: &TestApp, table: &'static str) -> String {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        row: String,
    }
    let rows: Vec<Row> = app
        .query(move |conn| {
            let columns = if table == "outbox_message" {
                "t.payload || coalesce(t.last_reason, '')"
            } else {
                "CAST(t AS TEXT)"
            };
            diesel::sql_query(format!("SELECT {columns} AS row FROM {table} AS t")).load(conn)
        })
        .await;
    rows.into_iter().map(|row| row.row).collect()
}
