//! 환불 대행: whoever gives money back. Which one is a setting.

mod book;
mod by_means;
mod local_ledger;
mod toss;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use commerce::{ClaimNo, OrderNo, PayMeans, PaymentNo, Won};
use db::Db;
use platform::clock::Clock;
use service_kit::start::StartError;

use crate::domain::saga::EffectKey;
use crate::domain::saga::claim::PaidWith;
use crate::settings::refund::RefundSettings;
use crate::store::refund::TRANSFERS;
use by_means::ByMeans;
use local_ledger::LocalLedger;
use toss::Toss;

pub use crate::domain::money::acceptance::StandingPayment;
pub use crate::domain::money::refund_account::RefundAccount;

/// The provider that is a book of our own.
const OWN_BOOK: &str = "LOCAL";

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

    /// 이체환불: stands in our own book for who transfers the money to the customer's account. No provider is asked.
    async fn transfer(&self, order: &RefundOrder) -> Result<(), RefundFailure>;

    /// The payment a customer names, where `asked` was asked for.
    async fn payment(&self, named: &PaidWith, asked: Won) -> Result<StandingPayment, PaymentUnreadable>;
}

/// Sets up whom the settings name.
pub fn from_settings(
    settings: &RefundSettings,
    db: &Db,
    clock: &Clock,
) -> Result<Arc<dyn RefundProvider>, StartError> {
    let own_book = LocalLedger::new(OWN_BOOK, db.clone(), clock.clone());
    let transfers = LocalLedger::new(TRANSFERS, db.clone(), clock.clone());
    let chosen: Arc<dyn RefundProvider> = match settings.provider.as_str() {
        "local" => Arc::new(own_book.clone()),
        "toss" => Arc::new(Toss::new(&settings.toss, db.clone(), clock.clone())?),
        unknown => {
            let reason = format!("there is no provider `{unknown}`, only `local` and `toss`");
            return Err(StartError::Setting { key: "refund.provider", reason });
        }
    };
    Ok(Arc::new(ByMeans { own_book, transfers, chosen }))
}

impl fmt::Debug for RefundOrder {
    /// Without the account, and without the key by which a payment can be given back.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RefundOrder")
            .field("key", &self.key)
            .field("order_no", &self.order_no)
            .field("payment_no", &self.payment_no)
            .field("means", &self.means)
            .field("amount", &self.amount)
            .finish_non_exhaustive()
    }
}
