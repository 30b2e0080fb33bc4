//! 회원 탈퇴: nothing personal of the member stays readable here.

use commerce::MemberNo;
use db::DbConnection;
use platform::clock::Clock;
use service_kit::error::Error;

use crate::store;

/// Told by member-service, at least once; a repeat changes nothing.
///
/// The member is remembered, so that what arrives later for it is stored masked.
pub fn mask_withdrawn_member(
    conn: &mut DbConnection,
    clock: &Clock,
    member_no: &MemberNo,
) -> Result<(), Error> {
    store::withdrawn_member::insert(conn, member_no, clock.now())?;
    Ok(())
}
