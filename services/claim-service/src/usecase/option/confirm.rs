//! 옵션변경 확정: the order decides, and the stock follows.

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, ClaimStatus};
use db::DbConnection;
use service_kit::error::Error;

use crate::domain::option;
use crate::state::AppState;
use crate::state::progress::Moved;
use crate::store;
use crate::store::option::change::AcceptedOption;

/// Has the order decide, as often as it takes: it decides once per claim number, and so does this service.
pub async fn confirm_option(state: &AppState, claim_no: &ClaimNo) -> Result<(), Error> {
    let no = claim_no.clone();
    let found =
        state.db.read(move |conn| Ok::<_, Error>(store::option::change::find_undecided(conn, &no)?)).await?;
    let Some(accepted) = found else { return Ok(()) };
    let line = (&accepted.order_no, accepted.line_seq);
    let member = &state.clients.member;
    let is_confirmed = member.change_option(line, claim_no, &accepted.moved, &accepted.item_name).await?;
    let (order_no, now) = (accepted.order_no.clone(), state.clock.now());
    state.db.write(move |conn| settle(conn, &accepted, is_confirmed, now)).await?;
    let status = if is_confirmed { ClaimStatus::Complete } else { ClaimStatus::Rejected };
    state.progress.tell(&order_no, Moved { claim_no: claim_no.clone(), status });
    Ok(())
}

/// What was taken stays taken and what the line held comes free, or what was taken goes back.
fn settle(
    conn: &mut DbConnection,
    accepted: &AcceptedOption,
    is_confirmed: bool,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if !store::option::change::lock_undecided(conn, &accepted.claim_no)? {
        return Ok(());
    }
    let moved = &accepted.moved;
    let comes_free = if is_confirmed { &moved.given_back } else { &moved.taken };
    store::catalogue::goods::add_stock(conn, &moved.goods_no, comes_free, moved.quantity)?;
    if is_confirmed {
        let postings = option::postings(&accepted.claim_no, moved)?;
        store::ledger::append(conn, &accepted.claim_no, &postings, now)?;
    }
    store::option::change::decide(conn, &accepted.claim_no, is_confirmed, now)?;
    Ok(())
}
