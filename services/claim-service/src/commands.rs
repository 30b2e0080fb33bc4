//! 운영 명령: what an operator may ask of the program beside to serve. They work beside running replicas.

pub mod policy;
pub mod vendor_key;

use std::error::Error;
use std::process::ExitCode;

use commerce::ClaimNo;
use db::Db;
use platform::clock::Clock;
use service_kit::migrate_command;
use service_kit::start::{self, StartError};

use crate::app::MIGRATIONS;
use crate::secrets::Secrets;
use crate::settings::Settings;
use crate::usecase::{self, Stuck};
use vendor_key::VendorKeyCommand;

pub const USAGE: &str = "\
usage: claim-service                  serve
       claim-service migrate          bring the tables up to date
       claim-service retry CLAIM_NO   make everything open of a claim due at once
       claim-service stuck            list what needs attention
       claim-service verify           replay the ledger and compare it with what is kept; 1 on a difference
       claim-service purge-archive    remove archived refund accounts past their date
       claim-service reseal           seal with the current data key what the previous one has sealed
       claim-service vendor-key …     issue ENTR, list ENTR or revoke ID
       claim-service policy …         list, or add FILE.json
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
    Reseal,
    Policy(Vec<String>),
    VendorKey(Vec<String>),
}

/// The arguments after the program's name; `None` where they make no sense.
pub fn read(arguments: &[String]) -> Option<Command> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let rest = || arguments.iter().skip(1).cloned().collect();
    match words.as_slice() {
        [] => Some(Command::Serve),
        ["help" | "--help" | "-h"] => Some(Command::Help),
        [migrate_command::ARGUMENT] => Some(Command::Migrate),
        ["retry", claim_no] => ClaimNo::parse(claim_no).ok().map(Command::Retry),
        ["stuck"] => Some(Command::Stuck),
        ["verify"] => Some(Command::Verify),
        ["purge-archive"] => Some(Command::PurgeArchive),
        ["reseal"] => Some(Command::Reseal),
        ["policy", ..] => Some(Command::Policy(rest())),
        ["vendor-key", ..] => Some(Command::VendorKey(rest())),
        _ => None,
    }
}

/// Carries out a command that is not to serve, and prints what an operator wants to know.
#[expect(clippy::print_stdout, reason = "the operator who gave the command reads its outcome there")]
pub async fn carry_out(
    command: Command,
    settings: &Settings,
    clock: &Clock,
) -> Result<ExitCode, Box<dyn Error>> {
    match command {
        Command::Policy(words) => println!("{}", policy::run(settings, clock, &words).await?),
        Command::VendorKey(words) => {
            // Standard output carries the result and nothing else.
            let said = vendor_key::run(settings, clock, VendorKeyCommand::parse(&words)?).await?;
            if !said.note.is_empty() {
                eprintln!("{}", said.note);
            }
            if !said.output.is_empty() {
                println!("{}", said.output);
            }
        }
        Command::Retry(claim_no) => {
            let due = usecase::retry_claim(&open(settings).await?, &claim_no, clock.now()).await?;
            let Some(due) = due else {
                println!("there is no claim {claim_no}");
                return Ok(ExitCode::FAILURE);
            };
            println!("{claim_no}: {due} to be tried now");
        }
        Command::Stuck => {
            for one in usecase::list_stuck(&open(settings).await?).await? {
                let Stuck { claim_no, asked, key, tries, trouble, reason } = one;
                let (why, reason) = (trouble.text(), reason.unwrap_or_default());
                println!("{claim_no}\t{asked}\t{key}\ttries {tries}\t{why}\t{reason}");
            }
        }
        Command::PurgeArchive => {
            let purged = usecase::purge_archive(&open(settings).await?, clock.now()).await?;
            println!("claim-service: archived refund accounts of {purged} claims removed");
        }
        Command::Reseal => {
            let secrets = Secrets::open(settings)?;
            let changed = usecase::reseal_accounts(&open(settings).await?, &secrets).await?;
            println!("claim-service: {changed} refund accounts sealed anew");
        }
        Command::Verify => {
            let audit = usecase::verify_claims(&open(settings).await?).await?;
            for difference in &audit.differences {
                println!("{difference}");
            }
            println!("{} cancels looked at, {} differences", audit.checked, audit.differences.len());
            if !audit.differences.is_empty() {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::Serve | Command::Help | Command::Migrate => {}
    }
    Ok(ExitCode::SUCCESS)
}

async fn open(settings: &Settings) -> Result<Db, StartError> {
    let db = Db::open(&settings.database)?;
    start::migrate(&db, || MIGRATIONS).await?;
    Ok(db)
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
