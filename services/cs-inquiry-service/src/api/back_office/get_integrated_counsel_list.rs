//! GET `getIntegratedCounselList`

use actix_web::web;
use commerce::period::Period;
use commerce::{InquiryStatus, ListOrder, MemberNo, OrderNo, text};
use dto::inquiry::{BackOfficeList, CounselListQuery};
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Query;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::fields::{self, Lines};
use crate::api::shown;
use crate::domain::counsel_list::{ListFilter, statuses_asked};
use crate::state::AppState;
use crate::usecase::list_counsels::{ListQuestion, list_counsels};

pub(super) const LONGEST_SEARCH: usize = 100;
pub(super) const LONGEST_USER_ID: usize = 64;

/// 통합상담 목록 조회: a bare list.
pub async fn get_integrated_counsel_list(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    query: Query<CounselListQuery>,
) -> Result<Answer, Error> {
    let (query, form) = query.open();
    let question = question(&query, form)?;
    let (total_count, rows) = list_counsels(&state, &caller.subject, question).await?;
    for row in &rows {
        looks.note(Look::at(&row.member_no));
    }
    let payloads = rows.into_iter().map(shown::desk_row).collect();
    Ok(Answer::bare(&BackOfficeList { total_count, payloads })?)
}

fn question(query: &CounselListQuery, mut form: Form) -> Result<ListQuestion, Problem> {
    let first_day = fields::day(&mut form, "strDt", query.str_dt.as_deref());
    let last_day = fields::day(&mut form, "endDt", query.end_dt.as_deref());
    let period = fields::period(&mut form, "endDt", Period::new(first_day, last_day));
    let statuses = form.optional("cnslStatCd", query.cnsl_stat_cd.as_deref(), |text| {
        let statuses: Option<Vec<_>> = text.split(',').map(InquiryStatus::from_wire).collect();
        statuses.ok_or("cnslStatCd 코드표에 없는 값입니다.")
    });
    let order = form.optional("sortCd", query.sort_cd.as_deref(), |text| {
        ListOrder::from_wire(text).ok_or("sortCd 코드표에 없는 값입니다.")
    });
    // A number that no type can have fits no inquiry.
    let type_id = fields::counted(&mut form, "cnslTypNo", query.cnsl_typ_no.as_deref())
        .map(|number| number.unwrap_or(-1));
    let search =
        fields::optional_text(&mut form, "searchNm", query.search_nm.as_deref(), LONGEST_SEARCH, Lines::One);
    let agent = fields::optional_text(
        &mut form,
        "procUserId",
        query.proc_user_id.as_deref(),
        LONGEST_USER_ID,
        Lines::Key,
    );
    let filter = ListFilter {
        period: period.unwrap_or_default(),
        statuses: statuses_asked(statuses.unwrap_or_default()),
        type_ids: Vec::new(),
        member_no: form.optional("mbrNo", query.mbr_no.as_deref(), MemberNo::parse),
        order_no: form.optional("ordNo", query.ord_no.as_deref(), OrderNo::parse),
        title_part: search.map(|words| text::search_form(words.trim())),
        agent,
        order: order.unwrap_or(ListOrder::NewestFirst),
    };
    let paging = fields::paging(&mut form, query.page_no, query.page_size);
    form.complete(paging.map(|paging| ListQuestion {
        filter,
        type_id,
        page_no: paging.page_no(),
        page_size: paging.page_size(),
    }))
}
