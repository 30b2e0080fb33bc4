//! 취소 접수: a cancel is accepted in one transaction, or refused and nothing has happened.
//!
//! Claims of one order are decided one after the other: while the order has not decided on another one, this one gives
//! way and tries again, until its deadline.

mod in_one_transaction;

use commerce::{ClaimNo, OrderNo, Won};
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

use self::in_one_transaction::{Attempt, Turn, accept};
use super::open_order::{OpenOrder, open_order};
use super::quote_cancel::Quote;

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
    /// Accepted now, or before under the same key.
    Accepted(ClaimNo),
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
    cancel: &CancelOrder,
    deadline: Instant,
) -> Result<Acceptance, Error> {
    let mut opened = open_order(state, caller, &cancel.order_no).await?;
    let Some(_turn) = state.progress.turn(&cancel.order_no, deadline).await else {
        return Err(in_progress());
    };
    let mut listener = state.progress.listen(&cancel.order_no);
    let mut payment_read: Option<PaymentRead> = None;
    loop {
        if !may_be_decided(state, cancel).await? {
            if !listener.wait(deadline).await {
                return Err(in_progress());
            }
            continue;
        }
        match try_once(state, &opened, cancel, payment_read.clone()).await? {
            Turn::Accepted(claim_no) | Turn::Known(claim_no) => {
                // What was enqueued is due; the order may be asked at once.
                state.bell.ring();
                return Ok(Acceptance::Accepted(claim_no));
            }
            Turn::AmountChanged(quote) => return Ok(Acceptance::AmountChanged(quote)),
            Turn::AskProvider { provider_key, asked } => {
                let paid = state.refunds.amount_paid(&provider_key, asked).await;
                payment_read = Some(PaymentRead { asked, paid });
            }
            Turn::NumberTaken => {}
            Turn::LookAgain if Instant::now() < deadline => {
                opened = open_order(state, caller, &cancel.order_no).await?;
            }
            Turn::LookAgain => return Err(in_progress()),
            Turn::GiveWay => {
                if !listener.wait(deadline).await {
                    return Err(in_progress());
                }
            }
        }
    }
}

/// A look without a lock: as long as another claim of the order is undecided, a transaction would be in vain.
async fn may_be_decided(state: &AppState, cancel: &CancelOrder) -> Result<bool, Error> {
    let (order_no, acceptance_key) = (cancel.order_no.clone(), cancel.acceptance_key.clone());
    state
        .db
        .read(move |conn| {
            let is_known = match acceptance_key {
                Some(key) => store::cancel_claim::find_by_acceptance_key(conn, &key)?.is_some(),
                None => false,
            };
            Ok(is_known || !store::cancel_claim::has_undecided(conn, &order_no)?)
        })
        .await
}

/// One transaction. A number it was lent and did not use goes back, unless it is not known whether it was used.
async fn try_once(
    state: &AppState,
    opened: &OpenOrder,
    cancel: &CancelOrder,
    payment_read: Option<PaymentRead>,
) -> Result<Turn, Error> {
    let now = state.clock.now();
    let claim_no = state.claim_numbers.next(&state.db, now).await?;
    let sealed_account = match &cancel.refund_account {
        Some(account) => Some(state.secrets.seal_account(&claim_no, account)?),
        None => None,
    };
    let archive_years = state.settings.cancel.archive_years;
    let (claim_no_to_use, pinned, cancel) = (claim_no.clone(), opened.pinned.clone(), cancel.clone());
    let tried = state
        .db
        .write(move |conn| {
            let attempt = Attempt {
                claim_no: &claim_no_to_use,
                pinned: &pinned,
                cancel: &cancel,
                sealed_account: sealed_account.as_deref(),
                archive_years,
                payment_read: payment_read.as_ref(),
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
