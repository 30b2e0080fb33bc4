//! POST `/v1/claim/orderCancel/cancelPopupFO`

use actix_web::web;
use commerce::OrderNo;
use dto::claim::{ClaimReasonChoice, ClaimTarget, ClaimTargetGoods, ClaimTargetPayment, ClaimTargetRequest};
use dto::date_time::KstDateTime;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::api::cancel_request::asker;
use crate::app::AppState;
use crate::domain::claim_reason::{Asker, reasons_for};
use crate::domain::eligibility::{LineEligibility, NotClaimable};
use crate::domain::order::OrderLine;
use crate::domain::pinned_order::PinnedOrder;
use crate::usecase::{self, FoundTarget};

/// 주문취소 팝업 조회
pub async fn cancel_popup_fo(
    state: web::Data<AppState>,
    caller: Caller,
    Json(request): Json<ClaimTargetRequest>,
) -> Result<Answer, Error> {
    let mut form = Form::new();
    let order_no = form.required("ordNo", request.ord_no.as_deref(), OrderNo::parse);
    let order_no = form.complete(order_no)?;
    let found = usecase::find_claim_target(&state, &caller, &order_no).await?;
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
            .map(|(line, eligibility)| goods_row(pinned, line, eligibility))
            .collect::<Option<_>>()?,
        claim_rsn_list: reasons_for(asker)
            .map(|reason| ClaimReasonChoice {
                claim_rsn_cd: reason,
                claim_rsn_nm: reason.label().to_owned(),
                impt_div_cd: reason.blame(),
            })
            .collect(),
        pay_list: refund_means
            .payments
            .into_iter()
            .map(|payment| ClaimTargetPayment {
                pay_no: payment.number,
                pay_means_cd: payment.means,
                pay_means_nm: payment.means.label().to_owned(),
                pay_amt: payment.amount,
                rfd_psb_amt: payment.left,
                sctn_cncl_psb_yn: payment.is_partly_refundable.into(),
            })
            .collect(),
        rfd_acct_req_yn: refund_means.needs_refund_account.into(),
        mbr_no: opened.member_no,
        ord_man_nm: opened.orderer_name,
    })
}

fn goods_row(
    pinned: &PinnedOrder,
    line: &OrderLine,
    eligibility: &LineEligibility,
) -> Option<ClaimTargetGoods> {
    Some(ClaimTargetGoods {
        ord_seq: line.seq,
        goods_no: line.goods_no.clone(),
        itm_no: line.item_no.clone(),
        goods_nm: line.goods_name.clone(),
        itm_nm: line.item_name.clone(),
        goods_img: pinned.images.get(&line.seq).cloned(),
        entr_no: line.vendor_no.clone(),
        ord_qty: line.quantity,
        cncl_qty: eligibility.quantity_claimed,
        claim_psb_qty: eligibility.quantity_claimable,
        sale_prc: line.unit_price,
        dc_amt: pinned.discount_of(line.seq)?,
        ord_dtl_stat_cd: line.status,
        ord_dtl_stat_nm: line.status.label().to_owned(),
        claim_psb_yn: eligibility.refusal.is_none().into(),
        claim_impsb_rsn: eligibility.refusal.map(NotClaimable::text_ko).map(str::to_owned),
        opt_chg_psb_yn: eligibility.may_change_option.into(),
    })
}
