//! POST `/v1/delivery/withdrawProcess/saveWithdrawStatUpdateProcess`

use std::collections::HashSet;

use actix_web::web;
use chrono::SubsecRound as _;
use commerce::ReturnProgress;
use dto::claim::{CollectionStatusAnswer, CollectionStatusRequest, CollectionStatusRow};
use platform::answer::Answer;
use platform::extract::Json;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::collection::fields::{self, EITHER, UNKNOWN_CODE};
use crate::domain::collection::moves::CollectionMove;
use crate::state::AppState;
use crate::usecase::collection::collect::{CollectionRow, collect};
use crate::usecase::collection::look::Named;

const LIST: &str = "withdrawStatUpdateSaveInfoList";

/// 회수 진행상태 수정
pub async fn save_withdraw_stat_update_process(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<CollectionStatusRequest>,
) -> Result<Answer, Error> {
    let deadline = state.answer_deadline();
    let (sent, mut form) = request.open();
    let step = step(&mut form, &sent);
    if sent.withdraw_stat_update_save_info_list.is_empty() {
        form.missing(LIST);
    }
    let mut seen = HashSet::new();
    let rows = sent.withdraw_stat_update_save_info_list.into_iter().enumerate();
    let rows: Vec<Option<CollectionRow>> = rows
        .map(|(place, row)| {
            if row.claim_no.as_ref().is_some_and(|claim_no| !seen.insert(claim_no.clone())) {
                form.reject(format!("{LIST}[{place}].claimNo"), "같은 클레임이 중복되었습니다.");
            }
            read_row(&mut form, place, row, step)
        })
        .collect();
    let rows = form.complete(rows.into_iter().collect::<Option<Vec<_>>>())?;
    let now = state.clock.now();
    collect(&state, &caller, &once, rows, deadline, move |updated| {
        Answer::envelope(now, CollectionStatusAnswer { updated })
    })
    .await
}

/// From which state to which.
fn step(form: &mut Form, sent: &CollectionStatusRequest) -> Option<(ReturnProgress, ReturnProgress)> {
    let mut read = |field: &str, value: Option<&str>| {
        form.required(field, value, |text| ReturnProgress::from_wire(text).ok_or(UNKNOWN_CODE))
    };
    let target = "updateTargetOrdDtlStatCd";
    let from = read("ordDtlStatCd", sent.ord_dtl_stat_cd.as_deref());
    let to = read(target, sent.update_target_ord_dtl_stat_cd.as_deref());
    let (from, to) = from.zip(to)?;
    if !CollectionMove::is_known(from, to) {
        form.reject(target, "변경할 수 없는 회수 진행상태입니다.");
    }
    Some((from, to))
}

fn read_row(
    form: &mut Form,
    place: usize,
    row: CollectionStatusRow,
    step: Option<(ReturnProgress, ReturnProgress)>,
) -> Option<CollectionRow> {
    let at = format!("{LIST}[{place}].");
    let claim = fields::claim_at(form, &at, row.ord_no.as_deref(), row.claim_no.as_deref());
    let invoice = fields::invoice(form, &at, row.hdc_cd.as_deref(), row.inv_no.as_deref());
    let cause_field = format!("{at}wthdFnshWaitProcCaus");
    let cause = fields::words(form, &cause_field, row.wthd_fnsh_wait_proc_caus);
    let is_hold = step.is_some_and(|(_, to)| to == ReturnProgress::OnHold);
    if is_hold && cause.is_none() {
        form.missing(cause_field);
    }
    let ((order_no, claim_no), (from, to)) = claim.zip(step)?;
    // Claims are kept in microseconds.
    let came_at = row.dtm.map(|dtm| dtm.utc().trunc_subsecs(6));
    let cause = cause.filter(|_| is_hold);
    let step = CollectionMove { from, to, invoice, at: came_at, cause };
    Some(CollectionRow { place, named: Named { order_no, claim_no, kinds: EITHER }, step })
}
