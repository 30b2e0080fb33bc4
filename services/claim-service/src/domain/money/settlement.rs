//! Rules 4 to 6 and 17: the sum, and which payments it goes back by.

use chrono::{DateTime, Datelike as _, Utc};
use commerce::calendar::kst_date_of;
use commerce::{CostBearer, CostKind, PayMeans, PaymentNo, Won};

use crate::domain::history::ClaimHistory;
use crate::domain::money::explanation::{Calculation, Explanation};
use crate::domain::money::refusal::Unsound;
use crate::domain::money::waiver::cut_rows;
use crate::domain::money::{AdditionalCost, CancelRefusal, CostReason, Overflow, Refund, WholeOnly, known};
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
    /// 계좌이체: a part of it went to the customer's account, and so does all that follows.
    pub is_transferred: bool,
    rank: RefundRank,
}

pub(super) struct Settlement {
    pub(super) refund: Won,
    pub(super) additional_payment: Won,
    pub(super) refunds: Vec<Refund>,
    pub(super) needs_refund_account: bool,
    pub(super) mileage_restored: Won,
    pub(super) mileage_restores: Vec<Refund>,
    /// The rows by which a refund is cut to what is left of the payments.
    pub(super) limits: Vec<AdditionalCost>,
}

impl Settlement {
    /// Refund less additional payment.
    pub(super) fn net(&self) -> Result<Won, Overflow> {
        known(self.refund.checked_sub(self.additional_payment))
    }
}

/// A settlement, and a payment of which it meets a part although only the whole can go back.
pub(super) struct Settled {
    settlement: Settlement,
    met_in_part: Option<PaymentNo>,
}

impl Settled {
    /// A cancel can wait until the whole of it is asked for.
    pub(super) fn of_a_cancel(self) -> Result<Settlement, CancelRefusal> {
        match self.met_in_part {
            Some(payment_no) => Err(CancelRefusal::PartialCancelNotAllowed(WholeOnly::Payment(payment_no))),
            None => Ok(self.settlement),
        }
    }

    /// A right to give goods back does not fail on a means of payment: such a part is transferred.
    pub(super) fn of_a_return(self) -> Settlement {
        self.settlement
    }
}

/// Every payment of the order and of its claims, in the order they are refunded. What is held for an open claim, or was spent
/// on an exchange, is none of them.
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
        is_transferred: history.is_transferred(&payment.number),
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
        number: payment.payment_no.clone(),
        means: payment.means,
        amount: payment.amount,
        left: payment.amount,
        is_partly_refundable: true,
        is_transferred: false,
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

/// Whether one of these refunds needs an account of the customer's.
pub(super) fn need_refund_account(refunds: &[Refund], order: &PaidOrder, at: DateTime<Utc>) -> bool {
    refunds
        .iter()
        .any(|refund| refund.by_transfer || needs_refund_account(refund.means, order.ordered_at(), at))
}

/// Rules 4, 5 and 17; `waived` is what this claim waives.
pub(super) fn settle(
    order: &PaidOrder,
    history: &ClaimHistory,
    policy: &Policy,
    at: DateTime<Utc>,
    waived: Won,
    explanation: &mut Explanation,
) -> Result<Settled, Unsound> {
    let payments = payments_left(order, history, policy.refund_order)?;
    let most = known(Won::sum(payments.iter().map(|payment| payment.left)))?;
    let waived = known(history.waived().checked_add(waived))?;
    let to_cut = known(waived.checked_sub(history.cut()))?.max(Won::ZERO);
    let limits = limit(explanation.total()?, most, to_cut, explanation)?;
    let net = explanation.total()?;
    let refund = net.max(Won::ZERO);
    let Allocation { refunds, met_in_part } = allocate(&payments, refund)?;
    let mileage_restores: Vec<Refund> =
        refunds.iter().filter(|refund| refund.means == PayMeans::Mileage).cloned().collect();
    let settlement = Settlement {
        refund,
        additional_payment: known(net.min(Won::ZERO).checked_neg())?,
        needs_refund_account: need_refund_account(&refunds, order, at),
        mileage_restored: total(&mileage_restores)?,
        mileage_restores,
        refunds,
        limits,
    };
    Ok(Settled { settlement, met_in_part })
}

