//! 회원 탈퇴: nothing personal of the member stays readable here.

use commerce::MemberNo;
use db::{DbConnection, idempotency};
use platform::clock::Clock;
use service_kit::error::Error;

use crate::store;

use super::archive_accounts::put_apart;

/// Accounts looked at together.
const ACCOUNTS_AT_ONCE: i64 = 500;

/// Told by member-service, at least once; a repeat changes nothing.
///
/// The member is remembered, so that what arrives later for it is kept like this too. Its refund accounts were never
/// readable here; now they go to the archive, and from the claims as soon as no refund needs them. The answers kept for
/// its repeats are forgotten, its keys stay.
pub fn mask_withdrawn_member(
    conn: &mut DbConnection,
    clock: &Clock,
    archive_years: u32,
    member_no: &MemberNo,
) -> Result<(), Error> {
    let now = clock.now();
    store::withdrawn_member::insert(conn, member_no, now)?;
    loop {
        let accounts = store::refund_account::find_unmarked(conn, member_no, ACCOUNTS_AT_ONCE)?;
        if accounts.is_empty() {
            break;
        }
        for account in accounts {
            put_apart(conn, (&account.claim_no, &account.order_no), &account.sealed, archive_years, now)?;
        }
    }
    idempotency::forget_answers_of(conn, member_no.as_str(), "")?;
    Ok(())
}
