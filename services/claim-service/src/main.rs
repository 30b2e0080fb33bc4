//! The process: settings, telemetry, service, run.

use std::error::Error;
use std::process::ExitCode;

use claim_service::settings::{DEFAULTS, PREFIX, Settings};
use claim_service::{app, commands};
use platform::clock::Clock;
use platform::{config, telemetry};
use service_kit::start::{StartError, chain};

/// The argument under which the process only reads or adds versions of the claim policy.
const POLICY: &str = "policy";

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("claim-service: {}", chain(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let settings: Settings = config::load(PREFIX, DEFAULTS)?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        None => Ok(serve(settings).await?),
        Some((command, rest)) if command == POLICY => {
            say(&commands::policy::run(&settings, &Clock::system(), rest).await?);
            Ok(())
        }
        Some((unknown, _)) => Err(format!("there is no command `{unknown}`, only `{POLICY}`").into()),
    }
}

async fn serve(settings: Settings) -> Result<(), StartError> {
    let _telemetry = telemetry::init(app::NAME, &settings.log, &settings.telemetry)?;
    let listener = settings.server.bind()?;
    let application = app::build(settings, Clock::system(), listener).await?;
    Ok(application.run().await?)
}

#[expect(clippy::print_stdout, reason = "the operator who gave the command reads its outcome there")]
fn say(outcome: &str) {
    println!("{outcome}");
}
