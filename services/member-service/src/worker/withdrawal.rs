//! What follows a member's withdrawal: the sisters hear of it, and what a crash left undone is done.

use async_trait::async_trait;
use commerce::MemberNo;
use db::outbox::Message;
use service_kit::error::Error;
use service_kit::outbox_worker::{Failure, Handler};

use crate::app::AppState;
use crate::clients::claim::ClaimService;
use crate::clients::inquiry::InquiryService;
use crate::usecase::mask_withdrawn_member::mask_the_rest;

/// Handles the topic [`CLAIM_TOPIC`](crate::usecase::mask_withdrawn_member::CLAIM_TOPIC).
pub struct ToClaimService(pub ClaimService);

/// Handles the topic [`INQUIRY_TOPIC`](crate::usecase::mask_withdrawn_member::INQUIRY_TOPIC).
pub struct ToInquiryService(pub InquiryService);

/// Handles the topic [`REST_TOPIC`](crate::usecase::mask_withdrawn_member::REST_TOPIC).
pub struct MaskTheRest(pub AppState);

#[async_trait]
impl Handler for ToClaimService {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        Ok(self.0.withdraw(member_no(message)?).await?)
    }
}

#[async_trait]
impl Handler for ToInquiryService {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        Ok(self.0.withdraw(member_no(message)?).await?)
    }
}

#[async_trait]
impl Handler for MaskTheRest {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        mask_the_rest(&self.0, member_no(message)?).await.map_err(|error| match error {
            Error::Database(error) => error.into(),
            Error::Sister(error) => error.into(),
            Error::Refused(problem) => {
                Failure::NeedsAttention(problem.chain().unwrap_or_else(|| problem.to_string()))
            }
        })
    }
}

fn member_no(message: &Message) -> Result<MemberNo, Failure> {
    MemberNo::parse(&message.payload)
        .map_err(|_| Failure::NeedsAttention("the payload is no member number".to_owned()))
}
