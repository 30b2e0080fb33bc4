//! GET `getAccessRecordList`

use actix_web::web;
use commerce::period::Period;
use commerce::{ClaimNo, MemberNo, OrderNo};
use dto::inquiry::{AccessRecordQuery, AccessRecordRow, BackOfficeList};
use platform::answer::Answer;
use platform::extract::Query;
use platform::form::Form;
use service_kit::error::Error;

use super::get_integrated_counsel_list::LONGEST_USER_ID;
use crate::api::fields::{self, Lines};
use crate::domain::access::{LookFilter, RecordedLook};
use crate::domain::inquiry::InquiryId;
use crate::state::AppState;
use crate::usecase::read_access_records::read_access_records;

/// Of a service or an operation.
const LONGEST_NAME: usize = 64;

/// 개인정보 접속기록 조회: a bare list.
pub async fn get_access_record_list(
    state: web::Data<AppState>,
    query: Query<AccessRecordQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let first_day = fields::day(&mut form, "strDt", query.str_dt.as_deref());
    let last_day = fields::day(&mut form, "endDt", query.end_dt.as_deref());
    let period = fields::period(&mut form, "endDt", Period::new(first_day, last_day));
    let filter = LookFilter {
        period: period.unwrap_or_default(),
        by: fields::optional_text(&mut form, "userId", query.user_id.as_deref(), LONGEST_USER_ID, Lines::Key),
        member_no: form.optional("mbrNo", query.mbr_no.as_deref(), MemberNo::parse),
        service: name(&mut form, "svcNm", query.svc_nm.as_deref()),
        operation: name(&mut form, "operNm", query.oper_nm.as_deref()),
        order_no: form.optional("ordNo", query.ord_no.as_deref(), OrderNo::parse),
        claim_no: form.optional("claimNo", query.claim_no.as_deref(), ClaimNo::parse),
    };
    let paging = fields::paging(&mut form, query.page_no, query.page_size);
    let paging = form.complete(paging)?;
    let (total_count, looks) = read_access_records(&state, filter, paging.limit(), paging.offset()).await?;
    let payloads = looks.into_iter().map(shown).collect();
    Ok(Answer::bare(&BackOfficeList { total_count, payloads })?)
}

fn name(form: &mut Form, field: &str, value: Option<&str>) -> Option<String> {
    fields::optional_text(form, field, value, LONGEST_NAME, Lines::Key)
}

fn shown(recorded: RecordedLook) -> AccessRecordRow {
    let RecordedLook { id, look } = recorded;
    AccessRecordRow {
        acs_no: id.to_string(),
        acs_dtm: look.at.into(),
        user_id: look.by,
        mbr_no: look.member_no,
        oper_nm: look.operation,
        ccn_no: look.inquiry.map(InquiryId::counsel_no),
        file_no: look.file_no,
        svc_nm: look.service,
        ord_no: look.order_no,
        claim_no: look.claim_no,
        acs_ip: look.from,
    }
}
