//! Puts the service together.

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::web;
use db::{Db, Migrations};
use diesel_migrations::embed_migrations;
use platform::clock::Clock;
use platform::http_client::ServiceClient;
use platform::identity::InternalKeys;
use service_kit::application::{Application, Parts, worker};
use service_kit::outbox_worker::{Bell, OutboxWorker};
use service_kit::start::{self, StartError};

use crate::clients::member::MemberService;
use crate::clients::refund_provider::{self, RefundProvider};
use crate::routes;
use crate::settings::Settings;

/// The name the gateway and the sister services sign for.
pub const NAME: &str = "claim-service";

pub const MIGRATIONS: Migrations = Migrations {
    sqlite: embed_migrations!("migrations/sqlite"),
    postgres: embed_migrations!("migrations/postgres"),
};

/// What handlers and workers share.
#[derive(Clone)]
pub struct AppState {
    pub db: Db,
    pub clock: Clock,
    pub clients: Clients,
    /// Whoever gives money back.
    pub refunds: Arc<dyn RefundProvider>,
    /// Rings the outbox worker after a commit.
    pub bell: Bell,
    pub settings: Arc<Settings>,
}

/// The sister services.
#[derive(Clone, Debug)]
pub struct Clients {
    pub member: MemberService,
    pub promotion: ServiceClient,
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
    let clients = clients(&settings, &keys, &clock)?;
    let refunds = refund_provider::from_settings(&settings.refund, &db, &clock)?;
    let bell = Bell::default();
    let outbox = OutboxWorker::new(db.clone(), clock.clone(), settings.outbox.clone(), bell.clone());
    let server = settings.server.clone();
    let state = AppState {
        db: db.clone(),
        clock: clock.clone(),
        clients,
        refunds,
        bell,
        settings: Arc::new(settings),
    };
    let parts = Parts {
        name: NAME,
        server,
        db,
        keys,
        clock,
        routes: routes::routes(),
        workers: vec![worker(|stop| outbox.run(stop))],
    };
    let state = web::Data::new(state);
    Ok(Application::build(parts, listener, move |config| {
        config.app_data(state.clone());
    })?)
}

fn clients(settings: &Settings, keys: &Arc<InternalKeys>, clock: &Clock) -> Result<Clients, StartError> {
    let client = |target, base: &str| {
        ServiceClient::new(NAME, target, base, Arc::clone(keys), clock.clone(), &settings.client)
    };
    Ok(Clients {
        member: MemberService(client("member-service", &settings.upstreams.member_url)?),
        promotion: client("promotion-service", &settings.upstreams.promotion_url)?,
    })
}
