//! 회원 탈퇴: nothing personal of the member stays readable here.

use commerce::MemberNo;
use db::{DbConnection, idempotency};
use platform::clock::Clock;
use service_kit::error::Error;

use super::outgoing;
use crate::store;

/// The member's answers are all forgotten: none of them is that of the withdrawal, which is member-service's.
const NO_EXCEPTION: &str = "";

/// Told by member-service, at least once; a repeat changes nothing.
///
/// The member is remembered, so that what arrives later for it is stored masked.
pub fn mask_withdrawn_member(
    conn: &mut DbConnection,
    clock: &Clock,
    member_no: &MemberNo,
) -> Result<(), Error> {
    let now = clock.now();
    store::member::withdraw(conn, member_no, now)?;
    store::inquiry::mask_of_member(conn, member_no)?;
    outgoing::empty_log(conn, now, member_no)?;
    idempotency::forget_answers_of(conn, member_no.as_str(), NO_EXCEPTION)?;
    Ok(())
}
