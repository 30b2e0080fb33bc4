//! POST `/v1/claim/common/claimDetailsInfoFO`

use std::collections::HashMap;

use actix_web::web;
use chrono::{DateTime, Utc};
use commerce::{
    ClaimNo, ClaimReason, OrderNo, PayMeans, PaymentNo, PromotionType, RefundMethod, RefundStatus, Won,
};
use dto::claim::{ClaimCoupon, ClaimDetails, ClaimDetailsRequest, ClaimRefund, ClaimStep, ClaimStock};
use dto::date_time::KstDateTime;
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::claim::cost;
use crate::api::collection::details::{self, shown_cost};
use crate::domain::collection::CollectionClaim;
use crate::domain::money::ClaimCost;
use crate::domain::saga::claim::ClaimUnderWay;
use crate::domain::saga::view::{CouponView, StockView};
use crate::domain::saga::{ClaimSaga, Decision};
use crate::state::AppState;
use crate::usecase;
use crate::usecase::acceptance::quote::Quote;
use crate::usecase::claim::find_details::{FoundCollection, FoundDetails};
use crate::usecase::claim::goods_names::NamesByItem;

/// 클레임 상세 조회
pub async fn claim_details_info_fo(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    request: Json<ClaimDetailsRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let order_no = form.required("ordNo", request.ord_no.as_deref(), OrderNo::parse);
    let claim_no = form.required("claimNo", request.claim_no.as_deref(), ClaimNo::parse);
    let (order_no, claim_no) = form.complete(order_no.zip(claim_no))?;
    let found =
        usecase::claim::find_details::find_claim_details(&state, &caller, Some(&order_no), &claim_no).await?;
    looks.note(Look::at_claim(&claim_no, &order_no, found.head.member_no.as_ref()));
    Ok(Answer::bare(&wire(found))?)
}

pub(super) fn wire(found: FoundDetails) -> ClaimDetails {
    let FoundDetails { head, claim, addresses, collection, names } = found;
    let blame = match &collection {
        Some(collection) => Some(collection.claim.blame),
        None => head.reason.map(ClaimReason::blame),
    };
    let mut details = ClaimDetails {
        claim_no: head.number,
        ord_no: head.order_no,
        claim_business_type: head.claim_type,
        claim_business_type_nm: head.claim_type.label().to_owned(),
        claim_stat_cd: head.status,
        claim_stat_nm: head.status.label().to_owned(),
        claim_rsn_cd: head.reason,
        claim_rsn_nm: head.reason.map(|reason| reason.label().to_owned()),
        claim_rsn_cntt: head.reason_text,
        impt_div_cd: blame,
        req_role_cd: head.actor.map(|actor| actor.role),
        req_dtm: KstDateTime(head.requested_at),
        cmpl_dtm: head.completed_at.map(KstDateTime),
        cost: None,
        rfd_list: Vec::new(),
        restore_cpn_list: Vec::new(),
        stk_list: Vec::new(),
        cncl_gift_list: Vec::new(),
        dlvp_list: addresses,
        step_list: Vec::new(),
        collection: None,
    };
    match collection {
        Some(collection) => fill_in_collection(&mut details, claim, collection),
        None => fill_in(&mut details, claim),
    }
    let shown = details.collection.as_mut().map(|collection| &mut collection.req_cost);
    for cost in details.cost.as_mut().into_iter().chain(shown) {
        name_goods(cost, &names);
    }
    details
}

fn name_goods(cost: &mut dto::claim::ClaimCost, names: &NamesByItem) {
    for goods in &mut cost.claim_goods_list {
        let named = names.get(&(goods.ord_seq, goods.itm_no.clone())).cloned().unwrap_or_default();
        (goods.goods_nm, goods.itm_nm) = (named.goods, named.item);
    }
}

/// What there is to say of a claim with a cost.
fn fill_in(details: &mut ClaimDetails, claim: Option<(ClaimUnderWay, ClaimSaga)>) {
    let Some((claim, saga)) = claim else { return };
    details.rfd_list = refunds(&claim, &saga);
    details.stk_list = stock(saga.stock());
    details.step_list = steps(&saga);
    let coupons = coupons(&claim.accepted.cost, &saga);
    let quote = Quote { cost: claim.accepted.cost, hash: claim.accepted.cost_hash };
    let cost = cost::wire(quote);
    // Of a claim the order rejected nothing has happened but that what was paid for it goes back.
    if claim.decision != Decision::Rejected {
        details.restore_cpn_list = coupons;
        details.cncl_gift_list.clone_from(&cost.bnf_info.cncl_gift_list);
    }
    details.cost = Some(cost);
}

