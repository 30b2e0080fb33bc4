//! Brings arrived files to where they stay, before the transaction that gives them to an inquiry.

use commerce::FileNo;
use commerce::calendar::kst_date_of;
use contract::ResultCode;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::attachment::Attachment;
use crate::domain::writer::Writer;
use crate::refusals::storage_failed;
use crate::settings::AttachmentSettings;
use crate::state::AppState;
use crate::state::spool::Arrived;
use crate::store::attachment;
use crate::store::attachment_day::{self, Amount};

/// A file with the name its sender gave it.
#[derive(Debug)]
pub struct NamedFile {
    pub name: String,
    pub file: Arrived,
}

/// Counts the files among the member's of the day and puts them down as unclaimed, then stores their bytes. Whatever breaks
/// off later, the collector finds them; they stay counted, since they were stored.
pub async fn store_files(
    state: &AppState,
    writer: &Writer,
    files: Vec<NamedFile>,
) -> Result<Vec<FileNo>, Error> {
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
    let now = state.clock.now();
    let (writer, day, most) = (writer.clone(), kst_date_of(now), allowance(&state.settings.attachment));
    state
        .db
        .write(move |conn| {
            let (site_no, member_no) = (writer.site_no.as_str(), writer.member_no.as_str());
            if !attachment_day::add(conn, day, site_no, member_no, amount(&rows), most)? {
                return Err(used_up(most));
            }
            Ok::<_, Error>(attachment::insert_unclaimed(conn, &rows, now)?)
        })
        .await?;
    for (file_no, named) in numbers.iter().zip(&files) {
        state.attachments.put(file_no, named.file.path.as_path()).await.map_err(storage_failed)?;
    }
    Ok(numbers)
}

fn amount(files: &[Attachment]) -> Amount {
    Amount {
        files: i32::try_from(files.len()).unwrap_or(i32::MAX),
        bytes: files.iter().fold(0, |sum, file| sum.saturating_add(file.bytes)),
    }
}

fn allowance(settings: &AttachmentSettings) -> Amount {
    Amount {
        files: i32::try_from(settings.daily_files).unwrap_or(i32::MAX),
        bytes: settings.daily_bytes.into(),
    }
}

fn used_up(most: Amount) -> Error {
    let hint = format!(
        "하루에 첨부할 수 있는 한도(파일 {}개, {}MB)를 모두 사용했습니다. 내일 다시 첨부해 주세요.",
        most.files,
        most.bytes / (1024 * 1024)
    );
    Problem::new(ResultCode::Validation).at("files", hint).into()
}

/// 128 bits that nobody can guess.
fn new_file_no() -> FileNo {
    FileNo::parse(&format!("{:032x}", rand::random::<u128>()))
        .expect("32 hexadecimal digits are a file number")
}
