//! 중복 요청: a request that repeats its idempotency key finds the claim it was accepted as.

use chrono::{DateTime, Utc};
use contract::ResultCode;
use db::{DbConnection, idempotency};
use platform::error::Problem;
use service_kit::error::Error;

use crate::store;
use crate::usecase::acceptance::{Accepted, Claiming};

pub(super) fn accepted_before<C: Claiming>(
    conn: &mut DbConnection,
    claiming: &C,
    has_left: bool,
    now: DateTime<Utc>,
) -> Result<Option<Accepted<C::Terms>>, Error> {
    let Some(key) = claiming.once().identity() else { return Ok(None) };
    let Some(known) = store::claim::key::find(conn, key)? else { return Ok(None) };
    if known.asked_at <= now - idempotency::KEPT_FOR {
        store::claim::key::forget(conn, &known.claim_no)?;
        return Ok(None);
    }
    match claiming.known(conn, &known.claim_no, has_left)? {
        Some(terms) => Ok(Some(Accepted { claim_no: known.claim_no, status: known.status, terms })),
        None => Err(Problem::new(ResultCode::IdempotencyKeyReused).into()),
    }
}
