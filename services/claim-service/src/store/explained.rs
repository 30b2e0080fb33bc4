//! How PostgreSQL would go about a query, for tests.

use db::{DbBackend, DbConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::Text;

/// A query with `EXPLAIN` before it.
pub(super) struct Explained<Q>(pub(super) Q);

impl<Q: QueryFragment<DbBackend>> QueryFragment<DbBackend> for Explained<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DbBackend>) -> QueryResult<()> {
        out.push_sql("EXPLAIN ");
        self.0.walk_ast(out.reborrow())
    }
}

impl<Q> Query for Explained<Q> {
    type SqlType = Text;
}

impl<Q> QueryId for Explained<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q> RunQueryDsl<DbConnection> for Explained<Q> {}
