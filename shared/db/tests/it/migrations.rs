use crate::stock::{MIGRATIONS, migrated, put, quantity_of};
use db::{DbError, MigrateError, Migrations, outbox};
use diesel::prelude::*;
use diesel_migrations::embed_migrations;
use std::thread;
use test_kit::TestDatabase;

const BROKEN: Migrations = Migrations {
    sqlite: embed_migrations!("tests/it/migrations/broken"),
    postgres: embed_migrations!("tests/it/migrations/broken"),
};

#[tokio::test]
async fn replicas_that_start_together_migrate_once() {
    for _ in 0..3 {
        let database = TestDatabase::new();
        let replicas: Vec<_> = (0..6).map(|_| database.open()).collect();
        thread::scope(|scope| {
            for replica in &replicas {
                scope.spawn(|| replica.migrate(MIGRATIONS).unwrap());
            }
        });
        put(&replicas[0], "001", 7).await;
        assert_eq!(quantity_of(&replicas[5], "001").await, Some(7));
    }
}

#[tokio::test]
async fn a_database_that_is_newer_than_the_program_is_left_alone() {
    let (_database, db) = migrated();
    put(&db, "001", 7).await;
    db.write(|conn| {
        diesel::sql_query("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')")
            .execute(conn)?;
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    db.migrate(MIGRATIONS).unwrap();
    assert_eq!(quantity_of(&db, "001").await, Some(7));
}

#[tokio::test]
async fn a_migration_that_fails_leaves_nothing_of_itself_and_no_lock() {
    let database = TestDatabase::new();
    let db = database.open();
    assert!(matches!(db.migrate(BROKEN), Err(MigrateError::Run { set: "service", .. })));
    let half =
        db.read(|conn| Ok::<_, DbError>(diesel::sql_query("SELECT * FROM half_done").execute(conn)?)).await;
    assert!(half.is_err());
    db.read(|conn| Ok::<_, DbError>(outbox::backlog(conn)?)).await.unwrap();
}

#[tokio::test]
async fn a_handle_opened_before_the_first_migration_serves_afterwards() {
    let database = TestDatabase::new();
    let (early, other) = (database.open(), database.open());
    early.ping().await.unwrap();
    other.migrate(MIGRATIONS).unwrap();
    put(&early, "001", 7).await;
    assert_eq!(quantity_of(&early, "001").await, Some(7));
}
