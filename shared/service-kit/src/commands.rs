//! 명령행: a service serves, brings its tables up to date, or carries out a command of its own for an operator.

use std::error::Error;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use db::{DatabaseSettings, Db, Migrations};
use platform::config;
use platform::error::chain;
use platform::telemetry::{self, LogSettings, TelemetrySettings};
use serde::Deserialize;

use crate::start::{self, StartError};

/// The argument with which a service brings its tables up to date: what a deployment runs before a rollout.
pub const MIGRATE: &str = "migrate";

/// What of a service its command line needs to know.
pub struct Program {
    pub name: &'static str,
    /// Of the variables its settings are read from.
    pub prefix: &'static str,
    /// The settings as they are shipped.
    pub defaults: &'static str,
    pub migrations: fn() -> Migrations,
}

/// Serves, or carries out one command and ends.
#[derive(Parser)]
struct Line<C: Subcommand> {
    #[command(subcommand)]
    command: Option<Command<C>>,
}

#[derive(Subcommand)]
enum Command<C: Subcommand> {
    /// Bring the tables up to date, and nothing else
    #[command(name = MIGRATE)]
    Migrate,
    #[command(flatten)]
    Own(C),
}

impl Program {
    /// Does what this process was asked for. `carry_out` gets a command of the service's own, or none when it is to serve.
    ///
    /// A service without commands of its own has [`Infallible`](std::convert::Infallible) ones.
    pub async fn run<C: Subcommand>(
        &self,
        carry_out: impl AsyncFnOnce(Option<C>) -> Result<ExitCode, Box<dyn Error>>,
    ) -> ExitCode {
        let done = match read(self.name, std::env::args_os()) {
            Ok(Some(Command::Migrate)) => self.migrate().await,
            Ok(Some(Command::Own(command))) => carry_out(Some(command)).await,
            Ok(None) => carry_out(None).await,
            // Help goes to standard output and is a success; a mistake goes to standard error and is none.
            Err(said) => return said.print().map_or(ExitCode::FAILURE, |()| exit_code(&said)),
        };
        done.unwrap_or_else(|error| {
            eprintln!("{}: {}", self.name, chain(error.as_ref()));
            ExitCode::FAILURE
        })
    }

    /// Migrates under the same lock as a service that starts, so that both may happen at once, and twice.
    async fn migrate(&self) -> Result<ExitCode, Box<dyn Error>> {
        let settings: Settings = config::load(self.prefix, self.defaults).map_err(StartError::from)?;
        let telemetry = TelemetrySettings::default();
        let _telemetry = telemetry::init(self.name, &settings.log, &telemetry).map_err(StartError::from)?;
        let db = Db::open(&settings.database).map_err(StartError::from)?;
        start::migrate(&db, self.migrations).await.map_err(StartError::from)?;
        tracing::info!(service = self.name, "the tables are up to date");
        Ok(ExitCode::SUCCESS)
    }
}

/// The part of a service's settings that a migration needs; whoever runs it is given no other secret.
#[derive(Debug, Deserialize)]
struct Settings {
    database: DatabaseSettings,
    #[serde(default)]
    log: LogSettings,
}

fn read<C: Subcommand>(
    name: &'static str,
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Option<Command<C>>, clap::Error> {
    let matches = Line::<C>::command().name(name).try_get_matches_from(arguments)?;
    Ok(Line::from_arg_matches(&matches)?.command)
}

fn exit_code(said: &clap::Error) -> ExitCode {
    u8::try_from(said.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[derive(Subcommand)]
    enum Own {
        /// Make a claim due
        Retry { claim_no: u32 },
    }

    fn asked<C: Subcommand>(line: &str) -> Result<Option<Command<C>>, clap::Error> {
        read("a-service", line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn a_service_serves_unless_it_is_asked_for_something_else() {
        assert!(matches!(asked::<Infallible>("a-service"), Ok(None)));
        assert!(matches!(asked::<Infallible>("a-service migrate"), Ok(Some(Command::Migrate))));
        let retry = asked("a-service retry 7");
        assert!(matches!(retry, Ok(Some(Command::Own(Own::Retry { claim_no: 7 })))));
    }

    #[test]
    fn what_makes_no_sense_is_a_mistake_of_usage() {
        for nonsense in ["serve", "migrate all", "retry", "retry x", "retry 1 2", "--verbose"] {
            let said = asked::<Own>(&format!("a-service {nonsense}")).err().expect(nonsense);
            assert!(said.use_stderr() && said.exit_code() == 2, "{nonsense}");
        }
    }

    #[test]
    fn help_names_every_command() {
        for line in ["--help", "-h", "help"] {
            let said = asked::<Own>(&format!("a-service {line}")).err().expect("help");
            let text = said.to_string();
            assert!(!said.use_stderr() && said.exit_code() == 0, "{text}");
            assert!(
                text.contains("Usage: a-service [COMMAND]") && text.contains("Make a claim due"),
                "{text}"
            );
        }
    }
}
