//! The process: settings, telemetry, service, run; or one command of an operator's.

use std::process::ExitCode;

use member_service::app;
use member_service::secrets::order_digest::OrderDigests;
use member_service::settings::{DEFAULTS, PREFIX, Settings};
use platform::clock::Clock;
use platform::config;
use platform::telemetry::{self, TelemetrySettings};
use secrecy::ExposeSecret as _;
use service_kit::migrate_command;
use service_kit::sealer::DataKeys;
use service_kit::start::{StartError, chain};

const USAGE: &str = "\
usage: member-service                 serve
       member-service migrate         bring the tables up to date
       member-service purge-archive   remove archived personal data past its date
       member-service reseal          seal with the current data key what the previous one has sealed
       member-service digest-key      say what to keep of the data key before it goes; it is a secret
";

/// What the process is to do.
enum Command {
    Serve,
    Migrate,
    PurgeArchive,
    Reseal,
    DigestKey,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Some(command) = command() else {
        eprint!("{USAGE}");
        return ExitCode::from(2);
    };
    match run(command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("member-service: {}", chain(&error));
            ExitCode::FAILURE
        }
    }
}

fn command() -> Option<Command> {
    let mut arguments = std::env::args().skip(1);
    let command = match arguments.next().as_deref() {
        None => Command::Serve,
        Some(migrate_command::ARGUMENT) => Command::Migrate,
        Some("purge-archive") => Command::PurgeArchive,
        Some("reseal") => Command::Reseal,
        Some("digest-key") => Command::DigestKey,
        Some(_) => return None,
    };
    arguments.next().is_none().then_some(command)
}

async fn run(command: Command) -> Result<(), StartError> {
    if matches!(command, Command::Migrate) {
        return migrate_command::run(app::NAME, PREFIX, DEFAULTS, || app::MIGRATIONS).await;
    }
    let settings: Settings = config::load(PREFIX, DEFAULTS)?;
    // A command runs beside the service, in the same pod too: the address of the metrics is taken there.
    let telemetry = match command {
        Command::Serve => &settings.telemetry,
        _ => &TelemetrySettings::default(),
    };
    let _telemetry = telemetry::init(app::NAME, &settings.log, telemetry)?;
    match command {
        Command::Serve | Command::Migrate => {}
        Command::PurgeArchive => return purge_archive(&settings).await,
        Command::Reseal => return reseal(&settings).await,
        Command::DigestKey => return digest_key(&settings),
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

#[expect(clippy::print_stdout, reason = "the operator who gave the command reads its outcome there")]
async fn reseal(settings: &Settings) -> Result<(), StartError> {
    let changed = app::reseal(settings, &Clock::system()).await?;
    println!("member-service: {changed} archived orders and letters sealed anew");
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the operator who gave the command puts it among the secrets")]
fn digest_key(settings: &Settings) -> Result<(), StartError> {
    let data_keys = DataKeys::open(&settings.secrets.data_keys())?;
    if let Some(key) = OrderDigests::key_to_keep(&data_keys) {
        println!("{}", key.expose_secret());
    }
    Ok(())
}
