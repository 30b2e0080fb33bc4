//! 옵션변경 확정: the order decides, and the stock follows.

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, ClaimStatus};
use db::DbConnection;
use db::outbox::{self, NewMessage};
use dto::internal::{Decided, OrderOptionChange};
use platform::http_client::current_traceparent;
use service_kit::error::Error;

use crate::app::AppState;
use crate::domain::ledger::option_change_postings;
use crate::store;
use crate::store::option_change::AcceptedOption;

use super::progress::Moved;

/// The order is asked to change a line's item; the payload is the claim's number.
pub const OPTION_TOPIC: &str = "claim.option";

/// Asks for it in the accepting transaction, so that a crash in between loses nothing.
pub(super) fn ask_order(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    claim_no: &ClaimNo,
) -> Result<(), Error> {
    let (key, traceparent) = (option_key(claim_no), current_traceparent());
    let message = NewMessage {
        key: &key,
        topic: OPTION_TOPIC,
        payload: claim_no.as_str(),
        traceparent: traceparent.as_deref(),
        not_before: now,
    };
    outbox::enqueue(conn, now, &message)?;
    Ok(())
}

/// Names the question to the order.
pub(super) fn option_key(claim_no: &ClaimNo) -> String {
    format!("{claim_no}:OPTION")
}

/// Has the order decide, as often as it takes: it decides once per claim number, and so does this service.
pub async fn confirm_option(state: &AppState, claim_no: &ClaimNo) -> Result<(), Error> {
    let no = claim_no.clone();
    let found =
        state.db.read(move |conn| Ok::<_, Error>(store::option_change::find_undecided(conn, &no)?)).await?;
    let Some(accepted) = found else { return Ok(()) };
    let change = OrderOptionChange {
        claim_no: accepted.claim_no.clone(),
        ord_seq: accepted.line_seq,
        from_itm_no: accepted.moved.given_back.clone(),
        itm_no: accepted.moved.taken.clone(),
        itm_nm: accepted.item_name.clone(),
    };
    let decided = state.clients.member.change_option(&accepted.order_no, &change).await?;
    let (order_no, now) = (accepted.order_no.clone(), state.clock.now());
    state.db.write(move |conn| settle(conn, &accepted, decided, now)).await?;
    let status = match decided {
        Decided::Confirmed => ClaimStatus::Complete,
        Decided::Rejected => ClaimStatus::Rejected,
    };
    state.progress.tell(&order_no, Moved { claim_no: claim_no.clone(), status });
    Ok(())
}

/// What was taken stays taken and what the line held comes free, or what was taken goes back.
fn settle(
    conn: &mut DbConnection,
    accepted: &AcceptedOption,
    decided: Decided,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if !store::option_change::lock_undecided(conn, &accepted.claim_no)? {
        return Ok(());
    }
    let moved = &accepted.moved;
    match decided {
        Decided::Confirmed => {
            store::goods::add_stock(conn, &moved.goods_no, &moved.given_back, moved.quantity)?;
            let postings = option_change_postings(&accepted.claim_no, moved)?;
            store::ledger::append(conn, &accepted.claim_no, &postings, now)?;
        }
        Decided::Rejected => {
            store::goods::add_stock(conn, &moved.goods_no, &moved.taken, moved.quantity)?;
        }
    }
    store::option_change::decide(conn, &accepted.claim_no, decided == Decided::Confirmed, now)?;
    Ok(())
}
