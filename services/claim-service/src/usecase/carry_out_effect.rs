//! 효과 실행: one effect of a cancel is brought about, outside of any transaction, and then noted in one.

use std::time::Duration;

use commerce::{ClaimNo, Yn};
use dto::internal::{Decided, OrderClaim, OrderClaimLine};
use platform::http_client::ClientError;
use service_kit::error::Error;

use crate::app::AppState;
use crate::clients::member::read_copy;
use crate::clients::refund_provider::{RefundFailure, RefundOrder};
use crate::domain::accepted_cancel::AcceptedCancel;
use crate::domain::cancel_saga::{Effect, EffectKey, Event, Outcome};
use crate::domain::cost::settlement::needs_refund_account;
use crate::domain::order_effect::line_effects;
use crate::domain::pinned_order::PinnedOrder;
use crate::store;

use super::advance_claim::advance_claim;
use super::notices;

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

/// What the receiver said.
enum Said {
    Done(Outcome),
    /// Shipping won.
    OrderRejects,
    Refuses(String),
    Nothing(String),
}

/// Brings about what the claim's task of this key asks for, if it is open. `patience` bounds the whole attempt.
pub async fn carry_out_effect(
    state: &AppState,
    claim_no: &ClaimNo,
    key: &EffectKey,
    patience: Duration,
) -> Result<Attempted, Error> {
    let (wanted, no) = (key.clone(), claim_no.clone());
    let open = state
        .db
        .snapshot(move |conn| {
            let Some(cancel) = store::cancel_claim::find(conn, &no)? else { return Ok(None) };
            let saga = cancel.saga(store::claim_task::find(conn, &no)?);
            let command = saga.open_commands().into_iter().find(|command| command.key == wanted);
            Ok::<_, Error>(command.map(|command| (cancel.accepted, command.effect)))
        })
        .await?;
    let Some((accepted, effect)) = open else { return Ok(Attempted::Settled) };
    let said = match tokio::time::timeout(patience, ask(state, &accepted, key, &effect)).await {
        Ok(said) => said?,
        Err(_) => Said::Nothing("it took too long".to_owned()),
    };
    let (event, attempted) = match said {
        Said::Done(outcome) => (Event::Succeeded(key.clone(), outcome), Attempted::Settled),
        Said::OrderRejects => (Event::Refused(key.clone()), Attempted::Settled),
        Said::Refuses(why) => (refusal_of(&effect, key), Attempted::Refused(why)),
        Said::Nothing(why) => (Event::Unanswered(key.clone()), Attempted::Unanswered(why)),
    };
    let (no, now) = (claim_no.clone(), state.clock.now());
    let advanced = state.db.write(move |conn| advance_claim(conn, &no, event, now)).await?;
    if advanced.has_messages {
        state.bell.ring();
    }
    state.progress.tell(&accepted.order_no);
    Ok(attempted)
}

/// A refused call is not the order's decision: only its own word ends a claim.
fn refusal_of(effect: &Effect, key: &EffectKey) -> Event {
    match effect {
        Effect::ConfirmOrder => Event::Unanswered(key.clone()),
        Effect::ReturnAdditionalPayment { .. }
        | Effect::Refund { .. }
        | Effect::ReturnStock { .. }
        | Effect::RestoreCoupon { .. }
        | Effect::TakeBackAccrual { .. }
        | Effect::RestoreMileage { .. }
        | Effect::Notify => Event::Refused(key.clone()),
    }
}

async fn ask(
    state: &AppState,
    accepted: &AcceptedCancel,
    key: &EffectKey,
    effect: &Effect,
) -> Result<Said, Error> {
    let (member, promotion) = (&state.clients.member, &state.clients.promotion);
    let heard = match effect {
        Effect::ConfirmOrder => {
            let claim = order_claim(accepted, &pinned(state, accepted).await?)?;
            let decided = member.take_claim(&accepted.order_no, &claim).await;
            return Ok(match decided {
                Ok(Decided::Confirmed) => Said::Done(Outcome::Done),
                Ok(Decided::Rejected) => Said::OrderRejects,
                Err(error) => no_word(&error),
            });
        }
        Effect::ReturnAdditionalPayment { .. } | Effect::Refund { .. } => {
            let order = refund_order(state, accepted, key, effect).await?;
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

async fn pinned(state: &AppState, accepted: &AcceptedCancel) -> Result<PinnedOrder, Error> {
    let order_no = accepted.order_no.clone();
    let copy = state.db.read(move |conn| Ok::<_, Error>(store::order_copy::find(conn, &order_no)?)).await?;
    let copy =
        copy.ok_or_else(|| platform::error::Problem::internal("the order of a claim is not pinned"))?;
    Ok(read_copy(&copy)?)
}

fn order_claim(accepted: &AcceptedCancel, pinned: &PinnedOrder) -> Result<OrderClaim, Error> {
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
    accepted: &AcceptedCancel,
    key: &EffectKey,
    effect: &Effect,
) -> Result<RefundOrder, Error> {
    let pinned = pinned(state, accepted).await?;
    let (payment_no, means, amount) = match effect {
        Effect::Refund { payment_no, means, amount } => (payment_no.clone(), *means, *amount),
        Effect::ReturnAdditionalPayment { amount } => {
            let paid_with = accepted.paid_with.as_ref();
            let paid_with =
                paid_with.ok_or_else(|| platform::error::Problem::internal("nothing was paid"))?;
            (accepted.claim_no.clone().into(), paid_with.means, *amount)
        }
        Effect::ConfirmOrder
        | Effect::ReturnStock { .. }
        | Effect::RestoreCoupon { .. }
        | Effect::TakeBackAccrual { .. }
        | Effect::RestoreMileage { .. }
        | Effect::Notify => return Err(platform::error::Problem::internal("not a refund").into()),
    };
    let needs_account = needs_refund_account(means, pinned.order.ordered_at(), accepted.asked_at);
    let (claim_no, no) = (accepted.claim_no.clone(), payment_no.clone());
    let (sealed_account, additional_key) = state
        .db
        .read(move |conn| {
            let account = if needs_account { store::refund_account::find(conn, &claim_no)? } else { None };
            // What was paid for a claim is a payment under the claim's number.
            let key = store::cancel_claim::find_additional_payment_key(conn, no.as_str())?;
            Ok::<_, Error>((account, key))
        })
        .await?;
    let account = match sealed_account {
        Some(sealed) => Some(state.secrets.open_account(&accepted.claim_no, &sealed)?),
        None => None,
    };
    let own_key = pinned.provider_keys.get(&payment_no).cloned();
    Ok(RefundOrder {
        key: key.clone(),
        order_no: accepted.order_no.clone(),
        claim_no: accepted.claim_no.clone(),
        means,
        provider_key: own_key.or(additional_key),
        amount,
        reason: accepted.reason.label().to_owned(),
        account,
        payment_no,
    })
}
