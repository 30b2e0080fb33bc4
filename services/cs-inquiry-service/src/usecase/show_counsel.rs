//! 통합상담 상세 조회: the inquiry with its history and the agents' memos.

use service_kit::error::Error;

use super::read_inquiries::{ShownInquiry, Viewer, find_shown};
use crate::domain::history::RecordedStep;
use crate::domain::inquiry::InquiryId;
use crate::domain::memo::Memo;
use crate::state::AppState;
use crate::store;

/// An inquiry as an agent sees it.
pub struct ShownCounsel {
    pub shown: ShownInquiry,
    pub history: Vec<RecordedStep>,
    pub memos: Vec<Memo>,
}

pub async fn show_counsel(state: &AppState, id: Option<InquiryId>) -> Result<ShownCounsel, Error> {
    state
        .db
        .snapshot(move |conn| {
            let shown = find_shown(conn, &Viewer::Agent, id)?;
            let history = store::history::find(conn, shown.inquiry.id)?;
            let memos = store::memo::find(conn, shown.inquiry.id)?;
            Ok(ShownCounsel { shown, history, memos })
        })
        .await
}
