//! Tells member-service of claims another system has completed.

use async_trait::async_trait;
use db::outbox::Message;
use service_kit::outbox_worker::{Failure, Handler};

use crate::app::AppState;
use crate::usecase::tell_imported_claim;

use super::{claim_no_of, failure_of};

/// Handles the topic [`IMPORT_TOPIC`](crate::usecase::IMPORT_TOPIC).
pub struct ImportedClaims(pub AppState);

#[async_trait]
impl Handler for ImportedClaims {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        tell_imported_claim(&self.0, &claim_no_of(message)?).await.map_err(failure_of)
    }
}
