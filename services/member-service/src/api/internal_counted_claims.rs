//! POST `/internal/countedClaims`

use std::collections::HashSet;

use actix_web::web;
use dto::internal::{self, CountedClaims};
use platform::answer::Answer;
use platform::extract::Json;
use platform::form::Form;
use service_kit::error::Error;

use crate::domain::counted_claim::{CountedClaim, Standing};
use crate::state::AppState;
use crate::usecase::note_claims::note_claims;

/// 회원 클레임 전달
pub async fn internal_counted_claims(
    state: web::Data<AppState>,
    request: Json<CountedClaims>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let claims = claims(&mut form, request.claim_list);
    let claims = form.complete(Some(claims))?;
    note_claims(&state.db, claims, request.all_yn.is_yes()).await?;
    Ok(Answer::empty())
}

fn claims(form: &mut Form, list: Vec<internal::CountedClaim>) -> Vec<CountedClaim> {
    let mut named = HashSet::new();
    let mut claims = Vec::with_capacity(list.len());
    for (place, claim) in list.into_iter().enumerate() {
        if !named.insert(claim.claim_no.clone()) {
            form.reject(format!("claimList[{place}].claimNo"), "중복된 번호입니다.");
        }
        match Standing::of(claim.claim_stat_cd, claim.cmpl_dtm.map(|at| at.utc())) {
            Some(standing) => claims.push(CountedClaim {
                claim_no: claim.claim_no,
                member_no: claim.mbr_no,
                site_no: claim.site_no,
                standing,
            }),
            None => form.reject(format!("claimList[{place}].cmplDtm"), "완료된 클레임에만 필요합니다."),
        }
    }
    claims
}
