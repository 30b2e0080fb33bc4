#![doc = include_str!("../README.md")]

mod usage;

pub mod failure;
mod owner_only;
pub mod settings;

pub mod environment;
pub mod issuer;
pub mod keys;
pub mod token;

mod last_database;
pub mod readiness;
pub mod stack_file;
pub mod supervisor;

pub mod gateway_client;
pub mod load;

pub mod demo;
pub mod demo_loader;

pub mod purge_archive;

mod operator;
mod reset;
mod vendor_key;

use std::io::Write as _;

use chrono::{DateTime, Utc};

use crate::failure::{Context as _, Failure};
use crate::settings::Settings;
use crate::usage::Command;

/// Carries out one command line.
pub async fn execute(
    arguments: &[String],
    environment: &dyn Fn(&str) -> Option<String>,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let (command, variables) = usage::parse(arguments, environment)?;
    match command {
        Command::Help => say(usage::HELP.trim_end()),
        Command::Run => supervisor::run(Settings::read(&variables)?, now).await,
        Command::Token => say(&token::print(&Settings::read(&variables)?, &variables, now)?),
        Command::VendorKey => say(&vendor_key::print(&Settings::read(&variables)?, &variables).await?),
        Command::Load(file) => say(&load::run(&Settings::read(&variables)?, &file, now).await?),
        Command::PurgeArchive => purge_archive::run(&Settings::read(&variables)?).await,
        Command::Operator(words) => operator::run(&Settings::read(&variables)?, &words).await,
        Command::Reset => reset::run(&Settings::read(&variables)?),
    }
}

/// Standard output carries results only; everything else is said on standard error.
fn say(line: &str) -> Result<(), Failure> {
    writeln!(std::io::stdout(), "{line}").context("standard output can't be written")
}
