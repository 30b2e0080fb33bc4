//! Counts by Korean day where only the instants of acceptance are at hand, because an index holds them and not the day.

use db::{Backend, DbBackend, DbConnection};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Date};

/// How many rows of a query of `accp_dtm` fall on each Korean day. The databases reckon with times each in its own words.
pub(super) struct ByDay<Q> {
    times: Q,
    backend: Backend,
}

impl<Q> ByDay<Q> {
    pub(super) fn of(times: Q, conn: &DbConnection) -> Self {
        Self { times, backend: conn.backend() }
    }
}

impl<Q: QueryFragment<DbBackend>> QueryFragment<DbBackend> for ByDay<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DbBackend>) -> QueryResult<()> {
        let day = match self.backend {
            Backend::Postgres => "CAST(accp_dtm + interval '9 hours' AS date)",
            Backend::Sqlite => "date(accp_dtm, '+9 hours')",
        };
        out.push_sql("SELECT ");
        out.push_sql(day);
        out.push_sql(", count(*) FROM (");
        self.times.walk_ast(out.reborrow())?;
        out.push_sql(") AS times GROUP BY 1");
        Ok(())
    }
}

impl<Q> QueryId for ByDay<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q> Query for ByDay<Q> {
    type SqlType = (Date, BigInt);
}

impl<Q> diesel::RunQueryDsl<DbConnection> for ByDay<Q> {}
