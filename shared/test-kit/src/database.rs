//! A database for one test.

use db::{Backend, DatabaseSettings, Db, DbError};
use diesel::connection::SimpleConnection;
use std::thread;
use tempfile::TempDir;
use uuid::Uuid;

/// Names a PostgreSQL server for the tests: `postgres://…`. Without it they run on SQLite.
const SERVER_VARIABLE: &str = "TEST_DATABASE_URL";

/// An empty database that goes away with this value.
///
/// On SQLite it is a file in a folder of its own, on PostgreSQL a schema in the given database. Nothing is
/// migrated yet.
#[derive(Debug)]
pub struct TestDatabase {
    settings: DatabaseSettings,
    /// Holds the file of SQLite.
    folder: Option<TempDir>,
}

impl TestDatabase {
    /// On PostgreSQL when the environment names a server, else on SQLite.
    #[expect(clippy::new_without_default, reason = "it makes something outside of this process")]
    pub fn new() -> Self {
        Self::postgres().unwrap_or_else(Self::sqlite)
    }

    /// On SQLite, whatever the environment says.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let file = folder.path().join("test.db");
        let settings = DatabaseSettings::new(format!("sqlite://{}", file.display()));
        Self { settings, folder: Some(folder) }
    }

    /// On PostgreSQL, if the environment names a server: for tests that compare both databases.
    pub fn postgres() -> Option<Self> {
        let url = std::env::var(SERVER_VARIABLE).ok().filter(|url| !url.is_empty())?;
        let mut settings = DatabaseSettings::new(url);
        settings.schema = Some(format!("test_{}", Uuid::now_v7().simple()));
        // A whole test binary runs side by side against one server.
        settings.pool_size = Some(4);
        let database = Self { settings, folder: None };
        let backend = database.open().backend();
        assert_eq!(backend, Backend::Postgres, "{SERVER_VARIABLE} must name a PostgreSQL server");
        Some(database)
    }

    pub fn settings(&self) -> DatabaseSettings {
        self.settings.clone()
    }

    /// The files SQLite keeps the data in; none on PostgreSQL.
    pub fn files(&self) -> Vec<std::path::PathBuf> {
        let folder = self.folder.as_ref().map(|folder| folder.path().join("test.db"));
        let with = |file: &std::path::PathBuf, suffix: &str| {
            std::path::PathBuf::from(format!("{}{suffix}", file.display()))
        };
        folder.iter().flat_map(|file| ["", "-wal", "-shm"].map(|suffix| with(file, suffix))).collect()
    }

    /// A handle of its own, as another process would have.
    pub fn open(&self) -> Db {
        Db::open(&self.settings).expect("the settings of a test database are right")
    }

    fn remove_schema(&self, schema: &str) -> Result<(), DbError> {
        let sql = format!("DROP SCHEMA IF EXISTS \"{schema}\" CASCADE");
        let db = self.open();
        let work = db.write(move |conn| Ok::<_, DbError>(conn.batch_execute(&sql)?));
        tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime for one statement can be made")
            .block_on(work)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Some(schema) = self.settings.schema.clone() else {
            return;
        };
        // A test may end inside its own runtime, where blocking is not allowed: hence the thread.
        let removed = thread::scope(|scope| scope.spawn(|| self.remove_schema(&schema)).join());
        if !matches!(removed, Ok(Ok(()))) {
            eprintln!("the schema {schema} could not be removed: {removed:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;
    use std::path::Path;

    #[tokio::test]
    async fn a_sqlite_file_goes_away_with_its_value() {
        let database = TestDatabase::sqlite();
        let url = database.settings.url.expose_secret().to_owned();
        let file = Path::new(url.strip_prefix("sqlite://").expect("it is a SQLite URL"));
        database.open().ping().await.expect("the database answers");
        assert!(file.exists());
        drop(database);
        assert!(!file.exists());
    }

    #[tokio::test]
    async fn a_schema_goes_away_with_its_value() {
        let (Some(database), Some(other)) = (TestDatabase::postgres(), TestDatabase::postgres()) else {
            return;
        };
        let schema = database.settings.schema.clone().expect("PostgreSQL has a schema");
        let make = format!("CREATE SCHEMA {schema}");
        let db = database.open();
        db.write(move |conn| Ok::<_, DbError>(conn.batch_execute(&make)?)).await.expect("a schema is made");
        drop(database);
        let use_it = format!("CREATE TABLE {schema}.t ()");
        let outcome = other.open().write(move |conn| Ok::<_, DbError>(conn.batch_execute(&use_it)?)).await;
        assert!(matches!(outcome, Err(DbError::Query(_))), "{outcome:?}");
    }
}
