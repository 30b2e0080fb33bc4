//! The service under test and what stands around it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use db::{Db, DbConnection, DbError, outbox};
use member_service::app;
use member_service::settings::{DEFAULTS, PREFIX, Settings};
use platform::clock::Clock;
use platform::config;
use serde_json::Value;
use tempfile::TempDir;
use test_kit::TestDatabase;
use test_kit::identity::{DATA_KEY, INTERNAL_SECRET};
use test_kit::service::{TestService, any_port};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running member-service with a database, a clock and a sink of its own.
pub(crate) struct TestApp {
    pub(crate) service: TestService,
    pub(crate) clock: Clock,
    /// A second handle on the service's database.
    pub(crate) db: Db,
    pub(crate) folder: TempDir,
    pub(crate) database: TestDatabase,
}

impl TestApp {
    pub(crate) async fn spawn() -> Self {
        Self::spawn_with(|_| {}).await
    }

    /// As the defaults have it, with the local stack's kind of secrets, changed by `change`.
    pub(crate) async fn spawn_with(change: impl FnOnce(&mut Settings)) -> Self {
        Self::spawn_on(TestDatabase::new(), change).await
    }

    /// On this database, whatever the environment says.
    pub(crate) async fn spawn_on(database: TestDatabase, change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = settings(folder.path(), &database);
        change(&mut settings);
        let clock = Clock::fixed(noon());
        let application = app::build(settings, clock.clone(), any_port()).await.unwrap();
        let service = TestService::start(app::NAME, application, clock.clone());
        Self { service, clock, db: database.open(), folder, database }
    }

    /// The lines of the local provider so far.
    pub(crate) fn sent(&self) -> Vec<Value> {
        let text = fs::read_to_string(sink(self.folder.path())).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The lines of the local provider once nothing waits any more.
    pub(crate) async fn all_sent(&self) -> Vec<Value> {
        self.until(|backlog| backlog.waiting == 0).await;
        self.sent()
    }

    /// Waits until the outbox is as wished.
    pub(crate) async fn until(&self, is_reached: impl Fn(outbox::Backlog) -> bool) {
        eventually(async || is_reached(self.write(|conn| Ok(outbox::backlog(conn)?)).await)).await;
    }

    /// Works on the service's database behind its back.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut DbConnection) -> Result<T, DbError> + Send + 'static,
    ) -> T {
        self.db.write(work).await.unwrap()
    }

    /// Every byte the database has on disk; nothing on PostgreSQL, where only the server can tell.
    pub(crate) fn bytes_on_disk(&self) -> Vec<u8> {
        use secrecy::ExposeSecret as _;
        let settings = self.database.settings();
        let Some(file) = settings.url.expose_secret().strip_prefix("sqlite://") else { return Vec::new() };
        let folder = Path::new(file).parent().unwrap();
        fs::read_dir(folder).unwrap().flat_map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect()
    }
}

/// Looks again and again until it is so.
pub(crate) async fn eventually(is_so: impl AsyncFn() -> bool) {
    let started = Instant::now();
    while !is_so().await {
        assert!(started.elapsed() < PATIENCE, "it never came to this");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// The instant at which the clock of every test stands in the beginning.
pub(crate) fn noon() -> DateTime<Utc> {
    "2026-09-01T03:00:00Z".parse().unwrap()
}

/// Whole settings, all from the environment as in a real place.
pub(crate) fn settings(folder: &Path, database: &TestDatabase) -> Settings {
    let mut settings: Settings = config::load_from(PREFIX, DEFAULTS, environment(folder)).unwrap();
    settings.database = database.settings();
    settings
}

/// What a process is told that keeps its things in this folder, but for its database.
pub(crate) fn environment(folder: &Path) -> HashMap<String, String> {
    let key_file = folder.join("guest-issuer.pem");
    write_key(&key_file);
    let environment = [
        ("DATABASE__URL", "sqlite:///replaced-by-the-caller".to_owned()),
        ("IDENTITY__SECRET", INTERNAL_SECRET.to_owned()),
        ("SECRETS__DATA_KEY", DATA_KEY.to_owned()),
        ("UPSTREAMS__CLAIM_URL", "http://127.0.0.1:1".to_owned()),
        ("UPSTREAMS__INQUIRY_URL", "http://127.0.0.1:1".to_owned()),
        ("UPSTREAMS__PROMOTION_URL", "http://127.0.0.1:1".to_owned()),
        ("GUEST_TOKEN__KEY_FILE", key_file.display().to_string()),
        ("NOTIFICATION__SINK_FILE", sink(folder).display().to_string()),
        ("SERVER__WORKERS", "1".to_owned()),
    ];
    environment.into_iter().map(|(name, value)| (format!("{PREFIX}_{name}"), value)).collect()
}

fn sink(folder: &Path) -> PathBuf {
    folder.join("sink.jsonl")
}

fn write_key(path: &Path) {
    let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
    let body = STANDARD.encode(der.as_ref());
    fs::write(path, format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n")).unwrap();
}
