//! The service under test.

use std::collections::HashMap;

use claim_service::app;
use claim_service::settings::{DEFAULTS, PREFIX, Settings};
use db::Db;
use dto::operations::claim::{CANCEL_POPUP_FO, CLAIM_CALCULATE_COST_FO, CLAIMS};
use platform::clock::Clock;
use platform::config::load_from;
use platform::identity::Caller;
use serde_json::{Value, json};
use test_kit::TestDatabase;
use test_kit::identity::{INTERNAL_SECRET, service};
use test_kit::service::{TestAnswer, TestService, any_port};

use crate::member::MemberStandIn;

/// A running claim-service with a database of its own.
pub(crate) struct TestApp {
    pub(crate) service: TestService,
    /// A second handle on the service's database.
    pub(crate) db: Db,
    /// Stands in for member-service; it holds the contract's order.
    pub(crate) member: MemberStandIn,
    settings: Settings,
    _database: TestDatabase,
}

impl TestApp {
    pub(crate) async fn spawn() -> Self {
        Self::spawn_on(TestDatabase::new()).await
    }

    pub(crate) async fn spawn_on(database: TestDatabase) -> Self {
        let clock = Clock::system();
        let member = MemberStandIn::start(&clock).await;
        let member_url = member.url();
        let environment = [
            ("DATABASE__URL", "sqlite:///replaced-below"),
            ("IDENTITY__SECRET", INTERNAL_SECRET),
            ("UPSTREAMS__MEMBER_URL", member_url.as_str()),
            ("UPSTREAMS__PROMOTION_URL", "http://127.0.0.1:1"),
            ("SERVER__WORKERS", "2"),
        ];
        let environment: HashMap<String, String> = environment
            .into_iter()
            .map(|(name, value)| (format!("{PREFIX}_{name}"), value.to_owned()))
            .collect();
        let mut settings: Settings =
            load_from(PREFIX, DEFAULTS, environment).expect("the settings are complete");
        settings.database = database.settings();
        let application =
            app::build(settings.clone(), clock.clone(), any_port()).await.expect("the service starts");
        let service = TestService::start(app::NAME, application, clock);
        Self { service, db: database.open(), member, settings, _database: database }
    }

    /// What the service was started with.
    pub(crate) fn settings(&self) -> Settings {
        self.settings.clone()
    }

    /// 주문취소 팝업 조회
    pub(crate) async fn popup(&self, caller: &Caller, order_no: &str) -> TestAnswer {
        self.service.post(CANCEL_POPUP_FO.path, caller, &json!({"ordNo": order_no})).await
    }

    /// 클레임 비용 계산
    pub(crate) async fn preview(&self, caller: &Caller, request: &Value) -> TestAnswer {
        self.service.post(CLAIM_CALCULATE_COST_FO.path, caller, request).await
    }

    /// 클레임 수신
    pub(crate) async fn import(&self, claims: Value) -> TestAnswer {
        self.service.post(CLAIMS.path, &service("shop"), &json!({"claims": claims})).await
    }
}
