//! One inquiry at the desk: looking at it and moving it. The four moves answer alike.

use actix_web::web;
use commerce::InquiryStatus;
use db::DbConnection;
use dto::inquiry::{
    AssignRequest, CounselDetail, CounselDetailQuery, CounselState, ReleaseProcessRequest, SaveAnswerRequest,
    StartProcessRequest,
};
use dto::operations::inquiry;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::{Json, Query};
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use super::get_integrated_counsel_list::LONGEST_USER_ID;
use crate::api::caller::agent;
use crate::api::fields::{self, Lines};
use crate::api::shown;
use crate::domain::inquiry::InquiryId;
use crate::usecase::app_state::AppState;
use crate::usecase::save_answer::AnswerDraft;
use crate::usecase::{self, show_counsel::show_counsel};

const LONGEST_ANSWER: usize = 4_000;

/// 통합상담 상세 조회
pub async fn get_integrated_counsel_detail(
    app: web::Data<AppState>,
    caller: Caller,
    Query(query): Query<CounselDetailQuery>,
) -> Result<Answer, Error> {
    let mut form = Form::new();
    let id = fields::inquiry_id(&mut form, query.ccn_no.as_deref());
    let id = form.complete(id)?;
    let operation = inquiry::GET_INTEGRATED_COUNSEL_DETAIL.id;
    let (counsel, history) = show_counsel(&app, caller.subject, operation, id).await?;
    let summary = shown::desk_row(counsel.inquiry.summary(counsel.type_name.clone()));
    let detail = CounselDetail {
        detail: shown::detail(counsel),
        mbr_no: summary.mbr_no,
        proc_user_id: summary.proc_user_id,
        mod_dtm: summary.mod_dtm,
        hist_list: history.into_iter().map(shown::history).collect(),
    };
    Ok(Answer::envelope(app.clock.now(), detail)?)
}

/// 상담 처리 시작
pub async fn start_process(
    app: web::Data<AppState>,
    caller: Caller,
    once: Once,
    Json(request): Json<StartProcessRequest>,
) -> Result<Answer, Error> {
    let mut form = Form::new();
    let id = fields::inquiry_id(&mut form, request.ccn_no.as_deref());
    let seen = fields::date_time(&mut form, "modDtm", request.mod_dtm.as_deref());
    let id = form.complete(id)?;
    let (agent, clock) = (agent(&caller), app.clock.clone());
    moved(&app, &once, InquiryStatus::InProgress, move |conn| {
        usecase::start_process::start_process(conn, &clock, &agent, id, seen).map(|inquiry| inquiry.id)
    })
    .await
}

/// 상담 처리 해제
pub async fn release_process(
    app: web::Data<AppState>,
    caller: Caller,
    once: Once,
    Json(request): Json<ReleaseProcessRequest>,
) -> Result<Answer, Error> {
    let mut form = Form::new();
    let id = fields::inquiry_id(&mut form, request.ccn_no.as_deref());
    let id = form.complete(id)?;
    let (agent, clock) = (agent(&caller), app.clock.clone());
    moved(&app, &once, InquiryStatus::Received, move |conn| {
        usecase::release_process::release_process(conn, &clock, &agent, id)
    })
    .await
}

/// 상담 답변 등록
pub async fn save_answer(
    app: web::Data<AppState>,
    caller: Caller,
    once: Once,
    Json(request): Json<SaveAnswerRequest>,
) -> Result<Answer, Error> {
    let mut form = Form::new();
    let id = fields::inquiry_id(&mut form, request.ccn_no.as_deref());
    let seen = fields::date_time(&mut form, "modDtm", request.mod_dtm.as_deref());
    let template_id = fields::counted(&mut form, "tmplNo", request.tmpl_no.as_deref());
    let text = request.ans_cont.as_deref();
    let text = if template_id.is_some() {
        fields::optional_text(&mut form, "ansCont", text, LONGEST_ANSWER, Lines::Many)
    } else {
        fields::required_text(&mut form, "ansCont", text, LONGEST_ANSWER, Lines::Many)
    };
    let id = form.complete(id)?;
    // A number that no template can have is one that is not found.
    let template_id = template_id.map(|number| number.unwrap_or(-1));
    let draft = AnswerDraft { text, template_id, seen };
    let (agent, clock) = (agent(&caller), app.clock.clone());
    moved(&app, &once, InquiryStatus::Answered, move |conn| {
        usecase::save_answer::save_answer(conn, &clock, &agent, id, &draft)
    })
    .await
}

/// 상담 배정
pub async fn assign(
    app: web::Data<AppState>,
    caller: Caller,
    once: Once,
    Json(request): Json<AssignRequest>,
) -> Result<Answer, Error> {
    let mut form = Form::new();
    let id = fields::inquiry_id(&mut form, request.ccn_no.as_deref());
    let owner = request.proc_user_id.as_deref();
    let owner = fields::required_text(&mut form, "procUserId", owner, LONGEST_USER_ID, Lines::One);
    let (id, owner) = form.complete(id.zip(owner))?;
    let (agent, clock) = (agent(&caller), app.clock.clone());
    moved(&app, &once, InquiryStatus::InProgress, move |conn| {
        usecase::assign::assign(conn, &clock, &agent, id, &owner)
    })
    .await
}

/// Runs a move and answers where the inquiry now is.
async fn moved(
    app: &AppState,
    once: &Once,
    status: InquiryStatus,
    work: impl FnOnce(&mut DbConnection) -> Result<InquiryId, Error> + Send + 'static,
) -> Result<Answer, Error> {
    let clock = app.clock.clone();
    let answer = once
        .write(&app.db, move |conn| {
            let state = CounselState { ccn_no: work(conn)?.counsel_no(), cnsl_stat_cd: status };
            Answer::envelope(clock.now(), state).map_err(|problem: Problem| Error::from(problem))
        })
        .await?;
    app.bell.ring();
    Ok(answer)
}
