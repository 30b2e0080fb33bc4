//! 첨부파일 조회: for the member whose it is and for agents.

use commerce::FileNo;
use contract::ResultCode;
use db::DbConnection;
use platform::error::Problem;
use service_kit::error::Error;

use super::read_inquiries::{Viewer, visible};
use crate::clients::attachment_store::ByteStream;
use crate::domain::access::Look;
use crate::domain::attachment::Attachment;
use crate::refusals::storage_failed;
use crate::state::AppState;
use crate::store;

/// A file with its bytes, not yet read.
pub struct OpenedFile {
    pub file: Attachment,
    pub bytes: ByteStream,
}

pub async fn open_file(
    state: &AppState,
    viewer: Viewer,
    operation: &'static str,
    file_no: FileNo,
) -> Result<OpenedFile, Error> {
    let now = state.clock.now();
    let (asked, looking) = (file_no.clone(), viewer.clone());
    let file = match viewer {
        Viewer::Agent { .. } => {
            state
                .db
                .write(move |conn| {
                    let (file, look) = find_visible(conn, &looking, operation, &asked)?;
                    store::access_record::insert(conn, &look.into_iter().collect::<Vec<_>>(), now)?;
                    Ok::<_, Error>(file)
                })
                .await?
        }
        Viewer::Member(_) | Viewer::Service => {
            state
                .db
                .read(move |conn| find_visible(conn, &looking, operation, &asked).map(|(file, _)| file))
                .await?
        }
    };
    match state.attachments.open(&file.file_no).await.map_err(storage_failed)? {
        Some(bytes) => Ok(OpenedFile { file, bytes }),
        None => Err(why_gone(state, viewer, operation, file_no).await),
    }
}

/// Its inquiry may have been deleted, or the file taken away, between the look at the row and that at the bytes.
async fn why_gone(state: &AppState, viewer: Viewer, operation: &'static str, file_no: FileNo) -> Error {
    let again = state.db.read(move |conn| find_visible(conn, &viewer, operation, &file_no).map(drop)).await;
    match again {
        Ok(()) => Problem::internal("an attachment's bytes are not where they belong").into(),
        Err(error) => error,
    }
}

fn find_visible(
    conn: &mut DbConnection,
    viewer: &Viewer,
    operation: &'static str,
    file_no: &FileNo,
) -> Result<(Attachment, Option<Look>), Error> {
    let missing = || match viewer {
        Viewer::Member(_) => Problem::new(ResultCode::Forbidden),
        Viewer::Agent { .. } | Viewer::Service => Problem::new(ResultCode::FileNotFound),
    };
    let file = store::attachment::find(conn, file_no)?.ok_or_else(missing)?;
    let id = file.inquiry.ok_or_else(missing)?;
    let inquiry = visible(store::inquiry::find(conn, id)?, viewer)?;
    let look = match viewer {
        Viewer::Agent { id: by } => Some(Look {
            by: by.clone(),
            member_no: inquiry.member_no,
            operation,
            inquiry: Some(id),
            file_no: Some(file_no.clone()),
        }),
        Viewer::Member(_) | Viewer::Service => None,
    };
    Ok((file, look))
}
