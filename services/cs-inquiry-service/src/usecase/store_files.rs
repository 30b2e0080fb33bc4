//! Brings arrived files to where they stay, before the transaction that gives them to an inquiry.

use commerce::FileNo;
use db::DbError;
use service_kit::error::Error;

use super::app_state::AppState;
use super::spool::Arrived;
use crate::domain::attachment::Attachment;
use crate::error::storage_failed;
use crate::store::attachment;

/// A file with the name its sender gave it.
#[derive(Debug)]
pub struct NamedFile {
    pub name: String,
    pub file: Arrived,
}

/// Puts the files down as unclaimed, then stores their bytes. Whatever breaks off later, the collector finds them.
pub async fn store_files(app: &AppState, files: Vec<NamedFile>) -> Result<Vec<FileNo>, Error> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Attachment> = files
        .iter()
        .map(|named| Attachment {
            file_no: new_file_no(),
            inquiry: None,
            name: named.name.clone(),
            bytes: i64::try_from(named.file.bytes).unwrap_or(i64::MAX),
            kind: named.file.kind,
        })
        .collect();
    let numbers: Vec<FileNo> = rows.iter().map(|row| row.file_no.clone()).collect();
    let now = app.clock.now();
    app.db.write(move |conn| attachment::insert_unclaimed(conn, &rows, now).map_err(DbError::from)).await?;
    for (file_no, named) in numbers.iter().zip(&files) {
        app.attachments.put(file_no, named.file.path.as_path()).await.map_err(storage_failed)?;
    }
    Ok(numbers)
}

/// 128 bits that nobody can guess.
fn new_file_no() -> FileNo {
    FileNo::parse(&format!("{:032x}", rand::random::<u128>()))
        .expect("32 hexadecimal digits are a file number")
}
