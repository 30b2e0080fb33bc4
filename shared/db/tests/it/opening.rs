use crate::stock::{MIGRATIONS, migrated, put, quantity_of};
use db::{Backend, DatabaseSettings, Db, DbError, OpenError};
use diesel::prelude::*;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use test_kit::TestDatabase;

#[tokio::test]
async fn a_sqlite_file_and_its_folder_are_made_on_the_first_use() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data/member/member.db");
    let db = Db::open(&DatabaseSettings::new(format!("sqlite://{}", file.display()))).unwrap();
    assert!(!file.exists(), "opening a handle touches nothing");
    db.migrate(MIGRATIONS).unwrap();
    assert!(file.exists());
}

#[tokio::test]
async fn a_sqlite_file_its_log_and_its_folder_are_the_owners_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data/member.db");
    let names = ["", "-wal", "-shm", ".migration-lock"]
        .map(|suffix| PathBuf::from(format!("{}{suffix}", file.display())));
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let open = || Db::open(&DatabaseSettings::new(format!("sqlite://{}", file.display()))).unwrap();

    let db = open();
    db.migrate(MIGRATIONS).unwrap();
    put(&db, "001", 7).await;
    assert_eq!(mode(&folder.path().join("data")), 0o700);
    assert_eq!(names.each_ref().map(|name| mode(name)), [0o600; 4]);

    for name in &names {
        std::fs::set_permissions(name, Permissions::from_mode(0o644)).unwrap();
    }
    let again = open();
    assert_eq!(quantity_of(&again, "001").await, Some(7));
    assert_eq!(names.each_ref().map(|name| mode(name)), [0o600; 4], "those of before are closed to others");
}

#[tokio::test]
async fn a_sqlite_session_is_in_the_state_the_house_relies_on() {
    let db = TestDatabase::sqlite().open();
    let pragmas = |conn: &mut db::DbConnection| {
        let mut values = Vec::new();
        for pragma in ["journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout"] {
            let sql = format!("(SELECT CAST(\"{pragma}\" AS TEXT) FROM pragma_{pragma})");
            let sql = if pragma == "busy_timeout" {
                "(SELECT CAST(timeout AS TEXT) FROM pragma_busy_timeout)"
            } else {
                &sql
            };
            values.push(
                diesel::select(diesel::dsl::sql::<diesel::sql_types::Text>(sql))
                    .get_result::<String>(conn)?,
            );
        }
        Ok::<_, DbError>(values)
    };
    let expected = ["wal", "2", "1", "1", "3000"];
    assert_eq!(db.write(pragmas).await.unwrap(), expected);
    assert_eq!(db.read(pragmas).await.unwrap(), expected);
}

#[tokio::test]
async fn a_changed_value_leaves_the_write_ahead_log_at_a_checkpoint() {
    let database = TestDatabase::sqlite();
    let db = database.open();
    db.migrate(MIGRATIONS).unwrap();
    db.write(|conn| {
        diesel::sql_query("INSERT INTO stock (item_no, quantity, note) VALUES ('1', 1, '남궁길동-비밀')")
            .execute(conn)?;
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    db.write(|conn| {
        diesel::sql_query("UPDATE stock SET note = '남**동'").execute(conn)?;
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    db.checkpoint().await.unwrap();
    let url = secrecy::ExposeSecret::expose_secret(&database.settings().url).to_owned();
    let file = url.strip_prefix("sqlite://").unwrap();
    for file in [file.to_owned(), format!("{file}-wal")] {
        let bytes = std::fs::read(&file).unwrap();
        let secret = "남궁길동-비밀".as_bytes();
        assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{file} still holds the old value");
    }
}

#[tokio::test]
async fn a_service_may_start_before_its_database() {
    let folder = tempfile::tempdir().unwrap();
    let not_a_folder = folder.path().join("file");
    std::fs::write(&not_a_folder, "").unwrap();
    let url = format!("sqlite://{}/member.db", not_a_folder.display());
    let db = Db::open(&DatabaseSettings::new(url)).unwrap();
    assert!(matches!(db.ping().await, Err(DbError::Connection(_))));
    std::fs::remove_file(&not_a_folder).unwrap();
    db.ping().await.unwrap();
}

#[cfg(feature = "postgres")]
#[tokio::test]
async fn a_server_that_cannot_be_reached_is_told_without_the_password() {
    for url in [
        "postgres://member:hunter2@127.0.0.1:1/member",
        "postgres://member:hunter2%zz@127.0.0.1:1/member",
        "postgres://member:hun@hunter2@127.0.0.1:1/member",
        "postgres://member:x@[hunter2/member",
        "postgres://member@127.0.0.1:1/member?hunter2=hunter2",
    ] {
        let db = Db::open(&DatabaseSettings::new(url)).unwrap();
        let failure = db.ping().await.unwrap_err();
        assert!(matches!(failure, DbError::Connection(_)), "{failure:?}");
        assert!(!format!("{failure:?} {db:?}").contains("hunter2"), "{failure:?}");
        assert!(db.migrate(MIGRATIONS).is_err());
    }
}

#[cfg(not(feature = "postgres"))]
#[test]
fn a_build_without_postgresql_says_so() {
    let refused = Db::open(&DatabaseSettings::new("postgres://member@127.0.0.1/member")).unwrap_err();
    assert!(matches!(refused, OpenError::PostgresNotBuiltIn));
}

#[test]
fn an_empty_pool_is_refused() {
    let mut settings = DatabaseSettings::new("sqlite://data/member.db");
    settings.pool_size = Some(0);
    assert!(matches!(Db::open(&settings), Err(OpenError::EmptyPool)));
}

/// The server is restarted, a firewall forgets a connection: one request notices, the next is served.
#[tokio::test]
async fn a_handle_gets_over_the_loss_of_its_connections() {
    let (database, db) = migrated();
    put(&db, "001", 7).await;
    if db.backend() != Backend::Postgres {
        return;
    }
    let own_session = |conn: &mut db::DbConnection| {
        let pid = diesel::select(diesel::dsl::sql::<diesel::sql_types::Integer>("pg_backend_pid()"));
        Ok::<_, DbError>(pid.get_result::<i32>(conn)?)
    };
    let session = db.read(own_session).await.unwrap();
    database
        .open()
        .write(move |conn| {
            let terminate = diesel::sql_query("SELECT pg_terminate_backend($1)");
            terminate.bind::<diesel::sql_types::Integer, _>(session).execute(conn)?;
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
    let noticed = db.read(own_session).await;
    assert!(matches!(noticed, Err(DbError::Connection(_))), "{noticed:?}");
    assert_ne!(db.read(own_session).await.unwrap(), session);
    assert_eq!(quantity_of(&db, "001").await, Some(7));
}
