//! 환불 대행: whoever gives money back. Which one is a setting.

pub mod not_furnished;

use async_trait::async_trait;
use commerce::{ClaimNo, OrderNo, PayMeans, PaymentNo, Won};

use crate::domain::cancel_saga::EffectKey;

pub use crate::domain::refund_account::RefundAccount;

/// 환불 지시: give this much of this payment back, once per key.
#[derive(Clone)]
pub struct RefundOrder {
    /// The same key again is the same refund, and is answered as before.
    pub key: EffectKey,
    pub order_no: OrderNo,
    pub claim_no: ClaimNo,
    pub payment_no: PaymentNo,
    pub means: PayMeans,
    /// The provider's own name for the payment.
    pub provider_key: Option<String>,
    pub amount: Won,
    /// In Korean; nothing personal.
    pub reason: String,
    /// Where the money goes if it can't go back the way it came.
    pub account: Option<RefundAccount>,
}

/// Why a refund is not known to have happened. Texts hold nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefundFailure {
    /// A timeout, a broken answer, a provider that is down: it may have happened. Asked again under the same key.
    #[error("not known to have happened: {0}")]
    Unknown(String),
    /// The provider will not do it; only a person can help.
    #[error("refused: {0}")]
    Refused(String),
}

/// Why it can't be said what was paid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaymentUnreadable {
    /// There is no such payment, or it was not paid or was given back already.
    #[error("not a payment that stands")]
    NotPaid,
    /// The provider can't be reached or answers nonsense.
    #[error("the provider can't be asked: {0}")]
    Unavailable(String),
}

#[async_trait]
pub trait RefundProvider: Send + Sync {
    /// Gives money back.
    async fn refund(&self, order: &RefundOrder) -> Result<(), RefundFailure>;

    /// What was paid under the provider's key, where `asked` was asked for.
    async fn amount_paid(&self, provider_key: &str, asked: Won) -> Result<Won, PaymentUnreadable>;
}
