//! What the services build on: one query, two databases, one answer.

use crate::stock::{MIGRATIONS, StockRow, at, migrated, stock as table};
use chrono::{DateTime, Utc};
use commerce::calendar;
use db::{Backend, Db, DbConnection, DbError, each_backend};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use dto::date_time::KstDateTime;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use test_kit::TestDatabase;

db::statement! {
    struct TakeOut<'a> {
        quantity: i64 = BigInt,
        item_no: &'a str = Text,
    }
    sql { "UPDATE stock SET quantity = quantity - " {quantity} " WHERE item_no = " {item_no} " AND quantity >= " {quantity} }
}

db::statement! {
    struct NotesFrom {
        least: i64 = BigInt,
    } -> (Text, Nullable<Text>)
    sql { "SELECT item_no, note FROM stock WHERE quantity >= " {least} " ORDER BY item_no" }
}

fn everything(conn: &mut DbConnection) -> QueryResult<Vec<String>> {
    let mut seen = Vec::new();
    let rows = [
        StockRow { note: Some("가나다".to_owned()), ..StockRow::new("001", 5) },
        StockRow { seen_dtm: Some(at("2026-11-22T00:00:00.123456Z").naive_utc()), ..StockRow::new("002", 9) },
        StockRow::new("003", 0),
    ];
    let insert_again = |conn: &mut DbConnection| {
        each_backend!(conn, |inner| {
            diesel::insert_into(table::table).values(&rows).on_conflict_do_nothing().execute(inner)
        })
    };
    seen.push(format!("inserted {} then {}", insert_again(conn)?, insert_again(conn)?));

    let upserted: Vec<StockRow> = each_backend!(conn, |inner| {
        diesel::insert_into(table::table)
            .values(&StockRow::new("003", 4))
            .on_conflict(table::item_no)
            .do_update()
            .set(table::quantity.eq(diesel::upsert::excluded(table::quantity)))
            .returning(StockRow::as_returning())
            .get_results(inner)
    })?;
    seen.push(format!("upserted {upserted:?}"));

    let taken = TakeOut { quantity: 3, item_no: "001" }.execute(conn)?;
    let refused = TakeOut { quantity: 3, item_no: "001" }.execute(conn)?;
    seen.push(format!("taken {taken} then {refused}"));

    let notes = NotesFrom { least: 1 }.load::<(String, Option<String>)>(conn)?;
    seen.push(format!("notes {notes:?}"));

    let all: Vec<StockRow> = table::table
        .filter(table::item_no.eq_any(["001", "002", "003"]))
        .order(table::item_no)
        .select(StockRow::as_select())
        .load(conn)?;
    seen.push(format!("rows {all:?}"));

    let dated: i64 = table::table.filter(table::seen_dtm.is_not_null()).count().get_result(conn)?;
    seen.push(format!("dated {dated}"));
    Ok(seen)
}

async fn answers_of(database: &TestDatabase) -> Vec<String> {
    let db = database.open();
    db.migrate(MIGRATIONS).unwrap();
    db.write(|conn| Ok::<_, DbError>(everything(conn)?)).await.unwrap()
}

#[tokio::test]
async fn both_databases_give_the_same_answers() {
    let answers = answers_of(&TestDatabase::sqlite()).await;
    assert_eq!(answers[0], "inserted 3 then 0");
    assert_eq!(answers[2], "taken 1 then 0");
    if let Some(database) = TestDatabase::postgres() {
        assert_eq!(answers, answers_of(&database).await);
    }
}

/// Nanoseconds would be kept by one database and cut by the other.
#[tokio::test]
async fn a_time_of_whole_microseconds_comes_back_as_it_was() {
    let (_database, db) = migrated();
    let now = at("2026-11-22T03:00:00.987654Z").naive_utc();
    let read: Option<chrono::NaiveDateTime> = db
        .write(move |conn| {
            let row = StockRow { seen_dtm: Some(now), ..StockRow::new("001", 1) };
            diesel::insert_into(table::table).values(row).execute(conn)?;
            Ok::<_, DbError>(table::table.find("001").select(table::seen_dtm).first(conn)?)
        })
        .await
        .unwrap();
    assert_eq!(read, Some(now));
}

/// Any time of the calendar in whole microseconds, its ends more often than others.
fn time_of_the_calendar() -> impl Strategy<Value = DateTime<Utc>> {
    let (first, last) = (calendar::FIRST.timestamp_micros(), calendar::LAST.timestamp_micros());
    let day = 86_400_000_000;
    prop_oneof![first..=last, first..=first + day, last - day..=last, Just(first), Just(last)]
        .prop_map(|microseconds| DateTime::from_timestamp_micros(microseconds).unwrap())
}

#[tokio::test]
async fn every_time_of_the_calendar_comes_back_and_sorts_as_it_is_on_either_database() {
    let times = proptest::collection::vec(time_of_the_calendar(), 500);
    let times = times.new_tree(&mut TestRunner::deterministic()).unwrap().current();
    let databases = [Some(TestDatabase::sqlite()), TestDatabase::postgres()];
    for database in databases.into_iter().flatten() {
        let db = database.open();
        db.migrate(MIGRATIONS).unwrap();
        let rows: Vec<StockRow> = times
            .iter()
            .enumerate()
            .map(|(place, at)| StockRow {
                seen_dtm: Some(at.naive_utc()),
                ..StockRow::new(&place.to_string(), i64::try_from(place).unwrap())
            })
            .collect();
        let read: Vec<(i64, Option<chrono::NaiveDateTime>)> = db
            .write(move |conn| {
                each_backend!(conn, |inner| diesel::insert_into(table::table).values(&rows).execute(inner))?;
                let rows = table::table.order((table::seen_dtm, table::quantity));
                Ok::<_, DbError>(rows.select((table::quantity, table::seen_dtm)).load(conn)?)
            })
            .await
            .unwrap();
        let mut expected: Vec<(i64, Option<chrono::NaiveDateTime>)> =
            (0..).zip(times.iter().map(|at| Some(at.naive_utc()))).collect();
        expected.sort_by_key(|(place, at)| (*at, *place));
        assert_eq!(read, expected);
        for (_, at) in read {
            let at = at.unwrap().and_utc();
            let json = serde_json::to_string(&KstDateTime(at)).unwrap();
            assert_eq!(serde_json::from_str::<KstDateTime>(&json).unwrap().utc(), at, "{json}");
        }
    }
}

#[tokio::test]
async fn a_statement_is_prepared_once_and_then_reused() {
    let (database, _db) = migrated();
    let mut settings = database.settings();
    settings.pool_size = Some(1);
    let db = Db::open(&settings).unwrap();
    if db.backend() != Backend::Postgres {
        return;
    }
    let prepared: i64 = db
        .write(|conn| {
            for _ in 0..3 {
                TakeOut { quantity: 1, item_no: "001" }.execute(conn)?;
            }
            let known = "(SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'UPDATE stock%')";
            Ok::<_, DbError>(diesel::select(diesel::dsl::sql::<BigInt>(known)).get_result(conn)?)
        })
        .await
        .unwrap();
    assert_eq!(prepared, 1);
}
