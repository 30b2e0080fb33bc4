//! 상담 배정: an admin gives an inquiry to an agent.

use commerce::InquiryStatus;
use db::DbConnection;
use platform::clock::Clock;
use service_kit::error::Error;

use super::start_process::{locked, take};
use crate::domain::history::Step;
use crate::domain::inquiry::InquiryId;
use crate::domain::inquiry_status::{self, Act, Agent, Refusal};
use crate::store;

pub fn assign(
    conn: &mut DbConnection,
    clock: &Clock,
    admin: &Agent,
    id: Option<InquiryId>,
    owner: &str,
) -> Result<InquiryId, Error> {
    let inquiry = locked(conn, id)?;
    inquiry_status::assign(&inquiry)?;
    match inquiry.status {
        InquiryStatus::Received => take(conn, clock, &inquiry, owner, &admin.id, Act::Assign)?,
        InquiryStatus::InProgress | InquiryStatus::Answered => {
            if !store::inquiry::update_agent(conn, inquiry.id, owner)? {
                return Err(Refusal::StatusConflict.into());
            }
            let in_progress = Some(InquiryStatus::InProgress);
            let step = Step { act: Act::Assign, by: &admin.id, from: in_progress, to: in_progress };
            store::history::insert(conn, inquiry.id, clock.now(), &step)?;
        }
    }
    Ok(inquiry.id)
}
