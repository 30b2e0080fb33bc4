//! 적립정책 조회

use actix_web::web;
use dto::promotion::AccumulationPolicyQuery;
use platform::answer::Answer;
use platform::extract::{PathValue, Query};
use service_kit::error::Error;

use super::accumulation_policy;
use crate::refusals;
use crate::state::AppState;
use crate::usecase::find_policy::find_policy;

/// The policy that counts, or an older version of it.
pub async fn get_accumulation_policies(
    state: web::Data<AppState>,
    PathValue(site_no): PathValue,
    query: Query<AccumulationPolicyQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let site_no = accumulation_policy::site(&mut form, &site_no);
    let site_no = form.complete(site_no)?;
    let now = state.clock.now();
    let policy = state.db.read(move |conn| find_policy(conn, &site_no, query.policy_ver)).await?;
    let policy = policy.ok_or_else(refusals::no_such_policy)?;
    Ok(Answer::envelope(now, accumulation_policy::accumulation_policy(policy)?)?)
}
