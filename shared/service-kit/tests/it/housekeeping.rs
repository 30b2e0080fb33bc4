//! What is past its time goes, and what a sender may still repeat stays.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use db::idempotency::{self, Scope};
use db::{Db, DbError, inbox};
use platform::clock::Clock;
use service_kit::housekeeping::{BATCH, MESSAGES_REMEMBERED, delete_in_batches, tidy_up};
use test_kit::TestDatabase;
use test_kit::dump::rows_of;
use tokio_util::sync::CancellationToken;

use crate::probe::NO_MIGRATIONS;

/// More than one transaction's worth.
const LONG_AGO: usize = 4_500;

async fn is_known(db: &Db, key: &'static str, now: DateTime<Utc>) -> bool {
    !db.write(move |conn| inbox::first_time(conn, now, key).map_err(DbError::from))
        .await
        .expect("the inbox takes it")
}

#[tokio::test]
async fn a_message_of_the_last_year_stays_known_and_older_ones_are_forgotten() {
    let database = TestDatabase::new();
    let db = database.open();
    db.migrate(NO_MIGRATIONS).expect("a fresh database takes the foundation");
    let now = Clock::system().now();
    let before_its_end = now - MESSAGES_REMEMBERED + TimeDelta::hours(1);
    let long_ago = now - MESSAGES_REMEMBERED - TimeDelta::hours(1);
    db.write(move |conn| {
        for number in 0..LONG_AGO {
            inbox::first_time(conn, long_ago, &format!("old-{number}"))?;
        }
        inbox::first_time(conn, before_its_end, "young").map_err(DbError::from)
    })
    .await
    .expect("the inbox takes them");

    let stopped = CancellationToken::new();
    stopped.cancel();
    tidy_up(&db, now, &stopped).await;
    assert!(is_known(&db, "old-0", now).await, "a service that stops begins nothing");
    tidy_up(&db, now, &CancellationToken::new()).await;
    assert!(is_known(&db, "young", now).await);
    assert!(!is_known(&db, "old-1", now).await);
    assert!(!is_known(&db, "old-4499", now).await);
}

#[tokio::test]
async fn keys_go_after_a_day_in_more_than_one_transaction() {
    let database = TestDatabase::new();
    let db = database.open();
    db.migrate(NO_MIGRATIONS).expect("a fresh database takes the foundation");
    let now = Clock::system().now();
    let scope = |key: String| Scope {
        caller: "service:shop@1".to_owned(),
        subject: "shop".to_owned(),
        operation: "goods",
        key,
        body_digest: "d".to_owned(),
    };
    db.write(move |conn| {
        let day_ago = now - TimeDelta::hours(24) - TimeDelta::seconds(1);
        for number in 0..LONG_AGO {
            idempotency::begin(conn, day_ago, &scope(format!("old-{number}")), Duration::from_secs(8))?;
        }
        idempotency::begin(conn, now, &scope("young".to_owned()), Duration::from_secs(8))?;
        Ok::<_, DbError>(())
    })
    .await
    .expect("the keys can be put down");
    tidy_up(&db, now, &CancellationToken::new()).await;
    let left = rows_of(&db, "idempotency_key").await;
    assert!(left.len() == 1 && left.iter().all(|row| row.contains("young")), "{left:?}");
}

#[tokio::test]
async fn batches_are_bounded_and_follow_one_another_until_one_is_not_full() {
    let database = TestDatabase::new();
    let db = database.open();
    let (left, transactions) = (Arc::new(AtomicUsize::new(2 * BATCH + 1)), Arc::new(AtomicUsize::new(0)));
    let (rows, begun) = (Arc::clone(&left), Arc::clone(&transactions));
    let deleted = delete_in_batches(&db, move |_conn, most| {
        begun.fetch_add(1, Ordering::SeqCst);
        let deleted = rows.load(Ordering::SeqCst).min(usize::try_from(most).expect("a small number"));
        rows.fetch_sub(deleted, Ordering::SeqCst);
        Ok(deleted)
    });
    assert_eq!(deleted.await.expect("nothing fails"), 2 * BATCH + 1);
    assert_eq!((left.load(Ordering::SeqCst), transactions.load(Ordering::SeqCst)), (0, 3));
}
