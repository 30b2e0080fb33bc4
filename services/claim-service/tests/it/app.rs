//! The service under test, and the house around it.

use std::collections::HashMap;
use std::sync::Arc;

use claim_service::app;
use claim_service::settings::{DEFAULTS, PREFIX, Settings};
use db::Db;
use dto::operations::claim::{
    CANCEL_FO, CANCEL_POPUP_FO, CLAIM_CALCULATE_COST_FO, CLAIM_DETAILS_INFO_FO, CLAIMS,
};
use platform::clock::Clock;
use platform::config::load_from;
use platform::identity::Caller;
use reqwest::Method;
use serde_json::{Value, json};
use service_kit::application::Application;
use test_kit::TestDatabase;
use test_kit::identity::{INTERNAL_SECRET, service};
use test_kit::service::{TestAnswer, TestService, any_port, read};

use crate::member::MemberStandIn;
use crate::promotion::{self, PromotionStandIn};
use crate::refunds::TestProvider;

/// Everything around a claim-service, which may come and go.
pub(crate) struct House {
    /// A handle of its own on the service's database.
    pub(crate) db: Db,
    /// Holds the contract's order.
    pub(crate) member: MemberStandIn,
    pub(crate) promotion: PromotionStandIn,
    pub(crate) refunds: TestProvider,
    pub(crate) clock: Clock,
    database: TestDatabase,
    more_settings: Vec<(String, String)>,
}

impl House {
    pub(crate) fn on(database: TestDatabase) -> Self {
        let clock = Clock::system();
        Self {
            db: database.open(),
            member: MemberStandIn::start(&clock),
            promotion: promotion::start(&clock),
            refunds: TestProvider::default(),
            clock,
            database,
            more_settings: Vec::new(),
        }
    }

    pub(crate) fn new() -> Self {
        Self::on(TestDatabase::new())
    }

    /// Another value of a setting, for services started from now on.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.more_settings.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn settings(&self) -> Settings {
        let fixed = [
            ("DATABASE__URL", "sqlite:///replaced-below"),
            ("IDENTITY__SECRET", INTERNAL_SECRET),
            ("UPSTREAMS__MEMBER_URL", self.member.0.url.as_str()),
            ("UPSTREAMS__PROMOTION_URL", self.promotion.url.as_str()),
            ("SERVER__WORKERS", "2"),
            // Quick to try again, so that no test waits for a pace meant for people.
            ("OUTBOX__FIRST_RETRY_MS", "10"),
            ("OUTBOX__MAX_RETRY_MS", "100"),
            ("OUTBOX__POLL_MS", "20"),
            ("CLIENT__BREAKER_FAILURES", "1000000"),
            // Patient: what a test says of an end must not hang on a busy machine.
            ("CANCEL__ANSWER_DEADLINE_MS", "30000"),
        ];
        let more = self.more_settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let environment: HashMap<String, String> = fixed
            .into_iter()
            .chain(more)
            .map(|(name, value)| (format!("{PREFIX}_{name}"), value.to_owned()))
            .collect();
        let mut settings: Settings =
            load_from(PREFIX, DEFAULTS, environment).expect("the settings are complete");
        settings.database = self.database.settings();
        settings
    }

    /// A claim-service on this house's database.
    pub(crate) async fn application(&self) -> Application {
        let refunds = Arc::new(self.refunds.clone());
        app::build_with(self.settings(), self.clock.clone(), any_port(), refunds)
            .await
            .expect("the service starts")
    }

    pub(crate) async fn service(&self) -> TestService {
        TestService::start(app::NAME, self.application().await, self.clock.clone())
    }
}

/// A running claim-service with a house of its own.
pub(crate) struct TestApp {
    pub(crate) service: TestService,
    pub(crate) house: House,
}

impl std::ops::Deref for TestApp {
    type Target = House;

    fn deref(&self) -> &House {
        &self.house
    }
}

impl TestApp {
    pub(crate) async fn spawn() -> Self {
        Self::spawn_in(House::new()).await
    }

    pub(crate) async fn spawn_on(database: TestDatabase) -> Self {
        Self::spawn_in(House::on(database)).await
    }

    pub(crate) async fn spawn_in(house: House) -> Self {
        Self { service: house.service().await, house }
    }

    /// 주문취소 팝업 조회
    pub(crate) async fn popup(&self, caller: &Caller, order_no: &str) -> TestAnswer {
        self.service.post(CANCEL_POPUP_FO.path, caller, &json!({"ordNo": order_no})).await
    }

    /// 클레임 비용 계산
    pub(crate) async fn preview(&self, caller: &Caller, request: &Value) -> TestAnswer {
        self.service.post(CLAIM_CALCULATE_COST_FO.path, caller, request).await
    }

    /// 주문취소
    pub(crate) async fn cancel(&self, caller: &Caller, request: &Value) -> TestAnswer {
        self.service.post(CANCEL_FO.path, caller, request).await
    }

    /// 주문취소 under an idempotency key
    pub(crate) async fn cancel_once(&self, caller: &Caller, request: &Value, key: &str) -> TestAnswer {
        let sent = self.service.request(Method::POST, CANCEL_FO.path, caller);
        read(sent.header("Idempotency-Key", key).json(request)).await
    }

    /// 클레임 상세 조회
    pub(crate) async fn details(&self, caller: &Caller, order_no: &str, claim_no: &str) -> TestAnswer {
        let request = json!({"ordNo": order_no, "claimNo": claim_no});
        self.service.post(CLAIM_DETAILS_INFO_FO.path, caller, &request).await
    }

    /// 클레임 수신
    pub(crate) async fn import(&self, claims: Value) -> TestAnswer {
        self.service.post(CLAIMS.path, &service("shop"), &json!({"claims": claims})).await
    }
}
