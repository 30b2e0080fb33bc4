//! 1:1문의 건수 조회: all but deleted ones.

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

pub async fn get_inquiry_count(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    query: Query<InquiryCountQuery>,
) -> Result<Answer, Error> {
    count(&state, &caller, &looks, query, InquiryStatus::ALL).await
}
