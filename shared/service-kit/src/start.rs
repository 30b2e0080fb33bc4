//! The first steps of every service's `main`.

use std::time::{Duration, Instant};

use db::{Db, MigrateError, Migrations, OpenError};
use platform::config::ConfigError;
use platform::error::chain;
use platform::identity::IdentityError;
use platform::telemetry::TelemetryError;

/// Why a service does not start, in words for the operator.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Telemetry(#[from] TelemetryError),
    #[error("database")]
    Open(#[from] OpenError),
    #[error("database")]
    Migrate(#[from] MigrateError),
    #[error(transparent)]
    Identity(#[from] IdentityError),
    #[error("the client of a sister service can't be built")]
    Client(#[from] reqwest::Error),
    #[error("server")]
    Server(#[from] std::io::Error),
    /// A setting that reads well but can't be used.
    #[error("setting `{key}`: {reason}")]
    Setting { key: &'static str, reason: String },
}

/// How long a start waits for its database before it gives up and leaves the rest to whoever restarts it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Migrates, and waits for a database that is not there yet.
pub async fn migrate(db: &Db, migrations: fn() -> Migrations) -> Result<(), MigrateError> {
    let started = Instant::now();
    loop {
        let handle = db.clone();
        let result = tokio::task::spawn_blocking(move || handle.migrate(migrations())).await;
        match result {
            Ok(Err(error @ MigrateError::Connect(_))) if started.elapsed() < PATIENCE => {
                tracing::warn!(error = %chain(&error), "waiting for the database");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            Ok(result) => return result,
            Err(panic) => std::panic::resume_unwind(panic.into_panic()),
        }
    }
}
