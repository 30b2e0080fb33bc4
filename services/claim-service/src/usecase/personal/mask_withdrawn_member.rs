//! 회원 탈퇴: nothing personal of the member stays readable here.

use commerce::MemberNo;
use db::{DbConnection, idempotency};
use platform::clock::Clock;
use service_kit::error::Error;

use crate::secrets::Secrets;
use crate::store;
use crate::usecase::personal::archive_accounts::put_apart;
use crate::usecase::personal::mask_parcels::Keeping;
use crate::usecase::personal::{mask_parcels, mask_reasons};

/// Accounts looked at together.
const ACCOUNTS_AT_ONCE: i64 = 500;

/// Told by member-service, at least once; a repeat changes nothing.
///
/// The member is remembered, so that what arrives later for it is kept like this too. Its refund accounts were never
/// readable here; now they go to the archive, and from the claims as soon as no refund needs them. So do the addresses of its
/// returns and exchanges and the numbers of their parcels, which go on masked. The words of its claims are looked through behind this. The answers kept for its repeats are forgotten, its keys stay.
pub fn mask_withdrawn_member(
    conn: &mut DbConnection,
    clock: &Clock,
    (secrets, archive_years): (&Secrets, u32),
    member_no: &MemberNo,
) -> Result<(), Error> {
    let now = clock.now();
    if store::personal::withdrawn_member::lock(conn, member_no)? {
        // It is told again, perhaps because more is known of it now. The first time a trigger asks for this.
        mask_reasons::ask_for(conn, now, member_no)?;
    }
    store::personal::withdrawn_member::insert(conn, member_no, now)?;
    loop {
        let accounts = store::personal::refund_account::find_unmarked(conn, member_no, ACCOUNTS_AT_ONCE)?;
        if accounts.is_empty() {
            break;
        }
        for account in accounts {
            put_apart(conn, (&account.claim_no, &account.order_no), &account.sealed, archive_years, now)?;
        }
    }
    mask_parcels::mask_all(conn, Keeping { secrets, years: archive_years, now }, member_no)?;
    idempotency::forget_answers_of(conn, member_no.as_str(), "")?;
    Ok(())
}
