//! Starts the gateway.

use std::process::ExitCode;

use gateway::{Application, Settings};
use platform::clock::Clock;
use platform::error::chain;

#[actix_web::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("gateway: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), String> {
    let settings = Settings::load().map_err(|error| chain(&error))?;
    let _telemetry = platform::telemetry::init("gateway", &settings.log, &settings.telemetry)
        .map_err(|error| chain(&error))?;
    let application = Application::build(&settings, Clock::system()).await.map_err(|error| chain(&error))?;
    tracing::info!(port = application.port(), "gateway listens");
    application.run().await.map_err(|error| chain(&error))
}
