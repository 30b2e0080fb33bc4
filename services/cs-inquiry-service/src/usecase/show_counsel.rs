//! 통합상담 상세 조회: the inquiry with its history and the agents' memos. The look is put down with it.

use service_kit::error::Error;

use super::read_inquiries::{ShownInquiry, Viewer, find_shown};
use crate::domain::access::Look;
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

pub async fn show_counsel(
    state: &AppState,
    agent: String,
    operation: &'static str,
    id: Option<InquiryId>,
) -> Result<ShownCounsel, Error> {
    let now = state.clock.now();
    state
        .db
        .write(move |conn| {
            let shown = find_shown(conn, &Viewer::Agent { id: agent.clone() }, id)?;
            let history = store::history::find(conn, shown.inquiry.id)?;
            let look = Look {
                by: agent.clone(),
                member_no: shown.inquiry.member_no.clone(),
                operation,
                inquiry: Some(shown.inquiry.id),
                file_no: None,
            };
            store::access_record::insert(conn, &[look], now)?;
            let memos = store::memo::find(conn, shown.inquiry.id)?;
            Ok(ShownCounsel { shown, history, memos })
        })
        .await
}
