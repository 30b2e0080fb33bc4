//! 처리상담원 목록 조회: to whom an admin may give an inquiry.

use chrono::TimeDelta;
use commerce::calendar;
use service_kit::error::Error;

use crate::domain::desk_agent::DeskAgent;
use crate::state::AppState;
use crate::store::desk_agent;

/// Who has not moved an inquiry for so long is not at the desk any more.
const SEEN_WITHIN: TimeDelta = TimeDelta::days(30);
const MOST: i64 = 1_000;

/// Whoever acted last comes first.
pub async fn list_agents(state: &AppState) -> Result<Vec<DeskAgent>, Error> {
    let since = calendar::before(state.clock.now(), SEEN_WITHIN);
    state.db.read(move |conn| Ok(desk_agent::find(conn, since, MOST)?)).await
}
