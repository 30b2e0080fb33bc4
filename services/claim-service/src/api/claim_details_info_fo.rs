//! POST `/v1/claim/common/claimDetailsInfoFO`

use std::collections::HashMap;

use actix_web::web;
use commerce::{ClaimNo, ClaimReason, OrderNo, PayMeans, PaymentNo, RefundStatus, Won};
use dto::claim::{
    ClaimCoupon, ClaimDetails, ClaimDetailsRequest, ClaimRefund, ClaimStep, ClaimStock,
};
use dto::date_time::KstDateTime;
use platform::answer::Answer;
use platform::extract::Json;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::api::claim_cost;
use crate::app::AppState;
use crate::domain::accepted_cancel::CancelUnderWay;
use crate::domain::cancel_saga::view::CouponView;
use crate::domain::cancel_saga::{CancelSaga, Decision};
use crate::domain::cost::ClaimCost;
use crate::usecase::{self, FoundDetails, Quote};

/// 클레임 상세 조회
pub async fn claim_details_info_fo(
    state: web::Data<AppState>,
    caller: Caller,
    Json(request): Json<ClaimDetailsRequest>,
) -> Result<Answer, Error> {
    let mut form = Form::new();
    let order_no = form.required("ordNo", request.ord_no.as_deref(), OrderNo::parse);
    let claim_no = form.required("claimNo", request.claim_no.as_deref(), ClaimNo::parse);
    let (order_no, claim_no) = form.complete(order_no.zip(claim_no))?;
    let found = usecase::find_claim_details(&state, &caller, &order_no, &claim_no).await?;
    Ok(Answer::bare(&wire(found))?)
}

fn wire(found: FoundDetails) -> ClaimDetails {
    let FoundDetails { head, cancel, addresses } = found;
    let mut details = ClaimDetails {
        claim_no: head.number,
        ord_no: head.order_no,
        claim_business_type: head.claim_type,
        claim_stat_cd: head.status,
        claim_rsn_cd: head.reason,
        claim_rsn_cntt: head.reason_text,
        impt_div_cd: head.reason.map(ClaimReason::blame),
        req_dtm: KstDateTime(head.requested_at),
        cmpl_dtm: head.completed_at.map(KstDateTime),
        cost: None,
        rfd_list: Vec::new(),
        restore_cpn_list: Vec::new(),
        stk_list: Vec::new(),
        cncl_gift_list: Vec::new(),
        dlvp_list: addresses,
        step_list: Vec::new(),
    };
    let Some((cancel, saga)) = cancel else { return details };
    details.rfd_list = refunds(&cancel, &saga);
    details.stk_list = stock(&saga);
    details.step_list = steps(&saga);
    let coupons = coupons(&cancel.accepted.cost, &saga);
    let quote = Quote { cost: cancel.accepted.cost, hash: cancel.accepted.cost_hash };
    let cost = claim_cost::wire(quote);
    // Of a claim the order rejected nothing has happened but that what was paid for it goes back.
    if cancel.decision != Decision::Rejected {
        details.restore_cpn_list = coupons;
        details.cncl_gift_list.clone_from(&cost.bnf_info.cncl_gift_list);
    }
    details.cost = Some(cost);
    details
}

fn refunds(cancel: &CancelUnderWay, saga: &CancelSaga) -> Vec<ClaimRefund> {
    let accepted = &cancel.accepted;
    let row = |payment_no: &PaymentNo, means: PayMeans, amount: Won, status: RefundStatus, at: Option<_>| {
        ClaimRefund {
            pay_no: payment_no.clone(),
            pay_means_cd: means,
            pay_means_nm: means.label().to_owned(),
            rfd_amt: amount,
            rfd_stat_cd: status,
            rfd_dtm: at.filter(|_| status == RefundStatus::Done).map(KstDateTime),
        }
    };
    if cancel.decision == Decision::Rejected {
        let returned = accepted.paid_with.as_ref().zip(saga.returned_payment());
        return returned
            .map(|(paid_with, (amount, status, at))| {
                row(&accepted.claim_no.clone().into(), paid_with.means, amount, status, at)
            })
            .into_iter()
            .collect();
    }
    let refunds = accepted.cost.refunds.iter();
    refunds
        .filter_map(|refund| {
            let (status, at) = saga.refund_status(&refund.payment_no)?;
            Some(row(&refund.payment_no, refund.means, refund.amount, status, at))
        })
        .collect()
}

fn coupons(cost: &ClaimCost, saga: &CancelSaga) -> Vec<ClaimCoupon> {
    let mut views: HashMap<_, CouponView> =
        saga.coupons().into_iter().map(|view| (view.coupon_no.clone(), view)).collect();
    cost.restored_coupons
        .iter()
        .map(|coupon| {
            let view = views.remove(&coupon.coupon_no);
            ClaimCoupon {
                cpn_isu_no: coupon.coupon_no.clone(),
                promo_no: coupon.promotion_no.clone(),
                promo_nm: coupon.promotion_name.clone(),
                promo_typ_cd: coupon.promotion_type,
                restored_yn: view.as_ref().is_some_and(|view| view.is_restored).into(),
                rsn: view.and_then(|view| view.reason).map(str::to_owned),
            }
        })
        .collect()
}

fn stock(saga: &CancelSaga) -> Vec<ClaimStock> {
    let stock = saga.stock().into_iter();
    stock
        .map(|view| ClaimStock { goods_no: view.goods_no, itm_no: view.item_no, qty: view.quantity })
        .collect()
}

fn steps(saga: &CancelSaga) -> Vec<ClaimStep> {
    let steps = saga.steps().into_iter();
    steps
        .map(|view| ClaimStep {
            step_cd: view.step,
            step_stat_cd: view.status,
            try_cnt: i64::from(view.tries),
            dtm: view.changed_at.map(KstDateTime),
        })
        .collect()
}
