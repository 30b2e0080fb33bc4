//! 접수: how a claim of any kind is accepted in one transaction, or refused and nothing has happened.
//!
//! Claims of one order are decided one after the other: while the order has not decided on another one, this one gives
//! way and tries again, until its deadline. What is decided is the business of its kind.

pub mod additional_payment;
pub mod attempt;
pub mod key;
pub mod quote;
pub mod wait;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use commerce::claimable::window::ClaimDays;
use commerce::{ClaimNo, ClaimStatus, OrderNo};
use contract::ResultCode;
use db::DbConnection;
use db::outbox::Hold;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use service_kit::outbox::held::{Run, Slot};
use tokio::time::Instant;

use crate::domain::actor::Actor;
use crate::domain::order::pinned::{OrderCopy, PinnedOrder};
use crate::domain::saga::Command;
use crate::domain::saga::claim::Cause;
use crate::state::AppState;
use crate::state::progress::Listener;
use crate::store::order::claims::OrderClaims;
use crate::usecase::history::actor_of;
use crate::usecase::open_order::see_order;

use self::attempt::{Attempted, attempt};
use self::wait::wait_for_the_other;

/// 접수 요청: what somebody asks for, of one kind of claim. Each try takes a clone of it into its transaction.
pub trait Claiming: Clone + Send + Sync + 'static {
    /// What is agreed with an accepted claim, beside its number.
    type Terms: Send + 'static;
    /// What comes of it where no new claim does.
    type Instead: Send + 'static;
    /// What only others know; it is asked of them between two tries.
    type Question: Send + 'static;

    /// Whether it depends on where the order stands after a claim that it gave way to.
    const SEES_ANEW: bool;

    fn order_no(&self) -> &OrderNo;

    /// The request's idempotency key: a repeat finds the claim it was accepted as.
    fn once(&self) -> &Once;

    /// Whether what is put down may say who the member is.
    fn is_personal(&self) -> bool;

    /// What was agreed with the claim that the same key was accepted as; none if something else was asked for then.
    fn known(
        &self,
        conn: &mut DbConnection,
        claim_no: &ClaimNo,
        has_left: bool,
    ) -> Result<Option<Self::Terms>, Error>;

    /// Refuses, or puts everything down. The order is locked, and all its other claims are decided.
    fn decide(&self, conn: &mut DbConnection, case: &Case<'_>) -> Result<Verdict<Self>, Error>;

    fn ask(
        &mut self,
        state: &AppState,
        question: Self::Question,
    ) -> impl Future<Output = Result<(), Error>> + Send;
}

/// 심사: what one try decides by.
pub struct Case<'a> {
    /// What the claim will be called.
    pub claim_no: &'a ClaimNo,
    /// 요청자
    pub actor: &'a Actor,
    pub copy: &'a OrderCopy,
    pub pinned: Arc<PinnedOrder>,
    /// What the order's claims have left behind, and those whose goods travel.
    pub claims: &'a OrderClaims,
    /// 배송완료일시, by line.
    pub delivered_at: &'a HashMap<i32, DateTime<Utc>>,
    pub days: ClaimDays,
    /// Whether the member has withdrawn.
    pub has_left: bool,
    /// Whose hand the first messages are in.
    pub hold: Option<&'a Hold>,
    pub now: DateTime<Utc>,
}

/// What a try decides.
pub enum Verdict<C: Claiming> {
    /// It is put down, with what is to be carried out of it at once.
    Accepted(C::Terms, Option<Box<Run<Cause, Command>>>),
    /// Somebody else bears the number; another one is needed.
    NumberTaken,
    Instead(C::Instead),
    /// No new claim, but one that goes on, with what is to be carried out of it at once.
    Moved(C::Instead, Option<Box<Run<Cause, Command>>>),
    Ask(C::Question),
}

/// 접수 결과
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted<T> {
    pub claim_no: ClaimNo,
    pub status: ClaimStatus,
    pub terms: T,
}

/// What came of a request, and who hears how it goes on.
pub enum Acceptance<C: Claiming> {
    Accepted(Accepted<C::Terms>, Listener),
    /// Accepted before under the same key.
    Known(Accepted<C::Terms>, Listener),
    /// And who hears how it goes on, if anything does.
    Instead(C::Instead, Listener),
}

/// Whether a payment that was held for it is part of a claim now, or may be.
pub fn may_use_payment<C: Claiming>(
    came: &Result<Acceptance<C>, Error>,
    is_needed: impl Fn(&C::Terms) -> bool,
) -> bool {
    match came {
        Ok(Acceptance::Accepted(accepted, _)) => is_needed(&accepted.terms),
        Ok(Acceptance::Known(..)) | Err(Error::Database(_)) => true,
        Ok(Acceptance::Instead(..)) | Err(Error::Refused(_) | Error::Sister(_)) => false,
    }
}

/// One try after the other, until it is decided or the deadline comes. What was accepted is at work when this returns.
pub async fn accept<C: Claiming>(
    state: &AppState,
    caller: &Caller,
    claiming: &mut C,
    deadline: Instant,
) -> Result<Acceptance<C>, Error> {
    let order_no = claiming.order_no().clone();
    let mut seen = Arc::new(see_order(state, caller, &order_no).await?);
    let Some(_turn) = state.progress.turn(&order_no, deadline).await else {
        return Err(in_progress());
    };
    let mut listener = state.progress.listen(&order_no);
    let actor = actor_of(caller);
    loop {
        let slot = state.runs.slot();
        let looks_again = match attempt(state, (&seen, &actor), claiming, slot.as_ref()).await? {
            Attempted::Decided(claim_no, Verdict::Accepted(terms, run)) => {
                set_to_work(state, run, slot);
                let accepted = Accepted { claim_no, status: ClaimStatus::InProgress, terms };
                return Ok(Acceptance::Accepted(accepted, listener));
            }
            Attempted::Decided(_, Verdict::Instead(instead)) => {
                return Ok(Acceptance::Instead(instead, listener));
            }
            Attempted::Decided(_, Verdict::Moved(instead, run)) => {
                set_to_work(state, run, slot);
                return Ok(Acceptance::Instead(instead, listener));
            }
            Attempted::Known(known) => {
                // What is left of it is due.
                state.bell.ring();
                return Ok(Acceptance::Known(known, listener));
            }
            Attempted::Decided(_, Verdict::NumberTaken) => false,
            Attempted::Decided(_, Verdict::Ask(question)) => {
                drop(slot);
                claiming.ask(state, question).await?;
                false
            }
            Attempted::GivesWay => {
                drop(slot);
                wait_for_the_other(state, claiming, &mut listener, deadline).await?;
                C::SEES_ANEW
            }
            Attempted::SeenTooEarly if Instant::now() < deadline => true,
            Attempted::SeenTooEarly => return Err(in_progress()),
        };
        if looks_again {
            seen = Arc::new(see_order(state, caller, &order_no).await?);
        }
    }
}

/// By this process at once, if it has a slot for it.
pub(crate) fn set_to_work(state: &AppState, run: Option<Box<Run<Cause, Command>>>, slot: Option<Slot>) {
    match run.zip(slot) {
        Some((run, slot)) => state.runs.begin(slot, *run),
        // What was enqueued is due; the order may be asked at once.
        None => state.bell.ring(),
    }
}

pub(crate) fn in_progress() -> Error {
    Problem::new(ResultCode::ClaimInProgress).into()
}
