//! `claim-service vendor-key …`: keys of vendors are issued, listed and revoked.

use std::fmt::Write as _;

use clap::Subcommand;
use commerce::calendar::KST;
use db::{Db, DbError};
use platform::clock::Clock;
use platform::error::Problem;
use service_kit::error::Error;
use service_kit::start;

use crate::settings::Settings;
use crate::store::MIGRATIONS;
use crate::{store, usecase};

const LONGEST_VENDOR_NO: usize = 100;

/// 협력사 키 명령
#[derive(Debug, Subcommand)]
pub enum VendorKeyCommand {
    /// Print a fresh key of a vendor
    Issue {
        #[arg(value_name = "ENTR", value_parser = vendor_no, allow_hyphen_values = true)]
        vendor_no: String,
    },
    /// List the keys of a vendor
    List {
        #[arg(value_name = "ENTR", value_parser = vendor_no, allow_hyphen_values = true)]
        vendor_no: String,
    },
    /// Make a key open nothing from now on
    Revoke {
        #[arg(allow_hyphen_values = true)]
        id: String,
    },
}

/// What a command has to say: results for whoever reads them on, and notes for the person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    pub output: String,
    pub note: String,
}

#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error("there is no key `{0}` that could be revoked")]
    NoSuchKey(String),
    #[error(transparent)]
    Settings(#[from] platform::config::ConfigError),
    #[error("the database can't be opened")]
    Open(#[from] db::OpenError),
    #[error("the tables can't be brought up to date")]
    Migrate(#[from] db::MigrateError),
    #[error("the command failed")]
    Failed(#[source] Problem),
}

impl From<Error> for CommandError {
    fn from(error: Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<DbError> for CommandError {
    fn from(error: DbError) -> Self {
        Error::from(error).into()
    }
}

/// Orders say nothing of the form of a vendor's number, so only what can't be meant is refused.
fn vendor_no(text: &str) -> Result<String, &'static str> {
    let length = text.chars().count();
    if (1..=LONGEST_VENDOR_NO).contains(&length) && text.trim() == text && !text.contains(char::is_control) {
        Ok(text.to_owned())
    } else {
        Err("it is not a vendor number as orders carry it")
    }
}

/// Carries a command out on the service's database, whether the service runs or not.
pub async fn run(
    settings: &Settings,
    clock: &Clock,
    command: VendorKeyCommand,
) -> Result<Said, CommandError> {
    let db = Db::open(&settings.database)?;
    start::migrate(&db, || MIGRATIONS).await?;
    let now = clock.now();
    match command {
        VendorKeyCommand::Issue { vendor_no } => {
            let fresh =
                db.write(move |conn| usecase::vendors::keys::issue_vendor_key(conn, &vendor_no, now)).await?;
            let note = format!(
                "key {} of vendor {}; it is shown this once and kept nowhere",
                fresh.issued.id, fresh.issued.vendor_no
            );
            Ok(Said { output: fresh.key, note })
        }
        VendorKeyCommand::List { vendor_no } => {
            let keys = db
                .read(move |conn| store::vendors::key::list(conn, &vendor_no).map_err(DbError::from))
                .await?;
            let mut output = String::new();
            for key in keys {
                let day = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&KST).to_rfc3339();
                let revoked =
                    key.revoked_at.map_or_else(|| "valid".to_owned(), |at| format!("revoked {}", day(at)));
                // A String takes whatever is written to it.
                let _ = writeln!(output, "{} issued {} {revoked}", key.id, day(key.issued_at));
            }
            Ok(Said { output: output.trim_end().to_owned(), note: String::new() })
        }
        VendorKeyCommand::Revoke { id } => {
            let wanted = id.clone();
            let is_revoked = db
                .write(move |conn| store::vendors::key::revoke(conn, &wanted, now).map_err(DbError::from))
                .await?;
            if is_revoked {
                Ok(Said { output: String::new(), note: format!("key {id} opens nothing from now on") })
            } else {
                Err(CommandError::NoSuchKey(id))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vendors_number_is_what_orders_could_carry() {
        for number in ["E0001", "E-1_x"] {
            assert_eq!(vendor_no(number), Ok(number.to_owned()));
        }
        for number in ["", " E1", "E0001\n", "E\u{0}1", &"E".repeat(101)] {
            assert!(vendor_no(number).is_err(), "{number}");
        }
    }
}
