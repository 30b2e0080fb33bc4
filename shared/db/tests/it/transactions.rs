use crate::stock::{StockRow, migrated, put, quantity_of, stock as table};
use db::{Backend, Db, DbError, for_update};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

/// Reads, thinks, writes: the kind of work that loses updates or locks itself out.
async fn take_one(db: Db) -> Result<(), DbError> {
    db.write(|conn| {
        let row: StockRow =
            for_update!(conn, table::table.find("001").select(StockRow::as_select()), |query, inner| {
                query.first(inner)
            })?;
        diesel::update(table::table.find("001")).set(table::quantity.eq(row.quantity - 1)).execute(conn)?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn sixteen_transactions_that_read_and_then_write_all_succeed() {
    let (_database, db) = migrated();
    put(&db, "001", 160).await;
    for _ in 0..5 {
        let running: Vec<_> = (0..16).map(|_| tokio::spawn(take_one(db.clone()))).collect();
        for task in running {
            task.await.unwrap().unwrap();
        }
    }
    assert_eq!(quantity_of(&db, "001").await, Some(80));
}

/// Two replicas of a service have no common queue of writers.
#[tokio::test(flavor = "multi_thread")]
async fn transactions_of_different_handles_wait_for_each_other() {
    let (database, db) = migrated();
    put(&db, "001", 64).await;
    let replicas: Vec<Db> = (0..4).map(|_| database.open()).collect();
    let running: Vec<_> =
        (0..64).map(|number| tokio::spawn(take_one(replicas[number % 4].clone()))).collect();
    for task in running {
        task.await.unwrap().unwrap();
    }
    assert_eq!(quantity_of(&db, "001").await, Some(0));
}

#[tokio::test]
async fn an_error_rolls_the_work_back() {
    let (_database, db) = migrated();
    put(&db, "001", 7).await;
    let outcome: Result<(), DbError> = db
        .write(|conn| {
            diesel::update(table::table.find("001")).set(table::quantity.eq(1)).execute(conn)?;
            Err(QueryError::RollbackTransaction.into())
        })
        .await;
    assert!(matches!(outcome, Err(DbError::Query(QueryError::RollbackTransaction))));
    assert_eq!(quantity_of(&db, "001").await, Some(7));
}

#[tokio::test]
async fn a_panic_rolls_the_work_back_and_the_next_caller_is_served() {
    let (_database, db) = migrated();
    put(&db, "001", 7).await;
    for _ in 0..10 {
        let outcome: Result<(), DbError> = db
            .write(|conn| {
                diesel::update(table::table.find("001")).set(table::quantity.eq(1)).execute(conn)?;
                panic!("on purpose")
            })
            .await;
        assert!(matches!(outcome, Err(DbError::Panicked)));
    }
    assert_eq!(quantity_of(&db, "001").await, Some(7));
    put(&db, "002", 1).await;
}

#[tokio::test]
async fn a_statement_that_fails_and_is_ignored_does_not_pass_as_a_success() {
    let (_database, db) = migrated();
    put(&db, "001", 7).await;
    let outcome: Result<(), DbError> = db
        .write(|conn| {
            diesel::update(table::table.find("001")).set(table::quantity.eq(1)).execute(conn)?;
            let refused = diesel::insert_into(table::table).values(StockRow::new("001", 1)).execute(conn);
            assert!(refused.is_err());
            Ok(())
        })
        .await;
    let stored = quantity_of(&db, "001").await;
    assert_eq!(outcome.is_ok(), stored == Some(1), "{outcome:?} but {stored:?} is stored");
}

#[tokio::test]
async fn a_failure_inside_a_savepoint_does_not_spoil_the_transaction() {
    let (_database, db) = migrated();
    put(&db, "001", 7).await;
    let outcome: Result<(), DbError> = db
        .write(|conn| {
            let twice = conn.transaction(|conn| {
                diesel::insert_into(table::table).values(StockRow::new("001", 1)).execute(conn)
            });
            assert!(twice.is_err());
            diesel::insert_into(table::table).values(StockRow::new("002", 2)).execute(conn)?;
            Ok(())
        })
        .await;
    outcome.unwrap();
    assert_eq!(quantity_of(&db, "002").await, Some(2));
}

#[tokio::test]
async fn a_transaction_inside_a_transaction_is_a_savepoint() {
    let (_database, db) = migrated();
    put(&db, "001", 7).await;
    let outcome: Result<(), DbError> = db
        .write(|conn| {
            diesel::update(table::table.find("001")).set(table::quantity.eq(6)).execute(conn)?;
            let inner = conn.transaction(|conn| {
                diesel::update(table::table.find("001")).set(table::quantity.eq(1)).execute(conn)?;
                Err::<(), _>(QueryError::RollbackTransaction)
            });
            assert!(inner.is_err());
            Ok(())
        })
        .await;
    outcome.unwrap();
    assert_eq!(quantity_of(&db, "001").await, Some(6));
}

#[tokio::test]
async fn sqlite_refuses_a_change_made_by_a_reader() {
    let (_database, db) = migrated();
    put(&db, "001", 7).await;
    if db.backend() == Backend::Sqlite {
        let outcome: Result<usize, DbError> =
            db.read(|conn| Ok(diesel::delete(table::table).execute(conn)?)).await;
        assert!(matches!(outcome, Err(DbError::Query(_))));
    }
    let outcome: Result<usize, DbError> =
        db.snapshot(|conn| Ok(diesel::delete(table::table).execute(conn)?)).await;
    assert!(matches!(outcome, Err(DbError::Query(_))));
    assert_eq!(quantity_of(&db, "001").await, Some(7));
}

#[tokio::test]
async fn a_snapshot_does_not_see_what_is_written_meanwhile() {
    let (_database, db) = migrated();
    put(&db, "001", 7).await;
    let (first_read, has_read) = std::sync::mpsc::channel();
    let (written, go_on) = std::sync::mpsc::channel();
    let reader = tokio::spawn({
        let db = db.clone();
        async move {
            db.snapshot(move |conn| {
                let quantity =
                    |conn: &mut _| table::table.find("001").select(table::quantity).first::<i64>(conn);
                let before = quantity(conn)?;
                first_read.send(()).unwrap();
                go_on.recv().unwrap();
                Ok::<_, DbError>((before, quantity(conn)?))
            })
            .await
        }
    });
    tokio::task::spawn_blocking(move || has_read.recv().unwrap()).await.unwrap();
    take_one(db.clone()).await.unwrap();
    written.send(()).unwrap();
    assert_eq!(reader.await.unwrap().unwrap(), (7, 7));
    assert_eq!(quantity_of(&db, "001").await, Some(6));
}

#[tokio::test]
async fn work_is_finished_when_its_caller_goes_away() {
    let (_database, db) = migrated();
    put(&db, "001", 7).await;
    let (begun, mut has_begun) = tokio::sync::mpsc::unbounded_channel();
    let (go_on, waits) = std::sync::mpsc::channel();
    let caller = tokio::spawn({
        let db = db.clone();
        async move {
            db.write(move |conn| {
                begun.send(()).unwrap();
                waits.recv().unwrap();
                diesel::update(table::table.find("001")).set(table::quantity.eq(1)).execute(conn)?;
                Ok::<_, DbError>(())
            })
            .await
        }
    });
    has_begun.recv().await.unwrap();
    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());
    go_on.send(()).unwrap();
    // On SQLite the next writer waits for the first; on PostgreSQL the row lock or the pool may not.
    while quantity_of(&db, "001").await != Some(1) {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_commit_that_the_database_refuses_is_an_error_and_leaves_nothing() {
    let (_database, db) = migrated();
    let outcome: Result<(), DbError> = db
        .write(|conn| {
            diesel::insert_into(table::table).values(StockRow::new("001", 1)).execute(conn)?;
            diesel::sql_query("INSERT INTO stock_place VALUES ('A1', 'unknown')").execute(conn)?;
            Ok(())
        })
        .await;
    assert!(matches!(outcome, Err(DbError::Query(_))), "{outcome:?}");
    assert_eq!(quantity_of(&db, "001").await, None);
    put(&db, "002", 1).await;
}
