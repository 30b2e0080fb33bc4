//! 문의 건수: what both of its operations have in common.

use commerce::period::Period;
use commerce::{InquiryStatus, MemberNo};
use dto::inquiry::{InquiryCountQuery, InquiryCountResponse};
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Query;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::fields;
use crate::state::AppState;
use crate::usecase::read_inquiries::{CountQuestion, count_inquiries};

pub(super) async fn count(
    state: &AppState,
    caller: &Caller,
    looks: &Looks,
    query: Query<InquiryCountQuery>,
    statuses: &'static [InquiryStatus],
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let member_no = form.required("mbrNo", query.mbr_no.as_deref(), MemberNo::parse);
    let first_day = fields::day(&mut form, "accpStrDt", query.accp_str_dt.as_deref());
    let last_day = fields::day(&mut form, "accpEndDt", query.accp_end_dt.as_deref());
    let period = fields::period(&mut form, "accpEndDt", Period::new(first_day, last_day));
    let (member_no, period) = form.complete(member_no.zip(period))?;
    caller.acts_for_member(&member_no)?;
    let site_no = (!caller.is_staff()).then(|| caller.site_no.clone());
    looks.note(Look::at(&member_no));
    let question = CountQuestion { member_no, site_no, period, statuses };
    let count = count_inquiries(state, question).await?;
    let inquiry_cnt = i32::try_from(count).map_err(Problem::internal)?;
    Ok(Answer::envelope(state.clock.now(), InquiryCountResponse { inquiry_cnt })?)
}
