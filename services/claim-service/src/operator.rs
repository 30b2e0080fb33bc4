//! 운영 명령: what an operator may ask of the program beside to serve. They work beside running replicas.

use std::process::ExitCode;

use commerce::ClaimNo;
use db::Db;
use platform::clock::Clock;
use service_kit::migrate_command;
use service_kit::start::{self, StartError};

use crate::app::MIGRATIONS;
use crate::settings::Settings;
use crate::usecase;

pub const USAGE: &str = "\
usage: claim-service                  serve
       claim-service migrate          bring the tables up to date
       claim-service retry CLAIM_NO   make everything open of a claim due at once
       claim-service stuck            list what needs attention
       claim-service verify           replay the ledger and compare it with what is kept; 1 on a difference
       claim-service purge-archive    remove archived refund accounts past their date
";

/// What the program was asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Serve,
    Help,
    /// Bring the tables up to date, and nothing else.
    Migrate,
    Retry(ClaimNo),
    Stuck,
    Verify,
    PurgeArchive,
}

/// The arguments after the program's name; `None` where they make no sense.
pub fn read(arguments: &[String]) -> Option<Command> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => Some(Command::Serve),
        ["help" | "--help" | "-h"] => Some(Command::Help),
        [migrate_command::ARGUMENT] => Some(Command::Migrate),
        ["retry", claim_no] => ClaimNo::parse(claim_no).ok().map(Command::Retry),
        ["stuck"] => Some(Command::Stuck),
        ["verify"] => Some(Command::Verify),
        ["purge-archive"] => Some(Command::PurgeArchive),
        _ => None,
    }
}

/// Carries out a command that is not to serve, and prints what an operator wants to know.
#[expect(clippy::print_stdout, reason = "the operator who gave the command reads its outcome there")]
pub async fn carry_out(command: Command, settings: &Settings, clock: &Clock) -> Result<ExitCode, StartError> {
    let db = Db::open(&settings.database)?;
    start::migrate(&db, || MIGRATIONS).await?;
    let failed = |error: service_kit::error::Error| StartError::Server(std::io::Error::other(error));
    match command {
        Command::Serve | Command::Help | Command::Migrate => {}
        Command::Retry(claim_no) => {
            let due = usecase::retry_claim(&db, &claim_no, clock.now()).await.map_err(failed)?;
            let Some(due) = due else {
                println!("there is no claim {claim_no}");
                return Ok(ExitCode::FAILURE);
            };
            println!("{claim_no}: {due} to be tried now");
        }
        Command::Stuck => {
            for one in usecase::list_stuck(&db).await.map_err(failed)? {
                let why = if one.is_refused { "refused" } else { "no answer" };
                let reason = one.reason.unwrap_or_default();
                println!("{}\t{}\t{}\ttries {}\t{why}\t{reason}", one.claim_no, one.step, one.key, one.tries);
            }
        }
        Command::PurgeArchive => {
            let purged = usecase::purge_archive(&db, clock.now()).await.map_err(failed)?;
            println!("claim-service: archived refund accounts of {purged} claims removed");
        }
        Command::Verify => {
            let audit = usecase::verify_claims(&db).await.map_err(failed)?;
            for difference in &audit.differences {
                println!("{difference}");
            }
            println!("{} cancels looked at, {} differences", audit.checked, audit.differences.len());
            if !audit.differences.is_empty() {
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_is_no_command() {
        let read = |text: &str| read(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(read(""), Some(Command::Serve));
        assert_eq!(read("--help"), Some(Command::Help));
        assert_eq!(read("migrate"), Some(Command::Migrate));
        assert_eq!(read("stuck"), Some(Command::Stuck));
        assert_eq!(read("verify"), Some(Command::Verify));
        assert_eq!(read("purge-archive"), Some(Command::PurgeArchive));
        assert_eq!(read("retry 20260801C000001"), Some(Command::Retry("20260801C000001".parse().unwrap())));
        for nonsense in ["retry", "retry 20260801O000001", "retry 1 2", "verify all", "serve", "stuck x"] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
    }
}
