//! The process: settings, telemetry, service, run.

use std::process::ExitCode;

use platform::clock::Clock;
use platform::telemetry;
use promotion_service::app;
use promotion_service::settings::{self, DEFAULTS, PREFIX};
use service_kit::migrate_command;
use service_kit::start::{StartError, chain};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("promotion-service: {}", chain(&error));
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), StartError> {
    if migrate_command::is_asked_for() {
        return migrate_command::run(app::NAME, PREFIX, DEFAULTS, || app::MIGRATIONS).await;
    }
    let settings = settings::load()?;
    let _telemetry = telemetry::init(app::NAME, &settings.log, &settings.telemetry)?;
    let listener = settings.server.bind()?;
    let application = app::build(settings, Clock::system(), listener).await?;
    Ok(application.run().await?)
}
