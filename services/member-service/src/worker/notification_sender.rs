//! Empties the outbox of letters.

use async_trait::async_trait;
use db::outbox::Message;
use service_kit::outbox::worker::{Failure, Handler};

use crate::usecase::deliver_notification::Delivery;

/// Handles the topic [`TOPIC`](crate::usecase::notify::TOPIC).
pub struct NotificationSender(pub Delivery);

#[async_trait]
impl Handler for NotificationSender {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        self.0.deliver(&message.key, &message.payload).await.map_err(|error| {
            let reason = error.to_string();
            if error.is_transient() { Failure::Later(reason) } else { Failure::NeedsAttention(reason) }
        })
    }
}
