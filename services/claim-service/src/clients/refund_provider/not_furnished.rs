//! PLACEHOLDER: no provider at all. Everything is asked again until there is one.

use async_trait::async_trait;
use commerce::Won;

use super::{PaymentUnreadable, RefundFailure, RefundOrder, RefundProvider};

pub struct NotFurnished;

#[async_trait]
impl RefundProvider for NotFurnished {
    async fn refund(&self, _order: &RefundOrder) -> Result<(), RefundFailure> {
        Err(RefundFailure::Unknown("there is no provider".to_owned()))
    }

    async fn amount_paid(&self, _provider_key: &str, _asked: Won) -> Result<Won, PaymentUnreadable> {
        Err(PaymentUnreadable::Unavailable("there is no provider".to_owned()))
    }
}
