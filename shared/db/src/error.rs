//! What can go wrong between a use case and its database.

use diesel::result::DatabaseErrorKind;

/// Why a closure handed to [`Db`](crate::Db) brought no result.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// No connection in time, too many callers waiting, or a lock that another transaction kept.
    /// Nothing was changed and another try may succeed: a service answers 503.
    #[error("the database is busy")]
    Busy,
    #[error("the query failed")]
    Query(#[source] diesel::result::Error),
    #[error("there is no connection to the database")]
    Connection(#[source] ConnectFailure),
    /// The closure panicked; its work is rolled back and its connection thrown away.
    #[error("the database work panicked")]
    Panicked,
}

impl DbError {
    /// Whether the database gave this transaction up for the sake of another.
    pub(crate) fn is_lost_race(error: &diesel::result::Error) -> bool {
        match error {
            diesel::result::Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
            diesel::result::Error::DatabaseError(DatabaseErrorKind::Unknown, info) => {
                LOST_RACES.contains(&info.message())
            }
            _ => false,
        }
    }
}

impl From<diesel::result::Error> for DbError {
    fn from(error: diesel::result::Error) -> Self {
        if Self::is_lost_race(&error) {
            return Self::Busy;
        }
        match error {
            diesel::result::Error::DatabaseError(
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
                _,
            ) => Self::Connection(ConnectFailure::new("the server closed the connection")),
            _ => Self::Query(error),
        }
    }
}

impl From<ConnectFailure> for DbError {
    fn from(failure: ConnectFailure) -> Self {
        Self::Connection(failure)
    }
}

/// SQLite's and PostgreSQL's own words; diesel hands on the text and not the number.
const LOST_RACES: [&str; 2] = ["database is locked", "deadlock detected"];

/// Why a connection could not be opened. The text never holds a password.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConnectFailure(String);

impl ConnectFailure {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}
