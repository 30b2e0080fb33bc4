//! What follows a member's withdrawal: the sisters hear of it, and what a crash left undone is done.

use async_trait::async_trait;
use commerce::MemberNo;
use db::outbox::Message;
use service_kit::outbox::worker::{Failure, Handler};

use crate::state::AppState;
use crate::usecase::carry_out::{tell_claim_service, tell_inquiry_service};
use crate::usecase::mask_withdrawn_member::mask_the_rest;

/// Handles the topic [`CLAIM_TOPIC`](crate::usecase::mask_withdrawn_member::CLAIM_TOPIC).
pub struct ToClaimService(pub AppState);

/// Handles the topic [`INQUIRY_TOPIC`](crate::usecase::mask_withdrawn_member::INQUIRY_TOPIC).
pub struct ToInquiryService(pub AppState);

/// Handles the topic [`REST_TOPIC`](crate::usecase::mask_withdrawn_member::REST_TOPIC).
pub struct MaskTheRest(pub AppState);

#[async_trait]
impl Handler for ToClaimService {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        tell_claim_service(&self.0, member_no(message)?).await
    }
}

#[async_trait]
impl Handler for ToInquiryService {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        tell_inquiry_service(&self.0, member_no(message)?).await
    }
}

#[async_trait]
impl Handler for MaskTheRest {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        Ok(mask_the_rest(&self.0, member_no(message)?).await?)
    }
}

fn member_no(message: &Message) -> Result<MemberNo, Failure> {
    MemberNo::parse(&message.payload)
        .map_err(|_| Failure::NeedsAttention("the payload is no member number".to_owned()))
}
