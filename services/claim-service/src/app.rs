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
use crate::clients::promotion::PromotionService;
use crate::clients::refund_provider::{self, RefundProvider};
use crate::routes;
use crate::secrets::Secrets;
use crate::settings::Settings;
use crate::usecase::{
    self, ClaimNumbers, EFFECT_TOPIC, IMPORT_TOPIC, OPTION_TOPIC, Progress, REJECTION_TOPIC, Runs,
};
use crate::worker::{CancelRuns, ClaimEffects, ImportedClaims, OptionChanges, Rejections, count_claims};

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
    /// Rings the outbox worker after a commit.
    pub bell: Bell,
    /// Whoever gives money back.
    pub refunds: Arc<dyn RefundProvider>,
    pub claim_numbers: ClaimNumbers,
    pub secrets: Secrets,
    /// Tells those who wait for a claim that it has moved.
    pub progress: Progress,
    /// Carries cancels out from their acceptance on.
    pub runs: Runs,
    pub settings: Arc<Settings>,
}

/// The sister services.
#[derive(Clone, Debug)]
pub struct Clients {
    pub member: MemberService,
    pub promotion: PromotionService,
}

/// Migrates the database and builds a service that listens.
pub async fn build(
    settings: Settings,
    clock: Clock,
    listener: TcpListener,
) -> Result<Application, StartError> {
    assemble(settings, clock, listener, None).await
}

/// As [`build`], with a refund provider of the caller's instead of the one the settings name.
pub async fn build_with(
    settings: Settings,
    clock: Clock,
    listener: TcpListener,
    refunds: Arc<dyn RefundProvider>,
) -> Result<Application, StartError> {
    assemble(settings, clock, listener, Some(refunds)).await
}

async fn assemble(
    settings: Settings,
    clock: Clock,
    listener: TcpListener,
    refunds: Option<Arc<dyn RefundProvider>>,
) -> Result<Application, StartError> {
    let db = Db::open(&settings.database)?;
    start::migrate(&db, || MIGRATIONS).await?;
    usecase::take_over(&db, clock.now())
        .await
        .map_err(|error| StartError::Server(std::io::Error::other(error)))?;
    let keys = Arc::new(InternalKeys::new(&settings.identity)?);
    let clients = clients(&settings, &keys, &clock)?;
    let secrets = Secrets::open(&settings)?;
    let refunds = match refunds {
        Some(refunds) => refunds,
        None => refund_provider::from_settings(&settings.refund, &db, &clock)?,
    };
    let bell = Bell::default();
    let (runs, coming) = Runs::new(settings.cancel.at_once);
    let server = settings.server.clone();
    let state = AppState {
        db: db.clone(),
        clock: clock.clone(),
        clients,
        bell,
        refunds,
        claim_numbers: ClaimNumbers::default(),
        secrets,
        progress: Progress::default(),
        runs,
        settings: Arc::new(settings),
    };
    let outbox = outbox(&state);
    let runs = CancelRuns { state: state.clone(), coming };
    let counted = db.clone();
    let parts = Parts {
        name: NAME,
        server,
        db,
        keys,
        clock,
        routes: routes::routes(),
        workers: vec![
            worker(|stop| outbox.run(stop)),
            worker(|stop| runs.run(stop)),
            worker(move |stop| count_claims(counted, stop)),
        ],
    };
    let state = web::Data::new(state);
    Ok(Application::build(parts, listener, move |config| {
        config.app_data(state.clone());
    })?)
}

/// Who does what the outbox asks for.
fn outbox(state: &AppState) -> OutboxWorker {
    let settings = state.settings.outbox.clone();
    OutboxWorker::new(state.db.clone(), state.clock.clone(), settings, state.bell.clone())
        .on(EFFECT_TOPIC, ClaimEffects(state.clone()))
        .on(REJECTION_TOPIC, Rejections(state.clone()))
        .on(IMPORT_TOPIC, ImportedClaims(state.clone()))
        .on(OPTION_TOPIC, OptionChanges(state.clone()))
}

fn clients(settings: &Settings, keys: &Arc<InternalKeys>, clock: &Clock) -> Result<Clients, StartError> {
    let client = |target, base: &str| {
        ServiceClient::new(NAME, target, base, Arc::clone(keys), clock.clone(), &settings.client)
    };
    Ok(Clients {
        member: MemberService(client("member-service", &settings.upstreams.member_url)?),
        promotion: PromotionService(client("promotion-service", &settings.upstreams.promotion_url)?),
    })
}
