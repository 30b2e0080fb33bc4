//! A member leaves while a cancel or a return of it is accepted, or a return settled: whoever is first, its account goes to the
//! archive, and so does where its goods are fetched.

use std::future::Future;
use std::time::Duration;

use contract::operations::claim::{
    INTERNAL_MEMBERS_WITHDRAWAL, RETURN_FO, SAVE_REFUND_BUNDLE_APPRO_MGMT, SAVE_WITHDRAW_STAT_UPDATE_PROCESS,
};
use db::{Backend, DbError};
use diesel::RunQueryDsl as _;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde_json::{Value, json};
use test_kit::dump::{all_rows, rows_of};
use test_kit::identity::{agent, member};
use test_kit::service::TestAnswer;
use tokio::sync::mpsc::unbounded_channel;

use crate::app::{House, TestApp};
use crate::cancel::{claim_no_of, with};
use crate::member::{MEMBER, plain_order};
use crate::quote::request;

fn with_account(order_no: &str) -> Value {
    let account = json!({"bankCd": "004", "acctNo": "110-234-567890", "dpstrNm": "남궁길동"});
    with(request(order_no, "251", &[(1, 1)]), "rfdAcct", account)
}

async fn withdraw(app: &TestApp, member_no: &str) {
    let body = json!({"mbrNo": member_no});
    let answer = app.service.post_as_sister(INTERNAL_MEMBERS_WITHDRAWAL.path, "member-service", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

/// Every account is marked as that of one who has left, and lies in the archive.
async fn assert_all_apart(app: &TestApp, count: usize) {
    app.until_outbox_is_empty().await;
    let accounts = rows_of(&app.db, "claim_rfd_acct").await;
    assert_eq!(accounts.len(), count);
    let is_marked = |row: &String| row.ends_with("|Y") || row.ends_with(",Y)");
    assert!(accounts.iter().all(is_marked), "{accounts:?}");
    assert_eq!(rows_of(&app.db, "personal_archive").await.len(), count);
}

#[actix_web::test]
async fn whoever_is_first_the_account_goes_to_the_archive() {
    let app = TestApp::spawn().await;
    for round in 0..20 {
        let (order_no, member_no) = (format!("20260801O1{round:05}"), format!("3000{round:03}"));
        let mut order = plain_order(&order_no, &[(3, 10_000)], "30");
        order["mbrNo"] = json!(member_no);
        app.member.put(order);
        let (caller, asked) = (member(&member_no), with_account(&order_no));
        let (accepted, ()) =
            futures_util::future::join(app.cancel(&caller, &asked), withdraw(&app, &member_no)).await;
        claim_no_of(&accepted);
    }
    assert_all_apart(&app, 20).await;
}

/// How many wait for the table that is locked.
async fn waiting(app: &TestApp) -> i64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        waiting: i64,
    }
    let sql = "SELECT count(*) AS waiting FROM pg_locks WHERE NOT granted AND relation = 'outbox_message'::regclass";
    let count: Count = app
        .db
        .read(move |conn| Ok::<_, DbError>(diesel::sql_query(sql).get_result(conn)?))
        .await
        .expect("the locks can be read");
    count.waiting
}

/// Nobody else touches the messages meanwhile.
async fn quiet() -> Option<TestApp> {
    let app = TestApp::spawn_in(House::new().with("OUTBOX__POLL_MS", "3000")).await;
    // On SQLite the whole file has one writer.
    (app.db.backend() == Backend::Postgres).then_some(app)
}

/// What is asked for has written what is personal and is held up before its end; then the member leaves.
async fn while_its_member_leaves(app: &TestApp, asking: impl Future<Output = TestAnswer>) -> TestAnswer {
    held_up(app, asking, withdraw(app, MEMBER)).await
}

/// What is asked for has written everything and is held up before its end; then somebody leaves, and only then it goes on.
pub(crate) async fn held_up<T>(
    app: &TestApp,
    asking: impl Future<Output = T>,
    leaving: impl Future<Output = ()>,
) -> T {
    let (locked, mut is_locked) = unbounded_channel();
    let (release, released) = std::sync::mpsc::channel();
    let db = app.db.clone();
    let holding = tokio::spawn(async move {
        db.write(move |conn| {
            diesel::sql_query("LOCK TABLE outbox_message IN SHARE MODE").execute(conn)?;
            locked.send(()).expect("the test waits for it");
            released.recv().expect("the test says when");
            Ok::<_, DbError>(())
        })
        .await
    });
    is_locked.recv().await.expect("the table can be locked");
    let leaving = async {
        while waiting(app).await == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let release = async {
            // Time enough to go past it, were there nothing to wait for.
            tokio::time::sleep(Duration::from_millis(500)).await;
            release.send(()).expect("the table is locked until now");
        };
        futures_util::future::join(leaving, release).await;
    };
    let (answer, ()) = futures_util::future::join(asking, leaving).await;
    holding.await.expect("it does not panic").expect("the table is free again");
    answer
}

