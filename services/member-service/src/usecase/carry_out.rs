//! Carries out what was put down in the outbox for the sister services. Each may be asked for twice.

use commerce::MemberNo;
use service_kit::outbox::worker::Failure;

use crate::clients::promotion::NotRecorded;
use crate::state::AppState;

/// A member's withdrawal.
pub async fn tell_claim_service(state: &AppState, member_no: MemberNo) -> Result<(), Failure> {
    Ok(state.clients.claim.withdraw(member_no).await?)
}

/// A member's withdrawal.
pub async fn tell_inquiry_service(state: &AppState, member_no: MemberNo) -> Result<(), Failure> {
    Ok(state.clients.inquiry.withdraw(member_no).await?)
}

/// An order that was taken.
pub async fn tell_promotion_service(state: &AppState, record: &str) -> Result<(), Failure> {
    state.clients.promotion.record_order(record).await.map_err(|error| match error {
        NotRecorded::Call(error) => error.into(),
        NotRecorded::Unreadable(error) => Failure::NeedsAttention(error.to_string()),
    })
}
