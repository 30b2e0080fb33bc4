//! POST `/v1/claim/common/getClaimListFO`

use actix_web::web;
use commerce::calendar::kst_date_of;
use commerce::period::Period;
use commerce::{ClaimType, MemberNo, OrderNo};
use contract::ResultCode;
use contract::operations::Role;
use dto::claim::{ClaimList, ClaimListQuery, ClaimListRequest};
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::{Json, Query};
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::claim::listed;
use crate::api::collection::fields::UNKNOWN_CODE;
use crate::domain::claim_list::{ClaimFilter, Owner};
use crate::state::AppState;
use crate::usecase::claim::list::list_claims;

/// 클레임 목록 조회
pub async fn get_claim_list_fo(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    query: Query<ClaimListQuery>,
    request: Json<ClaimListRequest>,
) -> Result<Answer, Error> {
    let ((query, form), (request, form_of_body)) = (query.open(), request.open());
    let mut form = form.with(form_of_body);
    let now = state.clock.now();
    let today = kst_date_of(now);
    let member_no = form.optional("mbrNo", query.mbr_no.as_deref(), MemberNo::parse);
    let days = (request.str_dt.as_deref(), request.end_dt.as_deref());
    let period = listed::period(&mut form, days, |first, last| Period::or_last_months(first, last, today));
    let claim_type = form.optional("claimBusinessType", request.claim_business_type.as_deref(), |text| {
        ClaimType::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    let order_no = form.optional("ordNo", request.ord_no.as_deref(), OrderNo::parse);
    let paging = listed::paging(&mut form, request.page_no, request.page_size);
    let paging = form.complete(paging)?;
    let owner = owner(&caller, member_no)?;
    let filter = ClaimFilter { owner, period, claim_type, order_no, ..ClaimFilter::default() };
    let (total_count, claims) = list_claims(&state, filter, today, (paging.limit(), paging.offset())).await?;
    for claim in &claims {
        looks.note(Look::at_claim(&claim.number, &claim.order_no, claim.member_no.as_ref()));
    }
    Ok(Answer::envelope(now, ClaimList { total_count, list: claims.into_iter().map(listed::row).collect() })?)
}

/// A guest's are those of its order; it has no member to name.
fn owner(caller: &Caller, named: Option<MemberNo>) -> Result<Owner, Problem> {
    if caller.has(Role::Guest) && !caller.is_staff() && !caller.has(Role::Member) {
        return match (&caller.order_no, named) {
            (Some(order_no), None) => {
                Ok(Owner::Guest { order_no: order_no.clone(), site_no: caller.site_no.clone() })
            }
            _ => Err(Problem::new(ResultCode::Forbidden)),
        };
    }
    let number = caller.member(named)?;
    Ok(Owner::Member { number, site_no: (!caller.is_staff()).then(|| caller.site_no.clone()) })
}
