//! 취소 접수: a cancel is accepted in one transaction, or refused and nothing has happened.
//!
//! Claims of one order are decided one after the other: while the order has not decided on another one, this one gives
//! way and tries again, until its deadline.

mod in_one_transaction;

use std::sync::Arc;

use commerce::{OrderNo, Won};
use dto::result_code::ResultCode;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;
use tokio::time::Instant;

use crate::app::AppState;
use crate::clients::refund_provider::PaymentUnreadable;
use crate::domain::accepted_cancel::PaidWith;
use crate::domain::cancel_request::CancelRequest;
use crate::domain::refund_account::RefundAccount;
use crate::store;

use self::in_one_transaction::{AcceptedNow, Attempt, Turn, accept};
use super::await_cancel::CancelOutcome;
use super::open_order::{SeenOrder, see_order};
use super::progress::Listener;
use super::quote_cancel::Quote;
use super::runs::{Place, Run};

/// 취소 주문: what is to be cancelled, what the customer saw, and the means to settle it.
#[derive(Clone)]
pub struct CancelOrder {
    pub order_no: OrderNo,
    pub request: CancelRequest,
    pub reason_text: Option<String>,
    pub cost_hash: Option<String>,
    pub expected_refund: Option<Won>,
    pub paid_with: Option<PaidWith>,
    pub refund_account: Option<RefundAccount>,
    /// Stands for the request's idempotency key: a repeat finds the claim it was accepted as.
    pub acceptance_key: Option<String>,
}

/// What came of a request to cancel.
#[derive(Debug)]
pub enum Acceptance {
    /// Accepted now, or before under the same key; and who hears how it goes on.
    Accepted(CancelOutcome, Listener),
    /// `AMOUNT_CHANGED`: what it would come to now.
    AmountChanged(Box<Quote>),
}

/// What a provider said of the additional payment.
#[derive(Debug, Clone, PartialEq, Eq)]
struct PaymentRead {
    /// The amount it was asked about.
    asked: Won,
    paid: Result<Won, PaymentUnreadable>,
}

pub async fn accept_cancel(
    state: &AppState,
    caller: &Caller,
    cancel: &Arc<CancelOrder>,
    deadline: Instant,
) -> Result<Acceptance, Error> {
    let mut seen = Arc::new(see_order(state, caller, &cancel.order_no).await?);
    let Some(_turn) = state.progress.turn(&cancel.order_no, deadline).await else {
        return Err(in_progress());
    };
    let mut listener = state.progress.listen(&cancel.order_no);
    let mut payment_read: Option<PaymentRead> = None;
    loop {
        let place = state.runs.place();
        match try_once(state, &seen, cancel, payment_read.clone(), place.as_ref()).await? {
            Turn::Accepted(accepted) => {
                return Ok(Acceptance::Accepted(set_to_work(state, *accepted, place), listener));
            }
            Turn::Known(outcome) => {
                // What is left of it is due.
                state.bell.ring();
                return Ok(Acceptance::Accepted(outcome, listener));
            }
            Turn::AmountChanged(quote) => return Ok(Acceptance::AmountChanged(quote)),
            Turn::AskProvider { provider_key, asked } => {
                drop(place);
                let paid = state.refunds.amount_paid(&provider_key, asked).await;
                payment_read = Some(PaymentRead { asked, paid });
            }
            Turn::NumberTaken => {}
            Turn::LookAgain if Instant::now() < deadline => {
                drop(place);
                seen = Arc::new(see_order(state, caller, &cancel.order_no).await?);
            }
            Turn::LookAgain => return Err(in_progress()),
            Turn::GiveWay => {
                drop(place);
                wait_for_the_other(state, cancel, &mut listener, deadline).await?;
            }
        }
    }
}

/// Has what was accepted carried out, by this process at once if it has a place for it.
fn set_to_work(state: &AppState, accepted: AcceptedNow, place: Option<Place>) -> CancelOutcome {
    let AcceptedNow { cause, commands, asked_at } = accepted;
    let outcome = CancelOutcome::at_first(&cause.accepted);
    match place {
        Some(place) => state.runs.begin(place, Run { cause, commands, asked_at }),
        // What was enqueued is due; the order may be asked at once.
        None => state.bell.ring(),
    }
    outcome
}

/// A look without a lock: as long as another claim of the order is undecided, a transaction would be in vain.
async fn wait_for_the_other(
    state: &AppState,
    cancel: &CancelOrder,
    listener: &mut Listener,
    deadline: Instant,
) -> Result<(), Error> {
    loop {
        if !listener.waited(deadline).await {
            return Err(in_progress());
        }
        let (order_no, acceptance_key) = (cancel.order_no.clone(), cancel.acceptance_key.clone());
        let may_be_decided = state
            .db
            .read(move |conn| {
                let is_known = match acceptance_key {
                    Some(key) => store::cancel_claim::find_by_acceptance_key(conn, &key)?.is_some(),
                    None => false,
                };
                Ok::<_, Error>(is_known || !store::cancel_claim::has_undecided(conn, &order_no)?)
            })
            .await?;
        if may_be_decided {
            return Ok(());
        }
    }
}

/// One transaction. A number it was lent and did not use goes back, unless it is not known whether it was used.
async fn try_once(
    state: &AppState,
    seen: &Arc<SeenOrder>,
    cancel: &Arc<CancelOrder>,
    payment_read: Option<PaymentRead>,
    place: Option<&Place>,
) -> Result<Turn, Error> {
    let now = state.clock.now();
    let claim_no = state.claim_numbers.next(&state.db, now).await?;
    let sealed_account = match &cancel.refund_account {
        Some(account) => Some(state.secrets.seal_account(&claim_no, account)?),
        None => None,
    };
    let archive_years = state.settings.cancel.archive_years;
    let hold = place.map(|_| state.runs.hold(now, &state.settings.outbox));
    let (claim_no_to_use, seen, cancel) = (claim_no.clone(), Arc::clone(seen), Arc::clone(cancel));
    let tried = state
        .db
        .write(move |conn| {
            let attempt = Attempt {
                claim_no: &claim_no_to_use,
                seen: &seen,
                cancel: &cancel,
                sealed_account: sealed_account.as_deref(),
                archive_years,
                payment_read: payment_read.as_ref(),
                hold: hold.as_ref(),
                now,
            };
            accept(conn, &attempt)
        })
        .await;
    match &tried {
        Ok(Turn::Accepted(_) | Turn::NumberTaken) | Err(Error::Database(_)) => {}
        Ok(
            Turn::Known(_)
            | Turn::AmountChanged(_)
            | Turn::AskProvider { .. }
            | Turn::GiveWay
            | Turn::LookAgain,
        )
        | Err(Error::Refused(_) | Error::Sister(_)) => state.claim_numbers.give_back(claim_no),
    }
    tried
}

fn in_progress() -> Error {
    Problem::new(ResultCode::ClaimInProgress).into()
}
