//! 환불계좌 분리보관: originals of members who have withdrawn go apart, sealed, with a date until which they are kept.

use chrono::{DateTime, Utc};
use commerce::calendar::years_after;
use commerce::{ClaimNo, OrderNo};
use db::kept_apart::{Archive, Sealed};
use db::{Db, DbConnection};
use platform::error::Problem;
use service_kit::error::Error;
use service_kit::housekeeping::delete_in_batches;

use crate::domain::saga::ClaimSaga;
use crate::store;
use crate::store::order::terms::read_copy;
use crate::store::personal::{ACCOUNT_ARCHIVE, PARCEL_ARCHIVE, REASON_ARCHIVE};

/// Puts an account apart and marks it. It stays where it is only as long as a refund still needs it.
pub(crate) fn put_apart(
    conn: &mut DbConnection,
    (claim_no, order_no): (&ClaimNo, &OrderNo),
    sealed: &str,
    years: u32,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let keep_until = keep_until_of(conn, order_no, years)?;
    let original = Sealed { key: claim_no.as_str(), keep_until, text: sealed };
    ACCOUNT_ARCHIVE.insert(conn, now, &[original])?;
    store::personal::refund_account::mark(conn, claim_no)?;
    remove_of(conn, claim_no)
}

/// What no refund of this claim needs any more goes, if its member has withdrawn. A return that is open may need it yet.
pub(crate) fn remove_of(conn: &mut DbConnection, claim_no: &ClaimNo) -> Result<(), Error> {
    let Some(claim) = store::claim::accepted::lock(conn, claim_no)? else { return Ok(()) };
    let saga = claim.saga(store::claim::task::find(conn, claim_no)?);
    remove_if_done(conn, &saga)
}

/// What no refund needs any more goes, if its member has withdrawn. Of a refund by transfer it is needed until somebody has said that
/// the money is on its way.
pub(crate) fn remove_if_done(conn: &mut DbConnection, saga: &ClaimSaga) -> Result<(), Error> {
    if saga.has_paid_out() {
        store::personal::refund_account::remove_marked(conn, saga.claim_no())?;
    }
    Ok(())
}

/// How much was removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Purged {
    pub accounts: usize,
    pub reasons: usize,
    /// Addresses and numbers of parcels.
    pub parcels: usize,
}

/// 분리보관 파기: what is past its date goes, for good.
pub async fn purge_archive(db: &Db, now: DateTime<Utc>) -> Result<Purged, Error> {
    let purge = async |archive: Archive| {
        delete_in_batches(db, move |conn, most| archive.purge(conn, now, most)).await
    };
    Ok(Purged {
        accounts: purge(ACCOUNT_ARCHIVE).await?,
        reasons: purge(REASON_ARCHIVE).await?,
        parcels: purge(PARCEL_ARCHIVE).await?,
    })
}

/// Until when the archive keeps what belongs to an order.
pub(crate) fn keep_until_of(
    conn: &mut DbConnection,
    order_no: &OrderNo,
    years: u32,
) -> Result<DateTime<Utc>, Error> {
    let copy = store::order::copy::find(conn, order_no)?;
    let copy = copy.ok_or_else(|| Problem::internal("the order of a claim is not pinned"))?;
    Ok(years_after(read_copy(&copy)?.order.ordered_at(), years))
}
