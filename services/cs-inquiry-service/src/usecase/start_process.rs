//! 상담 처리 시작: of several agents one gets it, with the text it was shown.

use chrono::{DateTime, Utc};
use commerce::InquiryStatus;
use db::DbConnection;
use platform::clock::Clock;
use service_kit::error::Error;

use crate::domain::history::Step;
use crate::domain::inquiry::{Inquiry, InquiryId};
use crate::domain::inquiry_status::{self, Act, Agent, Refusal};
use crate::store;

pub fn start_process(
    conn: &mut DbConnection,
    clock: &Clock,
    agent: &Agent,
    id: Option<InquiryId>,
    seen: Option<DateTime<Utc>>,
) -> Result<Inquiry, Error> {
    let inquiry = locked(conn, id)?;
    inquiry_status::start(&inquiry, seen)?;
    take(conn, clock, &inquiry, &agent.id, &agent.id, Act::Start)?;
    Ok(inquiry)
}

/// 10 → 20: `owner` owns it from now on, `by` has done it.
pub(super) fn take(
    conn: &mut DbConnection,
    clock: &Clock,
    inquiry: &Inquiry,
    owner: &str,
    by: &str,
    act: Act,
) -> Result<(), Error> {
    if !store::inquiry::update_started(conn, inquiry.id, owner, inquiry.changed_at)? {
        return Err(Refusal::StatusConflict.into());
    }
    let (from, to) = (Some(InquiryStatus::Received), Some(InquiryStatus::InProgress));
    store::history::insert(conn, inquiry.id, clock.now(), &Step { act, by, from, to })?;
    Ok(())
}

pub(super) fn locked(conn: &mut DbConnection, id: Option<InquiryId>) -> Result<Inquiry, Error> {
    let found = match id {
        Some(id) => store::inquiry::lock(conn, id)?,
        None => None,
    };
    Ok(found.ok_or(Refusal::NotFound)?)
}
