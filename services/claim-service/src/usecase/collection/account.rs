//! 환불계좌 등록: where the money goes that can't go back the way it came; it is good until the return is settled.

use commerce::ClaimAct;
use platform::answer::Answer;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::domain::money::refund_account::RefundAccount;
use crate::state::AppState;
use crate::usecase::collection::look::{Named, conflict, move_claim};
use crate::usecase::collection::seal::keep_account;
use crate::usecase::personal::archive_accounts::put_apart;
use crate::usecase::personal::mask_parcels::lock_member_of;

pub async fn save_account(
    state: &AppState,
    caller: &Caller,
    once: &Once,
    (named, account): (Named, RefundAccount),
    deadline: Instant,
) -> Result<Answer, Error> {
    let (now, secrets) = (state.clock.now(), state.secrets.clone());
    let years = state.settings.cancel.archive_years;
    move_claim(state, caller, once, (named, ClaimAct::Account), deadline, move |conn, claim| {
        if !claim.is_open() {
            return Err(conflict());
        }
        let sealed = keep_account(conn, &secrets, claim, &account)?;
        let left = lock_member_of(conn, &claim.claim_no)?;
        if left.is_some() {
            put_apart(conn, (&claim.claim_no, &claim.order_no), &sealed, years, now)?;
        }
        Ok(Answer::empty())
    })
    .await
}
