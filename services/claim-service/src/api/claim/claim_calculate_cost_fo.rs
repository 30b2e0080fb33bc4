//! POST `/v1/claim/common/claimCalculateCostFO`

use actix_web::web;
use commerce::{ClaimNo, ClaimType, OrderNo, Won};
use dto::claim::ClaimRequest;
use platform::answer::Answer;
use platform::extract::Json;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::cancel::cancel_request;
use crate::api::claim::cost;
use crate::api::collection::{fields, request};
use crate::domain::collection::CollectionKind;
use crate::state::AppState;
use crate::usecase;
use crate::usecase::collection::open_cost::quote_open_claim;
use crate::usecase::collection::preview::preview;

/// 클레임 비용 계산: of a claim that could be made, or of one that is open.
pub async fn claim_calculate_cost_fo(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    request: Json<ClaimRequest>,
) -> Result<Answer, Error> {
    let (asked, form) = request.open();
    if asked.claim_no.is_some() {
        return of_open_claim(&state, &caller, &looks, form, &asked).await;
    }
    let claim_type = asked.claim_business_type.as_deref().and_then(ClaimType::from_wire);
    let quote = match claim_type.and_then(CollectionKind::of) {
        None => {
            let (order_no, request) = cancel_request::read(form, &asked, &caller, state.clock.now())?;
            let shown = usecase::cancel::quote::quote_cancel(&state, &caller, &order_no, &request).await?;
            looks.note(Look::at_order(&order_no, shown.member_no.as_ref()));
            return Ok(Answer::bare(&cost::wire(shown.quote))?);
        }
        Some(kind) => {
            let (order_no, request, _) = request::read(form, &asked, kind, &caller, state.clock.now())?;
            let shown = preview(&state, &caller, &order_no, &request).await?;
            looks.note(Look::at_order(&order_no, shown.member_no.as_ref()));
            shown.quote
        }
    };
    Ok(Answer::bare(&cost::wire_of(quote, None))?)
}

async fn of_open_claim(
    state: &AppState,
    caller: &Caller,
    looks: &Looks,
    mut form: Form,
    asked: &ClaimRequest,
) -> Result<Answer, Error> {
    let order_no = form.required("ordNo", asked.ord_no.as_deref(), OrderNo::parse);
    let claim_no = form.required("claimNo", asked.claim_no.as_deref(), ClaimNo::parse);
    let waived = fields::waived(&mut form, asked.wv_amt);
    fields::for_agents(&mut form, caller, "wvAmt", asked.wv_amt.is_some());
    let (order_no, claim_no) = form.complete(order_no.zip(claim_no))?;
    let shown = quote_open_claim(state, caller, (&order_no, &claim_no), waived.unwrap_or(Won::ZERO)).await?;
    looks.note(Look::at_claim(&claim_no, &order_no, shown.member_no.as_ref()));
    Ok(Answer::bare(&cost::wire_of(shown.quote, Some(claim_no)))?)
}
