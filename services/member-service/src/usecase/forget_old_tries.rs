//! Tries on order numbers are of no use once they no longer count.

use db::{Db, DbError};
use platform::clock::Clock;

use crate::store::guest_access;

/// Forgets them and says how many there were.
pub async fn forget_old_tries(db: &Db, clock: &Clock) -> Result<usize, DbError> {
    let now = clock.now();
    db.write(move |conn| Ok(guest_access::purge_tries(conn, now)?)).await
}
