use crate::stock::{migrated, put, quantity_of};
use db::{Backend, Db, DbError};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use test_kit::TestDatabase;

/// Holds the only connection until told to let go.
async fn hold(db: &Db) -> (mpsc::Sender<()>, tokio::task::JoinHandle<Result<(), DbError>>) {
    let (let_go, waits) = mpsc::channel::<()>();
    let (holding, mut holds) = tokio::sync::mpsc::unbounded_channel();
    let db = db.clone();
    let holder = tokio::spawn(async move {
        db.write(move |_| {
            holding.send(()).unwrap();
            waits.recv().unwrap();
            Ok(())
        })
        .await
    });
    holds.recv().await.unwrap();
    (let_go, holder)
}

fn with_one_connection(database: &TestDatabase, acquire_timeout_ms: u64, max_waiting: usize) -> Db {
    let mut settings = database.settings();
    settings.pool_size = Some(1);
    settings.acquire_timeout_ms = acquire_timeout_ms;
    settings.max_waiting = max_waiting;
    Db::open(&settings).unwrap()
}

#[tokio::test]
async fn a_caller_that_waits_too_long_is_told_that_the_database_is_busy() {
    let (database, _db) = migrated();
    let db = with_one_connection(&database, 50, 10);
    let (let_go, holder) = hold(&db).await;
    let started = Instant::now();
    let outcome: Result<(), DbError> = db.write(|_| Ok(())).await;
    assert!(matches!(outcome, Err(DbError::Busy)));
    assert!(started.elapsed() >= Duration::from_millis(50));
    let_go.send(()).unwrap();
    holder.await.unwrap().unwrap();
    db.write(|_| Ok::<_, DbError>(())).await.unwrap();
}

#[tokio::test]
async fn one_caller_more_than_may_wait_is_refused_at_once() {
    let (database, _db) = migrated();
    let db = with_one_connection(&database, 60_000, 1);
    let (let_go, holder) = hold(&db).await;
    let patient = tokio::spawn({
        let db = db.clone();
        async move { db.write(|_| Ok::<_, DbError>(())).await }
    });
    tokio::task::yield_now().await;
    let outcome: Result<(), DbError> = db.write(|_| Ok(())).await;
    assert!(matches!(outcome, Err(DbError::Busy)));
    let_go.send(()).unwrap();
    holder.await.unwrap().unwrap();
    patient.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_caller_that_gives_up_leaves_its_place_in_the_queue() {
    let (database, _db) = migrated();
    let db = with_one_connection(&database, 60_000, 1);
    let (let_go, holder) = hold(&db).await;
    for _ in 0..3 {
        let impatient =
            tokio::time::timeout(Duration::from_millis(5), db.write(|_| Ok::<_, DbError>(()))).await;
        assert!(impatient.is_err());
    }
    let_go.send(()).unwrap();
    holder.await.unwrap().unwrap();
}

#[tokio::test]
async fn work_begins_in_the_order_of_its_arrival() {
    let (database, _db) = migrated();
    let db = with_one_connection(&database, 60_000, 20);
    let (let_go, holder) = hold(&db).await;
    let (begins, begun) = mpsc::channel();
    // Each is polled once, in this order, and so stands in the queue in this order.
    let waiting = futures_util::future::join_all((0..20).map(|number| {
        let begins = begins.clone();
        db.write(move |_| {
            begins.send(number).unwrap();
            Ok::<_, DbError>(())
        })
    }));
    let (outcomes, ()) = tokio::join!(waiting, async { let_go.send(()).unwrap() });
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(begun.try_iter().collect::<Vec<i32>>(), (0..20).collect::<Vec<i32>>());
    holder.await.unwrap().unwrap();
}

#[tokio::test]
async fn work_that_was_given_up_in_the_queue_never_begins() {
    let (database, _db) = migrated();
    let db = with_one_connection(&database, 50, 10);
    let (let_go, holder) = hold(&db).await;
    let (begins, begun) = mpsc::channel();
    let refused = db.write({
        let begins = begins.clone();
        move |_| {
            begins.send("told that it is busy").unwrap();
            Ok::<_, DbError>(())
        }
    });
    assert!(matches!(refused.await, Err(DbError::Busy)));
    let left = db.write({
        let begins = begins.clone();
        move |_| {
            begins.send("gone away").unwrap();
            Ok::<_, DbError>(())
        }
    });
    assert!(tokio::time::timeout(Duration::from_millis(5), left).await.is_err());
    let_go.send(()).unwrap();
    holder.await.unwrap().unwrap();
    db.write(move |_| {
        begins.send("waited").unwrap();
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    assert_eq!(begun.iter().collect::<Vec<_>>(), ["waited"]);
}

#[tokio::test]
async fn patience_ends_when_the_work_begins() {
    let (database, _db) = migrated();
    let db = with_one_connection(&database, 1_000, 10);
    let (let_first_go, first) = hold(&db).await;
    let (let_second_go, second) = {
        let (second, ()) = tokio::join!(hold(&db), async {
            // By now the second stands in the queue.
            tokio::task::yield_now().await;
            let_first_go.send(()).unwrap();
        });
        second
    };
    first.await.unwrap().unwrap();
    // Whoever comes after it has lost patience, so it would have too, were it still waiting for its turn.
    assert!(matches!(db.write(|_| Ok::<_, DbError>(())).await, Err(DbError::Busy)));
    let_second_go.send(()).unwrap();
    second.await.unwrap().unwrap();
}

/// SQLite's readers do not stand behind the writer.
#[tokio::test]
async fn readers_are_served_while_a_writer_works() {
    let (database, db) = migrated();
    put(&db, "001", 7).await;
    let (let_go, holder) = hold(&db).await;
    assert_eq!(quantity_of(&db, "001").await, Some(7));
    let_go.send(()).unwrap();
    holder.await.unwrap().unwrap();
    drop(database);
}

#[tokio::test]
async fn a_lock_held_by_another_process_is_busy_too() {
    let (database, db) = migrated();
    if db.backend() == Backend::Sqlite {
        let (let_go, holder) = hold(&database.open()).await;
        let db = with_one_connection(&database, 50, 10);
        let outcome: Result<(), DbError> = db.write(|_| Ok(())).await;
        assert!(matches!(outcome, Err(DbError::Busy)), "{outcome:?}");
        let_go.send(()).unwrap();
        holder.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_handle_may_be_dropped_inside_asynchronous_code_while_work_runs() {
    let (database, db) = migrated();
    let (let_go, holder) = hold(&db).await;
    holder.abort();
    assert!(holder.await.unwrap_err().is_cancelled());
    drop(db);
    let_go.send(()).unwrap();
    database.open().ping().await.unwrap();
}
