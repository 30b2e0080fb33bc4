//! 운영 명령: what an operator may ask of the program beside to serve. They work beside running replicas.

pub mod policy;
pub mod transfers;
pub mod vendor_key;

use std::error::Error;
use std::process::ExitCode;

use clap::Subcommand;
use commerce::ClaimNo;
use db::Db;
use platform::clock::Clock;
use service_kit::start::{self, StartError};

use crate::secrets::Secrets;
use crate::settings::Settings;
use crate::store::MIGRATIONS;
use crate::usecase;
use crate::usecase::operators::look_after::Stuck;
use crate::usecase::personal::archive_accounts::Purged;
use policy::PolicyCommand;
use transfers::TransferCommand;
use vendor_key::VendorKeyCommand;

/// What the program may be asked for beside to serve.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make everything open of a claim due at once
    Retry { claim_no: ClaimNo },
    /// List what needs attention
    Stuck,
    /// Replay the ledger and compare it with what is kept; 1 on a difference
    Verify,
    /// Remove archived refund accounts, reasons, addresses and parcels past their date
    PurgeArchive,
    /// Seal with the current data key what the previous one has sealed
    Reseal,
    /// List refunds that a person sends to the customer's account, or say that those of a claim were sent
    Transfers {
        #[command(subcommand)]
        command: Option<TransferCommand>,
    },
    /// Issue, list or revoke keys of vendors
    #[command(subcommand)]
    VendorKey(VendorKeyCommand),
    /// List versions of the policy of claims, or add one
    #[command(subcommand)]
    Policy(PolicyCommand),
}

/// Carries out a command, and prints what an operator wants to know.
#[expect(clippy::print_stdout, reason = "the operator who gave the command reads its outcome there")]
pub async fn carry_out(
    command: Command,
    settings: &Settings,
    clock: &Clock,
) -> Result<ExitCode, Box<dyn Error>> {
    match command {
        Command::Policy(command) => println!("{}", policy::run(settings, clock, command).await?),
        Command::VendorKey(command) => {
            // Standard output carries the result and nothing else.
            let said = vendor_key::run(settings, clock, command).await?;
            if !said.note.is_empty() {
                eprintln!("{}", said.note);
            }
            if !said.output.is_empty() {
                println!("{}", said.output);
            }
        }
        Command::Retry { claim_no } => {
            let state = open(settings).await?;
            let due = usecase::operators::look_after::retry_claim(&state, &claim_no, clock.now()).await?;
            let Some(due) = due else {
                println!("there is no claim {claim_no}");
                return Ok(ExitCode::FAILURE);
            };
            println!("{claim_no}: {due} to be tried now");
        }
        Command::Stuck => {
            for one in usecase::operators::look_after::list_stuck(&open(settings).await?).await? {
                let Stuck { claim_no, asked, key, tries, trouble, reason } = one;
                let (why, reason) = (trouble.text(), reason.unwrap_or_default());
                println!("{claim_no}\t{asked}\t{key}\ttries {tries}\t{why}\t{reason}");
            }
        }
        Command::Transfers { command } => {
            let secrets = Secrets::open(settings)?;
            let said = transfers::run(&open(settings).await?, &secrets, clock, command).await?;
            for line in &said.lines {
                println!("{line}");
            }
            if !said.is_done {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::PurgeArchive => {
            let Purged { accounts, reasons, parcels } =
                usecase::personal::archive_accounts::purge_archive(&open(settings).await?, clock.now())
                    .await?;
            println!(
                "claim-service: archived refund accounts of {accounts} claims removed, reasons of {reasons}, \
                 addresses and parcels {parcels}"
            );
        }
        Command::Reseal => {
            let secrets = Secrets::open(settings)?;
            let changed = usecase::personal::reseal::reseal(&open(settings).await?, &secrets).await?;
            println!("claim-service: {changed} refund accounts, reasons, addresses and parcels sealed anew");
        }
        Command::Verify => {
            let audit = usecase::operators::verify::verify_claims(&open(settings).await?).await?;
            for difference in &audit.differences {
                println!("{difference}");
            }
            println!("{} claims looked at, {} differences", audit.checked, audit.differences.len());
            if !audit.differences.is_empty() {
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn open(settings: &Settings) -> Result<Db, StartError> {
    let db = Db::open(&settings.database)?;
    start::migrate(&db, || MIGRATIONS).await?;
    Ok(db)
}
