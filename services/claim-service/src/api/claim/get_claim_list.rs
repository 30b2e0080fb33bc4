//! GET `/v1/claim/claimMgmt/getClaimList`

use actix_web::web;
use chrono::NaiveDate;
use commerce::calendar::kst_date_of;
use commerce::period::Period;
use commerce::{
    Blame, ClaimReason, ClaimStatus, ClaimType, ListOrder, MemberNo, OrderNo, ReturnProgress, SagaStepStatus,
    Yn,
};
use dto::claim::{ManagedClaimListQuery, ManagedClaimRow};
use dto::date_time::{KstDate, KstDateTime};
use dto::inquiry::BackOfficeList;
use dto::paging::Paging;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Query;
use platform::form::Form;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::claim::listed;
use crate::api::collection::fields::UNKNOWN_CODE;
use crate::domain::claim_list::{ClaimFilter, ListedClaim, OpenFilter, Owner};
use crate::state::AppState;
use crate::usecase::claim::list::list_managed_claims;
use crate::usecase::messages::Asked;

const MOST_VENDOR_NO: usize = 40;

/// 클레임 관리 목록 조회: a bare list.
pub async fn get_claim_list(
    state: web::Data<AppState>,
    looks: Looks,
    query: Query<ManagedClaimListQuery>,
) -> Result<Answer, Error> {
    let (query, form) = query.open();
    let today = kst_date_of(state.clock.now());
    let (filter, paging) = read(&query, form, today)?;
    let (total_count, claims) =
        list_managed_claims(&state, filter, today, (paging.limit(), paging.offset())).await?;
    for claim in &claims {
        looks.note(Look::at_claim(&claim.number, &claim.order_no, claim.member_no.as_ref()));
    }
    let payloads = claims.into_iter().map(|claim| row(claim, today)).collect();
    Ok(Answer::bare(&BackOfficeList::<ManagedClaimRow> { total_count, payloads })?)
}

fn read(
    query: &ManagedClaimListQuery,
    mut form: Form,
    today: NaiveDate,
) -> Result<(ClaimFilter, Paging), Problem> {
    let order_no = form.optional("ordNo", query.ord_no.as_deref(), OrderNo::parse);
    let member_no = form.optional("mbrNo", query.mbr_no.as_deref(), MemberNo::parse);
    let late =
        form.optional("lateYn", query.late_yn.as_deref(), |text| Yn::from_wire(text).ok_or(UNKNOWN_CODE));
    let open = open(query, &mut form);
    // Who names what it looks for finds it, however old it is.
    let is_narrow = order_no.is_some()
        || member_no.is_some()
        || late.is_some()
        || open.filter.is_some()
        || open.needs_attention == Some(true);
    let days = (query.str_dt.as_deref(), query.end_dt.as_deref());
    let period = listed::period(&mut form, days, |first, last| {
        if is_narrow { Period::new(first, last) } else { Period::or_last_months(first, last, today) }
    });
    let claim_type = form.optional("claimBusinessType", query.claim_business_type.as_deref(), |text| {
        ClaimType::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    let status = form.optional("claimStatCd", query.claim_stat_cd.as_deref(), |text| {
        ClaimStatus::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    let progress = form.optional("ordDtlStatCd", query.ord_dtl_stat_cd.as_deref(), |text| {
        ReturnProgress::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    let vendor_no = query.entr_no.as_deref().filter(|text| !text.is_empty());
    let vendor_no = vendor_no.and_then(|text| form.text("entrNo", Some(text), 1, MOST_VENDOR_NO));
    let reason = form.optional("claimRsnCd", query.claim_rsn_cd.as_deref(), |text| {
        ClaimReason::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    let blame = form.optional("imptDivCd", query.impt_div_cd.as_deref(), |text| {
        Blame::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    let sort = form
        .optional("sortCd", query.sort_cd.as_deref(), |text| ListOrder::from_wire(text).ok_or(UNKNOWN_CODE));
    let paging = listed::paging(&mut form, query.page_no, query.page_size);
    let paging = form.complete(paging)?;
    let owner = member_no.map_or(Owner::Anybody, |number| Owner::Member { number, site_no: None });
    let is_late = late.map(Yn::is_yes);
    let filter = ClaimFilter {
        owner,
        period,
        claim_type,
        status,
        progress,
        order_no,
        vendor_no,
        is_late,
        reason,
        blame,
        needs_attention: open.needs_attention,
        open: open.filter,
        is_oldest_first: sort == Some(ListOrder::OldestFirst),
    };
    Ok((filter, paging))
}

/// What is asked of steps that are not done.
struct Open {
    needs_attention: Option<bool>,
    filter: Option<OpenFilter>,
}

fn open(query: &ManagedClaimListQuery, form: &mut Form) -> Open {
    let attention =
        form.optional("attnYn", query.attn_yn.as_deref(), |text| Yn::from_wire(text).ok_or(UNKNOWN_CODE));
    let asked =
        form.optional("stepCd", query.step_cd.as_deref(), |text| Asked::from_code(text).ok_or(UNKNOWN_CODE));
    let status = form.optional("stepStatCd", query.step_stat_cd.as_deref(), |text| {
        match SagaStepStatus::from_wire(text) {
            Some(SagaStepStatus::Waiting) => Ok(false),
            Some(SagaStepStatus::NeedsAttention) => Ok(true),
            Some(SagaStepStatus::Done) => Err("완료된 단계로는 조회할 수 없습니다."),
            None => Err(UNKNOWN_CODE),
        }
    });
    let is_asked = asked.is_some() || status.is_some();
    let filter = OpenFilter { step: asked.map(Asked::filter), needs_attention: status };
    Open { needs_attention: attention.map(Yn::is_yes), filter: is_asked.then_some(filter) }
}

fn row(claim: ListedClaim, today: NaiveDate) -> ManagedClaimRow {
    let collection = claim.collection.as_ref();
    let step = claim.step.clone();
    ManagedClaimRow {
        mbr_no: claim.member_no.clone(),
        entr_no: collection.map(|one| one.vendor_no.clone()).or_else(|| claim.goods.vendor_no.clone()),
        impt_div_cd: claim.blame(),
        wthd_fnsh_dtm: collection.and_then(|one| one.collected_at).map(KstDateTime),
        rfd_due_dt: collection.and_then(|one| one.refund_due).map(KstDate),
        late_yn: claim.is_late(today).into(),
        claim_rsn_cd: claim.reason,
        claim_rsn_nm: claim.reason.map(|reason| reason.label().to_owned()),
        add_pay_prar_amt: claim.additional_payment,
        step_cd: step.as_ref().map(|step| step.code.to_owned()),
        step_nm: step.as_ref().map(|step| step.label.to_owned()),
        step_stat_cd: step.as_ref().map(|step| step.status),
        try_cnt: step.as_ref().map(|step| i64::from(step.tries)),
        next_try_dtm: step.as_ref().map(|step| KstDateTime(step.next_try)),
        last_rsn: step.and_then(|step| step.reason),
        row: listed::row(claim),
    }
}
