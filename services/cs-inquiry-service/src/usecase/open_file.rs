//! 첨부파일 조회: for the member whose it is and for agents.

use commerce::{FileNo, MemberNo};
use contract::ResultCode;
use db::DbConnection;
use platform::error::Problem;
use service_kit::error::Error;

use super::read_inquiries::{Viewer, visible};
use crate::clients::attachment_store::ByteStream;
use crate::domain::attachment::Attachment;
use crate::domain::inquiry::{Inquiry, InquiryId};
use crate::refusals::storage_failed;
use crate::state::AppState;
use crate::store;

/// A file with its bytes, not yet read.
pub struct OpenedFile {
    pub file: Attachment,
    pub inquiry: InquiryId,
    pub member_no: MemberNo,
    pub bytes: ByteStream,
}

pub async fn open_file(state: &AppState, viewer: Viewer, file_no: FileNo) -> Result<OpenedFile, Error> {
    let (asked, looking) = (file_no.clone(), viewer.clone());
    let (file, inquiry) = state.db.read(move |conn| find_visible(conn, &looking, &asked)).await?;
    match state.attachments.open(&file.file_no).await.map_err(storage_failed)? {
        Some(bytes) => Ok(OpenedFile { file, inquiry: inquiry.id, member_no: inquiry.member_no, bytes }),
        None => Err(why_gone(state, viewer, file_no).await),
    }
}

/// Its inquiry may have been deleted, or the file taken away, between the look at the row and that at the bytes.
async fn why_gone(state: &AppState, viewer: Viewer, file_no: FileNo) -> Error {
    let again = state.db.read(move |conn| find_visible(conn, &viewer, &file_no).map(drop)).await;
    match again {
        Ok(()) => Problem::internal("an attachment's bytes are not where they belong").into(),
        Err(error) => error,
    }
}

fn find_visible(
    conn: &mut DbConnection,
    viewer: &Viewer,
    file_no: &FileNo,
) -> Result<(Attachment, Inquiry), Error> {
    let missing = || match viewer {
        Viewer::Member(_) => Problem::new(ResultCode::Forbidden),
        Viewer::Agent | Viewer::Service => Problem::new(ResultCode::FileNotFound),
    };
    let file = store::attachment::find(conn, file_no)?.ok_or_else(missing)?;
    let id = file.inquiry.ok_or_else(missing)?;
    let inquiry = visible(store::inquiry::find(conn, id)?, viewer)?;
    Ok((file, inquiry))
}
