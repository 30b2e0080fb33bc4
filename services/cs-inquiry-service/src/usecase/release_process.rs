//! 상담 처리 해제: back to 접수완료, where its member may edit it again.

use commerce::InquiryStatus;
use db::DbConnection;
use platform::clock::Clock;
use service_kit::error::Error;

use super::start_process::locked;
use crate::domain::history::Step;
use crate::domain::inquiry::InquiryId;
use crate::domain::inquiry_status::{self, Act, Agent, Refusal};
use crate::store;

pub fn release_process(
    conn: &mut DbConnection,
    clock: &Clock,
    agent: &Agent,
    id: Option<InquiryId>,
) -> Result<InquiryId, Error> {
    let inquiry = locked(conn, id)?;
    inquiry_status::release(&inquiry, agent)?;
    if !store::inquiry::update_released(conn, inquiry.id)? {
        return Err(Refusal::StatusConflict.into());
    }
    let step = Step {
        act: Act::Release,
        by: &agent.id,
        from: Some(InquiryStatus::InProgress),
        to: Some(InquiryStatus::Received),
    };
    store::history::insert(conn, inquiry.id, clock.now(), &step)?;
    Ok(inquiry.id)
}
