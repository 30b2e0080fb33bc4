//! The process: settings, telemetry, service, run.

use std::process::ExitCode;

use claim_service::app;
use claim_service::settings::{DEFAULTS, PREFIX, Settings};
use platform::clock::Clock;
use platform::{config, telemetry};
use service_kit::start::{StartError, chain};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("claim-service: {}", chain(&error));
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), StartError> {
    let settings: Settings = config::load(PREFIX, DEFAULTS)?;
    let _telemetry = telemetry::init(app::NAME, &settings.log, &settings.telemetry)?;
    let listener = settings.server.bind()?;
    let application = app::build(settings, Clock::system(), listener).await?;
    Ok(application.run().await?)
}
