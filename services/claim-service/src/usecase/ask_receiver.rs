//! 효과 요청: one effect of a cancel is asked of its receiver, outside of any transaction, under a key that never changes.

use std::sync::Arc;
use std::time::Duration;

use commerce::{PaymentNo, Yn};
use dto::internal::{Decided, OrderClaim, OrderClaimLine};
use platform::error::Problem;
use platform::http_client::ClientError;
use service_kit::error::Error;

use crate::app::AppState;
use crate::clients::refund_provider::{RefundFailure, RefundOrder};
use crate::domain::accepted_cancel::AcceptedCancel;
use crate::domain::cancel_saga::{Command, Effect, EffectKey, Event, Outcome};
use crate::domain::cost::settlement::needs_refund_account;
use crate::domain::order_effect::line_effects;
use crate::domain::pinned_order::PinnedOrder;
use crate::store;

use super::notices;

/// What an effect needs to know of its claim; none of it ever changes.
#[derive(Debug)]
pub struct Cause {
    pub accepted: AcceptedCancel,
    pub pinned: Arc<PinnedOrder>,
}

/// What the receiver said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    Done(Outcome),
    /// Shipping won.
    OrderRejects,
    Refuses(String),
    Nothing(String),
}

/// How an attempt ended, for whoever asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempted {
    /// It is carried out, now or before, or not asked for any more.
    Settled,
    /// It may have happened, or not; to be asked again.
    Unanswered(String),
    /// The receiver said no; a person should look, and it is asked again all the same.
    Refused(String),
}

impl Said {
    /// What the claim makes of it, and what becomes of the message that asked for it.
    pub(super) fn heard(self, command: &Command) -> (Event, Attempted) {
        let key = command.key.clone();
        match self {
            Self::Done(outcome) => (Event::Succeeded(key, outcome), Attempted::Settled),
            Self::OrderRejects => (Event::Refused(key), Attempted::Settled),
            Self::Refuses(why) => (refusal_of(&command.effect, key), Attempted::Refused(why)),
            Self::Nothing(why) => (Event::Unanswered(key), Attempted::Unanswered(why)),
        }
    }
}

/// A refused call is not the order's decision: only its own word ends a claim.
fn refusal_of(effect: &Effect, key: EffectKey) -> Event {
    match effect {
        Effect::ConfirmOrder => Event::Unanswered(key),
        Effect::ReturnAdditionalPayment { .. }
        | Effect::Refund { .. }
        | Effect::ReturnStock { .. }
        | Effect::RestoreCoupon { .. }
        | Effect::TakeBackAccrual { .. }
        | Effect::RestoreMileage { .. }
        | Effect::Notify => Event::Refused(key),
    }
}

/// Asks for an effect; `patience` bounds the whole attempt.
pub(super) async fn ask_receiver(
    state: &AppState,
    cause: &Cause,
    command: &Command,
    patience: Duration,
) -> Result<Said, Error> {
    match tokio::time::timeout(patience, ask(state, cause, command)).await {
        Ok(said) => said,
        Err(_) => Ok(Said::Nothing("it took too long".to_owned())),
    }
}

async fn ask(state: &AppState, cause: &Cause, command: &Command) -> Result<Said, Error> {
    let (accepted, key, effect) = (&cause.accepted, &command.key, &command.effect);
    let (member, promotion) = (&state.clients.member, &state.clients.promotion);
    let heard = match effect {
        Effect::ConfirmOrder => {
            let claim = order_claim(cause)?;
            let decided = member.take_claim(&accepted.order_no, &claim).await;
            return Ok(match decided {
                Ok(Decided::Confirmed) => Said::Done(Outcome::Done),
                Ok(Decided::Rejected) => Said::OrderRejects,
                Err(error) => no_word(&error),
            });
        }
        Effect::ReturnAdditionalPayment { .. } | Effect::Refund { .. } => {
            let order = refund_order(state, cause, key, effect).await?;
            return Ok(match state.refunds.refund(&order).await {
                Ok(()) => Said::Done(Outcome::Done),
                Err(RefundFailure::Unknown(why)) => Said::Nothing(why),
                Err(RefundFailure::Refused(why)) => Said::Refuses(why),
            });
        }
        // Carried out in the transaction that notes it.
        Effect::ReturnStock { .. } => Ok(Outcome::Done),
        Effect::RestoreCoupon { coupon_no } => promotion.restore_coupon(key, accepted, coupon_no).await,
        Effect::TakeBackAccrual { .. } => promotion.take_back(key, accepted).await.map(|()| Outcome::Done),
        Effect::RestoreMileage { amount, .. } => {
            promotion.restore_mileage(key, accepted, *amount).await.map(|()| Outcome::Done)
        }
        Effect::Notify => {
            member.notify(&notices::completed(key.as_str(), accepted)).await.map(|()| Outcome::Done)
        }
    };
    Ok(match heard {
        Ok(outcome) => Said::Done(outcome),
        Err(error) => no_word(&error),
    })
}

