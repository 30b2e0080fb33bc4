//! How a database would go about a query, for tests.

use db::{DbBackend, DbConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Integer, Text};

/// A query with `EXPLAIN` before it, for PostgreSQL.
#[cfg(feature = "postgres")]
pub(super) struct Explained<Q>(pub(super) Q);

#[cfg(feature = "postgres")]
impl<Q: QueryFragment<DbBackend>> QueryFragment<DbBackend> for Explained<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DbBackend>) -> QueryResult<()> {
        out.push_sql("EXPLAIN ");
        self.0.walk_ast(out.reborrow())
    }
}

#[cfg(feature = "postgres")]
impl<Q> Query for Explained<Q> {
    type SqlType = Text;
}

#[cfg(feature = "postgres")]
impl<Q> QueryId for Explained<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

#[cfg(feature = "postgres")]
impl<Q> RunQueryDsl<DbConnection> for Explained<Q> {}

/// A query with `EXPLAIN QUERY PLAN` before it, for SQLite: step, step above, nothing, and in words.
pub(super) struct Planned<Q>(pub(super) Q);

impl<Q: QueryFragment<DbBackend>> QueryFragment<DbBackend> for Planned<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DbBackend>) -> QueryResult<()> {
        out.push_sql("EXPLAIN QUERY PLAN ");
        self.0.walk_ast(out.reborrow())
    }
}

impl<Q> Query for Planned<Q> {
    type SqlType = (Integer, Integer, Integer, Text);
}

impl<Q> QueryId for Planned<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q> RunQueryDsl<DbConnection> for Planned<Q> {}
