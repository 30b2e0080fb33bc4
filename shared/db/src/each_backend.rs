//! Where one query expression must be written for the inner connections.
//!
//! `#[cfg]` stands on whole macros and never inside their arms: inside, the features of the calling
//! crate would decide, and a workspace build would hand that crate an enum with two variants and a
//! match with one.

/// Runs one query expression on whichever database is connected.
///
/// Needed for batch inserts, `on_conflict`, `returning(Row::as_returning())` and `sum`, which diesel
/// does not offer on the common connection.
///
/// ```text
/// each_backend!(conn, |inner| {
///     diesel::insert_into(stock::table).values(&rows).on_conflict_do_nothing().execute(inner)
/// })
/// ```
#[cfg(feature = "postgres")]
#[macro_export]
macro_rules! each_backend {
    ($conn:expr, |$inner:ident| $query:expr) => {
        match $conn {
            $crate::DbConnection::Postgres($inner) => $query,
            $crate::DbConnection::Sqlite($inner) => $query,
        }
    };
}

/// Runs one query expression on whichever database is connected; this build knows SQLite only.
#[cfg(not(feature = "postgres"))]
#[macro_export]
macro_rules! each_backend {
    ($conn:expr, |$inner:ident| $query:expr) => {
        match $conn {
            $crate::DbConnection::Sqlite($inner) => $query,
        }
    };
}

/// Reads rows and keeps them locked until the transaction ends.
///
/// PostgreSQL takes row locks (`FOR UPDATE`); on SQLite the write transaction already excludes every
/// other writer. Inside [`Db::write`](crate::Db::write) only.
///
/// ```text
/// let order = for_update!(conn, orders::table.find(no).select(OrderRow::as_select()), |query, inner| {
///     query.first(inner).optional()
/// })?;
/// ```
#[cfg(feature = "postgres")]
#[macro_export]
macro_rules! for_update {
    ($conn:expr, $query:expr, |$locking:ident, $inner:ident| $load:expr) => {
        match $conn {
            #[allow(unused_braces)]
            $crate::DbConnection::Postgres($inner) => {
                let $locking = diesel::QueryDsl::for_update($query);
                $load
            }
            #[allow(unused_braces)]
            $crate::DbConnection::Sqlite($inner) => {
                let $locking = $query;
                $load
            }
        }
    };
}

/// Reads rows and keeps them locked until the transaction ends; this build knows SQLite only.
#[cfg(not(feature = "postgres"))]
#[macro_export]
macro_rules! for_update {
    ($conn:expr, $query:expr, |$locking:ident, $inner:ident| $load:expr) => {
        match $conn {
            #[allow(unused_braces)]
            $crate::DbConnection::Sqlite($inner) => {
                let $locking = $query;
                $load
            }
        }
    };
}

/// As [`for_update!`], but passes over rows that somebody else holds instead of waiting for them.
///
/// On SQLite nobody else can hold any.
#[cfg(feature = "postgres")]
#[macro_export]
macro_rules! for_update_skip_locked {
    ($conn:expr, $query:expr, |$locking:ident, $inner:ident| $load:expr) => {
        match $conn {
            #[allow(unused_braces)]
            $crate::DbConnection::Postgres($inner) => {
                let $locking = diesel::QueryDsl::skip_locked(diesel::QueryDsl::for_update($query));
                $load
            }
            #[allow(unused_braces)]
            $crate::DbConnection::Sqlite($inner) => {
                let $locking = $query;
                $load
            }
        }
    };
}

/// As [`for_update!`], but passes over rows that somebody else holds; this build knows SQLite only.
#[cfg(not(feature = "postgres"))]
#[macro_export]
macro_rules! for_update_skip_locked {
    ($conn:expr, $query:expr, |$locking:ident, $inner:ident| $load:expr) => {
        $crate::for_update!($conn, $query, |$locking, $inner| $load)
    };
}
