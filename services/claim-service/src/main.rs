//! The process: settings, telemetry, service, run; or one command of an operator's.

use std::error::Error;
use std::process::ExitCode;

use claim_service::app;
use claim_service::commands::{self, Command};
use claim_service::settings::{DEFAULTS, PREFIX, Settings};
use platform::clock::Clock;
use platform::{config, telemetry};
use service_kit::migrate_command;
use service_kit::start::chain;

/// What the shell's own conventions say of a command that is none.
const USAGE_ERROR: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(command) = commands::read(&arguments) else {
        eprint!("{}", commands::USAGE);
        return ExitCode::from(USAGE_ERROR);
    };
    match run(command).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("claim-service: {}", chain(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<ExitCode, Box<dyn Error>> {
    match command {
        Command::Help => Ok(help()),
        // It needs no more of the settings than the database.
        Command::Migrate => {
            migrate_command::run(app::NAME, PREFIX, DEFAULTS, || app::MIGRATIONS).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Serve => serve(config::load(PREFIX, DEFAULTS)?).await,
        command => {
            let settings: Settings = config::load(PREFIX, DEFAULTS)?;
            commands::carry_out(command, &settings, &Clock::system()).await
        }
    }
}

async fn serve(settings: Settings) -> Result<ExitCode, Box<dyn Error>> {
    let _telemetry = telemetry::init(app::NAME, &settings.log, &settings.telemetry)?;
    let listener = settings.server.bind()?;
    let application = app::build(settings, Clock::system(), listener).await?;
    application.run().await?;
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::print_stdout, reason = "the operator who asked reads it there")]
fn help() -> ExitCode {
    print!("{}", commands::USAGE);
    ExitCode::SUCCESS
}
