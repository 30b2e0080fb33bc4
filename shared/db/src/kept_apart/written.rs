use std::marker::PhantomData;

use chrono::NaiveDateTime;
use diesel::QueryResult;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Text, Timestamp};

use crate::{DbBackend, DbConnection};

/// One piece of a statement.
#[derive(Debug)]
pub(super) enum Part<'a> {
    Sql(&'a str),
    Text(&'a str),
    Number(i64),
    Time(NaiveDateTime),
}

/// A statement whose tables are named by its caller, and whose rows are of these SQL types. Its text tells a connection
/// which one it is, so it is parsed once.
#[derive(Debug)]
pub(super) struct Statement<'a, Row = ()> {
    parts: Vec<Part<'a>>,
    row: PhantomData<Row>,
}

impl<'a, Row> Statement<'a, Row> {
    pub(super) fn of(parts: impl IntoIterator<Item = Part<'a>>) -> Self {
        Self { parts: parts.into_iter().collect(), row: PhantomData }
    }
}

impl<Row> QueryFragment<DbBackend> for Statement<'_, Row> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DbBackend>) -> QueryResult<()> {
        for part in &self.parts {
            match part {
                Part::Sql(sql) => out.push_sql(sql),
                Part::Text(text) => out.push_bind_param::<Text, _>(text)?,
                Part::Number(number) => out.push_bind_param::<BigInt, _>(number)?,
                Part::Time(time) => out.push_bind_param::<Timestamp, _>(time)?,
            }
        }
        Ok(())
    }
}

impl<Row> Query for Statement<'_, Row> {
    type SqlType = Row;
}

impl<Row> QueryId for Statement<'_, Row> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Row> diesel::RunQueryDsl<DbConnection> for Statement<'_, Row> {}
