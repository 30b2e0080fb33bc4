//! 옵션변경 접수: a change is accepted in one transaction, which takes the wanted units, or refused and nothing has
//! happened. The units it frees come back to the stock when the order has confirmed: until then the old item may have
//! been shipped, and nobody else may count on it.

use chrono::{DateTime, TimeDelta, Utc};
use commerce::{ClaimNo, ClaimStatus, OrderNo};
use db::DbConnection;
use dto::result_code::ResultCode;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;
use tokio::time::Instant;

use super::confirm_option;
use super::open_order::{OpenOrder, open_order};
use crate::app::AppState;
use crate::domain::option_change::{self, OptionRefusal, WantedOption};
use crate::domain::order::OrderLine;
use crate::domain::pinned_order::PinnedOrder;
use crate::store;
use crate::store::option_change::{AcceptedOption, AskedBy};

/// An idempotency key is good for a day (contract, section 1).
const KEY_LIFETIME: TimeDelta = TimeDelta::hours(24);

/// 옵션변경 주문
#[derive(Debug, Clone)]
pub struct OptionOrder {
    pub order_no: OrderNo,
    pub line_seq: i32,
    pub wanted: WantedOption,
    /// Stands for the request's idempotency key: a repeat finds the claim it was accepted as.
    pub acceptance_key: Option<String>,
}

/// What one try came to.
enum Turn {
    /// Accepted now, or before under the same key.
    Accepted(ClaimNo),
    /// Another claim of the order is undecided, or was decided after the order was looked at.
    GiveWay,
    /// Somebody else bears the number; another one is needed.
    NumberTaken,
}

/// Accepts the change and waits for the order's decision, as long as the deadline allows.
pub async fn change_option(
    state: &AppState,
    caller: &Caller,
    change: &OptionOrder,
    deadline: Instant,
) -> Result<ClaimNo, Error> {
    let mut seen = Some(open_order(state, caller, &change.order_no).await?);
    let Some(turn) = state.progress.turn(&change.order_no, deadline).await else {
        return Err(in_progress());
    };
    let mut listener = state.progress.listen(&change.order_no);
    let claim_no = loop {
        let opened = match seen.take() {
            Some(opened) => opened,
            None => open_order(state, caller, &change.order_no).await?,
        };
        match try_once(state, opened, change).await? {
            Turn::Accepted(claim_no) => break claim_no,
            Turn::NumberTaken => {}
            Turn::GiveWay => loop {
                if !listener.waited(deadline).await {
                    return Err(in_progress());
                }
                // A look without a lock: as long as another claim is undecided, a transaction would be in vain.
                let order_no = change.order_no.clone();
                let is_undecided = state
                    .db
                    .read(move |conn| Ok::<_, Error>(store::cancel_claim::has_undecided(conn, &order_no)?))
                    .await?;
                if !is_undecided {
                    break;
                }
            },
        }
    };
    drop(turn);
    state.bell.ring();
    match status_at_the_end(state, change, &claim_no, deadline).await? {
        ClaimStatus::Rejected => Err(OptionRefusal::LineStatus.into()),
        ClaimStatus::Requested | ClaimStatus::InProgress | ClaimStatus::Complete => Ok(claim_no),
    }
}

fn in_progress() -> Error {
    Problem::new(ResultCode::ClaimInProgress).into()
}

/// One transaction. A number it was lent and did not use goes back, unless it is not known whether it was used.
async fn try_once(state: &AppState, opened: OpenOrder, change: &OptionOrder) -> Result<Turn, Error> {
    let now = state.clock.now();
    let number = state.claim_numbers.next(&state.db, now).await?;
    let (lent, change) = (number.clone(), change.clone());
    let tried = state.db.write(move |conn| accept(conn, &lent, &opened.pinned, &change, now)).await;
    match &tried {
        Ok(Turn::Accepted(claim_no)) if *claim_no == number => {}
        Ok(Turn::NumberTaken) | Err(Error::Database(_)) => {}
        Ok(Turn::Accepted(_) | Turn::GiveWay) | Err(Error::Refused(_) | Error::Sister(_)) => {
            state.claim_numbers.give_back(number);
        }
    }
    tried
}

