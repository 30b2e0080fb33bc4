//! The process: settings, telemetry, service, run; or one command of an operator's.

use std::error::Error;
use std::process::ExitCode;

use clap::Subcommand;
use member_service::secrets::order_digest::OrderDigests;
use member_service::settings::{DEFAULTS, PREFIX, Settings};
use member_service::{app, store};
use platform::clock::Clock;
use platform::config;
use platform::telemetry::{self, TelemetrySettings};
use secrecy::ExposeSecret as _;
use service_kit::commands::Program;
use service_kit::sealer::DataKeys;

#[derive(Subcommand)]
enum Command {
    /// Remove archived personal data past its date
    PurgeArchive,
    /// Seal with the current data key what the previous one has sealed
    Reseal,
    /// Say what to keep of the data key before it goes; it is a secret
    DigestKey,
}

#[tokio::main]
async fn main() -> ExitCode {
    let program =
        Program { name: app::NAME, prefix: PREFIX, defaults: DEFAULTS, migrations: || store::MIGRATIONS };
    program
        .run(async |command| match command {
            None => serve().await,
            Some(command) => carry_out(command).await,
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

#[expect(clippy::print_stdout, reason = "the operator who gave the command reads its outcome there")]
async fn carry_out(command: Command) -> Result<ExitCode, Box<dyn Error>> {
    let settings: Settings = config::load(PREFIX, DEFAULTS)?;
    // It runs beside the service, in the same pod too: the address of the metrics is taken there.
    let _telemetry = telemetry::init(app::NAME, &settings.log, &TelemetrySettings::default())?;
    match command {
        Command::PurgeArchive => {
            let purged = app::purge_archive(&settings, &Clock::system()).await?;
            println!("member-service: archived personal data of {purged} orders removed");
        }
        Command::Reseal => {
            let changed = app::reseal(&settings, &Clock::system()).await?;
            println!("member-service: {changed} archived orders and letters sealed anew");
        }
        Command::DigestKey => {
            let data_keys = DataKeys::open(&settings.secrets.data_keys())?;
            if let Some(key) = OrderDigests::key_to_keep(&data_keys) {
                println!("{}", key.expose_secret());
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
