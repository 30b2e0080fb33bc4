//! 효과 요청: one effect of a claim is asked of its receiver, outside of any transaction, under a key that never changes.

use std::time::Duration;

use commerce::{PayMeans, PaymentNo, Won};
use platform::error::Problem;
use platform::http_client::ClientError;
use service_kit::error::Error;
use service_kit::outbox::worker::Failure;

use crate::clients::refund_provider::{RefundFailure, RefundOrder};
use crate::domain::money::order_effect::line_effects;
use crate::domain::money::settlement::needs_refund_account;
use crate::domain::order::pinned::PinnedOrder;
use crate::domain::saga::claim::{AcceptedClaim, Cause};
use crate::domain::saga::effect::Returned;
use crate::domain::saga::{Command, EffectKey, Event, Outcome, Receiver};
use crate::state::AppState;
use crate::store;

/// What the receiver said.
enum Said {
    Done(Outcome),
    /// Shipping won.
    OrderRejects,
    /// It said no, or nothing that can be understood.
    Failed(Failure),
}

/// Asks for an effect; `patience` bounds the whole attempt. Says what the claim makes of the answer, and what becomes of the
/// message that asked. Where we fail ourselves, before anybody could be asked, there is nothing for the claim.
pub async fn ask(
    state: &AppState,
    cause: &Cause,
    command: &Command,
    patience: Duration,
) -> (Option<Event>, Result<(), Failure>) {
    let said = match tokio::time::timeout(patience, ask_receiver(state, cause, command)).await {
        Ok(Ok(said)) => said,
        Ok(Err(error)) => return (None, Err(error.into())),
        Err(_) => Said::Failed(Failure::Later("it took too long".to_owned())),
    };
    let key = command.key.clone();
    match said {
        Said::Done(outcome) => (Some(Event::Succeeded(key, outcome)), Ok(())),
        Said::OrderRejects => (Some(Event::Refused(key)), Ok(())),
        // A refused call is not the order's decision: only its own word ends a claim.
        Said::Failed(refused @ Failure::NeedsAttention(_)) if !command.effect.may_be_rejected() => {
            (Some(Event::Refused(key)), Err(refused))
        }
        Said::Failed(failure) => (Some(Event::Unanswered(key)), Err(failure)),
    }
}

async fn ask_receiver(state: &AppState, cause: &Cause, command: &Command) -> Result<Said, Error> {
    let (accepted, key) = (&cause.accepted, &command.key);
    let (member, promotion) = (&state.clients.member, &state.clients.promotion);
    let done = match command.effect.receiver() {
        Receiver::Order { may_reject } => {
            let lines = line_effects(&cause.pinned.order, &accepted.cost)?;
            return Ok(match member.take_claim(accepted, lines).await {
                Ok(true) => Said::Done(Outcome::Done),
                Ok(false) if may_reject => Said::OrderRejects,
                Ok(false) => {
                    Said::Failed(Failure::NeedsAttention("the order lacks what a return holds".to_owned()))
                }
                Err(error) => no_word(error),
            });
        }
        Receiver::Provider(returned, amount) => {
            let order = refund_order(state, cause, key, (returned, amount)).await?;
            return Ok(match state.refunds.refund(&order).await {
                Ok(()) => Said::Done(Outcome::Done),
                Err(RefundFailure::Unknown(why)) => Said::Failed(Failure::Later(why)),
                Err(RefundFailure::Refused(why)) => Said::Failed(Failure::NeedsAttention(why)),
            });
        }
        // Carried out in the transaction that notes it.
        Receiver::Stock { .. } => Ok(Outcome::Done),
        Receiver::Transfer(payment_no, means, amount) => {
            let order = transfer_order(cause, key, (payment_no, means, amount));
            return Ok(match state.refunds.transfer(&order).await {
                Ok(()) => Said::Done(Outcome::Done),
                Err(RefundFailure::Unknown(why)) => Said::Failed(Failure::Later(why)),
                Err(RefundFailure::Refused(why)) => Said::Failed(Failure::NeedsAttention(why)),
            });
        }
        Receiver::HeldCoupon(coupon_no) => promotion.release_coupon(key, accepted, coupon_no).await,
        Receiver::Coupons(coupon_no) => promotion.restore_coupon(key, accepted, coupon_no).await,
        Receiver::Accumulation => promotion.take_back(key, accepted).await.map(|()| Outcome::Done),
        Receiver::Mileage(_, amount) => {
            promotion.restore_mileage(key, accepted, amount).await.map(|()| Outcome::Done)
        }
        Receiver::Customer => member.tell_completion(key.as_str(), accepted).await.map(|()| Outcome::Done),
    };
    Ok(done.map_or_else(no_word, Said::Done))
}

/// One that is down or not furnished yet may help later, and so may one that can't be understood; one that refuses needs
/// a look.
fn no_word(error: ClientError) -> Said {
    Said::Failed(match error {
        ClientError::Unreadable { .. } => Failure::Later(error.to_string()),
        error => error.into(),
    })
}

/// What the provider is told; the account only where the money can't go back the way it came.
async fn refund_order(
    state: &AppState,
    Cause { accepted, pinned }: &Cause,
    key: &EffectKey,
    (returned, amount): (Returned<'_>, Won),
) -> Result<RefundOrder, Error> {
    let (payment_no, means) = match returned {
        Returned::OfOrder(payment_no, means) | Returned::InAdvance(payment_no, means) => {
            (payment_no.clone(), means)
        }
        Returned::OfClaim => {
            let paid_with = accepted.paid_with.as_ref();
            let paid_with = paid_with.ok_or_else(|| Problem::internal("nothing was paid"))?;
            (accepted.claim_no.clone().into(), paid_with.means)
        }
    };
    let needs_account = needs_refund_account(means, pinned.order.ordered_at(), accepted.reckoned_at);
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

/// What whoever transfers money is told. The account stays sealed until then.
fn transfer_order(
    Cause { accepted, .. }: &Cause,
    key: &EffectKey,
    (payment_no, means, amount): (&PaymentNo, PayMeans, Won),
) -> RefundOrder {
    RefundOrder {
        key: key.clone(),
        order_no: accepted.order_no.clone(),
        claim_no: accepted.claim_no.clone(),
        payment_no: payment_no.clone(),
        means,
        provider_key: None,
        amount,
        reason: accepted.reason.label().to_owned(),
        account: None,
    }
}

async fn sealed_account(
    state: &AppState,
    accepted: &AcceptedClaim,
    is_needed: bool,
) -> Result<Option<String>, Error> {
    if !is_needed {
        return Ok(None);
    }
    let claim_no = accepted.claim_no.clone();
    state.db.read(move |conn| Ok::<_, Error>(store::personal::refund_account::find(conn, &claim_no)?)).await
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
    state
        .db
        .read(move |conn| {
            let in_advance = store::collection::payment::find_key(conn, &no)?;
            Ok::<_, Error>(match in_advance {
                Some(key) => Some(key),
                None => store::claim::additional_payment::find_key(conn, no.as_str())?,
            })
        })
        .await
}
