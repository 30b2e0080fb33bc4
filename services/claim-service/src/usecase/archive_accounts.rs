//! 환불계좌 분리보관: originals of members who have withdrawn go apart, sealed, with a date until which they are kept.

use chrono::{DateTime, Months, Utc};
use commerce::calendar::KST;
use commerce::{ClaimNo, OrderNo};
use db::{Db, DbConnection};
use platform::error::Problem;
use service_kit::error::Error;

use crate::clients::member::read_copy;
use crate::domain::cancel_saga::CancelSaga;
use crate::store;

/// Puts an account apart and marks it. It stays where it is only as long as a refund still needs it.
pub(super) fn put_apart(
    conn: &mut DbConnection,
    (claim_no, order_no): (&ClaimNo, &OrderNo),
    sealed: &str,
    years: u32,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let copy = store::order_copy::find(conn, order_no)?;
    let copy = copy.ok_or_else(|| Problem::internal("the order of a claim is not pinned"))?;
    let keep_until = keep_until(read_copy(&copy)?.order.ordered_at(), years);
    store::archive::insert(conn, claim_no, sealed, keep_until, now)?;
    store::refund_account::mark(conn, claim_no)?;
    let cancel = store::cancel_claim::lock(conn, claim_no)?;
    let cancel = cancel.ok_or_else(|| Problem::internal("an account of a claim that does not exist"))?;
    let saga = cancel.saga(store::claim_task::find(conn, claim_no)?);
    remove_if_done(conn, &saga)
}

/// What no refund needs any more goes, if its member has withdrawn.
pub(super) fn remove_if_done(conn: &mut DbConnection, saga: &CancelSaga) -> Result<(), Error> {
    if saga.has_paid_out() {
        store::refund_account::remove_marked(conn, saga.claim_no())?;
    }
    Ok(())
}

/// 분리보관 파기: what is past its date goes, for good. Says of how many claims.
pub async fn purge_archive(db: &Db, now: DateTime<Utc>) -> Result<usize, Error> {
    db.write(move |conn| Ok::<_, Error>(store::archive::purge(conn, now)?)).await
}

/// Calendar years after the order, in Korea. A date beyond the calendar is the last one both databases write.
fn keep_until(ordered_at: DateTime<Utc>, years: u32) -> DateTime<Utc> {
    let last = DateTime::from_timestamp(253_402_300_799, 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
    ordered_at
        .with_timezone(&KST)
        .checked_add_months(Months::new(years.saturating_mul(12)))
        .map_or(last, |until| until.to_utc())
        .min(last)
}
