//! The process: settings, telemetry, service, run.

use std::process::ExitCode;

use member_service::app;
use member_service::settings::{DEFAULTS, PREFIX, Settings};
use platform::clock::Clock;
use platform::{config, telemetry};
use service_kit::migrate_command;
use service_kit::start::{StartError, chain};

/// The argument under which the process only removes archived personal data that is past its date.
const PURGE_ARCHIVE: &str = "purge-archive";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("member-service: {}", chain(&error));
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), StartError> {
    if migrate_command::is_asked_for() {
        return migrate_command::run(app::NAME, PREFIX, DEFAULTS, || app::MIGRATIONS).await;
    }
    let settings: Settings = config::load(PREFIX, DEFAULTS)?;
    let _telemetry = telemetry::init(app::NAME, &settings.log, &settings.telemetry)?;
    if std::env::args().nth(1).as_deref() == Some(PURGE_ARCHIVE) {
        return purge_archive(&settings).await;
    }
    let listener = settings.server.bind()?;
    let application = app::build(settings, Clock::system(), listener).await?;
    Ok(application.run().await?)
}

#[expect(clippy::print_stdout, reason = "the operator who gave the command reads its outcome there")]
async fn purge_archive(settings: &Settings) -> Result<(), StartError> {
    let purged = app::purge_archive(settings, &Clock::system()).await?;
    println!("member-service: archived personal data of {purged} orders removed");
    Ok(())
}
