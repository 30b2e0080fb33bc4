//! 회원 탈퇴: nothing personal of the member stays readable here.

use commerce::MemberNo;
use commerce::masking::free_text::KnownValues;
use db::{DbConnection, idempotency};
use platform::clock::Clock;
use service_kit::error::Error;

use super::mask_texts::mask_page;
use super::outgoing;
use crate::domain::inquiry::InquiryId;
use crate::domain::masking;
use crate::store;

/// The member's answers are all forgotten: none of them is that of the withdrawal, which is member-service's.
const NO_EXCEPTION: &str = "";

/// Told by member-service, at least once; a repeat changes nothing.
///
/// The member is remembered, so that what arrives later for it is stored masked. What the inquiries themselves say of it is
/// found in their texts here, because it is gone afterwards; what its orders say is asked for behind this.
pub fn mask_withdrawn_member(
    conn: &mut DbConnection,
    clock: &Clock,
    member_no: &MemberNo,
) -> Result<(), Error> {
    let now = clock.now();
    if store::MEMBERS.lock(conn, member_no.as_str())? {
        // It is told again, perhaps because more is known of it now. The first time a trigger asks for this.
        outgoing::mask_texts(conn, now, member_no)?;
    }
    // The inquiries are locked first, as by everybody: a trigger then does away with the drafts about them.
    let contacts = store::inquiry::lock_contacts(conn, member_no)?;
    store::MEMBERS.withdraw(conn, member_no.as_str(), now)?;
    let mut known = KnownValues::default();
    for (_, contact) in &contacts {
        masking::add_contact(&mut known, contact);
    }
    let finder = known.finder();
    let mut after = Some(InquiryId(0));
    while let Some(from) = after {
        after = mask_page(conn, member_no, from, &finder)?;
    }
    store::inquiry::mask_contacts(conn, member_no, &contacts)?;
    outgoing::empty_log(conn, now, member_no.as_str())?;
    idempotency::forget_answers_of(conn, member_no.as_str(), NO_EXCEPTION)?;
    Ok(())
}
