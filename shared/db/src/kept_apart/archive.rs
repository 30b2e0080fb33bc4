use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types;

use super::written::Part::{self, Number, Sql, Text, Time};
use super::written::Statement;
use crate::{DbConnection, ROWS_AT_ONCE};

/// 분리보관: a table of sealed originals (`sealed_doc`), each kept until its date (`keep_until`).
#[derive(Debug, Clone, Copy)]
pub struct Archive {
    table: &'static str,
    /// The column that names what the original is of.
    key: &'static str,
}

/// One sealed original.
#[derive(Debug, Clone, Copy)]
pub struct Sealed<'a> {
    pub key: &'a str,
    pub keep_until: DateTime<Utc>,
    pub text: &'a str,
}

impl Archive {
    pub const fn in_table(table: &'static str, key: &'static str) -> Self {
        Self { table, key }
    }

    /// Puts sealed originals away. What lies there already is the original and stays.
    pub fn insert(
        self,
        conn: &mut DbConnection,
        now: DateTime<Utc>,
        originals: &[Sealed<'_>],
    ) -> QueryResult<()> {
        for originals in originals.chunks(ROWS_AT_ONCE) {
            let mut parts = vec![Sql("INSERT INTO "), Sql(self.table), Sql(" ("), Sql(self.key)];
            let mut opening = ", keep_until, sealed_doc, reg_dtm) VALUES (";
            for one in originals {
                parts.extend([Sql(opening), Text(one.key), Sql(", "), Time(one.keep_until.naive_utc())]);
                parts.extend([Sql(", "), Text(one.text), Sql(", "), Time(now.naive_utc())]);
                opening = "), (";
            }
            parts.push(Sql(") ON CONFLICT DO NOTHING"));
            let insert: Statement<'_> = Statement::of(parts);
            insert.execute(conn)?;
        }
        Ok(())
    }

    /// The sealed original of this key.
    pub fn find(self, conn: &mut DbConnection, key: &str) -> QueryResult<Option<String>> {
        let rows = self.select(conn, [Sql(" = "), Text(key)])?;
        Ok(rows.into_iter().next().map(|(_, sealed)| sealed))
    }

    /// Keys behind this one with their sealed originals, in the order of the keys; so many at most.
    pub fn page_after(
        self,
        conn: &mut DbConnection,
        after: &str,
        limit: i64,
    ) -> QueryResult<Vec<(String, String)>> {
        let order =
            [Sql(" > "), Text(after), Sql(" ORDER BY "), Sql(self.key), Sql(" LIMIT "), Number(limit)];
        self.select(conn, order)
    }

    fn select<'a>(
        self,
        conn: &mut DbConnection,
        condition: impl IntoIterator<Item = Part<'a>>,
    ) -> QueryResult<Vec<(String, String)>> {
        let select = [Sql("SELECT "), Sql(self.key), Sql(", sealed_doc FROM "), Sql(self.table)];
        let select = select.into_iter().chain([Sql(" WHERE "), Sql(self.key)]).chain(condition);
        Statement::<(sql_types::Text, sql_types::Text)>::of(select).load(conn)
    }

    /// Puts what was sealed anew in the place of what it was made of, if that is still there.
    pub fn replace(self, conn: &mut DbConnection, key: &str, from: &str, to: &str) -> QueryResult<usize> {
        let replace = [Sql("UPDATE "), Sql(self.table), Sql(" SET sealed_doc = "), Text(to), Sql(" WHERE ")];
        let same = [Sql(self.key), Sql(" = "), Text(key), Sql(" AND sealed_doc = "), Text(from)];
        let replace: Statement<'_> = Statement::of(replace.into_iter().chain(same));
        replace.execute(conn)
    }

    /// Deletes what need not be kept any longer, so many at most.
    pub fn purge(self, conn: &mut DbConnection, now: DateTime<Utc>, limit: i64) -> QueryResult<usize> {
        let delete =
            [Sql("DELETE FROM "), Sql(self.table), Sql(" WHERE "), Sql(self.key), Sql(" IN (SELECT ")];
        let past = [Sql(self.key), Sql(" FROM "), Sql(self.table), Sql(" WHERE keep_until <= ")];
        let first = [Time(now.naive_utc()), Sql(" ORDER BY keep_until, "), Sql(self.key)];
        let limit = [Sql(" LIMIT "), Number(limit), Sql(")")];
        let purge: Statement<'_> = Statement::of(delete.into_iter().chain(past).chain(first).chain(limit));
        purge.execute(conn)
    }
}
