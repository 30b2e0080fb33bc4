//! 통합상담 상태 조회: what pages ask again and again while agents look at them. It shows nothing of a member, so no look is
//! put down.

use service_kit::error::Error;

use crate::domain::counsel_state::CounselState;
use crate::domain::inquiry::InquiryId;
use crate::state::AppState;
use crate::store;

/// Those of these inquiries that there are.
pub async fn find_states(state: &AppState, ids: Vec<InquiryId>) -> Result<Vec<CounselState>, Error> {
    state.db.read(move |conn| Ok(store::counsel_state::find(conn, &ids)?)).await
}
