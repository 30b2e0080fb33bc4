//! What is put into the outbox is done, however often it fails first.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use db::outbox::{self, Message, NewMessage};
use db::{Db, DbError};
use platform::clock::Clock;
use service_kit::outbox::worker::{Bell, Failure, Handler, OutboxSettings, OutboxWorker};
use test_kit::TestDatabase;
use tokio_util::sync::CancellationToken;

use crate::probe::NO_MIGRATIONS;

mod held;

struct FailsTwice(Arc<AtomicU32>);

#[async_trait]
impl Handler for FailsTwice {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        assert_eq!(message.payload, "{}");
        if self.0.fetch_add(1, Ordering::SeqCst) < 2 { Err(Failure::Later("not yet".into())) } else { Ok(()) }
    }
}

struct Hangs;

#[async_trait]
impl Handler for Hangs {
    async fn handle(&self, _message: &Message) -> Result<(), Failure> {
        std::future::pending().await
    }
}

async fn put(db: &Db, key: &'static str, topic: &'static str) {
    db.write(move |conn| {
        let now = Clock::system().now();
        let message = NewMessage { key, topic, payload: "{}", traceparent: None, not_before: now };
        outbox::enqueue(conn, now, &message).map_err(DbError::from)
    })
    .await
    .expect("the outbox takes a message");
}

async fn backlog(db: &Db) -> outbox::Backlog {
    db.read(|conn| outbox::backlog(conn).map_err(DbError::from)).await.expect("the outbox can be read")
}

fn quick() -> OutboxSettings {
    OutboxSettings { poll_ms: 10, first_retry_ms: 1, max_retry_ms: 5, ..OutboxSettings::default() }
}

async fn until(what: impl AsyncFn() -> bool) {
    for _ in 0..6_000 {
        if what().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it did not come to pass within a minute");
}

fn database() -> (TestDatabase, Db) {
    let database = TestDatabase::new();
    let db = database.open();
    db.migrate(NO_MIGRATIONS).expect("a fresh database takes the foundation");
    (database, db)
}

#[actix_web::test]
async fn a_message_is_tried_until_it_is_done_and_then_gone() {
    let (_database, db) = database();
    let tries = Arc::new(AtomicU32::new(0));
    put(&db, "m1", "test").await;
    let worker = OutboxWorker::new(db.clone(), Clock::system(), quick(), Bell::default())
        .on("test", FailsTwice(Arc::clone(&tries)));
    let stop = CancellationToken::new();
    let task = tokio::spawn(worker.run(stop.clone()));
    until(async || backlog(&db).await.waiting == 0).await;
    assert_eq!(tries.load(Ordering::SeqCst), 3);
    stop.cancel();
    task.await.expect("the worker ends");
}

#[actix_web::test]
async fn a_topic_nobody_handles_is_shown_to_an_operator_and_kept() {
    let (_database, db) = database();
    put(&db, "m1", "unknown").await;
    let worker = OutboxWorker::new(db.clone(), Clock::system(), quick(), Bell::default());
    let stop = CancellationToken::new();
    let task = tokio::spawn(worker.run(stop.clone()));
    until(async || backlog(&db).await.needs_attention == 1).await;
    stop.cancel();
    task.await.expect("the worker ends");
}

#[actix_web::test]
async fn a_handler_that_hangs_gives_its_message_up_within_the_lease() {
    let (_database, db) = database();
    put(&db, "m1", "test").await;
    let settings = OutboxSettings { lease_seconds: 1, attention_after: 1, ..quick() };
    let worker = OutboxWorker::new(db.clone(), Clock::system(), settings, Bell::default()).on("test", Hangs);
    let stop = CancellationToken::new();
    let task = tokio::spawn(worker.run(stop.clone()));
    until(async || backlog(&db).await.needs_attention == 1).await;
    stop.cancel();
    task.await.expect("the worker ends");
}

#[actix_web::test]
async fn a_slow_handler_holds_up_nobody_else() {
    let (_database, db) = database();
    put(&db, "m1", "slow").await;
    let tries = Arc::new(AtomicU32::new(2));
    let worker = OutboxWorker::new(db.clone(), Clock::system(), quick(), Bell::default())
        .on("slow", Hangs)
        .on("test", FailsTwice(Arc::clone(&tries)));
    let stop = CancellationToken::new();
    let task = tokio::spawn(worker.run(stop.clone()));
    put(&db, "m2", "test").await;
    until(async || tries.load(Ordering::SeqCst) == 3).await;
    until(async || backlog(&db).await.waiting == 1).await;
    task.abort();
}

#[actix_web::test]
async fn what_does_not_end_in_time_is_given_back_at_a_stop() {
    let (_database, db) = database();
    put(&db, "m1", "slow").await;
    let settings = OutboxSettings { stop_seconds: 0, ..quick() };
    let worker = OutboxWorker::new(db.clone(), Clock::system(), settings, Bell::default()).on("slow", Hangs);
    let stop = CancellationToken::new();
    let task = tokio::spawn(worker.run(stop.clone()));
    until(async || is_leased(&db).await).await;
    stop.cancel();
    task.await.expect("the worker ends");
    assert!(!is_leased(&db).await, "another worker may have it at once");
}

/// Whether nobody else could lease the one message now.
async fn is_leased(db: &Db) -> bool {
    db.write(|conn| {
        let now = Clock::system().now();
        let messages = outbox::lease(conn, now, "onlooker", Duration::from_secs(1), 1)?;
        outbox::release_all(conn, "onlooker", now)?;
        Ok::<_, DbError>(messages.is_empty())
    })
    .await
    .expect("the outbox can be looked at")
}

struct Counts(Arc<AtomicU32>);

#[async_trait]
impl Handler for Counts {
    async fn handle(&self, _message: &Message) -> Result<(), Failure> {
        self.0.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(300)).await;
        Ok(())
    }
}

#[actix_web::test]
async fn a_message_in_hand_is_not_begun_again_when_its_lease_runs_out() {
    let (_database, db) = database();
    put(&db, "m1", "test").await;
    let tries = Arc::new(AtomicU32::new(0));
    let clock = Clock::fixed(Clock::system().now() + chrono::TimeDelta::seconds(1));
    let worker = OutboxWorker::new(db.clone(), clock.clone(), quick(), Bell::default())
        .on("test", Counts(Arc::clone(&tries)));
    let stop = CancellationToken::new();
    let task = tokio::spawn(worker.run(stop.clone()));
    until(async || tries.load(Ordering::SeqCst) == 1).await;
    clock.advance(chrono::TimeDelta::hours(1));
    until(async || backlog(&db).await.waiting == 0).await;
    assert_eq!(tries.load(Ordering::SeqCst), 1);
    stop.cancel();
    task.await.expect("the worker ends");
}
