//! Old values leave SQLite's log, though somebody is just reading.

use std::sync::mpsc;
use std::time::Duration;

use chrono::TimeDelta;
use db::{Db, DbError, inbox};
use diesel::RunQueryDsl as _;
use platform::clock::Clock;
use service_kit::leave_no_trace::leave_no_trace;
use test_kit::TestDatabase;
use tokio::sync::oneshot;

use crate::probe::NO_MIGRATIONS;

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_a_reader_still_needs_is_emptied_when_it_is_done() {
    let database = TestDatabase::sqlite();
    let mut settings = database.settings();
    // One try waits no longer than this for the reader.
    settings.acquire_timeout_ms = 100;
    let db = Db::open(&settings).expect("a fresh file");
    db.migrate(NO_MIGRATIONS).expect("a fresh database takes the foundation");
    let now = Clock::system().now();
    db.write(move |conn| inbox::first_time(conn, now, "an old value").map_err(DbError::from))
        .await
        .expect("the inbox takes it");

    let (let_go, waits) = mpsc::channel::<()>();
    let (reading, reads) = oneshot::channel();
    let reader_db = db.clone();
    let reader = tokio::spawn(async move {
        reader_db
            .snapshot(move |conn| {
                diesel::sql_query("SELECT * FROM inbox_message").execute(conn)?;
                reading.send(()).expect("the test waits for it");
                waits.recv().expect("the test lets it go");
                Ok::<_, DbError>(())
            })
            .await
    });
    reads.await.expect("it reads");
    let purged = db
        .write(move |conn| inbox::purge_before(conn, now + TimeDelta::seconds(1), 10).map_err(DbError::from))
        .await;
    assert_eq!(purged.expect("it goes"), 1);

    let emptying_db = db.clone();
    let emptying = tokio::spawn(async move { leave_no_trace(&emptying_db).await });
    tokio::time::sleep(Duration::from_millis(400)).await;
    let_go.send(()).expect("the reader waits");
    reader.await.expect("no panic").expect("it was allowed to read");
    emptying.await.expect("no panic").expect("it waits for the reader");
    for file in database.files().iter().filter(|file| file.exists()) {
        let bytes = std::fs::read(file).expect("a file can be read");
        let is_there = bytes.windows(12).any(|window| window == b"an old value");
        assert!(!is_there, "still in {}", file.display());
    }
}
