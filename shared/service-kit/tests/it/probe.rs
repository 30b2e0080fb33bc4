//! Services with a few handlers that leave a trace in the database.

use std::sync::Arc;
use std::time::Duration;

use actix_web::{HttpRequest, web};
use chrono::{DateTime, Utc};
use contract::ResultCode;
use contract::operations::{Upstream, claim, inquiry};
use db::{Db, Migrations, inbox};
use platform::answer::Answer;
use platform::clock::Clock;
use platform::error::Problem;
use platform::extract::{Json, json_from_slice, read_body};
use platform::server::ServerSettings;
use serde_json::{Value, json};
use service_kit::application::{Application, Parts};
use service_kit::error::Error;
use service_kit::looks::{Keep, to_keeper};
use service_kit::once::{Once, StreamStarted, StreamedOnce, digest_of};
use service_kit::routes::Routes;
use test_kit::TestDatabase;
use test_kit::identity::internal_keys;
use test_kit::service::{TestService, any_port};
use tokio::sync::Semaphore;

pub(crate) const NAME: &str = "claim-service";

/// This service has no tables of its own beside the foundation's.
pub(crate) const NO_MIGRATIONS: Migrations = Migrations {
    sqlite: diesel_migrations::embed_migrations!("tests/no-migrations"),
    postgres: diesel_migrations::embed_migrations!("tests/no-migrations"),
};

pub(crate) struct Probe {
    pub(crate) service: TestService,
    pub(crate) clock: Clock,
    pub(crate) _database: TestDatabase,
}

pub(crate) fn noon() -> DateTime<Utc> {
    "2026-11-22T03:00:00Z".parse().expect("a fixed instant")
}

/// What tells one probe from another.
#[derive(Clone, Default)]
pub(crate) struct Manner {
    /// Stands beside each trace it leaves.
    pub(crate) name: &'static str,
    /// How long it takes for each request, and what it waits for then.
    pub(crate) takes: Duration,
    pub(crate) waits_for: Option<Arc<Semaphore>>,
    /// Stop when standard input ends.
    pub(crate) stop_on_stdin_eof: bool,
}

impl Probe {
    pub(crate) fn start() -> Self {
        let database = migrated();
        let clock = Clock::fixed(noon());
        let service = start(database.open(), &clock, Manner::default());
        Self { service, clock, _database: database }
    }
}

/// A database with the foundation's tables.
pub(crate) fn migrated() -> TestDatabase {
    let database = TestDatabase::new();
    database.open().migrate(NO_MIGRATIONS).expect("a fresh database takes the foundation");
    database
}

pub(crate) fn start(db: Db, clock: &Clock, manner: Manner) -> TestService {
    TestService::start(NAME, application(db, clock, manner), clock.clone())
}

pub(crate) fn application(db: Db, clock: &Clock, manner: Manner) -> Application {
    let routes = Routes::new(Upstream::Claim)
        .on(&claim::GOODS, put_goods)
        .on(&claim::OTHER_ITMS, other_itms)
        .on(&claim::INTERNAL_CLAIMS_COUNT, count);
    build(NAME, routes, db, clock, manner)
}

/// The same behind an operation whose handler reads the body itself.
pub(crate) fn start_streamed(db: Db, clock: &Clock, manner: Manner) -> TestService {
    let name = "cs-inquiry-service";
    let routes = Routes::new(Upstream::Inquiry).on(&inquiry::QUESTION_SAVE, question_save);
    TestService::start(name, build(name, routes, db, clock, manner), clock.clone())
}

/// With its own handlers, which have no state, and its own way to put looks down.
pub(crate) fn application_with(routes: Routes, keep_looks: Keep, db: Db, clock: &Clock) -> Application {
    let parts = Parts {
        name: NAME,
        server: ServerSettings { workers: 2, ..ServerSettings::default() },
        db,
        keys: internal_keys(),
        clock: clock.clone(),
        routes,
        keep_looks,
        workers: Vec::new(),
    };
    Application::build(parts, any_port(), |_| {}).expect("the probe is well built")
}

fn build(name: &'static str, routes: Routes, db: Db, clock: &Clock, manner: Manner) -> Application {
    let state = web::Data::new(State { db: db.clone(), manner: manner.clone() });
    let parts = Parts {
        name,
        server: ServerSettings {
            workers: 2,
            stop_on_stdin_eof: manner.stop_on_stdin_eof,
            ..ServerSettings::default()
        },
        db,
        keys: internal_keys(),
        clock: clock.clone(),
        routes,
        keep_looks: to_keeper,
        workers: Vec::new(),
    };
    Application::build(parts, any_port(), move |config| {
        config.app_data(state.clone());
    })
    .expect("the probe is well built")
}

struct State {
    db: Db,
    manner: Manner,
}

async fn put_goods(state: web::Data<State>, once: Once, body: Json<Value>) -> Result<Answer, Error> {
    carry_out(&state, &once, &body.checked()?).await
}

async fn question_save(
    state: web::Data<State>,
    streamed: StreamedOnce,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<Answer, Error> {
    let body = read_body(&request, payload.into_inner(), 1 << 20).await?;
    let begun = match streamed.begin(&digest_of(&[&body])).await? {
        StreamStarted::Fresh(begun) => begun,
        StreamStarted::Replay(answer) => return Ok(answer),
    };
    let outcome = carry_out(&state, &begun.once, &json_from_slice(&body)?.checked()?).await;
    Ok(begun.settle(outcome.map_err(Problem::from)).await?)
}

/// Records `key` of the body, refuses what says `refuse`, breaks on `break`, takes its time on `slow`, does without a
/// transaction on `outside`, and answers with so many `bytes` more.
async fn carry_out(state: &State, once: &Once, body: &Value) -> Result<Answer, Error> {
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    if text("slow").is_some() {
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    tokio::time::sleep(state.manner.takes).await;
    if let Some(permits) = &state.manner.waits_for {
        permits.acquire().await.expect("nobody closes it").forget();
    }
    let bytes = body.get("bytes").and_then(Value::as_u64).unwrap_or_default();
    let filling = "a".repeat(usize::try_from(bytes).expect("a test asks for few"));
    if text("outside").is_some() {
        return Ok(Answer::envelope(noon(), json!({"filling": filling}))?);
    }
    let (refuse, is_broken) = (text("refuse"), text("break").is_some());
    let key = format!("{}{}", text("key").unwrap_or_default(), state.manner.name);
    once.write(&state.db, move |conn| {
        let is_first = inbox::first_time(conn, noon(), &key)?;
        if refuse.is_some() {
            let refusal = Problem::new(ResultCode::Validation).at("refuse", "거절");
            return Err(if filling.is_empty() {
                refusal
            } else {
                refusal.with_payload(filling.clone().into())
            }
            .into());
        }
        if is_broken {
            return Err(Problem::internal("broken on purpose").into());
        }
        let payload = if filling.is_empty() {
            json!({"isFirst": is_first})
        } else {
            json!({"isFirst": is_first, "filling": filling.clone()})
        };
        Ok(Answer::envelope(noon(), payload)?)
    })
    .await
}

async fn other_itms(body: Json<Vec<Value>>) -> Result<Answer, Error> {
    Ok(Answer::bare(&body.checked()?)?)
}

async fn count() -> Result<Answer, Error> {
    Ok(Answer::empty())
}
