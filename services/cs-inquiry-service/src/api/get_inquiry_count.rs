//! GET `getInquiryCount` and `getNotCompletedInquiryCount`

use actix_web::web;
use commerce::{InquiryStatus, MemberNo};
use dto::inquiry::{InquiryCountQuery, InquiryCountResponse};
use dto::operations::inquiry;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Query;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::api::caller::viewer;
use crate::api::fields;
use crate::domain::period::Period;
use crate::usecase::app_state::AppState;
use crate::usecase::read_inquiries::{CountQuestion, count_inquiries};

/// Those that are not answered yet.
const NOT_COMPLETED: &[InquiryStatus] = &[InquiryStatus::Received, InquiryStatus::InProgress];

/// 1:1문의 건수 조회: all but deleted ones.
pub async fn get_inquiry_count(
    app: web::Data<AppState>,
    caller: Caller,
    Query(query): Query<InquiryCountQuery>,
) -> Result<Answer, Error> {
    count(&app, &caller, inquiry::GET_INQUIRY_COUNT.id, query, InquiryStatus::ALL).await
}

/// 진행중인 상담 건수 조회
pub async fn get_not_completed_inquiry_count(
    app: web::Data<AppState>,
    caller: Caller,
    Query(query): Query<InquiryCountQuery>,
) -> Result<Answer, Error> {
    count(&app, &caller, inquiry::GET_NOT_COMPLETED_INQUIRY_COUNT.id, query, NOT_COMPLETED).await
}

async fn count(
    app: &AppState,
    caller: &Caller,
    operation: &'static str,
    query: InquiryCountQuery,
    statuses: &'static [InquiryStatus],
) -> Result<Answer, Error> {
    let mut form = Form::new();
    let member_no = form.required("mbrNo", query.mbr_no.as_deref(), MemberNo::parse);
    let first_day = fields::day(&mut form, "accpStrDt", query.accp_str_dt.as_deref());
    let last_day = fields::day(&mut form, "accpEndDt", query.accp_end_dt.as_deref());
    let period = fields::period(&mut form, "accpEndDt", Period::new(first_day, last_day));
    let (member_no, period) = form.complete(member_no.zip(period))?;
    caller.acts_for_member(&member_no)?;
    let site_no = (!caller.is_staff()).then(|| caller.site_no.clone());
    let question = CountQuestion { member_no, site_no, period, statuses };
    let count = count_inquiries(app, &viewer(caller)?, operation, question).await?;
    let inquiry_cnt = i32::try_from(count).map_err(Problem::internal)?;
    Ok(Answer::envelope(app.clock.now(), InquiryCountResponse { inquiry_cnt })?)
}
