//! Puts the service together.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use db::Db;
use platform::clock::Clock;
use platform::http_client::ServiceClient;
use platform::identity::InternalKeys;
use service_kit::application::{Application, Parts, Worker, worker};
use service_kit::looks::{self, ToKeeper, to_keeper};
use service_kit::outbox::worker::{Bell, OutboxWorker};
use service_kit::start::{self, StartError};

use crate::routes;
use crate::settings::Settings;
use crate::state::AppState;
use crate::state::policy_cache::PolicyCache;
use crate::store;
use crate::worker::mileage_expirer;

/// The name the gateway and the sister services sign for.
pub const NAME: &str = "promotion-service";

/// Migrates the database and builds a service that listens.
pub async fn build(
    settings: Settings,
    clock: Clock,
    listener: TcpListener,
) -> Result<Application, StartError> {
    let db = Db::open(&settings.database)?;
    start::migrate(&db, || store::MIGRATIONS).await?;
    let keys = Arc::new(InternalKeys::new(&settings.identity)?);
    let state = AppState {
        db: db.clone(),
        clock: clock.clone(),
        policies: PolicyCache::default(),
        mileage_valid_days: settings.mileage_valid_days,
    };
    let keeper = ServiceClient::new(
        NAME,
        "cs-inquiry-service",
        &settings.upstreams.inquiry_url,
        Arc::clone(&keys),
        clock.clone(),
        &settings.client,
    )?;
    let workers = workers(&settings, &state, keeper);
    let server = settings.server;
    let (routes, keep_looks) = (routes::routes(), to_keeper);
    let parts = Parts { name: NAME, server, db, keys, clock, routes, keep_looks, workers };
    let state = web::Data::new(state);
    Ok(Application::build(parts, listener, move |config| {
        config.app_data(state.clone());
    })?)
}

/// Mileage expires only where the shop says so.
fn workers(settings: &Settings, state: &AppState, keeper: ServiceClient) -> Vec<Worker> {
    let outbox =
        OutboxWorker::new(state.db.clone(), state.clock.clone(), settings.outbox.clone(), Bell::default())
            .on(looks::TOPIC, ToKeeper(keeper));
    let mut workers = vec![worker(|stop| outbox.run(stop))];
    if let Some(valid_days) = state.mileage_valid_days {
        let every = Duration::from_secs(settings.mileage_expiry_every_seconds.max(1));
        let (db, clock) = (state.db.clone(), state.clock.clone());
        workers.push(worker(move |stop| mileage_expirer::run(db, clock, valid_days, every, stop)));
    }
    workers
}
