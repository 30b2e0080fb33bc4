//! The service under test.

use std::collections::HashMap;

use claim_service::app;
use claim_service::settings::{DEFAULTS, PREFIX, Settings};
use db::Db;
use platform::clock::Clock;
use platform::config::load_from;
use test_kit::TestDatabase;
use test_kit::identity::INTERNAL_SECRET;
use test_kit::service::{TestService, any_port};

/// A running claim-service with a database of its own.
pub(crate) struct TestApp {
    pub(crate) service: TestService,
    /// A second handle on the service's database.
    pub(crate) db: Db,
    _database: TestDatabase,
}

impl TestApp {
    pub(crate) async fn spawn() -> Self {
        let database = TestDatabase::new();
        let environment = [
            ("DATABASE__URL", "sqlite:///replaced-below"),
            ("IDENTITY__SECRET", INTERNAL_SECRET),
            ("UPSTREAMS__MEMBER_URL", "http://127.0.0.1:1"),
            ("UPSTREAMS__PROMOTION_URL", "http://127.0.0.1:1"),
            ("SERVER__WORKERS", "2"),
        ];
        let environment: HashMap<String, String> = environment
            .into_iter()
            .map(|(name, value)| (format!("{PREFIX}_{name}"), value.to_owned()))
            .collect();
        let mut settings: Settings = load_from(PREFIX, DEFAULTS, environment).expect("the settings are complete");
        settings.database = database.settings();
        let clock = Clock::system();
        let application = app::build(settings, clock.clone(), any_port()).await.expect("the service starts");
        let service = TestService::start(app::NAME, application, clock);
        Self { service, db: database.open(), _database: database }
    }
}
