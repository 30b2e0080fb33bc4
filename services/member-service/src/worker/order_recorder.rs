//! Tells promotion-service of orders that were taken.

use async_trait::async_trait;
use db::outbox::Message;
use service_kit::outbox_worker::{Failure, Handler};

use crate::clients::promotion::{NotRecorded, PromotionService};

/// Handles the topic [`PROMOTION_TOPIC`](crate::usecase::take_in_orders::PROMOTION_TOPIC).
pub struct OrderRecorder(pub PromotionService);

#[async_trait]
impl Handler for OrderRecorder {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        self.0.record_order(&message.payload).await.map_err(|error| match error {
            NotRecorded::Call(error) => error.into(),
            NotRecorded::Unreadable(error) => Failure::NeedsAttention(error.to_string()),
        })
    }
}