/// A sister that is down or not furnished yet may help later; one that refuses needs a look.
fn no_word(error: &ClientError) -> Said {
    match error {
        ClientError::Refused { status: 404 | 409 | 429 | 501, .. } | ClientError::Unreadable { .. } => {
            Said::Nothing(error.to_string())
        }
        _ if error.is_transient() => Said::Nothing(error.to_string()),
        _ => Said::Refuses(error.to_string()),
    }
}

fn order_claim(Cause { accepted, pinned }: &Cause) -> Result<OrderClaim, Error> {
    let lines = line_effects(&pinned.order, &accepted.cost)?;
    Ok(OrderClaim {
        claim_no: accepted.claim_no.clone(),
        claim_business_type: commerce::ClaimType::Cancel,
        rcv_yn: Yn::No,
        pay_wait_yn: accepted.cost.is_unpaid.into(),
        line_list: lines
            .into_iter()
            .map(|line| OrderClaimLine {
                ord_seq: line.line_seq,
                claim_qty: line.quantity,
                rvk_dc_amt: line.revoked_discount,
            })
            .collect(),
    })
}

/// What the provider is told; the account only where the money can't go back the way it came.
async fn refund_order(
    state: &AppState,
    Cause { accepted, pinned }: &Cause,
    key: &EffectKey,
    effect: &Effect,
) -> Result<RefundOrder, Error> {
    let (payment_no, means, amount) = match effect {
        Effect::Refund { payment_no, means, amount } => (payment_no.clone(), *means, *amount),
        Effect::ReturnAdditionalPayment { amount } => {
            let paid_with = accepted.paid_with.as_ref();
            let paid_with = paid_with.ok_or_else(|| Problem::internal("nothing was paid"))?;
            (accepted.claim_no.clone().into(), paid_with.means, *amount)
        }
        Effect::ConfirmOrder
        | Effect::ReturnStock { .. }
        | Effect::RestoreCoupon { .. }
        | Effect::TakeBackAccrual { .. }
        | Effect::RestoreMileage { .. }
        | Effect::Notify => return Err(Problem::internal("not a refund").into()),
    };
    let needs_account = needs_refund_account(means, pinned.order.ordered_at(), accepted.asked_at);
    let account = match sealed_account(state, accepted, needs_account).await? {
        Some(sealed) => Some(state.secrets.open_account(&accepted.claim_no, &sealed)?),
        None => None,
    };
    Ok(RefundOrder {
        key: key.clone(),
        order_no: accepted.order_no.clone(),
        claim_no: accepted.claim_no.clone(),
        means,
        provider_key: provider_key(state, pinned, &payment_no).await?,
        amount,
        reason: accepted.reason.label().to_owned(),
        account,
        payment_no,
    })
}

async fn sealed_account(
    state: &AppState,
    accepted: &AcceptedCancel,
    is_needed: bool,
) -> Result<Option<String>, Error> {
    if !is_needed {
        return Ok(None);
    }
    let claim_no = accepted.claim_no.clone();
    state.db.read(move |conn| Ok::<_, Error>(store::refund_account::find(conn, &claim_no)?)).await
}

/// The provider's own name for a payment. What was paid for a claim is a payment under the claim's number.
async fn provider_key(
    state: &AppState,
    pinned: &PinnedOrder,
    payment_no: &PaymentNo,
) -> Result<Option<String>, Error> {
    if pinned.order.payments().iter().any(|payment| payment.number == *payment_no) {
        return Ok(pinned.provider_keys.get(payment_no).cloned());
    }
    let no = payment_no.clone();
    let find = store::cancel_claim::find_additional_payment_key;
    state.db.read(move |conn| Ok::<_, Error>(find(conn, no.as_str())?)).await
}
