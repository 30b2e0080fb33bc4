//! Tells the customer that shipping was quicker than the cancel.

use async_trait::async_trait;
use db::outbox::Message;
use service_kit::outbox_worker::{Failure, Handler};

use crate::app::AppState;
use crate::usecase::tell_rejection;

use super::{claim_no_of, failure_of};

/// Handles the topic [`REJECTION_TOPIC`](crate::usecase::REJECTION_TOPIC).
pub struct Rejections(pub AppState);

#[async_trait]
impl Handler for Rejections {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        tell_rejection(&self.0, &claim_no_of(message)?, &message.key).await.map_err(failure_of)
    }
}
