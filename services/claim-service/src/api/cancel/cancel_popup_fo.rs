//! POST `/v1/claim/orderCancel/cancelPopupFO`

use actix_web::web;
use commerce::OrderNo;
use commerce::claimable::NotClaimable;
use commerce::claimable::reason::{Asker, ClaimKind};
use dto::claim::{ClaimTarget, ClaimTargetRequest};
use dto::date_time::KstDateTime;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::claim::asker::asker;
use crate::api::claim::target::{self, Claimable};
use crate::domain::eligibility::LineEligibility;
use crate::state::AppState;
use crate::usecase;
use crate::usecase::cancel::find_target::FoundTarget;

/// 주문취소 팝업 조회
pub async fn cancel_popup_fo(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    request: Json<ClaimTargetRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let order_no = form.required("ordNo", request.ord_no.as_deref(), OrderNo::parse);
    let order_no = form.complete(order_no)?;
    let found = usecase::cancel::find_target::find_claim_target(&state, &caller, &order_no).await?;
    looks.note(Look::at_order(&order_no, found.order.member_no.as_ref()));
    let target =
        wire(found, asker(&caller)).ok_or_else(|| Problem::internal("discounts of a line do not add up"))?;
    Ok(Answer::bare(&target)?)
}

fn wire(found: FoundTarget, asker: Asker) -> Option<ClaimTarget> {
    let FoundTarget { order: opened, lines, refund_means } = found;
    let pinned = &opened.pinned;
    let goods = pinned.order.lines().iter().zip(&lines);
    Some(ClaimTarget {
        ord_no: pinned.order.number().clone(),
        ord_media_cd: pinned.media,
        ord_dtm: KstDateTime(pinned.order.ordered_at()),
        sctn_cncl_psb_yn: refund_means.is_partly_refundable.into(),
        ord_goods_list: goods
            .map(|(line, eligibility)| target::goods(pinned, line, &claimable(eligibility)))
            .collect::<Option<_>>()?,
        claim_rsn_list: target::reasons(asker, ClaimKind::Cancel),
        pay_list: target::payments(refund_means.payments),
        rfd_acct_req_yn: refund_means.needs_refund_account.into(),
        mbr_no: opened.member_no,
        ord_man_nm: opened.orderer_name,
    })
}

fn claimable(eligibility: &LineEligibility) -> Claimable {
    Claimable {
        quantity_claimed: eligibility.quantity_claimed,
        quantity_claimable: eligibility.quantity_claimable,
        refusal: eligibility.refusal.map(NotClaimable::text_ko),
        may_change_option: eligibility.may_change_option,
    }
}
