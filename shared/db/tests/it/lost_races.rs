//! Transactions that PostgreSQL ends for the sake of another are run again. SQLite lets writers wait instead.

use crate::stock::{migrated, put, quantity_of, stock as table};
use db::{Backend, Db, DbError};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

/// An error out of which nobody reads what the database said.
#[derive(Debug)]
struct Own {
    _text: String,
}

fn own(error: impl std::fmt::Debug) -> Own {
    Own { _text: format!("{error:?}") }
}

impl From<DbError> for Own {
    fn from(error: DbError) -> Self {
        own(error)
    }
}

fn quantity(conn: &mut db::DbConnection, item_no: &str) -> QueryResult<i64> {
    table::table.find(item_no).select(table::quantity).first(conn)
}

fn set(conn: &mut db::DbConnection, item_no: &str, quantity: i64) -> QueryResult<usize> {
    diesel::update(table::table.find(item_no)).set(table::quantity.eq(quantity)).execute(conn)
}

/// Takes the rows in this order, and tells `tried` between the two.
async fn take_both(db: Db, items: [&'static str; 2], tried: impl Fn() + Send + 'static) -> Result<(), Own> {
    db.write(move |conn| {
        set(conn, items[0], 1).map_err(own)?;
        tried();
        set(conn, items[1], 1).map_err(own)?;
        Ok(())
    })
    .await
}

/// The error of the work itself says nothing of the database: what its statements came to decides.
#[tokio::test(flavor = "multi_thread")]
async fn a_deadlock_is_nobodys_failure() {
    let (_database, db) = migrated();
    if db.backend() == Backend::Sqlite {
        return;
    }
    put(&db, "001", 7).await;
    put(&db, "002", 7).await;
    let tries = Arc::new(AtomicUsize::new(0));
    let (first_has, second_waits) = channel();
    let (second_has, first_waits) = channel();
    // The first time each waits until the other has its first row.
    let meeting = |told: Sender<()>, waits: Receiver<()>| {
        let (tries, is_first) = (Arc::clone(&tries), Cell::new(true));
        move || {
            tries.fetch_add(1, Ordering::Relaxed);
            if is_first.replace(false) {
                told.send(()).unwrap();
                waits.recv().unwrap();
            }
        }
    };
    let first = tokio::spawn(take_both(db.clone(), ["001", "002"], meeting(first_has, first_waits)));
    let second = tokio::spawn(take_both(db.clone(), ["002", "001"], meeting(second_has, second_waits)));
    first.await.unwrap().unwrap();
    second.await.unwrap().unwrap();
    assert!(tries.load(Ordering::Relaxed) > 2, "one of the two was run again");
}

/// Both look at both rows and write one: together they would break what each relies on.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_put_in_an_order_is_run_again() {
    let (_database, db) = migrated();
    if db.backend() == Backend::Sqlite {
        return;
    }
    put(&db, "001", 1).await;
    put(&db, "002", 1).await;
    let take_one_if_both_are_there = |own: &'static str| {
        db.write(move |conn| {
            conn.batch_execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")?;
            if quantity(conn, "001")? + quantity(conn, "002")? == 2 {
                set(conn, own, 0)?;
            }
            Ok::<_, DbError>(())
        })
    };
    for _ in 0..50 {
        let (one, other) = tokio::join!(take_one_if_both_are_there("001"), take_one_if_both_are_there("002"));
        one.unwrap();
        other.unwrap();
        let left = quantity_of(&db, "001").await.unwrap() + quantity_of(&db, "002").await.unwrap();
        assert_eq!(left, 1);
        db.write(|conn| {
            Ok::<_, DbError>(diesel::update(table::table).set(table::quantity.eq(1)).execute(conn)?)
        })
        .await
        .unwrap();
    }
}

#[tokio::test]
async fn the_tries_have_an_end_and_other_errors_have_one_try() {
    let (_database, db) = migrated();
    if db.backend() == Backend::Sqlite {
        return;
    }
    for (state, expected) in [("40001", 20), ("23514", 1)] {
        let tries = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&tries);
        let outcome = db
            .write(move |conn| {
                counter.fetch_add(1, Ordering::Relaxed);
                let sql =
                    format!("DO $$ BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = '{state}'; END $$");
                Ok::<_, DbError>(conn.batch_execute(&sql)?)
            })
            .await;
        assert_eq!(matches!(outcome, Err(DbError::Busy)), expected > 1, "{state}: {outcome:?}");
        assert_eq!(tries.load(Ordering::Relaxed), expected, "{state}");
    }
}
