//! 적립정책 등록과 조회

mod document;

use actix_web::web;
use commerce::SiteNo;
use dto::promotion::{AccumulationPolicy, AccumulationPolicyAnswer, AccumulationPolicyQuery};
use dto::result_code::ResultCode;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::{Json, PathValue, Query};
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::app::AppState;
use crate::usecase;

/// Makes a new version, which counts for every request from the answer on.
pub async fn put_accumulation_policies(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    PathValue(site_no): PathValue,
    Json(body): Json<AccumulationPolicy>,
) -> Result<Answer, Error> {
    let site_no = site(&site_no)?;
    let policy = document::accrual_policy(body)?;
    let now = state.clock.now();
    once.write(&state.db, move |conn| {
        let policy_ver = usecase::put_policy(conn, &site_no, &policy, &caller.subject, now)?;
        Ok(Answer::envelope(now, AccumulationPolicyAnswer { site_no, policy_ver })?)
    })
    .await
}

/// The policy that counts, or an older version of it.
pub async fn get_accumulation_policies(
    state: web::Data<AppState>,
    PathValue(site_no): PathValue,
    Query(query): Query<AccumulationPolicyQuery>,
) -> Result<Answer, Error> {
    let site_no = site(&site_no)?;
    let now = state.clock.now();
    let policy = state.db.read(move |conn| usecase::find_policy(conn, &site_no, query.policy_ver)).await?;
    let policy = policy.ok_or_else(|| Problem::new(ResultCode::PolicyNotFound))?;
    Ok(Answer::envelope(now, document::accumulation_policy(policy)?)?)
}

fn site(text: &str) -> Result<SiteNo, Problem> {
    let mut form = Form::new();
    let site_no = form.required("siteNo", Some(text), SiteNo::parse);
    form.complete(site_no)
}
