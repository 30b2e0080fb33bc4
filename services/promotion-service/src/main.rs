//! The process: settings, telemetry, service, run.

use std::convert::Infallible;
use std::error::Error;
use std::process::ExitCode;

use platform::clock::Clock;
use platform::telemetry;
use promotion_service::settings::{self, DEFAULTS, PREFIX};
use promotion_service::{app, store};
use service_kit::commands::Program;

#[tokio::main]
async fn main() -> ExitCode {
    let program =
        Program { name: app::NAME, prefix: PREFIX, defaults: DEFAULTS, migrations: || store::MIGRATIONS };
    program
        .run(async |command: Option<Infallible>| match command {
            None => serve().await,
            Some(none) => match none {},
        })
        .await
}

async fn serve() -> Result<ExitCode, Box<dyn Error>> {
    let settings = settings::load()?;
    let _telemetry = telemetry::init(app::NAME, &settings.log, &settings.telemetry)?;
    let listener = settings.server.bind()?;
    let application = app::build(settings, Clock::system(), listener).await?;
    application.run().await?;
    Ok(ExitCode::SUCCESS)
}
