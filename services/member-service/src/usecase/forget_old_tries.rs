//! Tries on order numbers are of no use once they no longer count.

use db::{Db, DbError};
use platform::clock::Clock;
use service_kit::housekeeping::delete_in_batches;

use crate::store::guest_access;

/// Forgets them and says how many there were.
pub async fn forget_old_tries(db: &Db, clock: &Clock) -> Result<usize, DbError> {
    let now = clock.now();
    delete_in_batches(db, move |conn, most| guest_access::purge_tries(conn, now, most)).await
}
