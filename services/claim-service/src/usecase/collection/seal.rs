//! 주소·계좌 봉인: what is personal of a claim is never written down readable.

use db::DbConnection;
use service_kit::error::Error;

use crate::domain::collection::CollectionClaim;
use crate::domain::money::refund_account::RefundAccount;
use crate::secrets::{ClaimAddress, Secrets};
use crate::store;
use crate::store::collection::address::AddressUse;

/// Where goods are fetched, or go to in exchange.
pub(crate) fn keep_address(
    conn: &mut DbConnection,
    secrets: &Secrets,
    claim: &CollectionClaim,
    used_for: AddressUse,
    address: Option<&ClaimAddress>,
) -> Result<(), Error> {
    let Some(address) = address else { return Ok(()) };
    let sealed = secrets.seal_address(&claim.claim_no, used_for.code(), address)?;
    store::collection::address::insert(conn, &claim.claim_no, used_for, &sealed)?;
    Ok(())
}

/// Where money goes that can't go back the way it came; a later one replaces it. Says what
/// is kept.
pub(crate) fn keep_account(
    conn: &mut DbConnection,
    secrets: &Secrets,
    claim: &CollectionClaim,
    account: &RefundAccount,
) -> Result<String, Error> {
    let sealed = secrets.seal_account(&claim.claim_no, account)?;
    store::personal::refund_account::put(conn, &claim.claim_no, &sealed)?;
    Ok(sealed)
}
