//! The process: settings, telemetry, service, run. With an operator's command it carries that out and ends.

use std::error::Error;
use std::process::ExitCode;

use claim_service::app;
use claim_service::commands::vendor_key::{self, VendorKeyCommand};
use claim_service::settings::{DEFAULTS, PREFIX, Settings};
use platform::clock::Clock;
use platform::{config, telemetry};
use service_kit::start::chain;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.split_first() {
        None => serve().await,
        Some((name, rest)) if name == vendor_key::NAME => change_vendor_keys(rest).await,
        Some((name, _)) => Err(format!("`{name}` is not a command; there is `vendor-key`").into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("claim-service: {}", chain(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

async fn serve() -> Result<(), Box<dyn Error>> {
    let settings: Settings = config::load(PREFIX, DEFAULTS)?;
    let _telemetry = telemetry::init(app::NAME, &settings.log, &settings.telemetry)?;
    let listener = settings.server.bind()?;
    let application = app::build(settings, Clock::system(), listener).await?;
    Ok(application.run().await?)
}

/// Standard output carries the result and nothing else, no log either.
#[expect(clippy::print_stdout, reason = "the operator who gave the command reads its outcome there")]
async fn change_vendor_keys(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let command = VendorKeyCommand::parse(arguments)?;
    let settings: Settings = config::load(PREFIX, DEFAULTS)?;
    let said = vendor_key::run(&settings, &Clock::system(), command).await?;
    if !said.note.is_empty() {
        eprintln!("{}", said.note);
    }
    if !said.output.is_empty() {
        println!("{}", said.output);
    }
    Ok(())
}