/// Rule 14: a fee and what is waived of it, and no goods.
pub(super) fn fee_alone(explanation: &Explanation) -> Result<Settlement, Overflow> {
    Ok(Settlement {
        refund: Won::ZERO,
        additional_payment: known(explanation.total()?.checked_neg())?,
        needs_refund_account: false,
        mileage_restored: Won::ZERO,
        mileage_restores: Vec::new(),
        refunds: Vec::new(),
        limits: Vec::new(),
    })
}

/// 환불한도: no more goes back than is left of the payments.
///
/// What was waived may bring a net above it: a discount taken back and waived would come back a second time. Up to what was
/// waived, `to_cut`, our side keeps that (rule 16). Beyond it only an imported claim that was rejected later can: units that
/// counted as returned stand in the order again, after a discount was judged without them.
fn limit(
    net: Won,
    most: Won,
    to_cut: Won,
    explanation: &mut Explanation,
) -> Result<Vec<AdditionalCost>, Overflow> {
    if net <= most {
        return Ok(Vec::new());
    }
    let excess = known(explanation.add(Calculation::RefundLimit { net, most })?.checked_neg())?;
    let cut = excess.min(to_cut);
    let mut rows = cut_rows(cut)?;
    let beyond = known(excess.checked_sub(cut))?;
    if beyond.is_positive() {
        rows.push(AdditionalCost {
            kind: CostKind::DiscountTakenBack,
            group_no: None,
            line_seq: None,
            vendor_no: None,
            discount: None,
            amount: beyond,
            bearer: CostBearer::Customer,
            reason: CostReason::BeyondPayments,
        });
    }
    Ok(rows)
}

struct Allocation {
    refunds: Vec<Refund>,
    met_in_part: Option<PaymentNo>,
}

/// 환불배분: each payment up to what is left of it, none skipped.
///
/// A part of a payment that only goes back whole is transferred to the customer's account. Our own books give back any part.
fn allocate(payments: &[PaymentLeft], refund: Won) -> Result<Allocation, Unsound> {
    let mut rest = refund;
    let mut refunds = Vec::new();
    let mut met_in_part = None;
    for payment in payments.iter().filter(|payment| payment.left.is_positive()) {
        if rest.is_zero() {
            break;
        }
        let amount = rest.min(payment.left);
        rest = known(rest.checked_sub(amount))?;
        let is_part = !payment.is_partly_refundable && amount < payment.left && !payment.is_transferred;
        if is_part && met_in_part.is_none() {
            met_in_part = Some(payment.number.clone());
        }
        refunds.push(Refund {
            payment_no: payment.number.clone(),
            means: payment.means,
            amount,
            by_transfer: payment.is_transferred || (is_part && !payment.means.is_held_by_us()),
        });
    }
    if rest.is_zero() {
        Ok(Allocation { refunds, met_in_part })
    } else {
        Err(Unsound::Contradiction("a refund exceeds the payments"))
    }
}

/// Rule 6: nothing was paid, so nothing goes back but the mileage our own books took.
pub(super) fn unpaid(
    order: &PaidOrder,
    history: &ClaimHistory,
    explanation: &mut Explanation,
) -> Result<Settlement, Overflow> {
    explanation.add(Calculation::NotPaidYet { total: explanation.total()? })?;
    let mileage_restores: Vec<Refund> = payments_left(order, history, RefundOrder::CONTRACT)?
        .into_iter()
        .filter(|payment| payment.means == PayMeans::Mileage && payment.left.is_positive())
        .map(|payment| Refund {
            payment_no: payment.number,
            means: payment.means,
            amount: payment.left,
            by_transfer: false,
        })
        .collect();
    Ok(Settlement {
        refund: Won::ZERO,
        additional_payment: Won::ZERO,
        refunds: Vec::new(),
        needs_refund_account: false,
        mileage_restored: total(&mileage_restores)?,
        mileage_restores,
        limits: Vec::new(),
    })
}

fn total(refunds: &[Refund]) -> Result<Won, Overflow> {
    known(Won::sum(refunds.iter().map(|refund| refund.amount)))
}
