//! 반품·교환 접수

mod decide;

use std::sync::Arc;

use commerce::{ClaimNo, ClaimStatus, CouponIssueNo, OrderNo, Won};
use contract::ResultCode;
use db::DbConnection;
use platform::error::Problem;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;
use tokio::time::Instant;

use crate::domain::collection::CollectionClaim;
use crate::domain::collection::coupon::SeenCoupon;
use crate::domain::collection::request::CollectionRequest;
use crate::domain::money::refund_account::RefundAccount;
use crate::domain::money::terms::FreeReturnCoupon;
use crate::domain::saga::claim::PaidWith;
use crate::secrets::{ClaimAddress, Secrets};
use crate::settings::collection::ReturnSettings;
use crate::state::AppState;
use crate::store;
use crate::usecase::acceptance::additional_payment::{NamedPayment, PaymentQuestion};
use crate::usecase::acceptance::quote::Quote;
use crate::usecase::acceptance::{Acceptance, Case, Claiming, Verdict, accept, may_use_payment};
use crate::usecase::collection::look::wait_for_coupon;

/// 반품·교환 주문: what is to be sent back, what the customer saw, and the means to settle it.
pub struct CollectionOrder {
    pub order_no: OrderNo,
    pub request: CollectionRequest,
    pub reason_text: Option<String>,
    pub cost_hash: Option<String>,
    pub expected_refund: Option<Won>,
    pub paid_with: Option<PaidWith>,
    pub refund_account: Option<RefundAccount>,
    /// 회수지: where the goods are fetched, if not where the order brought them.
    pub collected_from: Option<ClaimAddress>,
    /// 교환배송지
    pub delivered_to: Option<ClaimAddress>,
    pub once: Once,
}

/// What was agreed with a request that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requested {
    pub claim_no: ClaimNo,
    pub status: ClaimStatus,
    pub refund: Won,
    pub additional_payment: Won,
}

/// What came of a request.
pub enum Answered {
    Accepted(Requested),
    /// `AMOUNT_CHANGED`: what it would come to now.
    AmountChanged(Box<Quote>),
}

/// Accepts the request; where a coupon is to pay for it, waits for whoever keeps it as long as the deadline allows.
pub async fn accept_request(
    state: &AppState,
    caller: &Caller,
    order: CollectionOrder,
    deadline: Instant,
) -> Result<Answered, Error> {
    let mut requesting = Requesting {
        order: Arc::new(order),
        payment: NamedPayment::default(),
        coupon: None,
        secrets: state.secrets.clone(),
        returns: state.settings.returns.clone(),
        archive_years: state.settings.cancel.archive_years,
    };
    let came = accept(state, caller, &mut requesting, deadline).await;
    let is_used = may_use_payment(&came, |agreed: &Agreed| agreed.additional_payment.is_positive());
    let Requesting { order, payment, .. } = &requesting;
    payment.give_back_unless(is_used, state, &order.order_no, order.paid_with.as_ref()).await;
    let accepted = match came? {
        Acceptance::Accepted(accepted, _) | Acceptance::Known(accepted, _) => accepted,
        Acceptance::Instead(quote, _) => return Ok(Answered::AmountChanged(quote)),
    };
    let (claim_no, agreed) = (accepted.claim_no, accepted.terms);
    let claim = wait_for_coupon(state, &order.order_no, &claim_no, deadline).await?;
    let claim = claim.ok_or_else(|| Problem::internal("a claim that was accepted is not there"))?;
    if agreed.has_coupon && claim.has_lost_coupon() {
        return Err(coupon_not_usable());
    }
    Ok(Answered::Accepted(Requested {
        claim_no,
        status: claim.standing.status,
        refund: agreed.refund,
        additional_payment: agreed.additional_payment,
    }))
}

pub(super) fn coupon_not_usable() -> Error {
    let code = ResultCode::CouponNotUsable;
    Problem::new(code).at("rtnCpnIsuNo", code.message()).into()
}

/// One that can be used now. Whether it still can when it is taken is for whoever keeps it to say.
pub(super) fn usable_coupon(seen: Option<&SeenCoupon>) -> Result<FreeReturnCoupon, Error> {
    let seen = seen.filter(|seen| seen.is_usable).ok_or_else(coupon_not_usable)?;
    Ok(FreeReturnCoupon {
        coupon_no: seen.coupon_no.clone(),
        promotion_no: seen.promotion_no.clone(),
        promotion_name: seen.promotion_name.clone(),
    })
}

/// A request while it is decided.
#[derive(Clone)]
struct Requesting {
    order: Arc<CollectionOrder>,
    payment: NamedPayment,
    /// What whoever keeps the coupon says of it, once it was asked.
    coupon: Option<Option<SeenCoupon>>,
    secrets: Secrets,
    returns: ReturnSettings,
    archive_years: u32,
}

/// What is agreed with a request beside the claim's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Agreed {
    refund: Won,
    additional_payment: Won,
    has_coupon: bool,
}

enum Question {
    Payment(PaymentQuestion),
    /// Whether the order's member has such a coupon.
    Coupon(commerce::MemberNo, CouponIssueNo),
}

impl Claiming for Requesting {
    type Terms = Agreed;
    type Instead = Box<Quote>;
    type Question = Question;

    /// What a line's units are, and whether they are delivered, may have changed meanwhile.
    const SEES_ANEW: bool = true;

    fn order_no(&self) -> &OrderNo {
        &self.order.order_no
    }

    fn once(&self) -> &Once {
        &self.order.once
    }

    fn is_personal(&self) -> bool {
        let order = &self.order;
        order.refund_account.is_some()
            || order.reason_text.is_some()
            || order.collected_from.is_some()
            || order.delivered_to.is_some()
    }

    fn known(
        &self,
        conn: &mut DbConnection,
        claim_no: &ClaimNo,
        has_left: bool,
    ) -> Result<Option<Agreed>, Error> {
        let known = store::collection::find(conn, claim_no)?;
        let same = known.filter(|claim| is_same_request(claim, &self.order, has_left));
        Ok(same.map(|claim| Agreed {
            refund: claim.requested_cost.refund,
            additional_payment: claim.requested_cost.additional_payment,
            has_coupon: self.order.request.free_return_coupon.is_some(),
        }))
    }

    fn decide(&self, conn: &mut DbConnection, case: &Case<'_>) -> Result<Verdict<Self>, Error> {
        decide::decide(conn, self, case)
    }

    async fn ask(&mut self, state: &AppState, question: Question) -> Result<(), Error> {
        match question {
            Question::Payment(question) => self.payment.ask(state, &self.order.order_no, question).await,
            Question::Coupon(member_no, coupon_no) => {
                self.coupon = Some(state.clients.promotion.coupon(&member_no, &coupon_no).await?);
                Ok(())
            }
        }
    }
}

/// Whether the claim was accepted for what is asked for now. The words of one who has left are not kept as they were.
fn is_same_request(claim: &CollectionClaim, order: &CollectionOrder, has_left: bool) -> bool {
    let mut asked: Vec<_> =
        order.request.goods.iter().map(|goods| (goods.line_seq, goods.quantity)).collect();
    let mut known: Vec<_> = claim.goods.iter().map(|goods| (goods.line_seq, goods.quantity)).collect();
    asked.sort_unstable();
    known.sort_unstable();
    claim.order_no == order.order_no
        && claim.kind == order.request.kind
        && claim.reason == order.request.reason
        && (has_left || claim.reason_text == order.reason_text)
        && asked == known
}
