//! promotion-service: it records what an order earned and used.

use contract::operations::promotion::INTERNAL_ORDERS;
use dto::internal::OrderRecord;
use platform::http_client::{ClientError, ServiceClient, post};

#[derive(Clone, Debug)]
pub struct PromotionService(pub ServiceClient);

/// Why an order is not recorded yet.
#[derive(Debug, thiserror::Error)]
pub enum NotRecorded {
    #[error("the record can't be read")]
    Unreadable(#[from] serde_json::Error),
    #[error(transparent)]
    Call(#[from] ClientError),
}

impl PromotionService {
    /// 주문 반영: hands over a record as it was written when the order was taken.
    pub async fn record_order(&self, record: &str) -> Result<(), NotRecorded> {
        let record: OrderRecord = serde_json::from_str(record)?;
        self.0.call(post(&INTERNAL_ORDERS, &record)).await?;
        Ok(())
    }
}
