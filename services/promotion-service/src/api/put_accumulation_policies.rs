//! 적립정책 등록

use actix_web::web;
use dto::promotion::{AccumulationPolicy, AccumulationPolicyAnswer};
use platform::answer::Answer;
use platform::extract::{Json, PathValue};
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use super::accumulation_policy;
use crate::state::AppState;
use crate::usecase::put_policy::put_policy;

/// Makes a new version, which counts for every request from the answer on.
pub async fn put_accumulation_policies(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    PathValue(site_no): PathValue,
    body: Json<AccumulationPolicy>,
) -> Result<Answer, Error> {
    let (body, mut form) = body.open();
    let site_no = accumulation_policy::site(&mut form, &site_no);
    let policy = accumulation_policy::accrual_policy(body, &mut form);
    let (site_no, policy) = form.complete(site_no.map(|site_no| (site_no, policy)))?;
    let now = state.clock.now();
    once.write(&state.db, move |conn| {
        let policy_ver = put_policy(conn, &site_no, &policy, &caller.subject, now)?;
        Ok(Answer::envelope(now, AccumulationPolicyAnswer { site_no: site_no.clone(), policy_ver })?)
    })
    .await
}
