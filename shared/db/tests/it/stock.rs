//! A small service of which only the tables exist.

use chrono::{DateTime, NaiveDateTime, Utc};
use db::{Db, DbError, Migrations};
use diesel::prelude::*;
use diesel_migrations::embed_migrations;
use test_kit::TestDatabase;

pub(crate) const MIGRATIONS: Migrations = Migrations {
    sqlite: embed_migrations!("tests/it/migrations/sqlite"),
    postgres: embed_migrations!("tests/it/migrations/postgres"),
};

diesel::table! {
    stock (item_no) {
        item_no -> Text,
        quantity -> BigInt,
        note -> Nullable<Text>,
        seen_dtm -> Nullable<Timestamp>,
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = stock, treat_none_as_default_value = false)]
pub(crate) struct StockRow {
    pub(crate) item_no: String,
    pub(crate) quantity: i64,
    pub(crate) note: Option<String>,
    pub(crate) seen_dtm: Option<NaiveDateTime>,
}

impl StockRow {
    pub(crate) fn new(item_no: &str, quantity: i64) -> Self {
        Self { item_no: item_no.to_owned(), quantity, note: None, seen_dtm: None }
    }
}

pub(crate) fn migrated() -> (TestDatabase, Db) {
    let database = TestDatabase::new();
    let db = database.open();
    db.migrate(MIGRATIONS).unwrap();
    (database, db)
}

/// Items are named 001, 002, …
pub(crate) async fn put(db: &Db, item_no: &'static str, quantity: i64) {
    db.write(move |conn| {
        diesel::insert_into(stock::table).values(StockRow::new(item_no, quantity)).execute(conn)?;
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

pub(crate) async fn quantity_of(db: &Db, item_no: &'static str) -> Option<i64> {
    db.read(move |conn| {
        Ok::<_, DbError>(stock::table.find(item_no).select(stock::quantity).first(conn).optional()?)
    })
    .await
    .unwrap()
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}
