//! Our own book: what is written into it has been given back.

use async_trait::async_trait;
use commerce::Won;
use db::Db;
use platform::clock::Clock;

use crate::clients::refund_provider::book::{enter, refund_of};
use crate::clients::refund_provider::{
    PaymentUnreadable, RefundFailure, RefundOrder, RefundProvider, StandingPayment,
};
use crate::domain::saga::claim::PaidWith;

/// As long as any provider's key for a payment may be.
const MAX_PROVIDER_KEY: usize = 200;

#[derive(Clone)]
pub(super) struct LocalLedger {
    /// As the book names who gives the money back.
    name: &'static str,
    db: Db,
    clock: Clock,
}

impl LocalLedger {
    pub(super) const fn new(name: &'static str, db: Db, clock: Clock) -> Self {
        Self { name, db, clock }
    }
}

#[async_trait]
impl RefundProvider for LocalLedger {
    async fn refund(&self, order: &RefundOrder) -> Result<(), RefundFailure> {
        let now = self.clock.now();
        enter(&self.db, refund_of(order, self.name), now, Some(now)).await.map(drop)
    }

    async fn transfer(&self, order: &RefundOrder) -> Result<(), RefundFailure> {
        self.refund(order).await
    }

    /// Nobody can be asked here, so what was asked for is taken as paid, and by the means that were said.
    async fn payment(&self, named: &PaidWith, asked: Won) -> Result<StandingPayment, PaymentUnreadable> {
        let key = &named.provider_key;
        if key.trim().is_empty() || key.len() > MAX_PROVIDER_KEY {
            return Err(PaymentUnreadable::NotPaid);
        }
        Ok(StandingPayment { amount: asked, means: Some(named.means), made_for: None })
    }
}
