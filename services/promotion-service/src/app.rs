//! Puts the service together.

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::web;
use db::{Db, Migrations};
use diesel_migrations::embed_migrations;
use platform::clock::Clock;

use platform::identity::InternalKeys;
use service_kit::application::{Application, Parts};

use service_kit::start::{self, StartError};

use crate::routes;
use crate::settings::Settings;

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
    let server = settings.server;
    let state = AppState {
        db: db.clone(),
        clock: clock.clone(),
    };
    let parts = Parts {
        name: NAME,
        server,
        db,
        keys,
        clock,
        routes: routes::routes(),
        workers: Vec::new(),
    };
    let state = web::Data::new(state);
    Ok(Application::build(parts, listener, move |config| {
        config.app_data(state.clone());
    })?)
}
