//! A service with three handlers that leave a trace in the database.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use chrono::{DateTime, Utc};
use db::{Db, Migrations, inbox};
use dto::operations::{Upstream, claim};
use dto::result_code::ResultCode;
use platform::answer::Answer;
use platform::clock::Clock;
use platform::error::Problem;
use platform::extract::Json;
use platform::server::ServerSettings;
use serde_json::{Value, json};
use service_kit::application::{Application, Parts};
use service_kit::error::Error;
use service_kit::once::Once;
use service_kit::routes::Routes;
use test_kit::TestDatabase;
use test_kit::identity::internal_keys;
use test_kit::service::{TestService, any_port};

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

impl Probe {
    pub(crate) fn start() -> Self {
        let database = TestDatabase::new();
        let db = database.open();
        db.migrate(NO_MIGRATIONS).expect("a fresh database takes the foundation");
        let clock = Clock::fixed(noon());
        let routes = Routes::new(Upstream::Claim)
            .on(&claim::GOODS, put_goods)
            .on(&claim::OTHER_ITMS, other_itms)
            .on(&claim::INTERNAL_CLAIMS_COUNT, count);
        let state = web::Data::from(Arc::new(db.clone()));
        let parts = Parts {
            name: NAME,
            server: ServerSettings { workers: 2, ..ServerSettings::default() },
            db,
            keys: internal_keys(),
            clock: clock.clone(),
            routes,
            workers: Vec::new(),
        };
        let application = Application::build(parts, any_port(), move |config| {
            config.app_data(state.clone());
        })
        .expect("the probe is well built");
        let service = TestService::start(NAME, application, clock.clone());
        Self { service, clock, _database: database }
    }
}

/// Records `key` of the body, refuses what says `refuse`, breaks on `break`, and takes its time on `slow`.
async fn put_goods(db: web::Data<Db>, once: Once, Json(body): Json<Value>) -> Result<Answer, Error> {
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    if text("slow").is_some() {
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    let (key, refuse, is_broken) = (text("key").unwrap_or_default(), text("refuse"), text("break").is_some());
    once.write(&db, move |conn| {
        let is_first = inbox::first_time(conn, noon(), &key)?;
        if refuse.is_some() {
            return Err(Problem::new(ResultCode::Validation).at("refuse", "거절").into());
        }
        if is_broken {
            return Err(Problem::internal("broken on purpose").into());
        }
        Ok(Answer::envelope(noon(), json!({"isFirst": is_first}))?)
    })
    .await
}

async fn other_itms(Json(body): Json<Vec<Value>>) -> Result<Answer, Error> {
    Ok(Answer::bare(&body)?)
}

async fn count() -> Result<Answer, Error> {
    Ok(Answer::empty())
}
