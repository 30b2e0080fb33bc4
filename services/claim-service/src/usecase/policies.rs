//! 클레임정책: the book a claim is judged by, and how it grows.

use chrono::TimeDelta;
use db::{Db, DbConnection, DbError};
use diesel::QueryResult;
use diesel::result::Error as QueryError;
use platform::clock::Clock;

use crate::domain::policy::{Policy, PolicyBook, PolicyFault};
use crate::store;

/// A version must be known everywhere before the first order it judges is placed: clocks of two machines differ, and
/// a claim may be under way.
const NOTICE: TimeDelta = TimeDelta::minutes(1);

/// Why a version was not added.
#[derive(Debug, thiserror::Error)]
pub enum NotAdded {
    #[error(transparent)]
    Fault(#[from] PolicyFault),
    #[error("the database could not help")]
    Database(#[from] DbError),
}

impl From<QueryError> for NotAdded {
    fn from(error: QueryError) -> Self {
        Self::Database(error.into())
    }
}

/// Every version there is, the contract's among them. It is one small read, so a version counts from its commit on.
pub fn book(conn: &mut DbConnection) -> QueryResult<PolicyBook> {
    let kept = store::policy::find_all(conn)?;
    PolicyBook::of(kept).map_err(|fault| QueryError::DeserializationError(fault.into()))
}

/// Adds a version; of two with the same number the first one stays.
pub async fn add(db: &Db, clock: &Clock, policy: Policy) -> Result<(), NotAdded> {
    let now = clock.now();
    db.write(move |conn| {
        book(conn)?.add(policy.clone(), now + NOTICE)?;
        if store::policy::insert(conn, &policy, now)? {
            Ok(())
        } else {
            Err(PolicyFault::VersionExists(policy.version).into())
        }
    })
    .await
}
