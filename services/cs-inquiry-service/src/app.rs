//! Puts the service together.

use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use actix_web::web;
use db::Db;
use platform::budget::Budget;
use platform::clock::Clock;
use platform::error::chain;
use platform::http_client::ServiceClient;
use platform::identity::InternalKeys;
use service_kit::application::{Application, Parts, worker};
use service_kit::error::Error;
use service_kit::outbox::worker::{Bell, OutboxWorker};
use service_kit::start::{self, StartError};

use crate::clients::attachment_store;
use crate::clients::claim::ClaimService;
use crate::clients::member::MemberService;
use crate::domain::title_search::kept_counts::KeptCounts;
use crate::routes;
use crate::settings::{AttachmentSettings, Settings};
use crate::state::spool::Spool;
use crate::state::{AppState, Clients};
use crate::store;
use crate::usecase::keep_looks::keep_own;
use crate::usecase::purge::{Purged, purge};
use crate::worker::keepers::{collect_regularly, cut_older_titles, fold_regularly};
use crate::worker::messages::handlers;

/// The name the gateway and the sister services sign for.
pub const NAME: &str = "cs-inquiry-service";

/// Folder below the attachments for files on their way in: on the same disk, so that moving one is a mere rename.
const SPOOL_FOLDER: &str = "tmp";

/// Migrates the database and builds a service that listens.
pub async fn build(
    settings: Settings,
    clock: Clock,
    listener: TcpListener,
) -> Result<Application, StartError> {
    let db = Db::open(&settings.database)?;
    start::migrate(&db, || store::MIGRATIONS).await?;
    let keys = Arc::new(InternalKeys::new(&settings.identity)?);
    let app = app_state(settings, &db, &keys, &clock).await?;
    check_transfer_type(&app).await?;
    let outbox = OutboxWorker::new(db.clone(), clock.clone(), app.settings.outbox.clone(), app.bell.clone());
    let outbox = handlers(outbox, &app);
    let (folding, collecting, cutting) = (app.clone(), app.clone(), app.clone());
    let parts = Parts {
        name: NAME,
        server: app.settings.server.clone(),
        db,
        keys,
        clock,
        routes: routes::routes(),
        keep_looks: keep_own,
        workers: vec![
            worker(|stop| outbox.run(stop)),
            worker(|stop| fold_regularly(folding, stop)),
            worker(|stop| collect_regularly(collecting, stop)),
            worker(|stop| cut_older_titles(cutting, stop)),
        ],
    };
    let state = web::Data::new(app);
    Ok(Application::build(parts, listener, move |config| {
        config.app_data(state.clone());
    })?)
}

/// What handlers and workers share.
pub async fn app_state(
    settings: Settings,
    db: &Db,
    keys: &Arc<InternalKeys>,
    clock: &Clock,
) -> Result<AppState, StartError> {
    let directory = settings.attachment.directory(&settings.database.url);
    let unusable = |reason: String| StartError::Setting { key: "attachment", reason };
    settings.attachment.check().map_err(&unusable)?;
    let [uploads, upload_texts, spool_room] = budgets(&settings.attachment);
    let spool = Spool::open(directory.join(SPOOL_FOLDER), spool_room)
        .await
        .map_err(|error| unusable(format!("{} can't be used: {error}", directory.display())))?;
    let attachments = attachment_store::from_settings(&settings.attachment, &directory)
        .await
        .map_err(|error| unusable(chain(&error)))?;
    Ok(AppState {
        db: db.clone(),
        clock: clock.clone(),
        clients: clients(&settings, keys, clock)?,
        bell: Bell::default(),
        kept_counts: Arc::new(Mutex::new(KeptCounts::new(settings.search.kept_days))),
        settings: Arc::new(settings),
        attachments,
        spool,
        uploads,
        upload_texts,
    })
}

/// What uploads may hold together, shown by the metrics.
fn budgets(settings: &AttachmentSettings) -> [Budget; 3] {
    [
        ("uploads", settings.uploads_at_once),
        ("upload_text_bytes", settings.text_bytes),
        ("spool_bytes", settings.spool_bytes),
    ]
    .map(|(what, limit)| {
        let budget = Budget::new(what, limit);
        budget.watch();
        budget
    })
}

/// Removes what is past its time; the subcommand `purge`.
pub async fn purge_once(settings: &Settings, clock: &Clock) -> Result<Purged, PurgeError> {
    let db = Db::open(&settings.database).map_err(StartError::from)?;
    start::migrate(&db, || store::MIGRATIONS).await.map_err(StartError::from)?;
    Ok(purge(&db, settings, clock.now()).await?)
}

/// Why a purge was not carried out to its end.
#[derive(Debug, thiserror::Error)]
pub enum PurgeError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("the purge broke off")]
    Work(#[from] Error),
}

/// A type that is missing shows when the service starts, not when the first question is taken over.
async fn check_transfer_type(app: &AppState) -> Result<(), StartError> {
    let key = "inquiry.transfer_type_no";
    let found = app.db.read(|conn| Ok::<_, Error>(store::counsel_type::find_all(conn)?)).await;
    let types = found.map_err(|error| StartError::Setting { key, reason: chain(&error) })?;
    let wanted = app.settings.inquiry.transfer_type_no;
    if types.iter().any(|one| one.id == wanted) {
        Ok(())
    } else {
        Err(StartError::Setting { key, reason: format!("there is no inquiry type {wanted}") })
    }
}

fn clients(settings: &Settings, keys: &Arc<InternalKeys>, clock: &Clock) -> Result<Clients, StartError> {
    let client = |target, base: &str| {
        ServiceClient::new(NAME, target, base, Arc::clone(keys), clock.clone(), &settings.client)
    };
    Ok(Clients {
        claim: ClaimService(client("claim-service", &settings.upstreams.claim_url)?),
        member: MemberService(client("member-service", &settings.upstreams.member_url)?),
    })
}
