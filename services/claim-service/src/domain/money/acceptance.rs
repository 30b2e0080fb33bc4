//! What a claim asks for beyond its cost: that it is the one the customer saw, and the means to settle it.

use commerce::{OrderNo, PayMeans, Won};

use crate::domain::money::ClaimCost;

/// 고객동의: what the customer sent along with the request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consent {
    /// `costHash` of the preview.
    pub cost_hash: Option<String>,
    /// `expectRfdAmt`
    pub expected_refund: Option<Won>,
    /// 추가결제수단
    pub additional_payment: Option<PayMeans>,
    /// Whether `rfdAcct` came with bank, number and holder.
    pub has_refund_account: bool,
}

/// 결제 내역: a payment that stands whole, as its provider sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingPayment {
    pub amount: Won,
    /// None where it was paid by something that is none of our means.
    pub means: Option<PayMeans>,
    /// What the shop called it when it asked for it; none where the provider does not keep that.
    pub made_for: Option<String>,
}

/// Why a cost that could be computed is not executed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AcceptanceRefusal {
    /// `AMOUNT_CHANGED`, with the new cost as payload.
    #[error("the cost is no longer what was shown")]
    AmountChanged,
    /// `ADDITIONAL_PAYMENT_REQUIRED`
    #[error("the cancel costs {0} more than it gives back")]
    AdditionalPaymentRequired(Won),
    /// `VALIDATION`, field `addPay.payMeansCd`
    #[error("{0} can't pay for a cancel")]
    PaymentMeansNotAllowed(PayMeans),
    /// `REFUND_ACCOUNT_REQUIRED`, field `rfdAcct`
    #[error("the refund needs an account")]
    RefundAccountRequired,
}

impl AcceptanceRefusal {
    /// The field at fault; none where the request as a whole is.
    pub const fn path(self) -> Option<&'static str> {
        match self {
            Self::AmountChanged => None,
            Self::AdditionalPaymentRequired(_) => Some("addPay"),
            Self::PaymentMeansNotAllowed(_) => Some("addPay.payMeansCd"),
            Self::RefundAccountRequired => Some("rfdAcct"),
        }
    }
}

/// Everything below, in the order refusals come in.
pub fn accept(cost: &ClaimCost, cost_hash: &str, consent: &Consent) -> Result<(), AcceptanceRefusal> {
    check_shown(cost, cost_hash, consent)?;
    check_additional_payment(cost, consent)?;
    check_refund_account(cost, consent)
}

/// What the customer saw is what is executed; who saw nothing takes what it is.
pub fn check_shown(cost: &ClaimCost, cost_hash: &str, consent: &Consent) -> Result<(), AcceptanceRefusal> {
    let is_same_hash = consent.cost_hash.as_ref().is_none_or(|shown| shown == cost_hash);
    let is_same_refund = consent.expected_refund.is_none_or(|expected| expected == cost.refund);
    if is_same_hash && is_same_refund { Ok(()) } else { Err(AcceptanceRefusal::AmountChanged) }
}

/// A payment sent without need is ignored, whatever its means.
pub fn check_additional_payment(cost: &ClaimCost, consent: &Consent) -> Result<(), AcceptanceRefusal> {
    if cost.additional_payment.is_zero() {
        return Ok(());
    }
    match consent.additional_payment {
        None => Err(AcceptanceRefusal::AdditionalPaymentRequired(cost.additional_payment)),
        Some(means) if means.is_held_by_us() => Err(AcceptanceRefusal::PaymentMeansNotAllowed(means)),
        Some(_) => Ok(()),
    }
}

/// The provider's word on what was paid: it settles the claim when it is the amount asked for, by the means that were said,
/// and was asked for in the order's name.
pub fn check_payment(
    asked: Won,
    order_no: &OrderNo,
    said_means: PayMeans,
    payment: &StandingPayment,
) -> Result<(), AcceptanceRefusal> {
    let is_for_order = payment.made_for.as_deref().is_none_or(|name| is_named_after(name, order_no));
    let settles = payment.amount == asked && payment.means == Some(said_means) && is_for_order;
    if settles { Ok(()) } else { Err(AcceptanceRefusal::AdditionalPaymentRequired(asked)) }
}

/// `{ordNo}-{anything}`, as the storefront names what it asks the provider to be paid in addition. An order's own payment
/// is named otherwise.
fn is_named_after(name: &str, order_no: &OrderNo) -> bool {
    name.strip_prefix(order_no.as_str()).is_some_and(|rest| rest.starts_with('-'))
}

/// An account sent without need is ignored.
pub const fn check_refund_account(cost: &ClaimCost, consent: &Consent) -> Result<(), AcceptanceRefusal> {
    if cost.needs_refund_account && !consent.has_refund_account {
        Err(AcceptanceRefusal::RefundAccountRequired)
    } else {
        Ok(())
    }
}
