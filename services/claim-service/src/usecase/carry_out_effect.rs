//! 효과 실행: one effect of a cancel that was left over is brought about, and then noted in one transaction.

use std::sync::Arc;
use std::time::Duration;

use commerce::ClaimNo;
use platform::error::Problem;
use service_kit::error::Error;

use crate::app::AppState;
use crate::clients::member::read_copy;
use crate::domain::cancel_saga::EffectKey;
use crate::store;

use super::advance_claim::advance_claim;
use super::ask_receiver::{Attempted, Cause, ask_receiver};
use super::progress::Moved;

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
            let open = saga.open_commands().into_iter().find(|command| command.key == wanted);
            let Some(command) = open else { return Ok(None) };
            let copy = store::order_copy::find(conn, &cancel.accepted.order_no)?;
            let copy = copy.ok_or_else(|| Problem::internal("the order of a claim is not pinned"))?;
            Ok::<_, Error>(Some((cancel.accepted, copy, command)))
        })
        .await?;
    let Some((accepted, copy, command)) = open else { return Ok(Attempted::Settled) };
    let cause = Cause { accepted, pinned: Arc::new(read_copy(&copy)?) };
    let (event, attempted) = ask_receiver(state, &cause, &command, patience).await?.heard(&command);
    let (order_no, now) = (cause.accepted.order_no.clone(), state.clock.now());
    let advanced =
        state.db.write(move |conn| advance_claim(conn, &cause.accepted, &[event], None, now)).await?;
    if advanced.has_messages {
        state.bell.ring();
    }
    state.progress.tell(&order_no, Moved { claim_no: claim_no.clone(), status: advanced.status });
    Ok(attempted)
}
