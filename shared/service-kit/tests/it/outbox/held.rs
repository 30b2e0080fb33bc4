//! What its writer holds is carried out at once, and everybody's again if that comes to nothing.

use std::time::Duration;

use async_trait::async_trait;
use db::outbox::{self, Hold, NewMessage};
use db::{Db, DbConnection, DbError};
use diesel::QueryResult;
use platform::clock::Clock;
use service_kit::outbox::held::{Carrier, Held, HeldWorker, Run};
use service_kit::outbox::worker::{Failure, OutboxSettings, Tried};
use tokio_util::sync::CancellationToken;
use tracing::Span;

use super::{backlog, database, until};

const TOPIC: &str = "test";

/// Carries `first` out, then what follows from it; fails at `broken` and hangs at `endless`.
struct Story {
    db: Db,
    held: Held<(), String>,
}

fn put(conn: &mut DbConnection, key: &str, hold: &Hold) -> QueryResult<()> {
    let now = Clock::system().now();
    let message = NewMessage { key, topic: TOPIC, payload: "{}", traceparent: None, not_before: now };
    outbox::enqueue_all(conn, now, &[message], Some(hold)).map(drop)
}

#[async_trait]
impl Carrier for Story {
    type Cause = ();
    type Command = String;
    type Said = bool;

    const TOPIC: &'static str = TOPIC;

    fn key(command: &String) -> &str {
        command
    }

    fn span((): &()) -> Span {
        Span::none()
    }

    async fn attempt(&self, (): &(), command: &String) -> (bool, Result<(), Failure>) {
        match command.as_str() {
            "broken" => (false, Err(Failure::Later("not now".to_owned()))),
            "endless" => std::future::pending().await,
            first => (first == "first", Ok(())),
        }
    }

    async fn note(&self, (): &(), said: Vec<bool>, tries: Vec<Tried>) -> Result<Vec<String>, Failure> {
        let next: Vec<String> =
            said.into_iter().filter(|leads_on| *leads_on).map(|_| "next".to_owned()).collect();
        let (held, now, keys) = (self.held.clone(), Clock::system().now(), next);
        self.db
            .write(move |conn| {
                held.settle(conn, &tries, now)?;
                keys.iter().try_for_each(|key| put(conn, key, &held.hold(now)))?;
                Ok::<_, DbError>(keys.clone())
            })
            .await
            .map_err(Failure::from)
    }
}

/// Begins with these messages; the token stops it.
async fn begin(db: &Db, commands: &[&str]) -> (CancellationToken, tokio::task::JoinHandle<()>) {
    let settings = OutboxSettings { stop_seconds: 0, ..OutboxSettings::default() };
    let (held, coming) = Held::new(1, settings);
    let asked_at = Clock::system().now();
    let (hold, keys) =
        (held.hold(asked_at), commands.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>());
    let written = keys.clone();
    db.write(move |conn| written.iter().try_for_each(|key| put(conn, key, &hold)).map_err(DbError::from))
        .await
        .expect("the outbox takes messages");
    let slot = held.slot().expect("nobody has the slot");
    assert!(held.slot().is_none());
    held.begin(slot, Run { cause: (), commands: keys, asked_at });
    let carrier = Story { db: db.clone(), held: held.clone() };
    let worker = HeldWorker { db: db.clone(), clock: Clock::system(), held, coming, carrier };
    let stop = CancellationToken::new();
    (stop.clone(), tokio::spawn(worker.run(stop)))
}

/// The keys of what another worker gets.
async fn lease(db: &Db) -> Vec<String> {
    let now = Clock::system().now();
    let lease = move |conn: &mut DbConnection| outbox::lease(conn, now, "other", Duration::from_secs(60), 9);
    let leased =
        db.write(move |conn| lease(conn).map_err(DbError::from)).await.expect("the outbox can be read");
    leased.into_iter().map(|message| message.key).collect()
}

#[actix_web::test]
async fn what_is_held_is_carried_out_with_all_that_follows() {
    let (_database, db) = database();
    let (stop, task) = begin(&db, &["first", "beside"]).await;
    until(async || backlog(&db).await.waiting == 0).await;
    stop.cancel();
    task.await.expect("the worker ends");
}

#[actix_web::test]
async fn what_is_not_finished_when_the_process_stops_is_everybodys_at_once() {
    let (_database, db) = database();
    let (stop, task) = begin(&db, &["endless"]).await;
    assert_eq!(lease(&db).await, Vec::<String>::new());
    stop.cancel();
    task.await.expect("the worker ends");
    assert_eq!(lease(&db).await, ["endless"]);
}

#[actix_web::test]
async fn what_fails_is_tried_again_by_the_outbox_worker() {
    let (_database, db) = database();
    let (stop, task) = begin(&db, &["broken"]).await;
    let reason = async || db.read(|conn| outbox::last_reason(conn, "broken").map_err(DbError::from)).await;
    until(async || reason().await.expect("the outbox can be read").as_deref() == Some("not now")).await;
    stop.cancel();
    task.await.expect("the worker ends");
    assert_eq!(backlog(&db).await.waiting, 1);
}
