//! 옵션변경 접수: its acceptance takes the wanted units. The units it frees come back to the stock when the order has
//! confirmed: until then the old item may have been shipped, and nobody else may count on it.

use std::convert::Infallible;

use commerce::{ClaimNo, ClaimStatus, OrderNo};
use contract::ResultCode;
use db::DbConnection;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::domain::option::{self, OptionRefusal, WantedOption};
use crate::state::AppState;
use crate::store;
use crate::store::option::change::{AcceptedOption, AskedBy};
use crate::usecase::acceptance::wait::wait_for_its_end;
use crate::usecase::acceptance::{Acceptance, Case, Claiming, Verdict, accept};
use crate::usecase::messages::{self, Asked};

/// 옵션변경 주문
#[derive(Debug, Clone)]
pub struct OptionOrder {
    pub order_no: OrderNo,
    pub line_seq: i32,
    pub wanted: WantedOption,
    /// The request's idempotency key: a repeat finds the claim it was accepted as.
    pub once: Once,
}

/// Accepts the change and waits for the order's decision, as long as the deadline allows.
pub async fn change_option(
    state: &AppState,
    caller: &Caller,
    mut change: OptionOrder,
    deadline: Instant,
) -> Result<ClaimNo, Error> {
    let (accepted, listener) = match accept(state, caller, &mut change, deadline).await? {
        Acceptance::Accepted(accepted, listener) | Acceptance::Known(accepted, listener) => {
            (accepted, listener)
        }
        Acceptance::Instead(never, _) => match never {},
    };
    let accepted = wait_for_its_end(state, accepted, listener, deadline).await;
    match accepted.status {
        ClaimStatus::Rejected => Err(OptionRefusal::LineStatus.into()),
        ClaimStatus::Requested | ClaimStatus::InProgress | ClaimStatus::Complete => Ok(accepted.claim_no),
    }
}

impl Claiming for OptionOrder {
    type Terms = ();
    type Instead = Infallible;
    type Question = Infallible;

    /// Whether the line is just ordered decides.
    const SEES_ANEW: bool = true;

    fn order_no(&self) -> &OrderNo {
        &self.order_no
    }

    fn once(&self) -> &Once {
        &self.once
    }

    fn is_personal(&self) -> bool {
        false
    }

    fn known(&self, _: &mut DbConnection, _: &ClaimNo, _: bool) -> Result<Option<()>, Error> {
        Ok(Some(()))
    }

    fn decide(&self, conn: &mut DbConnection, case: &Case<'_>) -> Result<Verdict<Self>, Error> {
        let line = case.pinned.order.line(self.line_seq).ok_or_else(|| {
            let code = ResultCode::OrderLineNotFound;
            Problem::new(code).at("ordSeq", code.message())
        })?;
        let wanted = &self.wanted;
        let locked = if wanted.goods_no == line.goods_no {
            store::catalogue::stock::lock(conn, &line.goods_no, &line.item_no, &wanted.item_no)?
        } else {
            None
        };
        let goods = locked.as_ref().map(|locked| &locked.goods);
        let moved = option::change(line, &case.claims.history, wanted, goods)?;
        if !store::catalogue::stock::take(conn, &moved.goods_no, &moved.taken, moved.quantity)? {
            return Err(OptionRefusal::StockShort.into());
        }
        let accepted = AcceptedOption {
            claim_no: case.claim_no.clone(),
            order_no: self.order_no.clone(),
            line_seq: self.line_seq,
            item_name: locked.map(|locked| locked.wanted_name).unwrap_or_default(),
            moved,
        };
        let by = AskedBy {
            actor: case.actor,
            site_no: &case.copy.site_no,
            member_no: case.copy.member_no.as_ref(),
            at: case.now,
            acceptance_key: self.once.identity(),
        };
        if !store::option::change::insert(conn, &accepted, &by)? {
            // The units that were taken just now go back.
            let moved = &accepted.moved;
            store::catalogue::goods::add_stock(conn, &moved.goods_no, &moved.taken, moved.quantity)?;
            return Ok(Verdict::NumberTaken);
        }
        messages::ask_once(conn, case.now, Asked::OptionChange, case.claim_no)?;
        Ok(Verdict::Accepted((), None))
    }

    async fn ask(&mut self, _: &AppState, question: Infallible) -> Result<(), Error> {
        match question {}
    }
}
