//! Tells promotion-service of orders that were taken.

use async_trait::async_trait;
use db::outbox::Message;
use service_kit::outbox::worker::{Failure, Handler};

use crate::state::AppState;
use crate::usecase::carry_out::tell_promotion_service;

/// Handles the topic [`PROMOTION_TOPIC`](crate::usecase::take_in_orders::PROMOTION_TOPIC).
pub struct OrderRecorder(pub AppState);

#[async_trait]
impl Handler for OrderRecorder {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        tell_promotion_service(&self.0, &message.payload).await
    }
}
