//! The process: settings, telemetry, service, run. With `purge` it removes what is past its time instead, with
//! `migrate` it brings the tables up to date, and ends.

use std::process::ExitCode;

use cs_inquiry_service::app::{self, PurgeError};
use cs_inquiry_service::settings::{DEFAULTS, PREFIX, Settings};
use platform::clock::Clock;
use platform::config;
use platform::telemetry::{self, TelemetrySettings};
use service_kit::migrate_command;
use service_kit::start::{StartError, chain};

/// What the process is to do.
enum Command {
    Serve,
    Migrate,
    Purge,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Some(command) = command() else {
        eprintln!("usage: cs-inquiry-service [migrate|purge]");
        return ExitCode::from(2);
    };
    let outcome = match command {
        Command::Serve => serve().await.map_err(PurgeError::from),
        Command::Migrate => {
            let migrations = || app::MIGRATIONS;
            migrate_command::run(app::NAME, PREFIX, DEFAULTS, migrations).await.map_err(PurgeError::from)
        }
        Command::Purge => purge().await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cs-inquiry-service: {}", chain(&error));
            ExitCode::FAILURE
        }
    }
}

fn command() -> Option<Command> {
    let mut arguments = std::env::args().skip(1);
    let command = match arguments.next().as_deref() {
        None => Command::Serve,
        Some(migrate_command::ARGUMENT) => Command::Migrate,
        // The second is what every service is called with that keeps data with a date.
        Some("purge" | "purge-archive") => Command::Purge,
        Some(_) => return None,
    };
    arguments.next().is_none().then_some(command)
}

async fn serve() -> Result<(), StartError> {
    let settings: Settings = config::load(PREFIX, DEFAULTS)?;
    let _telemetry = telemetry::init(app::NAME, &settings.log, &settings.telemetry)?;
    let listener = settings.server.bind()?;
    let application = app::build(settings, Clock::system(), listener).await?;
    Ok(application.run().await?)
}

#[expect(clippy::print_stdout, reason = "the operator who asked reads it there")]
async fn purge() -> Result<(), PurgeError> {
    let settings: Settings = config::load(PREFIX, DEFAULTS).map_err(StartError::from)?;
    // It runs beside the service, in the same pod too: the address of the metrics is taken there.
    let telemetry = TelemetrySettings::default();
    let _telemetry = telemetry::init(app::NAME, &settings.log, &telemetry).map_err(StartError::from)?;
    let purged = app::purge_once(&settings, &Clock::system()).await?;
    println!(
        "cs-inquiry-service: {} inquiries, {} files and {} access records past their time removed",
        purged.inquiries, purged.files, purged.access_records
    );
    Ok(())
}
