//! Has orders decide on option changes.

use async_trait::async_trait;
use db::outbox::Message;
use service_kit::outbox_worker::{Failure, Handler};

use crate::app::AppState;
use crate::usecase::confirm_option;

use super::{claim_no_of, failure_of};

/// Handles the topic [`OPTION_TOPIC`](crate::usecase::OPTION_TOPIC).
pub struct OptionChanges(pub AppState);

#[async_trait]
impl Handler for OptionChanges {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        let claim_no = claim_no_of(message)?;
        confirm_option(&self.0, &claim_no).await.map_err(failure_of)
    }
}
