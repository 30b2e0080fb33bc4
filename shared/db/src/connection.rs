//! One connection type for both databases.

#[cfg(feature = "postgres")]
use diesel::PgConnection;
use diesel::SqliteConnection;

/// A connection to whichever database the settings name.
///
/// Queries of the common subset run on it directly; what only the two inner connections can do
/// goes through [`each_backend!`](crate::each_backend).
#[derive(diesel::MultiConnection)]
pub enum DbConnection {
    #[cfg(feature = "postgres")]
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

impl DbConnection {
    /// Which database this connection leads to.
    pub fn backend(&self) -> crate::Backend {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => crate::Backend::Postgres,
            Self::Sqlite(_) => crate::Backend::Sqlite,
        }
    }
}

/// diesel's backend behind [`DbConnection`], for code that is generic over queries.
pub type DbBackend = MultiBackend;
