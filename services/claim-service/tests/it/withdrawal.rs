//! A member has left: nothing personal of it is readable, and no refund is lost.

use claim_service::store::personal::ACCOUNT_ARCHIVE;
use claim_service::usecase;
use claim_service::usecase::personal::archive_accounts::Purged;
use contract::operations::claim::INTERNAL_MEMBERS_WITHDRAWAL;
use db::DbError;
use diesel::RunQueryDsl as _;
use serde_json::{Value, json};
use test_kit::dump::{all_rows, rows_of};
use test_kit::identity::{agent, member, service};

use crate::app::{House, TestApp};
use crate::cancel::{claim_no_of, with};
use crate::member::{MEMBER, ORDER, plain_order};
use crate::quote::request;
use crate::till::Till;

#[actix_web::test]
async fn a_withdrawal_is_remembered_once() {
    let app = TestApp::spawn().await;
    let body = json!({"mbrNo": "100001311"});
    for _ in 0..3 {
        let answer =
            app.service.post_as_sister(INTERNAL_MEMBERS_WITHDRAWAL.path, "member-service", &body).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""));
    }
    assert_eq!(rows_of(&app.db, "withdrawn_member").await.len(), 1);
}

#[actix_web::test]
async fn only_a_sister_may_tell() {
    let app = TestApp::spawn().await;
    let body = json!({"mbrNo": "100001311"});
    let answer = app.service.post(INTERNAL_MEMBERS_WITHDRAWAL.path, &service("shop"), &body).await;
    assert_eq!(answer.status, 403);
    let malformed = app
        .service
        .post_as_sister(INTERNAL_MEMBERS_WITHDRAWAL.path, "member-service", &json!({"mbrNo": "x"}))
        .await;
    assert_eq!((malformed.status, malformed.fields()), (900, vec!["mbrNo"]));
}

const ACCOUNT_ORDER: &str = "20260801O000060";

fn with_account(quantity: i64) -> Value {
    let account = json!({"bankCd": "004", "acctNo": "110-234-567890", "dpstrNm": "남궁길동"});
    with(request(ACCOUNT_ORDER, "251", &[(1, quantity)]), "rfdAcct", account)
}

/// Neither the tables nor the files of the database show the account.
async fn assert_unreadable(app: &TestApp) {
    let rows = all_rows(&app.db).await.join("\n");
    let files = app.database_files();
    let bytes: Vec<Vec<u8>> = files.iter().filter_map(|file| std::fs::read(file).ok()).collect();
    for personal in ["110-234-567890", "남궁길동"] {
        assert!(!rows.contains(personal), "{personal} in a table");
        let personal = personal.as_bytes();
        for bytes in &bytes {
            assert!(!bytes.windows(personal.len()).any(|part| part == personal), "in a file");
        }
    }
}

