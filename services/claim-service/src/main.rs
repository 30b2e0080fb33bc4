//! The process: settings, telemetry, service, run; or one command of an operator's.

use std::process::ExitCode;

use claim_service::app;
use claim_service::operator::{self, Command};
use claim_service::settings::{DEFAULTS, PREFIX, Settings};
use platform::clock::Clock;
use platform::{config, telemetry};
use service_kit::migrate_command;
use service_kit::start::{StartError, chain};

/// What the shell's own conventions say of a command that is none.
const USAGE_ERROR: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
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
    if command == Command::Migrate {
        migrate_command::run(app::NAME, PREFIX, DEFAULTS, || app::MIGRATIONS).await?;
        return Ok(ExitCode::SUCCESS);
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
