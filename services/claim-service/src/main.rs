//! The process: settings, telemetry, service, run; or one command of an operator's.

use std::process::ExitCode;

use claim_service::app;
use claim_service::commands::vendor_key::{self, CommandError, VendorKeyCommand};
use claim_service::operator::{self, Command};
use claim_service::settings::{DEFAULTS, PREFIX, Settings};
use platform::clock::Clock;
use platform::{config, telemetry};
use service_kit::start::{StartError, chain};

/// What the shell's own conventions say of a command that is none.
const USAGE_ERROR: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some((vendor_key::NAME, rest)) = arguments.split_first().map(|(name, rest)| (name.as_str(), rest)) {
        return match change_vendor_keys(rest).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("claim-service: {}", chain(&error));
                ExitCode::FAILURE
            }
        };
    }
    let Some(command) = operator::read(&arguments) else {
        eprint!("{}", operator::USAGE);
        return ExitCode::from(USAGE_ERROR);
    };
    match run(command).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("claim-service: {}", chain(&error));
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<ExitCode, StartError> {
    if command == Command::Help {
        return Ok(help());
    }
    let settings: Settings = config::load(PREFIX, DEFAULTS)?;
    let _telemetry = telemetry::init(app::NAME, &settings.log, &settings.telemetry)?;
    if command != Command::Serve {
        return operator::carry_out(command, &settings, &Clock::system()).await;
    }
    let listener = settings.server.bind()?;
    let application = app::build(settings, Clock::system(), listener).await?;
    application.run().await?;
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::print_stdout, reason = "the operator who asked reads it there")]
fn help() -> ExitCode {
    print!("{}", operator::USAGE);
    ExitCode::SUCCESS
}

/// Standard output carries the result and nothing else, no log either.
#[expect(clippy::print_stdout, reason = "the operator who gave the command reads its outcome there")]
async fn change_vendor_keys(arguments: &[String]) -> Result<(), CommandError> {
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
