//! What is past its time goes in transactions of bounded size, however much it is.

use chrono::{DateTime, Utc};
use db::{Db, DbError};
use diesel::prelude::*;
use member_service::store::{MIGRATIONS, PERSONAL_ARCHIVE, guest_access};
use member_service::usecase::forget_old_tries::forget_old_tries;
use member_service::usecase::purge_archive::purge_archive;
use platform::clock::Clock;
use test_kit::TestDatabase;
use test_kit::dump::rows_of;

/// More than two transactions' worth.
const MANY: usize = 4_500;

fn noon() -> DateTime<Utc> {
    "2026-11-22T03:00:00Z".parse().unwrap()
}

/// Rows whose time is over, and one whose time is not.
async fn filled(columns: &str, over: &str, not_over: &str) -> (TestDatabase, Db) {
    let database = TestDatabase::new();
    let db = database.open();
    db.migrate(MIGRATIONS).unwrap();
    let numbers = format!(
        "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {MANY})"
    );
    let sql = [
        format!("{numbers} INSERT INTO {columns} SELECT {over} FROM number"),
        format!("INSERT INTO {columns} VALUES ({not_over})"),
    ];
    db.write(move |conn| {
        for sql in &sql {
            diesel::sql_query(sql).execute(conn)?;
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    (database, db)
}

#[tokio::test]
async fn the_archive_is_purged_in_batches() {
    let columns = "personal_archive (ord_no, keep_until, sealed_doc, reg_dtm)";
    let over = "'O' || n, '2026-11-22 03:00:00', 'sealed', '2021-11-22 03:00:00'";
    let not_over = "'young', '2026-11-22 03:00:00.000001', 'sealed', '2021-11-22 03:00:00'";
    let (_database, db) = filled(columns, over, not_over).await;
    let few = db.write(|conn| Ok::<_, DbError>(PERSONAL_ARCHIVE.purge(conn, noon(), 2)?)).await.unwrap();
    assert_eq!(few, 2);
    assert_eq!(purge_archive(&db, noon()).await.unwrap(), MANY - 2);
    assert_eq!(rows_of(&db, "personal_archive").await.len(), 1);
}

#[tokio::test]
async fn tries_on_order_numbers_are_forgotten_in_batches() {
    let columns = "guest_access_try (ord_no, try_gb_cd, slot_seq, try_dtm, match_yn)";
    let over = "'O' || n, '10', 1, '2026-11-22 02:00:00', 'N'";
    let not_over = "'young', '10', 1, '2026-11-22 02:00:00.000001', 'N'";
    let (_database, db) = filled(columns, over, not_over).await;
    let few = db.write(|conn| Ok::<_, DbError>(guest_access::purge_tries(conn, noon(), 2)?)).await.unwrap();
    assert_eq!(few, 2);
    assert_eq!(forget_old_tries(&db, &Clock::fixed(noon())).await.unwrap(), MANY - 2);
    assert_eq!(rows_of(&db, "guest_access_try").await.len(), 1);
}
