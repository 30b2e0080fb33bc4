//! POST `/internal/orders/{ordNo}/claims`

use std::collections::HashSet;
use std::fmt::Write as _;

use actix_web::web;
use commerce::{ClaimType, OrderNo, Yn};
use contract::ResultCode;
use dto::internal::{OrderClaim, OrderClaimLine};
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::{Json, PathValue};
use platform::form::Form;
use service_kit::error::Error;

use crate::api::order_decision;
use crate::domain::order_claim::{Claim, ClaimKind, ClaimedLine, Origin};
use crate::state::AppState;
use crate::usecase::apply_claim::apply_claim;

/// 클레임 반영. The same claim again is answered as the first time.
pub async fn internal_order_claims(
    state: web::Data<AppState>,
    PathValue(order_no): PathValue,
    request: Json<OrderClaim>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let order_no = form.required("ordNo", Some(&order_no), OrderNo::parse);
    check_lines(&mut form, &request.line_list);
    let order_no = form.complete(order_no)?;
    let (kind, origin) = kind_and_origin(request.claim_business_type, request.rcv_yn)?;
    let is_unpaid = request.pay_wait_yn.into();
    let facts = facts(&request);
    let question = order_decision::question(request.claim_no, request.claim_business_type, &order_no, &facts);
    let lines = request.line_list.into_iter().map(line).collect();
    let decision = apply_claim(&state, order_no, question, Claim { kind, origin, is_unpaid, lines }).await?;
    Ok(order_decision::answer(decision)?)
}

fn check_lines(form: &mut Form, lines: &[OrderClaimLine]) {
    if lines.iter().all(|line| line.claim_qty == 0) {
        form.reject("lineList", "클레임 수량이 있는 상품이 필요합니다.");
    }
    let mut named = HashSet::new();
    for (place, line) in lines.iter().enumerate() {
        if !named.insert(line.ord_seq) {
            form.reject(format!("lineList[{place}].ordSeq"), "중복된 번호입니다.");
        }
        if line.claim_qty < 0 {
            form.reject(format!("lineList[{place}].claimQty"), "0 이상이어야 합니다.");
        }
        if line.rvk_dc_amt.is_negative() {
            form.reject(format!("lineList[{place}].rvkDcAmt"), "0 이상이어야 합니다.");
        }
    }
}

/// Only cancels and returns take units out of an order.
fn kind_and_origin(claim_type: ClaimType, is_imported: Yn) -> Result<(ClaimKind, Origin), Problem> {
    match (claim_type, is_imported) {
        (ClaimType::Cancel, Yn::No) => Ok((ClaimKind::Cancel, Origin::Ours)),
        (ClaimType::Cancel, Yn::Yes) => Ok((ClaimKind::Cancel, Origin::Imported)),
        (ClaimType::Return, Yn::No) => Ok((ClaimKind::Return, Origin::Ours)),
        (ClaimType::Return, Yn::Yes) => Ok((ClaimKind::Return, Origin::Imported)),
        (ClaimType::OptionChange | ClaimType::ReturnComplete | ClaimType::Exchange, Yn::Yes | Yn::No) => {
            Err(Problem::new(ResultCode::ClaimTypeNotSupported)
                .at("claimBusinessType", ResultCode::ClaimTypeNotSupported.message()))
        }
    }
}

/// The order of lines says nothing.
fn facts(request: &OrderClaim) -> String {
    let mut lines: Vec<&OrderClaimLine> = request.line_list.iter().collect();
    lines.sort_by_key(|line| line.ord_seq);
    lines.into_iter().fold(
        format!("rcvYn={};payWaitYn={}", request.rcv_yn, request.pay_wait_yn),
        |mut text, line| {
            // A text takes whatever is written to it.
            let _ = write!(text, ";{}:{}:{}", line.ord_seq, line.claim_qty, line.rvk_dc_amt.amount());
            text
        },
    )
}

fn line(line: OrderClaimLine) -> ClaimedLine {
    ClaimedLine { line_seq: line.ord_seq, quantity: line.claim_qty, discount_taken_back: line.rvk_dc_amt }
}
