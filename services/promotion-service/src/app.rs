//! Puts the service together.

use std::net::TcpListener;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use db::{Db, Migrations};
use diesel_migrations::embed_migrations;
use platform::clock::Clock;
use platform::identity::InternalKeys;
use service_kit::application::{Application, Parts, Worker, worker};
use service_kit::start::{self, StartError};

use crate::routes;
use crate::settings::Settings;
use crate::usecase::{BookingRules, PolicyCache};
use crate::worker::mileage_expirer;

/// The name the gateway and the sister services sign for.
pub const NAME: &str = "promotion-service";

pub const MIGRATIONS: Migrations = Migrations {
    sqlite: embed_migrations!("migrations/sqlite"),
    postgres: embed_migrations!("migrations/postgres"),
};

/// What handlers and workers share.
#[derive(Clone)]
pub struct AppState {
    pub db: Db,
    pub clock: Clock,
    pub policies: PolicyCache,
    pub mileage_valid_days: Option<NonZeroU32>,
}

impl AppState {
    pub fn booking_rules(&self) -> BookingRules {
        BookingRules { now: self.clock.now(), valid_days: self.mileage_valid_days }
    }
}

/// Migrates the database and builds a service that listens.
pub async fn build(
    settings: Settings,
    clock: Clock,
    listener: TcpListener,
) -> Result<Application, StartError> {
    let db = Db::open(&settings.database)?;
    start::migrate(&db, || MIGRATIONS).await?;
    let keys = Arc::new(InternalKeys::new(&settings.identity)?);
    let state = AppState {
        db: db.clone(),
        clock: clock.clone(),
        policies: PolicyCache::default(),
        mileage_valid_days: settings.mileage_valid_days,
    };
    let workers = workers(&settings, &state);
    let server = settings.server;
    let parts = Parts { name: NAME, server, db, keys, clock, routes: routes::routes(), workers };
    let state = web::Data::new(state);
    Ok(Application::build(parts, listener, move |config| {
        config.app_data(state.clone());
    })?)
}

/// Mileage expires only where the shop says so.
fn workers(settings: &Settings, state: &AppState) -> Vec<Worker> {
    let Some(valid_days) = state.mileage_valid_days else { return Vec::new() };
    let every = Duration::from_secs(settings.mileage_expiry_every_seconds.max(1));
    let (db, clock) = (state.db.clone(), state.clock.clone());
    vec![worker(move |stop| mileage_expirer::run(db, clock, valid_days, every, stop))]
}
