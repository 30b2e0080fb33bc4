//! `<service> migrate`: brings the tables up to date and ends. What a deployment runs before a rollout.

use db::{DatabaseSettings, Db, Migrations};
use platform::config;
use platform::telemetry::{self, LogSettings, TelemetrySettings};
use serde::Deserialize;

use crate::start::{self, StartError};

/// The argument a service is called with for it.
pub const ARGUMENT: &str = "migrate";

/// The part of a service's settings that a migration needs; whoever runs it is given no other secret.
#[derive(Debug, Deserialize)]
struct Settings {
    database: DatabaseSettings,
    #[serde(default)]
    log: LogSettings,
}

/// Whether this process was started with [`ARGUMENT`] alone.
pub fn is_asked_for() -> bool {
    let mut arguments = std::env::args().skip(1);
    arguments.next().as_deref() == Some(ARGUMENT) && arguments.next().is_none()
}

/// Migrates under the same lock as a service that starts, so that both may happen at once, and twice.
pub async fn run(
    service: &'static str,
    prefix: &str,
    defaults: &str,
    migrations: fn() -> Migrations,
) -> Result<(), StartError> {
    let settings: Settings = config::load(prefix, defaults)?;
    let _telemetry = telemetry::init(service, &settings.log, &TelemetrySettings::default())?;
    let db = Db::open(&settings.database)?;
    start::migrate(&db, migrations).await?;
    tracing::info!(service, "the tables are up to date");
    Ok(())
}
