//! Codes, numbers and amounts survive a database, and what is no code does not come out of one.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use commerce::{DeliveryProcess, LineStatus, OrderNo, Rate, Won};
use diesel::prelude::*;
use libsqlite3_sys as _;

diesel::table! {
    sample (ord_no) {
        ord_no -> Text,
        ord_dtl_stat_cd -> Text,
        deli_proc_typ_cd -> Nullable<Text>,
        amt -> BigInt,
        rate -> BigInt,
    }
}

#[derive(Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = sample)]
struct SampleRow {
    ord_no: OrderNo,
    ord_dtl_stat_cd: LineStatus,
    deli_proc_typ_cd: Option<DeliveryProcess>,
    amt: Won,
    rate: Rate,
}

fn database() -> SqliteConnection {
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    diesel::sql_query(
        "CREATE TABLE sample (ord_no TEXT PRIMARY KEY, ord_dtl_stat_cd TEXT NOT NULL, deli_proc_typ_cd TEXT, \
         amt BIGINT NOT NULL, rate BIGINT NOT NULL)",
    )
    .execute(&mut conn)
    .unwrap();
    conn
}

fn row(serial: u32, line_status: LineStatus) -> SampleRow {
    SampleRow {
        ord_no: OrderNo::parse(&format!("20260801O{serial:06}")).unwrap(),
        ord_dtl_stat_cd: line_status,
        deli_proc_typ_cd: serial.is_multiple_of(2).then_some(DeliveryProcess::Vendor),
        amt: Won::new(i64::MIN),
        rate: Rate::from_percent_text("2.9").unwrap(),
    }
}

#[test]
fn rows_come_back_as_they_went_in() {
    let conn = &mut database();
    let rows: Vec<_> = (0..).zip(LineStatus::ALL).map(|(serial, status)| row(serial, *status)).collect();
    diesel::insert_into(sample::table).values(&rows).execute(conn).unwrap();
    let read = sample::table.order(sample::ord_no).select(SampleRow::as_select()).load(conn).unwrap();
    assert_eq!(read, rows);
}

#[test]
fn codes_and_numbers_filter() {
    let conn = &mut database();
    let rows = [row(1, LineStatus::Shipped), row(2, LineStatus::Delivered), row(3, LineStatus::Cancelled)];
    diesel::insert_into(sample::table).values(&rows).execute(conn).unwrap();
    let [first, second, _] = rows;
    let found: Vec<OrderNo> = sample::table
        .filter(sample::ord_dtl_stat_cd.eq_any([LineStatus::Shipped, LineStatus::Delivered]))
        .filter(sample::ord_no.ne(&first.ord_no))
        .select(sample::ord_no)
        .load(conn)
        .unwrap();
    assert_eq!(found, [second.ord_no]);
}

#[test]
fn a_database_keeps_the_code_and_not_the_name_it_travels_under() {
    let conn = &mut database();
    diesel::insert_into(sample::table).values(row(2, LineStatus::Shipped)).execute(conn).unwrap();
    let kept: Option<String> = sample::table.select(sample::deli_proc_typ_cd).first(conn).unwrap();
    assert_eq!(kept.as_deref(), Some("20"));
}

#[test]
fn what_is_no_code_is_an_error_and_not_a_guess() {
    let conn = &mut database();
    diesel::insert_into(sample::table).values(row(1, LineStatus::Shipped)).execute(conn).unwrap();
    diesel::update(sample::table).set(sample::ord_dtl_stat_cd.eq("99")).execute(conn).unwrap();
    let refused = sample::table.select(SampleRow::as_select()).first(conn).unwrap_err();
    assert!(format!("{refused:?}").contains("99"), "{refused:?}");
}
