//! GET `/v1/claim/claimMgmt/getClaimDetail`

use std::collections::HashMap;

use actix_web::web;
use commerce::{ClaimAct, ClaimNo, Yn};
use dto::claim::{ClaimHistoryRow, ClaimPosting, ClaimTask, ManagedClaimDetails, ManagedClaimQuery};
use dto::date_time::KstDateTime;
use platform::answer::Answer;
use platform::extract::Query;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::claim::claim_details_info_fo;
use crate::domain::actor::{Acted, Actor};
use crate::domain::money::ledger::BookedPosting;
use crate::domain::saga::Task;
use crate::state::AppState;
use crate::usecase::claim::manage::{ManagedClaim, find_managed_claim};
use crate::usecase::claim::open_steps::OpenStep;

/// 클레임 관리 상세 조회
pub async fn get_claim_detail(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    query: Query<ManagedClaimQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let claim_no = form.required("claimNo", query.claim_no.as_deref(), ClaimNo::parse);
    let claim_no = form.complete(claim_no)?;
    let found = find_managed_claim(&state, &caller, &claim_no).await?;
    let head = &found.details.head;
    looks.note(Look::at_claim(&claim_no, &head.order_no, head.member_no.as_ref()));
    Ok(Answer::envelope(state.clock.now(), wire(found))?)
}

fn wire(found: ManagedClaim) -> ManagedClaimDetails {
    let ManagedClaim { details, open, postings, history } = found;
    let head = &details.head;
    let standing = details.collection.as_ref().map(|collection| &collection.claim.standing);
    let request = request_row(head.actor.as_ref(), KstDateTime(head.requested_at));
    let (progress, end_reason) = standing.map(|one| (one.progress, one.end_reason)).unzip();
    let (user_id, role) = head.actor.clone().map(|actor| (actor.user_id, actor.role)).unzip();
    let task_list = tasks(&details.claim_tasks(), open);
    let details = claim_details_info_fo::wire(details);
    ManagedClaimDetails {
        req_user_id: user_id.flatten(),
        req_role_nm: role.map(|role| role.label().to_owned()),
        impt_div_nm: details.impt_div_cd.map(|blame| blame.label().to_owned()),
        ord_dtl_stat_cd: progress,
        ord_dtl_stat_nm: progress.map(|progress| progress.label().to_owned()),
        end_rsn_nm: end_reason.flatten().map(|reason| reason.label().to_owned()),
        task_list,
        ldgr_list: postings.into_iter().map(posting).collect(),
        hist_list: std::iter::once(request).chain(history.into_iter().map(history_row)).collect(),
        details,
    }
}

/// 처리과제: each effect with its message, if it has one, and then what is asked for without one.
fn tasks(of_claim: &[(String, Task)], open: Vec<OpenStep>) -> Vec<ClaimTask> {
    let mut open: HashMap<String, OpenStep> = open.into_iter().map(|step| (step.key.clone(), step)).collect();
    let mut tasks: Vec<ClaimTask> =
        of_claim.iter().map(|(key, task)| effect(key, task, open.remove(key))).collect();
    let mut others: Vec<OpenStep> = open.into_values().collect();
    others.sort_by(|one, other| one.key.cmp(&other.key));
    tasks.extend(others.into_iter().map(without_effect));
    tasks
}

fn effect(key: &str, task: &Task, open: Option<OpenStep>) -> ClaimTask {
    let step = task.effect.saga_step();
    ClaimTask {
        step_cd: step.code().to_owned(),
        step_nm: step.label().to_owned(),
        step_stat_cd: task.status(),
        tgt_no: target(key),
        try_cnt: i64::from(task.tries),
        rfsd_yn: Yn::from(task.is_refused),
        last_try_dtm: task.changed_at.map(KstDateTime),
        next_try_dtm: open.as_ref().map(|open| KstDateTime(open.next_try)),
        last_rsn: open.and_then(|open| open.reason),
    }
}

fn without_effect(open: OpenStep) -> ClaimTask {
    ClaimTask {
        step_cd: open.asked.code().to_owned(),
        step_nm: open.asked.label().to_owned(),
        step_stat_cd: open.status,
        tgt_no: target(&open.key),
        try_cnt: i64::from(open.tries),
        rfsd_yn: Yn::from(open.is_refused),
        last_try_dtm: None,
        next_try_dtm: Some(KstDateTime(open.next_try)),
        last_rsn: open.reason,
    }
}

/// What stands in a key behind claim and step.
fn target(key: &str) -> Option<String> {
    key.splitn(3, ':').nth(2).map(str::to_owned)
}

fn posting(posting: BookedPosting) -> ClaimPosting {
    ClaimPosting {
        step_cd: posting.step,
        step_nm: posting.step.label().to_owned(),
        acct: posting.account,
        unit: posting.unit,
        amt: posting.amount,
        reg_dtm: KstDateTime(posting.at),
    }
}

fn request_row(actor: Option<&Actor>, dtm: KstDateTime) -> ClaimHistoryRow {
    ClaimHistoryRow {
        dtm,
        user_id: actor.and_then(|actor| actor.user_id.clone()),
        role_cd: actor.map(|actor| actor.role),
        act_cd: ClaimAct::Request,
        act_nm: ClaimAct::Request.label().to_owned(),
        from_stat_cd: None,
        from_stat_nm: None,
        to_stat_cd: None,
        to_stat_nm: None,
    }
}

fn history_row(acted: Acted) -> ClaimHistoryRow {
    ClaimHistoryRow {
        role_cd: acted.actor.as_ref().map(|actor| actor.role),
        user_id: acted.actor.and_then(|actor| actor.user_id),
        dtm: KstDateTime(acted.at),
        act_cd: acted.act,
        act_nm: acted.act.label().to_owned(),
        from_stat_cd: Some(acted.from.code().to_owned()),
        from_stat_nm: Some(acted.from.label().to_owned()),
        to_stat_cd: Some(acted.to.code().to_owned()),
        to_stat_nm: Some(acted.to.label().to_owned()),
    }
}
