//! Puts the service together.

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::web;
use chrono::TimeDelta;
use db::Db;
use platform::clock::Clock;
use platform::http_client::ServiceClient;
use platform::identity::InternalKeys;
use service_kit::application::{Application, Parts, worker};
use service_kit::looks::{self, ToKeeper, to_keeper};
use service_kit::outbox::worker::{Bell, OutboxWorker};
use service_kit::start::{self, StartError};

use crate::clients::claim::ClaimService;
use crate::clients::inquiry::InquiryService;
use crate::clients::messenger::Messengers;
use crate::clients::promotion::PromotionService;
use crate::routes;
use crate::secrets::Secrets;
use crate::settings::{Profile, Settings};
use crate::state::{AppState, Clients};
use crate::store;
use crate::usecase::deliver_notification::Delivery;
use crate::usecase::{mask_withdrawn_member, notify, purge_archive, reseal, take_in_orders};
use crate::worker::guest_access_cleaner;
use crate::worker::notification_sender::NotificationSender;
use crate::worker::order_recorder::OrderRecorder;
use crate::worker::withdrawal::{MaskTheRest, ToClaimService, ToInquiryService};

/// The name the gateway and the sister services sign for.
pub const NAME: &str = "member-service";

/// Migrates the database and builds a service that listens.
pub async fn build(
    settings: Settings,
    clock: Clock,
    listener: TcpListener,
) -> Result<Application, StartError> {
    let db = Db::open(&settings.database)?;
    start::migrate(&db, || store::MIGRATIONS).await?;
    let keys = Arc::new(InternalKeys::new(&settings.identity)?);
    let clients = clients(&settings, &keys, &clock)?;
    let secrets = Secrets::open(&settings, &clock)?;
    secrets.passwords.watch();
    let bell = Bell::default();
    let delivery = delivery(&settings, &db, &clock, &secrets)?;
    let (cleaned_db, cleaner_clock) = (db.clone(), clock.clone());
    let server = settings.server.clone();
    let state = AppState {
        db: db.clone(),
        clock: clock.clone(),
        clients,
        bell,
        secrets,
        settings: Arc::new(settings),
    };
    let outbox = outbox(&state, delivery);
    let parts = Parts {
        name: NAME,
        server,
        db,
        keys,
        clock,
        routes: routes::routes(),
        keep_looks: to_keeper,
        workers: vec![
            worker(|stop| outbox.run(stop)),
            worker(|stop| guest_access_cleaner::run(cleaned_db, cleaner_clock, stop)),
        ],
    };
    let state = web::Data::new(state);
    Ok(Application::build(parts, listener, move |config| {
        config.app_data(state.clone());
    })?)
}

/// Removes archived personal data past its date, beside a running service or without one; says of how many orders.
pub async fn purge_archive(settings: &Settings, clock: &Clock) -> Result<usize, StartError> {
    let db = Db::open(&settings.database)?;
    start::migrate(&db, || store::MIGRATIONS).await?;
    purge_archive::purge_archive(&db, clock.now())
        .await
        .map_err(|error| StartError::Server(std::io::Error::other(error)))
}

/// Seals with the current data key what the previous one has sealed, beside running services; says how much it was.
pub async fn reseal(settings: &Settings, clock: &Clock) -> Result<usize, StartError> {
    let secrets = Secrets::open(settings, clock)?;
    let db = Db::open(&settings.database)?;
    start::migrate(&db, || store::MIGRATIONS).await?;
    reseal::reseal(&db, &secrets).await.map_err(|error| StartError::Server(std::io::Error::other(error)))
}

/// Who does what the outbox asks for.
fn outbox(state: &AppState, delivery: Delivery) -> OutboxWorker {
    let settings = state.settings.outbox.clone();
    OutboxWorker::new(state.db.clone(), state.clock.clone(), settings, state.bell.clone())
        .on(notify::TOPIC, NotificationSender(delivery))
        .on(take_in_orders::PROMOTION_TOPIC, OrderRecorder(state.clone()))
        .on(mask_withdrawn_member::CLAIM_TOPIC, ToClaimService(state.clone()))
        .on(mask_withdrawn_member::INQUIRY_TOPIC, ToInquiryService(state.clone()))
        .on(mask_withdrawn_member::REST_TOPIC, MaskTheRest(state.clone()))
        .on(looks::TOPIC, ToKeeper(state.clients.inquiry.0.clone()))
}

/// The providers of all channels; a production profile gets no local one.
fn delivery(settings: &Settings, db: &Db, clock: &Clock, secrets: &Secrets) -> Result<Delivery, StartError> {
    let is_production = settings.profile == Profile::Production;
    let messengers = Messengers::from_settings(&settings.notification, is_production, clock)
        .map_err(|error| StartError::Setting { key: "notification", reason: error.to_string() })?;
    Ok(Delivery {
        db: db.clone(),
        clock: clock.clone(),
        sealer: secrets.outbox.clone(),
        messengers,
        keep_trying: TimeDelta::hours(i64::from(settings.notification.keep_trying_hours)),
    })
}

fn clients(settings: &Settings, keys: &Arc<InternalKeys>, clock: &Clock) -> Result<Clients, StartError> {
    let client = |target, base: &str| {
        ServiceClient::new(NAME, target, base, Arc::clone(keys), clock.clone(), &settings.client)
    };
    Ok(Clients {
        claim: ClaimService(client("claim-service", &settings.upstreams.claim_url)?),
        inquiry: InquiryService(client("cs-inquiry-service", &settings.upstreams.inquiry_url)?),
        promotion: PromotionService(client("promotion-service", &settings.upstreams.promotion_url)?),
    })
}
