//! What cancelFO asks for beyond the cost: that it is the one the customer saw, and the means to settle it.

use commerce::{PayMeans, Won};

use super::ClaimCost;

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

/// The provider's word on what was paid: anything but the amount asked for does not settle the claim.
pub fn check_amount_paid(cost: &ClaimCost, paid: Won) -> Result<(), AcceptanceRefusal> {
    if paid == cost.additional_payment {
        Ok(())
    } else {
        Err(AcceptanceRefusal::AdditionalPaymentRequired(cost.additional_payment))
    }
}

/// An account sent without need is ignored.
pub const fn check_refund_account(cost: &ClaimCost, consent: &Consent) -> Result<(), AcceptanceRefusal> {
    if cost.needs_refund_account && !consent.has_refund_account {
        Err(AcceptanceRefusal::RefundAccountRequired)
    } else {
        Ok(())
    }
}
