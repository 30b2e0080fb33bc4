//! POST `/internal/claimStandings`

use std::collections::HashSet;

use actix_web::web;
use commerce::ClaimType;
use dto::internal::{self, ClaimStandingGoods, ClaimStandings};
use platform::answer::Answer;
use platform::extract::Json;
use platform::form::Form;
use service_kit::error::Error;

use crate::domain::claim_standing::{ClaimStanding, StandingGoods};
use crate::state::AppState;
use crate::usecase::note_claims::note_standings;

/// 클레임 현황 전달
pub async fn internal_claim_standings(
    state: web::Data<AppState>,
    request: Json<ClaimStandings>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    check(&mut form, &request.claim_list);
    let claims = form.complete(Some(request.claim_list))?;
    note_standings(&state.db, claims.into_iter().map(standing).collect()).await?;
    Ok(Answer::empty())
}

fn check(form: &mut Form, list: &[internal::ClaimStanding]) {
    let mut named = HashSet::new();
    for (place, claim) in list.iter().enumerate() {
        if !named.insert(&claim.claim_no) {
            form.reject(format!("claimList[{place}].claimNo"), "중복된 번호입니다.");
        }
        if claim.claim_business_type == ClaimType::ReturnComplete {
            form.reject(format!("claimList[{place}].claimBusinessType"), "완료된 반품은 20입니다.");
        }
        for (at, goods) in claim.goods_list.iter().enumerate() {
            for (name, quantity) in
                [("takeQty", goods.take_qty), ("holdQty", goods.hold_qty), ("acptQty", goods.acpt_qty)]
            {
                if quantity < 0 {
                    form.reject(format!("claimList[{place}].goodsList[{at}].{name}"), "0 이상이어야 합니다.");
                }
            }
        }
    }
}

fn standing(claim: internal::ClaimStanding) -> ClaimStanding {
    ClaimStanding {
        claim_no: claim.claim_no,
        order_no: claim.ord_no,
        claim_type: claim.claim_business_type,
        status: claim.claim_stat_cd,
        stage: claim.claim_stg_cd,
        requested_at: claim.req_dtm.utc(),
        moved_at: claim.mv_dtm.map(|at| at.utc()),
        goods: claim.goods_list.into_iter().map(goods).collect(),
    }
}

fn goods(one: ClaimStandingGoods) -> StandingGoods {
    StandingGoods {
        line_seq: one.ord_seq,
        item_no: one.itm_no,
        exchanged_for: one.exch_itm_no.map(|item_no| (item_no, one.exch_itm_nm.unwrap_or_default())),
        taken: one.take_qty,
        held: one.hold_qty,
        accepted: one.acpt_qty,
    }
}
