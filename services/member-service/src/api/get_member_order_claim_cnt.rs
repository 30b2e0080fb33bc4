//! POST `/v1/member/getOrdClaimCnt`

use std::convert::Infallible;

use actix_web::web;
use commerce::MemberNo;
use dto::member::{CountPurpose, OrderClaimCountInfo, OrderClaimCountQuery, OrderClaimCountRequest};
use platform::answer::Answer;
use platform::extract::{Json, Query};
use platform::form::Hint;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::domain::order_windows::Purpose;
use crate::state::AppState;
use crate::usecase::count_orders_and_claims::count_orders_and_claims;

/// 주문/배송 클레임 건수 조회
pub async fn get_member_order_claim_cnt(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    query: Query<OrderClaimCountQuery>,
    request: Json<OrderClaimCountRequest>,
) -> Result<Answer, Error> {
    let ((query, form), (request, form_of_body)) = (query.open(), request.open());
    let mut form = form.with(form_of_body);
    let member_no = form.optional("mbrNo", query.mbr_no.as_deref(), MemberNo::parse);
    let purpose = form.required("reqGubun", request.req_gubun.as_deref(), purpose);
    let purpose = form.complete(purpose)?;
    let member_no = caller.member(member_no)?;
    looks.note(Look::at(&member_no));
    let counts = count_orders_and_claims(&state, member_no, caller.site_no, purpose).await?;
    Ok(Answer::bare(&OrderClaimCountInfo { claim_cnt: counts.claims, ord_cnt: counts.orders })?)
}

/// No text is malformed: whatever is not the page asks whether the member may quit.
fn purpose(req_gubun: &str) -> Result<Purpose, Never> {
    Ok(match CountPurpose::from_req_gubun(req_gubun) {
        CountPurpose::MyPage => Purpose::MyPage,
        CountPurpose::Quit => Purpose::Quit,
    })
}

struct Never(Infallible);

impl Hint for Never {
    fn hint(&self) -> String {
        match self.0 {}
    }
}