async fn withdraw(app: &TestApp) {
    let body = json!({"mbrNo": MEMBER});
    let answer = app.service.post_as_sister(INTERNAL_MEMBERS_WITHDRAWAL.path, "member-service", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

async fn accounts(app: &TestApp) -> Vec<String> {
    rows_of(&app.db, "claim_rfd_acct").await
}

#[actix_web::test]
async fn an_account_is_never_readable_and_no_refund_is_lost_by_a_withdrawal() {
    let app = TestApp::spawn_in(House::new().with("CANCEL__ANSWER_DEADLINE_MS", "200")).await;
    app.member.put(plain_order(ACCOUNT_ORDER, &[(3, 10_000)], "30"));
    let done = claim_no_of(&app.cancel(&member(MEMBER), &with_account(1)).await);
    app.details_in(ACCOUNT_ORDER, &done, "30").await;
    app.refunds.set(Till::Refuses);
    let open = claim_no_of(&app.cancel(&member(MEMBER), &with_account(1)).await);
    app.until(|app| app.refunds.book().attempts.len() == 2).await;
    assert_unreadable(&app).await;

    withdraw(&app).await;
    assert_unreadable(&app).await;
    assert_eq!(rows_of(&app.db, "personal_archive").await.len(), 2);
    let kept = accounts(&app).await;
    let row_of = |claim_no: &str| kept.iter().find(|row| row.contains(claim_no)).cloned().unwrap_or_default();
    // What no refund needs has gone; what one needs is still there, sealed.
    assert!(row_of(&done).len() < 60 && row_of(&open).len() > 100, "{kept:?}");

    app.refunds.set(Till::Open);
    app.details_in(ACCOUNT_ORDER, &open, "30").await;
    {
        let book = app.refunds.book();
        assert_eq!(book.given_of(ACCOUNT_ORDER), [("PAY1".to_owned(), 20_000)].into());
        for given in book.given.values() {
            let to = given.account.as_ref().expect("an account");
            assert_eq!((to.account_no.as_str(), to.holder.as_str()), ("110-234-567890", "남궁길동"));
        }
    }
    assert!(accounts(&app).await.iter().all(|row| row.len() < 60));

    // An agent cancels what is left; it is kept apart like what was there.
    let late = claim_no_of(&app.cancel(&agent("cs1"), &with_account(1)).await);
    app.details_in(ACCOUNT_ORDER, &late, "30").await;
    withdraw(&app).await;
    assert_eq!(rows_of(&app.db, "personal_archive").await.len(), 3);
    assert!(accounts(&app).await.iter().all(|row| row.len() < 60));
    assert_unreadable(&app).await;
    app.assert_books().await;
}

#[actix_web::test]
async fn archived_accounts_are_removed_at_their_date_and_not_before() {
    let app = TestApp::spawn().await;
    app.member.put(plain_order(ACCOUNT_ORDER, &[(3, 10_000)], "30"));
    app.member.0.world().known = json!({"nmList": ["남궁길동"]});
    let asked = with(with_account(1), "claimRsnCntt", json!("남궁길동입니다"));
    claim_no_of(&app.cancel(&member(MEMBER), &asked).await);
    withdraw(&app).await;
    app.until_outbox_is_empty().await;
    // The order is of 2026-08-01 10:00 in Korea; its archive is kept for five years.
    let date = |text: &str| chrono::DateTime::parse_from_rfc3339(text).expect("a date-time").to_utc();
    for (at, removed) in
        [("2031-08-01T09:59:59+09:00", 0), ("2031-08-01T10:00:00+09:00", 1), ("2031-08-01T10:00:00+09:00", 0)]
    {
        assert_eq!(
            usecase::personal::archive_accounts::purge_archive(&app.db, date(at)).await.expect("purged"),
            Purged { accounts: removed, reasons: removed, parcels: 0 }
        );
    }
}

#[actix_web::test]
async fn the_archive_is_purged_in_batches() {
    const MANY: usize = 4_500;
    let app = TestApp::spawn().await;
    let row = |claim_no: &str, until: &str| format!("{claim_no}, '{until}', 'sealed', '2021-11-22 03:00:00'");
    let columns = "personal_archive (claim_no, keep_until, sealed_doc, reg_dtm)";
    let numbers = format!(
        "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {MANY})"
    );
    let sql = [
        format!(
            "{numbers} INSERT INTO {columns} SELECT {} FROM number",
            row("'C' || n", "2026-11-22 03:00:00")
        ),
        format!("INSERT INTO {columns} VALUES ({})", row("'young'", "2026-11-22 03:00:00.000001")),
    ];
    let now = chrono::DateTime::parse_from_rfc3339("2026-11-22T03:00:00Z").expect("a date-time").to_utc();
    let few = app.db.write(move |conn| {
        for sql in &sql {
            diesel::sql_query(sql).execute(conn)?;
        }
        Ok::<_, DbError>(ACCOUNT_ARCHIVE.purge(conn, now, 2)?)
    });
    assert_eq!(few.await.expect("purged"), 2);
    assert_eq!(
        usecase::personal::archive_accounts::purge_archive(&app.db, now).await.expect("purged"),
        Purged { accounts: MANY - 2, ..Purged::default() }
    );
    assert_eq!(rows_of(&app.db, "personal_archive").await.len(), 1);
}

#[actix_web::test]
async fn answers_kept_for_the_members_repeats_are_forgotten_and_its_keys_stay() {
    let app = TestApp::spawn().await;
    let asked = request(ORDER, "251", &[(1, 1)]);
    claim_no_of(&app.cancel_once(&member(MEMBER), &asked, "k1").await);
    withdraw(&app).await;
    assert_eq!(app.cancel_once(&member(MEMBER), &asked, "k1").await.code(), "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(rows_of(&app.db, "claim").await.len(), 1);
}
