//! 상담 메모 등록: whoever works on the inquiry, and in whatever state.

use contract::ResultCode;
use db::DbConnection;
use platform::clock::Clock;
use platform::error::Problem;
use service_kit::error::Error;

use super::outgoing;
use super::save_answer::lock_member;
use super::start_process::locked;
use crate::domain::inquiry::InquiryId;
use crate::domain::inquiry_status::Refusal;
use crate::domain::memo::{MOST_MEMOS, Memo};
use crate::store;

/// Says which inquiry it is about, and the memo's number.
pub fn save_memo(
    conn: &mut DbConnection,
    clock: &Clock,
    agent: &str,
    id: Option<InquiryId>,
    text: String,
) -> Result<(InquiryId, i32), Error> {
    let has_left = lock_member(conn, id)?;
    let inquiry = locked(conn, id)?;
    if inquiry.is_deleted {
        return Err(Refusal::NotFound.into());
    }
    let seq = store::memo::last_seq(conn, inquiry.id)? + 1;
    if seq > MOST_MEMOS {
        return Err(Problem::new(ResultCode::CounselMemoLimit).into());
    }
    let memo = Memo { seq, at: clock.now(), by: agent.to_owned(), text };
    store::memo::insert(conn, inquiry.id, &memo)?;
    if has_left {
        outgoing::mask_texts(conn, memo.at, &inquiry.member_no)?;
    }
    Ok((inquiry.id, seq))
}
