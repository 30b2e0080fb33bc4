//! POST `/v1/claim/claimMgmt/retryClaim`

use actix_web::web;
use commerce::ClaimNo;
use contract::ResultCode;
use dto::claim::{ClaimRetryAnswer, ClaimRetryRequest};
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::refusals;
use crate::state::AppState;
use crate::usecase::claim::retry::retry;
use crate::usecase::history::actor_of;

/// 클레임 재시도
pub async fn retry_claim(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<ClaimRetryRequest>,
) -> Result<Answer, Error> {
    let (sent, mut form) = request.open();
    let claim_no = form.required("claimNo", sent.claim_no.as_deref(), ClaimNo::parse);
    let claim_no = form.complete(claim_no)?;
    let now = state.clock.now();
    let answer = once
        .write(&state.db, move |conn| {
            let retried = retry(conn, &claim_no, Some(&actor_of(&caller)), now)?;
            let retried = retried.ok_or_else(|| refusals::no_such_claim(&caller))?;
            if retried.open == 0 {
                return Err(Error::from(Problem::new(ResultCode::ClaimNothingOpen)));
            }
            let due_cnt = i64::try_from(retried.due).unwrap_or(i64::MAX);
            Ok(Answer::envelope(now, ClaimRetryAnswer { claim_no: claim_no.clone(), due_cnt })?)
        })
        .await?;
    state.bell.ring();
    Ok(answer)
}
