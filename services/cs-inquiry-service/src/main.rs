//! The process: settings, telemetry, service, run; or one command of an operator's.

use std::error::Error;
use std::process::ExitCode;

use clap::Subcommand;
use cs_inquiry_service::app;
use cs_inquiry_service::settings::{DEFAULTS, PREFIX, Settings};
use cs_inquiry_service::store;
use platform::clock::Clock;
use platform::config;
use platform::telemetry::{self, TelemetrySettings};
use service_kit::commands::Program;

#[derive(Subcommand)]
enum Command {
    /// Remove inquiries, files, access records and drafts past their time
    // The second name is what every service is called with that keeps data with a date.
    #[command(visible_alias = "purge-archive")]
    Purge,
}

#[tokio::main]
async fn main() -> ExitCode {
    let program =
        Program { name: app::NAME, prefix: PREFIX, defaults: DEFAULTS, migrations: || store::MIGRATIONS };
    program
        .run(async |command| match command {
            None => serve().await,
            Some(Command::Purge) => purge().await,
        })
        .await
}

async fn serve() -> Result<ExitCode, Box<dyn Error>> {
    let settings: Settings = config::load(PREFIX, DEFAULTS)?;
    let _telemetry = telemetry::init(app::NAME, &settings.log, &settings.telemetry)?;
    let listener = settings.server.bind()?;
    let application = app::build(settings, Clock::system(), listener).await?;
    application.run().await?;
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::print_stdout, reason = "the operator who asked reads it there")]
async fn purge() -> Result<ExitCode, Box<dyn Error>> {
    let settings: Settings = config::load(PREFIX, DEFAULTS)?;
    // It runs beside the service, in the same pod too: the address of the metrics is taken there.
    let _telemetry = telemetry::init(app::NAME, &settings.log, &TelemetrySettings::default())?;
    let purged = app::purge_once(&settings, &Clock::system()).await?;
    println!(
        "cs-inquiry-service: {} inquiries, {} files, {} access records and {} drafts past their time removed",
        purged.inquiries, purged.files, purged.access_records, purged.drafts
    );
    Ok(ExitCode::SUCCESS)
}
