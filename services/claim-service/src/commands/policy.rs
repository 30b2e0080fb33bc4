//! `claim-service policy list` and `claim-service policy add FILE.json` (docs/operations/claim-policies.md).

mod document;

use std::fs::File;
use std::io::{self, Read as _};

use db::{Db, DbError};
use dto::date_time::KstDateTime;
use platform::clock::Clock;
use service_kit::start::{self, StartError};

use crate::app::MIGRATIONS;
use crate::settings::Settings;
use crate::usecase::policies::{self, NotAdded};

pub use document::{FieldFault, read, write};

/// A file longer than this is no policy version.
const MAX_FILE_BYTES: u64 = 64 << 10;
const USAGE: &str = "use `policy list` or `policy add FILE.json`";

#[derive(Debug, thiserror::Error)]
pub enum PolicyCommandError {
    #[error("{USAGE}")]
    Usage,
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

/// Does what the arguments after `policy` say, and tells what came of it.
pub async fn run(
    settings: &Settings,
    clock: &Clock,
    arguments: &[String],
) -> Result<String, PolicyCommandError> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["list"] => list(&open(settings).await?).await,
        ["add", file] => {
            let text = text_of(file)
                .map_err(|source| PolicyCommandError::Unreadable { file: (*file).to_owned(), source })?;
            let policy = read(&text)
                .map_err(|faults| PolicyCommandError::Invalid { file: (*file).to_owned(), faults })?;
            let (version, from) = (policy.version, KstDateTime(policy.in_force_from));
            policies::add(&open(settings).await?, clock, policy).await?;
            Ok(format!("policy version {version} judges the orders placed from {from} on"))
        }
        _ => Err(PolicyCommandError::Usage),
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