fn accept(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    pinned: &PinnedOrder,
    change: &OptionOrder,
    now: DateTime<Utc>,
) -> Result<Turn, Error> {
    let numbers = std::slice::from_ref(&change.order_no);
    let copy = store::order_copy::lock(conn, numbers)?.remove(&change.order_no);
    let copy = copy.ok_or_else(|| Problem::internal("an opened order was not pinned"))?;
    if let Some(known) = accepted_before(conn, change, now)? {
        return Ok(Turn::Accepted(known));
    }
    if store::cancel_claim::has_undecided(conn, &change.order_no)? {
        return Ok(Turn::GiveWay);
    }
    let line = pinned.order.line(change.line_seq).ok_or_else(|| {
        let code = ResultCode::OrderLineNotFound;
        Problem::new(code).at("ordSeq", code.message())
    })?;
    if was_changed_since(conn, change, line)? {
        return Ok(Turn::GiveWay);
    }
    let history =
        store::claim_line::find_history(conn, numbers)?.remove(&change.order_no).unwrap_or_default();
    let wanted = &change.wanted;
    let locked = if wanted.goods_no == line.goods_no {
        store::option_stock::lock(conn, &line.goods_no, &line.item_no, &wanted.item_no)?
    } else {
        None
    };
    let goods = locked.as_ref().map(|locked| &locked.goods);
    let moved = option_change::change(line, &history, wanted, goods)?;
    if !store::option_stock::take(conn, &moved.goods_no, &moved.taken, moved.quantity)? {
        return Err(OptionRefusal::StockShort.into());
    }
    let item_name = locked.map(|locked| locked.wanted_name).unwrap_or_default();
    let accepted = AcceptedOption {
        claim_no: claim_no.clone(),
        order_no: change.order_no.clone(),
        line_seq: change.line_seq,
        item_name,
        moved,
    };
    let by = AskedBy {
        site_no: &copy.site_no,
        member_no: copy.member_no.as_ref(),
        at: now,
        acceptance_key: change.acceptance_key.as_deref(),
    };
    if !store::option_change::insert(conn, &accepted, &by)? {
        // The units that were taken just now go back.
        let moved = &accepted.moved;
        store::goods::add_stock(conn, &moved.goods_no, &moved.taken, moved.quantity)?;
        return Ok(Turn::NumberTaken);
    }
    confirm_option::ask_order(conn, now, claim_no)?;
    Ok(Turn::Accepted(claim_no.clone()))
}

/// The claim the same request was accepted as within the day its key is good for.
fn accepted_before(
    conn: &mut DbConnection,
    change: &OptionOrder,
    now: DateTime<Utc>,
) -> Result<Option<ClaimNo>, Error> {
    let Some(key) = &change.acceptance_key else { return Ok(None) };
    match store::cancel_claim::find_by_acceptance_key(conn, key)? {
        Some((claim_no, accepted_at)) if accepted_at > now - KEY_LIFETIME => Ok(Some(claim_no)),
        Some((claim_no, _)) => {
            store::cancel_claim::forget_acceptance_key(conn, &claim_no)?;
            Ok(None)
        }
        None => Ok(None),
    }
}

/// Whether a change was confirmed after the order was looked at: then it has to be looked at again.
fn was_changed_since(conn: &mut DbConnection, change: &OptionOrder, line: &OrderLine) -> Result<bool, Error> {
    let changed = store::option_change::find_changed_items(conn, std::slice::from_ref(&change.order_no))?;
    let last = changed.into_iter().rfind(|one| one.line_seq == change.line_seq);
    Ok(last.is_some_and(|last| last.item_no != line.item_no))
}

/// Where the claim stands at its end or at the deadline, whichever comes first. An accepted claim goes on whatever
/// happens here.
async fn status_at_the_end(
    state: &AppState,
    change: &OptionOrder,
    claim_no: &ClaimNo,
    deadline: Instant,
) -> Result<ClaimStatus, Error> {
    let mut listener = state.progress.listen(&change.order_no);
    let mut status = ClaimStatus::InProgress;
    loop {
        let no = claim_no.clone();
        let seen =
            state.db.read(move |conn| Ok::<_, Error>(store::cancel_claim::find_status(conn, &no)?)).await;
        match seen {
            Ok(seen) => status = seen.unwrap_or(status),
            Err(error) => {
                tracing::info!(%error, "how far a claim has come can't be read now");
                return Ok(status);
            }
        }
        if status.is_final() || !listener.waited(deadline).await {
            return Ok(status);
        }
    }
}
