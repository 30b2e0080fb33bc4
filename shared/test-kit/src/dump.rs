//! Everything a database holds, as text: for tests that look for what must not be there.

use db::{Backend, Db, DbConnection, DbError};
use diesel::prelude::*;
use diesel::sql_types::Text;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Every row of every table.
pub async fn all_rows(db: &Db) -> Vec<String> {
    let backend = db.backend();
    db.read(move |conn| {
        let mut rows = Vec::new();
        for table in tables(conn, backend)? {
            rows.extend(rows_of_table(conn, backend, &table)?);
        }
        Ok::<_, DbError>(rows)
    })
    .await
    .expect("a test's database can be read")
}

/// Every row of one table.
pub async fn rows_of(db: &Db, table: &'static str) -> Vec<String> {
    let backend = db.backend();
    db.read(move |conn| rows_of_table(conn, backend, table).map_err(DbError::from))
        .await
        .expect("a test's database can be read")
}

/// The last two parts of a phone number in every form in which they may be kept: beside each other, or in quotes.
///
/// Each part alone is four digits, which digests and times have by chance.
pub fn phone_forms(middle: &str, end: &str) -> Vec<String> {
    let beside = ["", "|", ",", "-", " "].map(|between| format!("{middle}{between}{end}"));
    beside.into_iter().chain([middle, end].map(|part| format!("\"{part}"))).collect()
}

fn tables(conn: &mut DbConnection, backend: Backend) -> QueryResult<Vec<String>> {
    let sql = match backend {
        Backend::Sqlite => "SELECT name AS line FROM sqlite_master WHERE type = 'table' ORDER BY name",
        Backend::Postgres => {
            "SELECT table_name::text AS line FROM information_schema.tables \
             WHERE table_schema = current_schema() ORDER BY table_name"
        }
    };
    lines(conn, sql)
}

fn rows_of_table(conn: &mut DbConnection, backend: Backend, table: &str) -> QueryResult<Vec<String>> {
    let rows = match backend {
        Backend::Postgres => lines(conn, &format!("SELECT t::text AS line FROM \"{table}\" t"))?,
        Backend::Sqlite => {
            let columns = lines(conn, &format!("SELECT name AS line FROM pragma_table_info('{table}')"))?;
            let joined: Vec<String> =
                columns.iter().map(|column| format!("coalesce(CAST(\"{column}\" AS TEXT), '')")).collect();
            lines(conn, &format!("SELECT {} AS line FROM \"{table}\"", joined.join(" || '|' || ")))?
        }
    };
    Ok(rows.into_iter().map(|row| format!("{table}: {row}")).collect())
}

fn lines(conn: &mut DbConnection, sql: &str) -> QueryResult<Vec<String>> {
    let rows: Vec<Line> = diesel::sql_query(sql).load(conn)?;
    Ok(rows.into_iter().map(|row| row.line).collect())
}
