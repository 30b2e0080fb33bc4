//! The accepting transaction: lock, look, decide.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, ItemNo};
use db::DbConnection;
use db::outbox::Hold;
use platform::error::Problem;
use service_kit::error::Error;
use service_kit::outbox::held::Slot;

use crate::domain::actor::Actor;
use crate::domain::order::pinned::{OrderCopy, PinnedOrder};
use crate::state::AppState;
use crate::store;
use crate::store::order::claims::OrderClaims;
use crate::usecase::acceptance::key::accepted_before;
use crate::usecase::acceptance::{Accepted, Case, Claiming, Verdict};
use crate::usecase::open_order::SeenOrder;
use crate::usecase::personal::mask_parcels::{Keeping, mask_what_came};

/// What one try came to.
pub(super) enum Attempted<C: Claiming> {
    /// Under this number, if it was accepted.
    Decided(ClaimNo, Verdict<C>),
    /// The same request was accepted before.
    Known(Accepted<C::Terms>),
    /// Another claim of the order is undecided.
    GivesWay,
    /// An item of the order was changed after the order was looked at.
    SeenTooEarly,
}

pub(super) async fn attempt<C: Claiming>(
    state: &AppState,
    (seen, actor): (&Arc<SeenOrder>, &Actor),
    claiming: &C,
    slot: Option<&Slot>,
) -> Result<Attempted<C>, Error> {
    let now = state.clock.now();
    let lent = state.claim_numbers.next(&state.db, now).await?;
    let hold = slot.map(|_| state.runs.hold(now));
    let (seen, actor, claiming) = (Arc::clone(seen), actor.clone(), claiming.clone());
    let (secrets, years) = (state.secrets.clone(), state.settings.cancel.archive_years);
    state
        .db
        .write(move |conn| {
            let keeping = Keeping { secrets: &secrets, years, now };
            let asked = (&*seen, &actor);
            let attempted = decide(conn, &claiming, asked, (lent.number(), hold.as_ref()), keeping)?;
            if let Attempted::Decided(_, Verdict::Accepted(..) | Verdict::NumberTaken) = attempted {
                lent.may_be_borne();
            }
            Ok(attempted)
        })
        .await
}

fn decide<C: Claiming>(
    conn: &mut DbConnection,
    claiming: &C,
    (seen, actor): (&SeenOrder, &Actor),
    (claim_no, hold): (&ClaimNo, Option<&Hold>),
    keeping: Keeping<'_>,
) -> Result<Attempted<C>, Error> {
    let now = keeping.now;
    let has_left = lock_member(conn, claiming, seen)?;
    let copy = lock_pinned(conn, seen, now)?;
    if let Some(known) = accepted_before(conn, claiming, has_left, now)? {
        return Ok(Attempted::Known(known));
    }
    let claims = store::order::claims::find(conn, claiming.order_no())?;
    if claims.is_undecided {
        return Ok(Attempted::GivesWay);
    }
    let pinned = seen.as_pinned(&copy)?;
    if is_seen_before_a_change(&claims, &pinned) {
        return Ok(Attempted::SeenTooEarly);
    }
    let case = Case {
        claim_no,
        actor,
        copy: &copy,
        pinned,
        claims: &claims,
        delivered_at: &seen.delivered_at,
        days: seen.days,
        has_left,
        hold,
        now,
    };
    let verdict = claiming.decide(conn, &case)?;
    if let Verdict::Accepted(..) = verdict {
        claiming.once().confirm(conn)?;
    }
    if let (true, Some(member_no), Verdict::Accepted(..) | Verdict::Moved(..)) =
        (has_left, &copy.member_no, &verdict)
    {
        mask_what_came(conn, keeping, (member_no, &copy.number))?;
    }
    Ok(Attempted::Decided(claim_no.clone(), verdict))
}

/// Whether the member has withdrawn. What is accepted of it may say who it is, so no withdrawal may come in between: either
/// it finds what is put down here, or this finds the withdrawal.
fn lock_member<C: Claiming>(conn: &mut DbConnection, claiming: &C, seen: &SeenOrder) -> Result<bool, Error> {
    match &seen.copy.member_no {
        Some(member_no) if claiming.is_personal() => {
            Ok(store::personal::withdrawn_member::lock(conn, member_no)?)
        }
        _ => Ok(false),
    }
}

/// The order's row is the lock under which its claims are decided. An order that is seen for the first time is pinned.
fn lock_pinned(conn: &mut DbConnection, seen: &SeenOrder, now: DateTime<Utc>) -> Result<OrderCopy, Error> {
    if let Some(copy) = store::order::copy::lock_one(conn, &seen.copy.number)? {
        return Ok(copy);
    }
    store::order::copy::insert(conn, std::slice::from_ref(&seen.copy), now)?;
    let copy = store::order::copy::lock_one(conn, &seen.copy.number)?;
    Ok(copy.ok_or_else(|| Problem::internal("an order that was pinned is not there"))?)
}

/// 옵션변경 확인: stock comes back to the item a line holds, so the look at the order must be younger than its changes.
fn is_seen_before_a_change(claims: &OrderClaims, pinned: &PinnedOrder) -> bool {
    let is_other = |(seq, item_no): (&i32, &ItemNo)| {
        pinned.order.lines().iter().any(|line| line.seq == *seq && line.item_no != *item_no)
    };
    claims.held_items.iter().any(is_other)
}
