//! Names are held by one transaction at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use db::{Db, DbError, named_lock};

use crate::stock::migrated;

/// Holds a name for a moment, and says how many others held it meanwhile.
async fn hold_for_a_moment(db: Db, name: &'static str, inside: Arc<AtomicUsize>) -> usize {
    db.write(move |conn| {
        named_lock::hold(conn, name)?;
        let others = inside.fetch_add(1, Ordering::SeqCst);
        // On a thread that may block.
        #[expect(clippy::disallowed_methods, reason = "the closure runs on a thread of the database")]
        std::thread::sleep(std::time::Duration::from_millis(5));
        inside.fetch_sub(1, Ordering::SeqCst);
        Ok::<_, DbError>(others)
    })
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_transaction_at_a_time_holds_a_name_whichever_replica_it_is_of() {
    let (database, db) = migrated();
    let replicas = [db, database.open()];
    let inside = Arc::new(AtomicUsize::new(0));
    let running: Vec<_> = (0..24)
        .map(|number| {
            tokio::spawn(hold_for_a_moment(replicas[number % 2].clone(), "member:1", Arc::clone(&inside)))
        })
        .collect();
    for task in running {
        assert_eq!(task.await.unwrap(), 0, "somebody else held it");
    }
}

#[tokio::test]
async fn a_name_is_free_again_when_its_transaction_ends_however_it_ends() {
    let (_database, db) = migrated();
    let failed: Result<(), DbError> = db
        .write(|conn| {
            named_lock::hold(conn, "member:1")?;
            // Once more is no wait.
            named_lock::hold(conn, "member:1")?;
            Err(DbError::Busy)
        })
        .await;
    assert!(failed.is_err());
    assert_eq!(hold_for_a_moment(db, "member:1", Arc::default()).await, 0);
}
