//! 통합상담 건수와 상태 조회: what pages ask again and again while agents look at them. It shows nothing of a member, so no
//! look is put down.

use chrono::{DateTime, Utc};
use commerce::InquiryStatus;
use commerce::calendar::{kst_date_of, kst_day_start};
use commerce::period::Period;
use service_kit::error::Error;

use super::list_page::sum;
use crate::domain::counsel_list::ListFilter;
use crate::domain::counsel_state::{CounselState, Own};
use crate::domain::counsel_type_tree::with_descendants;
use crate::domain::inquiry::InquiryId;
use crate::state::AppState;
use crate::store;

/// 상담 건수 as an agent sees them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskCounts {
    pub waiting: i64,
    pub in_progress: i64,
    pub own: Own,
    /// When the one that waits the longest was received.
    pub oldest_waiting: Option<DateTime<Utc>>,
}

/// Those of these inquiries that there are.
pub async fn find_states(state: &AppState, ids: Vec<InquiryId>) -> Result<Vec<CounselState>, Error> {
    state.db.read(move |conn| Ok(store::counsel_state::find(conn, &ids)?)).await
}

/// The queue, of all types or of one and those below it, and what is the agent's own.
pub async fn count_for(
    state: &AppState,
    agent: String,
    type_id: Option<i64>,
    now: DateTime<Utc>,
) -> Result<DeskCounts, Error> {
    let midnight = kst_day_start(kst_date_of(now));
    state
        .db
        .snapshot(move |conn| {
            let type_ids = match type_id {
                Some(type_id) => with_descendants(&store::counsel_type::find_all(conn)?, type_id),
                None => Vec::new(),
            };
            let of_status = |status| ListFilter {
                statuses: vec![status],
                type_ids: type_ids.clone(),
                ..ListFilter::default()
            };
            let mut waiting = of_status(InquiryStatus::Received);
            let waiting_daily = store::daily_count::find(conn, &waiting)?;
            let in_progress = sum(&store::daily_count::find(conn, &of_status(InquiryStatus::InProgress))?);
            let oldest_waiting = match waiting_daily.last() {
                Some((oldest, _)) => {
                    waiting.period = Period { first_day: Some(*oldest), last_day: Some(*oldest) };
                    store::desk_count::find_oldest(conn, &waiting)?
                }
                None => None,
            };
            let own = store::desk_count::find_own(conn, &agent, midnight)?;
            Ok(DeskCounts { waiting: sum(&waiting_daily), in_progress, own, oldest_waiting })
        })
        .await
}
