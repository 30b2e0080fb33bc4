//! Rules 4 to 6: the sum, and which payments it goes back by.

use chrono::{DateTime, Datelike as _, Utc};
use commerce::calendar::kst_date_of;
use commerce::{CostBearer, CostKind, PayMeans, PaymentNo, Won};

use super::explanation::{Calculation, Explanation};
use super::{AdditionalCost, CancelRefusal, CostReason, Overflow, Refund, WholeOnly, known};
use crate::domain::cancel_request::CancelRequest;
use crate::domain::claim_history::ClaimHistory;
use crate::domain::order::PaidOrder;
use crate::domain::policy::{Policy, RefundOrder, RefundRank};

/// 환불 가능 결제: a payment and what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentLeft {
    pub number: PaymentNo,
    pub means: PayMeans,
    pub amount: Won,
    pub left: Won,
    pub is_partly_refundable: bool,
    rank: RefundRank,
}

pub(super) struct Settlement {
    pub(super) refund: Won,
    pub(super) additional_payment: Won,
    pub(super) refunds: Vec<Refund>,
    pub(super) needs_refund_account: bool,
    pub(super) mileage_restored: Won,
    pub(super) mileage_restores: Vec<Refund>,
    /// The row by which a refund is cut to what is left of the payments.
    pub(super) limit: Option<AdditionalCost>,
}

/// Every payment of the order and of its claims, in the order they are refunded.
pub fn payments_left(
    order: &PaidOrder,
    history: &ClaimHistory,
    refund_order: RefundOrder,
) -> Result<Vec<PaymentLeft>, Overflow> {
    let own = order.payments().iter().map(|payment| PaymentLeft {
        number: payment.number.clone(),
        means: payment.means,
        amount: payment.amount,
        left: payment.amount,
        is_partly_refundable: payment.is_partly_refundable,
        rank: match payment.means {
            PayMeans::Mileage => RefundRank::Mileage,
            PayMeans::Deposit => RefundRank::Deposit,
            PayMeans::Card
            | PayMeans::AccountTransfer
            | PayMeans::VirtualAccount
            | PayMeans::MobilePhone
            | PayMeans::EasyPay => RefundRank::OrderPayments,
        },
    });
    let additional = history.additional_payments().iter().map(|payment| PaymentLeft {
        number: payment.claim_no.clone().into(),
        means: payment.means,
        amount: payment.amount,
        left: payment.amount,
        is_partly_refundable: true,
        rank: RefundRank::AdditionalPayments,
    });
    let mut payments: Vec<PaymentLeft> = own.chain(additional).collect();
    for payment in &mut payments {
        let left = known(payment.amount.checked_sub(history.refunded(&payment.number)))?;
        payment.left = left.max(Won::ZERO);
    }
    let place = |rank: RefundRank| refund_order.ranks().iter().position(|known| *known == rank);
    payments.sort_by(|one, other| {
        place(one.rank).cmp(&place(other.rank)).then_with(|| one.number.cmp(&other.number))
    });
    Ok(payments)
}

/// 환불계좌: whether what goes back this way needs an account of the customer's.
pub fn needs_refund_account(means: PayMeans, ordered_at: DateTime<Utc>, at: DateTime<Utc>) -> bool {
    match means {
        PayMeans::VirtualAccount => true,
        PayMeans::MobilePhone => month_of(at) > month_of(ordered_at),
        PayMeans::Card
        | PayMeans::AccountTransfer
        | PayMeans::Mileage
        | PayMeans::Deposit
        | PayMeans::EasyPay => false,
    }
}

/// A mobile phone bill is closed with the Korean month.
fn month_of(at: DateTime<Utc>) -> (i32, u32) {
    let day = kst_date_of(at);
    (day.year(), day.month())
}

/// Rules 4 and 5.
pub(super) fn settle(
    order: &PaidOrder,
    history: &ClaimHistory,
    request: &CancelRequest,
    policy: &Policy,
    explanation: &mut Explanation,
) -> Result<Settlement, CancelRefusal> {
    let payments = payments_left(order, history, policy.refund_order)?;
    let most = known(Won::sum(payments.iter().map(|payment| payment.left)))?;
    let limit = limit(explanation.total()?, most, explanation)?;
    let net = explanation.total()?;
    let refund = net.max(Won::ZERO);
    let refunds = allocate(&payments, refund)?;
    let mileage_restores: Vec<Refund> =
        refunds.iter().filter(|refund| refund.means == PayMeans::Mileage).cloned().collect();
    Ok(Settlement {
        refund,
        additional_payment: known(net.min(Won::ZERO).checked_neg())?,
        needs_refund_account: refunds
            .iter()
            .any(|refund| needs_refund_account(refund.means, order.ordered_at(), request.asked_at())),
        mileage_restored: total(&mileage_restores)?,
        mileage_restores,
        refunds,
        limit,
    })
}

/// 환불한도: no more goes back than is left of the payments.
///
/// Only an imported claim that was rejected later can bring a net above it: units that counted as returned
/// stand in the order again, after a discount was judged without them.
fn limit(net: Won, most: Won, explanation: &mut Explanation) -> Result<Option<AdditionalCost>, Overflow> {
    if net <= most {
        return Ok(None);
    }
    let cut = explanation.add(Calculation::RefundLimit { net, most })?;
    Ok(Some(AdditionalCost {
        kind: CostKind::DiscountTakenBack,
        group_no: None,
        line_seq: None,
        vendor_no: None,
        discount: None,
        amount: known(cut.checked_neg())?,
        bearer: CostBearer::Customer,
        reason: CostReason::BeyondPayments,
    }))
}

/// 환불배분: each payment up to what is left of it, none skipped.
fn allocate(payments: &[PaymentLeft], refund: Won) -> Result<Vec<Refund>, CancelRefusal> {
    let mut rest = refund;
    let mut refunds = Vec::new();
    for payment in payments.iter().filter(|payment| payment.left.is_positive()) {
        if rest.is_zero() {
            break;
        }
        if !payment.is_partly_refundable && rest < payment.left {
            let why = WholeOnly::Payment(payment.number.clone());
            return Err(CancelRefusal::PartialCancelNotAllowed(why));
        }
        let amount = rest.min(payment.left);
        rest = known(rest.checked_sub(amount))?;
        refunds.push(Refund { payment_no: payment.number.clone(), means: payment.means, amount });
    }
    if rest.is_zero() {
        Ok(refunds)
    } else {
        Err(CancelRefusal::Contradiction("a refund exceeds the payments"))
    }
}

/// Rule 6: nothing was paid, so nothing goes back but the mileage our own books took.
pub(super) fn unpaid(
    order: &PaidOrder,
    history: &ClaimHistory,
    explanation: &mut Explanation,
) -> Result<Settlement, CancelRefusal> {
    explanation.add(Calculation::NotPaidYet { total: explanation.total()? })?;
    let mileage_restores: Vec<Refund> = payments_left(order, history, RefundOrder::CONTRACT)?
        .into_iter()
        .filter(|payment| payment.means == PayMeans::Mileage && payment.left.is_positive())
        .map(|payment| Refund { payment_no: payment.number, means: payment.means, amount: payment.left })
        .collect();
    Ok(Settlement {
        refund: Won::ZERO,
        additional_payment: Won::ZERO,
        refunds: Vec::new(),
        needs_refund_account: false,
        mileage_restored: total(&mileage_restores)?,
        mileage_restores,
        limit: None,
    })
}

fn total(refunds: &[Refund]) -> Result<Won, Overflow> {
    known(Won::sum(refunds.iter().map(|refund| refund.amount)))
}
