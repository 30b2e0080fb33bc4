//! 주문 열기: an order as it was pinned, where its lines stand now, and what its claims have left behind.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use commerce::claimable::window::ClaimDays;
use commerce::{MemberNo, OrderNo};
use platform::identity::Caller;
use service_kit::error::Error;

use crate::clients::member::DeliveryAddress;
use crate::domain::order::LineState;
use crate::domain::order::pinned::{OrderCopy, PinnedOrder};
use crate::refusals;
use crate::state::AppState;
use crate::store;
use crate::store::order::claims::OrderClaims;
use crate::store::order::terms::read_copy;

/// An order, ready to be judged.
pub struct OpenOrder {
    pub member_no: Option<MemberNo>,
    /// Masked when the member has withdrawn.
    pub orderer_name: String,
    /// 배송지, masked alike.
    pub addresses: Vec<DeliveryAddress>,
    /// Its lines stand where they stand now.
    pub pinned: PinnedOrder,
    pub claims: OrderClaims,
    /// 배송완료일시, by line.
    pub delivered_at: HashMap<i32, DateTime<Utc>>,
    pub days: ClaimDays,
}

/// An order as member-service shows it at this moment, to a caller who may see it.
pub(crate) struct SeenOrder {
    pub(crate) copy: OrderCopy,
    orderer_name: String,
    addresses: Vec<DeliveryAddress>,
    line_states: Vec<LineState>,
    /// 배송완료일시, by line.
    pub(crate) delivered_at: HashMap<i32, DateTime<Utc>>,
    pub(crate) days: ClaimDays,
    /// What the copy says, its lines where they stand now. None where it can't be read; then one that was pinned before may
    /// still be.
    read: Option<Arc<PinnedOrder>>,
}

impl SeenOrder {
    /// What a copy of it says that was pinned before, its lines where they stand now. As a rule the two are the same.
    pub(crate) fn as_pinned(&self, copy: &OrderCopy) -> Result<Arc<PinnedOrder>, Error> {
        match &self.read {
            Some(known) if *copy == self.copy => Ok(Arc::clone(known)),
            _ => read(copy, &self.line_states),
        }
    }
}

/// Asks member-service what moves on. Whose order it is comes first: who may not see it does not make us keep it either.
pub(crate) async fn see_order(
    state: &AppState,
    caller: &Caller,
    order_no: &OrderNo,
) -> Result<SeenOrder, Error> {
    let current = state.clients.member.order(order_no).await?;
    let current = current.ok_or_else(|| refusals::no_such_order(caller))?;
    if !caller.may_see_order(order_no, current.copy.member_no.as_ref(), &current.copy.site_no) {
        return Err(refusals::not_yours().into());
    }
    Ok(SeenOrder {
        read: read(&current.copy, &current.line_states).ok(),
        copy: current.copy,
        orderer_name: current.orderer_name,
        addresses: current.addresses,
        line_states: current.line_states,
        delivered_at: current.delivered_at,
        days: current.days,
    })
}

fn read(copy: &OrderCopy, line_states: &[LineState]) -> Result<Arc<PinnedOrder>, Error> {
    let mut pinned = read_copy(copy)?;
    pinned.order = pinned.order.with_line_states(line_states);
    Ok(Arc::new(pinned))
}

/// Pins the order when it is seen for the first time.
pub async fn open_order(state: &AppState, caller: &Caller, order_no: &OrderNo) -> Result<OpenOrder, Error> {
    let seen = see_order(state, caller, order_no).await?;
    let (copy, claims) = pinned(state, &seen.copy).await?;
    let pinned = seen.as_pinned(&copy)?;
    let SeenOrder { orderer_name, addresses, delivered_at, days, read, .. } = seen;
    drop(read);
    let (member_no, pinned) = (copy.member_no, Arc::unwrap_or_clone(pinned));
    Ok(OpenOrder { member_no, orderer_name, addresses, pinned, claims, delivered_at, days })
}

/// The copy as it was first pinned, and what the order's claims have left behind.
async fn pinned(state: &AppState, seen: &OrderCopy) -> Result<(OrderCopy, OrderClaims), Error> {
    let order_no = seen.number.clone();
    let known = state
        .db
        .snapshot(move |conn| {
            let copy = store::order::copy::find(conn, &order_no)?;
            Ok::<_, Error>((copy, store::order::claims::find(conn, &order_no)?))
        })
        .await?;
    if let (Some(copy), claims) = known {
        return Ok((copy, claims));
    }
    let (seen, now) = (seen.clone(), state.clock.now());
    state
        .db
        .write(move |conn| {
            store::order::copy::insert(conn, std::slice::from_ref(&seen), now)?;
            // Somebody else may have pinned it first, and claimed something of it since.
            let copy = store::order::copy::find(conn, &seen.number)?.unwrap_or_else(|| seen.clone());
            let claims = store::order::claims::find(conn, &copy.number)?;
            Ok::<_, Error>((copy, claims))
        })
        .await
}
