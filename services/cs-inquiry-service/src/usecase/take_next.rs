//! 다음 상담 처리 시작: what waits the longest, of several agents each another one.

use commerce::InquiryStatus;
use commerce::calendar::{FIRST, kst_day_start};
use db::{DbConnection, named_lock};
use platform::clock::Clock;
use service_kit::error::Error;

use super::start_process::{locked, take};
use crate::domain::counsel_list::ListFilter;
use crate::domain::counsel_type_tree::with_descendants;
use crate::domain::inquiry::InquiryId;
use crate::domain::inquiry_status::{self, Act, Agent};
use crate::store;

/// `None` when none waits of these types, or of all if there are none, that nobody else is just taking.
pub fn take_next(
    conn: &mut DbConnection,
    clock: &Clock,
    agent: &Agent,
    types: &[i64],
    most_open: u32,
) -> Result<Option<InquiryId>, Error> {
    // One who asks twice at once is not given more than it may have.
    named_lock::hold(conn, &format!("counsel.next:{}", agent.id))?;
    inquiry_status::take_next(store::desk_count::find_open(conn, &agent.id)?, most_open)?;
    let Some(id) = lock_next(conn, types)? else { return Ok(None) };
    let inquiry = locked(conn, Some(id))?;
    take(conn, clock, &inquiry, &agent.id, &agent.id, Act::Start)?;
    Ok(Some(id))
}

fn lock_next(conn: &mut DbConnection, types: &[i64]) -> Result<Option<InquiryId>, Error> {
    if types.is_empty() {
        return Ok(store::inquiry::lock_next(conn, FIRST)?);
    }
    let tree = store::counsel_type::find_all(conn)?;
    let mut type_ids: Vec<i64> = types.iter().flat_map(|type_id| with_descendants(&tree, *type_id)).collect();
    type_ids.sort_unstable();
    type_ids.dedup();
    let statuses = vec![InquiryStatus::Received];
    let waiting = ListFilter { statuses, type_ids, ..ListFilter::default() };
    // The daily counts spare the walk through all that wait of other types since before.
    let daily = store::daily_count::find(conn, &waiting)?;
    let Some((oldest, _)) = daily.last() else { return Ok(None) };
    Ok(store::inquiry::lock_next_of(conn, kst_day_start(*oldest), &waiting.type_ids)?)
}
