//! 회수·교환 배송정보 마스킹: where the goods of a member who has left are fetched and go to, and the numbers of their parcels. The claims
//! go on with what is masked; the originals go to the archive.

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, MemberNo, OrderNo};
use db::DbConnection;
use db::kept_apart::Sealed;
use service_kit::error::Error;

use crate::secrets::{Secrets, address_name};
use crate::store;
use crate::store::personal::PARCEL_ARCHIVE;
use crate::usecase::personal::archive_accounts::keep_until_of;
use crate::usecase::personal::mask_reasons;

/// Claims looked through together.
const CLAIMS_AT_ONCE: i64 = 200;

/// 분리보관: with which key, until when, and since when.
#[derive(Clone, Copy)]
pub(crate) struct Keeping<'a> {
    pub(crate) secrets: &'a Secrets,
    /// Years after the order.
    pub(crate) years: u32,
    pub(crate) now: DateTime<Utc>,
}

/// Of all claims of the member, each locked: who moves one meanwhile comes before or after.
pub(crate) fn mask_all(
    conn: &mut DbConnection,
    keeping: Keeping<'_>,
    member_no: &MemberNo,
) -> Result<(), Error> {
    let mut after = String::new();
    loop {
        let page = store::personal::claims_of_member::lock_page(conn, member_no, &after, CLAIMS_AT_ONCE)?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        last.as_str().clone_into(&mut after);
        mask(conn, keeping, &page)?;
    }
}

/// 탈퇴회원 확인 before a claim is moved: whose it is, if that member has left. No withdrawal comes in between until the transaction
/// ends. It is taken before the lock of the order.
pub(crate) fn lock_member_of(conn: &mut DbConnection, claim_no: &ClaimNo) -> Result<Option<MemberNo>, Error> {
    let head = store::claim::head::find(conn, claim_no)?;
    let Some(member_no) = head.and_then(|head| head.member_no) else { return Ok(None) };
    let has_left = store::personal::withdrawn_member::lock(conn, &member_no)?;
    Ok(has_left.then_some(member_no))
}

/// What was written to the claims of an order is kept as its member's, who has left.
pub(crate) fn mask_what_came(
    conn: &mut DbConnection,
    keeping: Keeping<'_>,
    (member_no, order_no): (&MemberNo, &OrderNo),
) -> Result<(), Error> {
    let claims = store::personal::claims_of_member::list_of_order(conn, order_no)?;
    mask(conn, keeping, &claims)?;
    mask_reasons::ask_for(conn, keeping.now, member_no)
}

fn mask(conn: &mut DbConnection, keeping: Keeping<'_>, claims: &[(ClaimNo, OrderNo)]) -> Result<(), Error> {
    let numbers: Vec<ClaimNo> = claims.iter().map(|(claim_no, _)| claim_no.clone()).collect();
    let order_of = |claim_no: &ClaimNo| claims.iter().find(|(no, _)| no == claim_no).map(|(_, order)| order);
    for address in store::personal::claim_address::find_unmasked(conn, &numbers)? {
        let Some(order_no) = order_of(&address.claim_no) else { continue };
        let code = address.used_for.code();
        put_apart(conn, keeping, order_no, (&address_name(&address.claim_no, code), &address.sealed))?;
        let original = keeping.secrets.open_address(&address.claim_no, code, &address.sealed)?;
        let masked = keeping.secrets.seal_address(&address.claim_no, code, &original.masked())?;
        store::personal::claim_address::put_masked(conn, &address.claim_no, address.used_for, &masked)?;
    }
    for invoice in store::personal::claim_invoice::find_unmasked(conn, &numbers)? {
        let Some(order_no) = order_of(&invoice.claim_no) else { continue };
        // A parcel may be sent anew under another number; each is kept.
        let parcel = format!(
            "{}/{}",
            address_name(&invoice.claim_no, invoice.way.code()),
            keeping.now.timestamp_micros()
        );
        let sealed = keeping.secrets.seal_invoice(&parcel, &invoice.number)?;
        put_apart(conn, keeping, order_no, (&parcel, &sealed))?;
        store::personal::claim_invoice::mask(conn, &invoice.claim_no, invoice.way)?;
    }
    Ok(())
}

fn put_apart(
    conn: &mut DbConnection,
    keeping: Keeping<'_>,
    order_no: &OrderNo,
    (key, text): (&str, &str),
) -> Result<(), Error> {
    let keep_until = keep_until_of(conn, order_no, keeping.years)?;
    Ok(PARCEL_ARCHIVE.insert(conn, keeping.now, &[Sealed { key, keep_until, text }])?)
}
