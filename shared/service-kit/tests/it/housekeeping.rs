//! What is past its time goes, and what a sender may still repeat stays.

use chrono::{DateTime, TimeDelta, Utc};
use db::{Db, DbError, inbox};
use platform::clock::Clock;
use service_kit::housekeeping::{MESSAGES_REMEMBERED, tidy_up};
use test_kit::TestDatabase;
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
