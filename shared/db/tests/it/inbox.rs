use crate::stock::{at, migrated, put, quantity_of, stock as table};
use chrono::TimeDelta;
use db::{DbError, inbox};
use diesel::prelude::*;

const NOON: &str = "2026-11-22T03:00:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn of_sixteen_receivers_of_one_message_one_carries_it_out() {
    let (database, db) = migrated();
    put(&db, "001", 100).await;
    let receivers: Vec<_> = (0..16)
        .map(|_| {
            let db = database.open();
            tokio::spawn(async move {
                db.write(|conn| {
                    let is_first = inbox::first_time(conn, at(NOON), "claim-1/stock/001")?;
                    if is_first {
                        diesel::update(table::table.find("001"))
                            .set(table::quantity.eq(table::quantity + 1))
                            .execute(conn)?;
                    }
                    Ok::<_, DbError>(is_first)
                })
                .await
                .unwrap()
            })
        })
        .collect();
    let mut times = 0;
    for receiver in receivers {
        times += i32::from(receiver.await.unwrap());
    }
    assert_eq!(times, 1);
    assert_eq!(quantity_of(&db, "001").await, Some(101));
}

#[tokio::test]
async fn a_message_whose_effect_was_rolled_back_is_new_again() {
    let (_database, db) = migrated();
    let failed: Result<(), DbError> = db
        .write(|conn| {
            assert!(inbox::first_time(conn, at(NOON), "a")?);
            Err(diesel::result::Error::RollbackTransaction.into())
        })
        .await;
    assert!(failed.is_err());
    assert!(db.write(|conn| Ok::<_, DbError>(inbox::first_time(conn, at(NOON), "a")?)).await.unwrap());
}

#[tokio::test]
async fn old_messages_are_forgotten() {
    let (_database, db) = migrated();
    let (noon, next_day) = (at(NOON), at(NOON) + TimeDelta::days(1));
    let again = db
        .write(move |conn| {
            inbox::first_time(conn, noon, "old")?;
            inbox::first_time(conn, next_day, "young")?;
            assert_eq!(inbox::purge_before(conn, next_day, 10)?, 1);
            Ok::<_, DbError>((
                inbox::first_time(conn, next_day, "old")?,
                inbox::first_time(conn, next_day, "young")?,
            ))
        })
        .await
        .unwrap();
    assert_eq!(again, (true, false));
}

#[tokio::test]
async fn they_are_forgotten_a_few_at_a_time_the_oldest_first() {
    let (_database, db) = migrated();
    let noon = at(NOON);
    db.write(move |conn| {
        for (hours, key) in [(2, "c"), (0, "a"), (1, "b")] {
            inbox::first_time(conn, noon + TimeDelta::hours(hours), key)?;
        }
        let end = noon + TimeDelta::days(1);
        assert_eq!(inbox::purge_before(conn, end, 2)?, 2);
        assert!(!inbox::first_time(conn, end, "c")?, "the youngest is still here");
        assert_eq!(inbox::purge_before(conn, end, 2)?, 1);
        assert_eq!(inbox::purge_before(conn, end, 2)?, 0);
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}
