//! POST `/v1/claim/claims`

use std::collections::HashSet;

use actix_web::web;
use chrono::SubsecRound as _;
use dto::claim::{self, ClaimIntakeAnswer, ClaimIntakeRequest};
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::form::Form;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::domain::imported::ImportedClaim;
use crate::domain::request::RequestedLine;
use crate::state::AppState;
use crate::usecase;

/// 클레임 수신
pub async fn claims(
    state: web::Data<AppState>,
    once: Once,
    request: Json<ClaimIntakeRequest>,
) -> Result<Answer, Error> {
    let (request, form) = request.open();
    check(&request, form)?;
    let claims: Vec<ImportedClaim> = request.claims.into_iter().map(domain).collect();
    let copies = usecase::imported::take_in::ask_for_claimed_orders(&state, &claims).await?;
    let clock = state.clock.clone();
    let answer = once.write(&state.db, move |conn| {
        let taken_in = usecase::imported::take_in::take_in_claims(conn, &clock, &claims, &copies)?;
        let answer = ClaimIntakeAnswer {
            created: taken_in.created,
            updated: taken_in.updated,
            unchanged: taken_in.unchanged,
        };
        Ok::<_, Error>(Answer::envelope(clock.now(), answer)?)
    });
    let answer = answer.await?;
    state.bell.ring();
    Ok(answer)
}

fn check(request: &ClaimIntakeRequest, mut form: Form) -> Result<(), Problem> {
    for (place, claim) in request.claims.iter().enumerate() {
        if claim.goods_list.is_empty() {
            form.missing(format!("claims[{place}].goodsList"));
        }
        let mut seen = HashSet::new();
        for (index, goods) in claim.goods_list.iter().enumerate() {
            let path = format!("claims[{place}].goodsList[{index}]");
            if !seen.insert(goods.ord_seq) {
                form.reject(format!("{path}.ordSeq"), "같은 주문 상품이 중복되었습니다.");
            }
            if goods.claim_qty < 1 {
                form.reject(format!("{path}.claimQty"), "클레임 수량은 1개 이상이어야 합니다.");
            }
        }
    }
    form.finish()
}

/// Times are kept to the microsecond, and compared as they are kept.
fn domain(claim: claim::ImportedClaim) -> ImportedClaim {
    ImportedClaim {
        number: claim.claim_no,
        order_no: claim.ord_no,
        claim_type: claim.claim_business_type,
        status: claim.claim_stat_cd,
        reason: claim.claim_rsn_cd,
        requested_at: claim.req_dtm.utc().trunc_subsecs(6),
        completed_at: claim.cmpl_dtm.map(|at| at.utc().trunc_subsecs(6)),
        lines: claim
            .goods_list
            .into_iter()
            .map(|goods| RequestedLine { line_seq: goods.ord_seq, quantity: goods.claim_qty })
            .collect(),
    }
}
