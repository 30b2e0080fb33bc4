//! `claim-service policy list` and `claim-service policy add FILE.json` (docs/operations/claim-policies.md).

mod document;

use std::fs::File;
use std::io::{self, Read as _};

use clap::Subcommand;
use db::{Db, DbError};
use dto::date_time::KstDateTime;
use platform::clock::Clock;
use service_kit::start::{self, StartError};

use crate::settings::Settings;
use crate::store::MIGRATIONS;
use crate::usecase::policies::{self, NotAdded};

pub use document::{FieldFault, read, write};

/// A file longer than this is no policy version.
const MAX_FILE_BYTES: u64 = 64 << 10;

/// 정책 명령
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// List all versions, in the form in which they are added
    List,
    /// Add a version
    Add {
        #[arg(value_name = "FILE.json")]
        file: String,
    },
}

#[derive(Debug, thiserror::Error)]
pub enum PolicyCommandError {
    #[error("`{file}` can't be read")]
    Unreadable { file: String, source: io::Error },
    #[error("`{file}` is no policy version: {}", joined(.faults))]
    Invalid { file: String, faults: Vec<FieldFault> },
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    NotAdded(#[from] NotAdded),
    #[error("the database could not help")]
    Database(#[from] DbError),
}

/// Carries a command out, and tells what came of it.
pub async fn run(
    settings: &Settings,
    clock: &Clock,
    command: PolicyCommand,
) -> Result<String, PolicyCommandError> {
    match command {
        PolicyCommand::List => list(&open(settings).await?).await,
        PolicyCommand::Add { file } => {
            let text = match text_of(&file) {
                Ok(text) => text,
                Err(source) => return Err(PolicyCommandError::Unreadable { file, source }),
            };
            let policy = read(&text).map_err(|faults| PolicyCommandError::Invalid { file, faults })?;
            let (version, from) = (policy.version, KstDateTime(policy.in_force_from));
            policies::add(&open(settings).await?, clock, policy).await?;
            Ok(format!("policy version {version} judges the orders placed from {from} on"))
        }
    }
}

/// One version a line, in the form in which it is added.
async fn list(db: &Db) -> Result<String, PolicyCommandError> {
    let book = db.read(|conn| Ok::<_, DbError>(policies::book(conn)?)).await?;
    let lines: Vec<String> = book.versions().iter().map(write).collect();
    Ok(lines.join("\n"))
}

async fn open(settings: &Settings) -> Result<Db, StartError> {
    let db = Db::open(&settings.database)?;
    start::migrate(&db, || MIGRATIONS).await?;
    Ok(db)
}

fn text_of(file: &str) -> io::Result<String> {
    let mut text = String::new();
    File::open(file)?.take(MAX_FILE_BYTES + 1).read_to_string(&mut text)?;
    let is_too_long = u64::try_from(text.len()).map_or(true, |length| length > MAX_FILE_BYTES);
    if is_too_long { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(text) }
}

fn joined(faults: &[FieldFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