const HELD: &str = "20260801O000080";

#[actix_web::test]
async fn a_withdrawal_waits_for_an_acceptance_that_is_not_over() {
    let Some(app) = quiet().await else { return };
    app.member.put(plain_order(HELD, &[(3, 10_000)], "30"));
    let (caller, asked) = (member(MEMBER), with_account(HELD));
    claim_no_of(&while_its_member_leaves(&app, app.cancel(&caller, &asked)).await);
    assert_all_apart(&app, 1).await;
}

/// A return of an order that was delivered, with an address to fetch it at.
fn put_delivered(app: &TestApp) -> Value {
    app.member.put(plain_order(HELD, &[(3, 10_000)], "30"));
    app.member.deliver(HELD, &(app.clock.now() - chrono::TimeDelta::days(5)).to_rfc3339());
    let mut asked = with(with_account(HELD), "claimRsnCd", json!("272"));
    asked["wthdDlvp"] = json!({"rcvmnNm": "남궁길동", "cellSctNo": "010", "cellTxnoNo": "1234",
        "cellEndNo": "5678", "zipNo": "06236", "zipAddr": "서울특별시 강남구 테헤란로 152", "dtlAddr": "11층"});
    asked
}

/// And every address is masked, with the original apart.
async fn assert_address_apart(app: &TestApp) {
    app.until_outbox_is_empty().await;
    let addresses = rows_of(&app.db, "claim_rtn_dlvp").await;
    assert_eq!(addresses.len(), 1);
    assert!(addresses[0].ends_with(",Y)"), "{addresses:?}");
    assert_eq!(rows_of(&app.db, "parcel_archive").await.len(), 1);
}

#[actix_web::test]
async fn a_withdrawal_waits_for_a_return_that_is_being_accepted() {
    let Some(app) = quiet().await else { return };
    let (caller, asked) = (member(MEMBER), put_delivered(&app));
    let asking = app.service.post(RETURN_FO.path, &caller, &asked);
    claim_no_of(&while_its_member_leaves(&app, asking).await);
    assert_all_apart(&app, 1).await;
    assert_address_apart(&app).await;
}

#[actix_web::test]
async fn a_withdrawal_waits_for_a_settlement_that_brings_another_account() {
    let Some(app) = quiet().await else { return };
    let (caller, asked, desk) = (member(MEMBER), put_delivered(&app), agent("cs1"));
    let claim_no = claim_no_of(&app.service.post(RETURN_FO.path, &caller, &asked).await);
    let parcel = json!({"ordNo": HELD, "claimNo": claim_no, "hdcCd": "CJ", "invNo": "1234-5678"});
    let collected = json!({"ordDtlStatCd": "33", "updateTargetOrdDtlStatCd": "36",
        "withdrawStatUpdateSaveInfoList": [parcel]});
    let moved = app.service.post(SAVE_WITHDRAW_STAT_UPDATE_PROCESS.path, &desk, &collected).await;
    assert_eq!(moved.status, 200, "{}", moved.text);
    app.until_outbox_is_empty().await;
    let settlement = json!({"ordNo": HELD, "claimNo": claim_no, "claimBusinessType": "22", "systemType": "BO",
        "rfdAcct": {"bankCd": "088", "acctNo": "110-999-999999", "dpstrNm": "남궁길동"}});
    let settling = app.service.post(SAVE_REFUND_BUNDLE_APPRO_MGMT.path, &desk, &settlement);
    let settled = while_its_member_leaves(&app, settling).await;
    assert_eq!(settled.status, 200, "{}", settled.text);
    app.details_in(HELD, &claim_no, "30").await;
    assert_all_apart(&app, 1).await;
    assert_eq!(app.refunds.book().given_of(HELD), [("PAY1".to_owned(), 10_000)].into());
    // The parcel has a number, too.
    let everything = all_rows(&app.db).await.join("\n");
    for personal in ["110-234-567890", "110-999-999999", "남궁길동", "1234-5678"] {
        assert!(!everything.contains(personal), "{personal}");
    }
    app.assert_books().await;
}
