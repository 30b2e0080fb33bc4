//! 1:1문의 삭제: only while nobody has started on it. Its files go with it.

use commerce::InquiryStatus;
use db::DbConnection;
use platform::clock::Clock;
use service_kit::error::Error;

use super::outgoing;
use super::write_inquiry::own;
use crate::domain::history::Step;
use crate::domain::inquiry::InquiryId;
use crate::domain::inquiry_status::{Act, Refusal, member_may_change};
use crate::domain::writer::Writer;
use crate::store;

pub fn delete_inquiry(
    conn: &mut DbConnection,
    clock: &Clock,
    writer: &Writer,
    id: InquiryId,
) -> Result<(), Error> {
    let inquiry = own(store::inquiry::lock(conn, id)?, writer)?;
    member_may_change(&inquiry)?;
    let now = clock.now();
    if !store::inquiry::update_deleted(conn, id, now)? {
        return Err(Refusal::NotEditable.into());
    }
    for file in store::attachment::find_of(conn, id)? {
        store::attachment::delete(conn, &file.file_no)?;
        outgoing::delete_file(conn, now, &file.file_no)?;
    }
    let step = Step {
        act: Act::Delete,
        by: writer.member_no.as_str(),
        from: Some(InquiryStatus::Received),
        to: None,
    };
    store::history::insert(conn, id, now, &step)?;
    outgoing::empty_log(conn, now, id.counsel_no().as_str())?;
    Ok(())
}
