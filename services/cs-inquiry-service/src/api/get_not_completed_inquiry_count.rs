//! 진행중인 상담 건수 조회

use actix_web::web;
use commerce::InquiryStatus;
use dto::inquiry::InquiryCountQuery;
use platform::answer::Answer;
use platform::extract::Query;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::Looks;

use super::inquiry_count::count;
use crate::state::AppState;

/// Those that are not answered yet.
const NOT_COMPLETED: &[InquiryStatus] = &[InquiryStatus::Received, InquiryStatus::InProgress];

pub async fn get_not_completed_inquiry_count(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    query: Query<InquiryCountQuery>,
) -> Result<Answer, Error> {
    count(&state, &caller, &looks, query, NOT_COMPLETED).await
}