/// 회수클레임: until its cost is final nothing has come of it, and of one that ended before only what was taken for it goes back.
fn fill_in_collection(
    details: &mut ClaimDetails,
    claim: Option<(ClaimUnderWay, ClaimSaga)>,
    collection: FoundCollection,
) {
    let is_final = collection.claim.standing.final_at.is_some();
    details.cost = Some(shown_cost(&collection.claim));
    details.stk_list = stock(collection.restocked.iter().cloned());
    if let Some((claim, saga)) = claim {
        details.stk_list.extend(stock(saga.stock()));
        details.step_list = steps(&saga);
        if is_final {
            details.rfd_list = refunds(&claim, &saga);
            details.restore_cpn_list = coupons(&claim.accepted.cost, &saga);
            let quote = Quote { cost: claim.accepted.cost, hash: claim.accepted.cost_hash };
            let cost = cost::wire_final(quote, claim.accepted.claim_no);
            details.cncl_gift_list.clone_from(&cost.bnf_info.cncl_gift_list);
            details.cost = Some(cost);
        } else {
            details.restore_cpn_list = released_coupon(&collection.claim, &saga);
        }
        details.rfd_list.extend(advances(&saga));
    }
    details.collection = Some(details::wire(collection));
}

fn refunds(claim: &ClaimUnderWay, saga: &ClaimSaga) -> Vec<ClaimRefund> {
    let accepted = &claim.accepted;
    if claim.decision == Decision::Rejected {
        let returned = accepted.paid_with.as_ref().zip(saga.returned_payment());
        return returned
            .map(|(paid_with, (amount, status, at))| {
                refund(&accepted.claim_no.clone().into(), paid_with.means, amount, (status, at))
            })
            .into_iter()
            .collect();
    }
    let is_sent_back = accepted.cost.sent_back.is_some();
    let refunds = accepted.cost.refunds.iter();
    refunds
        .filter_map(|planned| {
            let came = saga.refund_status(&planned.payment_no)?;
            Some(ClaimRefund {
                rfd_meth_cd: cost::refund_method(planned, is_sent_back),
                ..refund(&planned.payment_no, planned.means, planned.amount, came)
            })
        })
        .collect()
}

/// 선결제: what of it goes back, each time under the payment's number.
fn advances(saga: &ClaimSaga) -> impl Iterator<Item = ClaimRefund> {
    saga.returned_advances().map(|(payment_no, means, amount, status, at)| ClaimRefund {
        rfd_meth_cd: Some(RefundMethod::ByPayment),
        ..refund(payment_no, means, amount, (status, at))
    })
}

fn refund(
    payment_no: &PaymentNo,
    means: PayMeans,
    amount: Won,
    (status, at): (RefundStatus, Option<DateTime<Utc>>),
) -> ClaimRefund {
    ClaimRefund {
        pay_no: payment_no.clone(),
        pay_means_cd: means,
        pay_means_nm: means.label().to_owned(),
        rfd_amt: amount,
        rfd_stat_cd: status,
        rfd_dtm: at.filter(|_| status == RefundStatus::Done).map(KstDateTime),
        rfd_meth_cd: None,
    }
}

fn coupons(cost: &ClaimCost, saga: &ClaimSaga) -> Vec<ClaimCoupon> {
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

/// 무료반품쿠폰 of a claim that ended; none where the coupon never became the claim's.
fn released_coupon(claim: &CollectionClaim, saga: &ClaimSaga) -> Vec<ClaimCoupon> {
    let Some(coupon) = &claim.free_return_coupon else { return Vec::new() };
    let views = saga.coupons().into_iter().filter(|view| view.coupon_no == coupon.coupon_no);
    views
        .map(|view| ClaimCoupon {
            cpn_isu_no: view.coupon_no,
            promo_no: coupon.promotion_no.clone(),
            promo_nm: coupon.promotion_name.clone(),
            promo_typ_cd: PromotionType::FreeReturnCoupon,
            restored_yn: view.is_restored.into(),
            rsn: view.reason.map(str::to_owned),
        })
        .collect()
}

fn stock(pieces: impl IntoIterator<Item = StockView>) -> Vec<ClaimStock> {
    let pieces = pieces.into_iter();
    pieces
        .map(|view| ClaimStock { goods_no: view.goods_no, itm_no: view.item_no, qty: view.quantity })
        .collect()
}

fn steps(saga: &ClaimSaga) -> Vec<ClaimStep> {
    let steps = saga.steps().into_iter();
    steps
        .map(|view| ClaimStep {
            step_cd: view.step,
            step_nm: view.step.label().to_owned(),
            step_stat_cd: view.status,
            try_cnt: i64::from(view.tries),
            dtm: view.changed_at.map(KstDateTime),
        })
        .collect()
}
