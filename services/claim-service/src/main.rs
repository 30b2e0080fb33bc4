//! The process: settings, telemetry, service, run; or one command of an operator's.

use std::error::Error;
use std::process::ExitCode;

use claim_service::app;
use claim_service::commands;
use claim_service::settings::{DEFAULTS, PREFIX, Settings};
use claim_service::store::MIGRATIONS;
use platform::clock::Clock;
use platform::{config, telemetry};
use service_kit::commands::Program;

#[tokio::main]
async fn main() -> ExitCode {
    let program = Program { name: app::NAME, prefix: PREFIX, defaults: DEFAULTS, migrations: || MIGRATIONS };
    program
        .run(async |command| {
            let settings: Settings = config::load(PREFIX, DEFAULTS)?;
            match command {
                None => serve(settings).await,
                Some(command) => commands::carry_out(command, &settings, &Clock::system()).await,
            }
        })
        .await
}

async fn serve(settings: Settings) -> Result<ExitCode, Box<dyn Error>> {
    let _telemetry = telemetry::init(app::NAME, &settings.log, &settings.telemetry)?;
    let listener = settings.server.bind()?;
    let application = app::build(settings, Clock::system(), listener).await?;
    application.run().await?;
    Ok(ExitCode::SUCCESS)
}
