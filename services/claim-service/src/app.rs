//! Puts the service together.

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::web;
use db::Db;
use platform::clock::Clock;
use platform::http_client::ServiceClient;
use platform::identity::InternalKeys;
use service_kit::application::{Application, Parts, worker as run};
use service_kit::looks::{self, ToKeeper, to_keeper};
use service_kit::outbox::held::{Held, HeldWorker};
use service_kit::outbox::worker::Bell;
use service_kit::start::{self, StartError};

use crate::clients::member::MemberService;
use crate::clients::promotion::PromotionService;
use crate::clients::refund_provider::{self, RefundProvider};
use crate::secrets::Secrets;
use crate::settings::Settings;
use crate::state::numbers::ClaimNumbers;
use crate::state::progress::Progress;
use crate::state::{AppState, Clients};
use crate::store::MIGRATIONS;
use crate::usecase::execution::take_over::take_over;
use crate::worker::counted_claims::tell_of_claims;
use crate::worker::effects::Effects;
use crate::worker::gauges::count_claims;
use crate::worker::older_goods::prepare_older_goods;
use crate::{routes, worker};

/// The name the gateway and the other services sign for.
pub const NAME: &str = "claim-service";

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
    settings.returns.check().map_err(|reason| StartError::Setting { key: "returns.holidays", reason })?;
    let db = Db::open(&settings.database)?;
    start::migrate(&db, || MIGRATIONS).await?;
    take_over(&db, clock.now()).await.map_err(|error| StartError::Server(std::io::Error::other(error)))?;
    let keys = Arc::new(InternalKeys::new(&settings.identity)?);
    let clients = clients(&settings, &keys, &clock)?;
    let secrets = Secrets::open(&settings)?;
    let refunds = match refunds {
        Some(refunds) => refunds,
        None => refund_provider::from_settings(&settings.refund, &db, &clock)?,
    };
    let bell = Bell::default();
    let (runs, coming) = Held::new(settings.cancel.at_once, settings.outbox.clone());
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
    let keeper = client(
        &state.settings,
        &keys,
        &clock,
        ("cs-inquiry-service", &state.settings.upstreams.inquiry_url),
    )?;
    let outbox = worker::messages::outbox(&state).on(looks::TOPIC, ToKeeper(keeper));
    let runs = HeldWorker {
        db: db.clone(),
        clock: clock.clone(),
        held: state.runs.clone(),
        coming,
        carrier: Effects(state.clone()),
    };
    let (counted, counting, older, telling) = (db.clone(), clock.clone(), db.clone(), state.clone());
    let parts = Parts {
        name: NAME,
        server,
        db,
        keys,
        clock,
        routes: routes::routes(),
        keep_looks: to_keeper,
        workers: vec![
            run(|stop| outbox.run(stop)),
            run(|stop| runs.run(stop)),
            run(move |stop| count_claims(counted, counting, stop)),
            run(move |stop| prepare_older_goods(older, stop)),
            run(move |stop| tell_of_claims(telling, stop)),
        ],
    };
    let state = web::Data::new(state);
    Ok(Application::build(parts, listener, move |config| {
        config.app_data(state.clone());
    })?)
}

fn clients(settings: &Settings, keys: &Arc<InternalKeys>, clock: &Clock) -> Result<Clients, StartError> {
    let upstreams = &settings.upstreams;
    Ok(Clients {
        member: MemberService(client(settings, keys, clock, ("member-service", &upstreams.member_url))?),
        promotion: PromotionService(client(
            settings,
            keys,
            clock,
            ("promotion-service", &upstreams.promotion_url),
        )?),
    })
}

fn client(
    settings: &Settings,
    keys: &Arc<InternalKeys>,
    clock: &Clock,
    (target, base): (&'static str, &str),
) -> Result<ServiceClient, StartError> {
    Ok(ServiceClient::new(NAME, target, base, Arc::clone(keys), clock.clone(), &settings.client)?)
}
