//! The service under test, and the house around it.

use std::collections::HashMap;
use std::sync::Arc;

use claim_service::app;
use claim_service::settings::{DEFAULTS, PREFIX, Settings};
use contract::operations::claim::{
    CANCEL_FO, CANCEL_POPUP_FO, CLAIM_CALCULATE_COST_FO, CLAIM_DETAILS_INFO_FO, CLAIMS, GOODS, OTHER_ITMS,
};
use db::Db;
use platform::clock::Clock;
use platform::config::load_from;
use platform::identity::Caller;
use reqwest::Method;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use service_kit::application::Application;
use test_kit::TestDatabase;
use test_kit::dump::rows_of;
use test_kit::identity::{DATA_KEY, INTERNAL_SECRET, guest, member, service};
use test_kit::service::{TestAnswer, TestService, any_port, read};

use crate::member::{GUEST_ORDER, MEMBER, MemberStandIn, ORDER};
use crate::promotion::{self, PromotionStandIn};
use crate::stand_in::{StandIn, World};
use crate::till::TestProvider;

/// Everything around a claim-service, which may come and go.
pub(crate) struct House {
    /// A handle of its own on the service's database.
    pub(crate) db: Db,
    /// Holds the contract's order.
    pub(crate) member: MemberStandIn,
    pub(crate) promotion: PromotionStandIn,
    /// Takes access records.
    pub(crate) inquiry: StandIn<Keeper>,
    pub(crate) refunds: TestProvider,
    pub(crate) clock: Clock,
    database: TestDatabase,
    more_settings: Vec<(String, String)>,
}

impl House {
    pub(crate) fn on(database: TestDatabase) -> Self {
        Self::by(Clock::system(), database)
    }

    /// Everybody's clock stands still at this instant until it is moved.
    pub(crate) fn at(at: chrono::DateTime<chrono::Utc>) -> Self {
        Self::by(Clock::fixed(at), TestDatabase::new())
    }

    fn by(clock: Clock, database: TestDatabase) -> Self {
        Self {
            db: database.open(),
            member: MemberStandIn::start(&clock),
            promotion: promotion::start(&clock),
            inquiry: StandIn::start("cs-inquiry-service", &clock, Keeper),
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

    /// What a process of this house is told by its surroundings.
    pub(crate) fn environment(&self) -> HashMap<String, String> {
        let fixed = [
            ("DATABASE__URL", "sqlite:///replaced-below"),
            ("IDENTITY__SECRET", INTERNAL_SECRET),
            ("SECRETS__DATA_KEY", DATA_KEY),
            ("UPSTREAMS__MEMBER_URL", self.member.0.url.as_str()),
            ("UPSTREAMS__INQUIRY_URL", self.inquiry.url.as_str()),
            ("UPSTREAMS__PROMOTION_URL", self.promotion.url.as_str()),
            ("SERVER__WORKERS", "2"),
            // A test with many services in one thread may connect long before it sends.
            ("SERVER__HEAD_TIMEOUT_SECONDS", "120"),
            // Quick to try again, so that no test waits for a pace meant for people.
            ("OUTBOX__FIRST_RETRY_MS", "10"),
            ("OUTBOX__MAX_RETRY_MS", "100"),
            ("OUTBOX__POLL_MS", "20"),
            ("CLIENT__BREAKER_FAILURES", "1000000"),
            // Patient: what a test says of an end must not hang on a busy machine.
            ("CANCEL__ANSWER_DEADLINE_MS", "120000"),
        ];
        let more = self.more_settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        fixed
            .into_iter()
            .chain(more)
            .map(|(name, value)| (format!("{PREFIX}_{name}"), value.to_owned()))
            .collect()
    }

    /// The same for the real program, on a port of its own.
    pub(crate) fn environment_of_process(&self) -> HashMap<String, String> {
        let database = self.settings().database;
        let mut more = vec![
            ("SERVER__HOST", "127.0.0.1".to_owned()),
            ("SERVER__PORT", "0".to_owned()),
            ("SERVER__STOP_ON_STDIN_EOF", "true".to_owned()),
            ("DATABASE__URL", database.url.expose_secret().to_owned()),
        ];
        if let Some(schema) = &database.schema {
            more.push(("DATABASE__SCHEMA", schema.clone()));
            more.push(("DATABASE__POOL_SIZE", "4".to_owned()));
        }
        let more = more.into_iter().map(|(name, value)| (format!("{PREFIX}_{name}"), value));
        self.environment().into_iter().chain(more).collect()
    }

    pub(crate) fn settings(&self) -> Settings {
        let mut settings: Settings =
            load_from(PREFIX, DEFAULTS, self.environment()).expect("the settings are complete");
        settings.database = self.database.settings();
        settings
    }

    /// The files of an SQLite database.
    pub(crate) fn database_files(&self) -> Vec<std::path::PathBuf> {
        self.database.files()
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

    /// What is shown of a claim once it has come to this status.
    pub(crate) async fn details_in(&self, order_no: &str, claim_no: &str, status: &str) -> Value {
        self.details_seen_by(&owner(order_no), (order_no, claim_no), status).await
    }

    /// As [`Self::details_in`], of an order that is somebody else's.
    pub(crate) async fn details_seen_by(
        &self,
        caller: &Caller,
        (order_no, claim_no): (&str, &str),
        status: &str,
    ) -> Value {
        let patience = tokio::time::Instant::now() + std::time::Duration::from_secs(60);
        loop {
            let details = self.details(caller, order_no, claim_no).await.json;
            let steps = details["stepList"].as_array().cloned().unwrap_or_default();
            let is_settled = steps.iter().all(|step| step["stepStatCd"] == "20");
            if details["claimStatCd"] == status && is_settled {
                return details;
            }
            assert!(tokio::time::Instant::now() < patience, "{claim_no} is not in {status}: {details}");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    /// 클레임 수신
    pub(crate) async fn import(&self, claims: Value) -> TestAnswer {
        self.service.post(CLAIMS.path, &service("shop"), &json!({"claims": claims})).await
    }
}

impl TestApp {
    /// 상품 수신: goods with items (number, stock), all at 20,000.
    pub(crate) async fn put_goods(&self, goods_no: &str, items: &[(&str, i64)]) {
        let items: Vec<Value> = items
            .iter()
            .map(|(item_no, stock)| {
                json!({"itmNo": item_no, "itmNm": item_no, "itmSaleStatCd": "10", "addPrc": 0, "stkQty": stock})
            })
            .collect();
        let goods = json!({"goods": [{"goodsNo": goods_no, "goodsNm": "린넨 셔츠", "salePrc": 20_000, "saleStatCd": "10",
            "rsvGoodsYn": "N", "goodsImg": null, "itms": items}]});
        let sent = self.service.request(Method::PUT, GOODS.path, &service("shop")).json(&goods);
        let answer = read(sent).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    /// Items of goods and what is in stock of each.
    pub(crate) async fn stock(&self, goods_no: &str) -> Vec<(String, i64)> {
        let asked = json!([{"goodsNo": goods_no}]);
        let answer = self.service.post(OTHER_ITMS.path, &service("shop"), &asked).await.json;
        let items = answer[0]["itms"].as_array().into_iter().flatten();
        items
            .map(|item| {
                (item["itmNo"].as_str().unwrap_or("").to_owned(), item["stkQty"].as_i64().unwrap_or(-1))
            })
            .collect()
    }
}

impl House {
    /// Everything kept of every cancel says the same thing.
    pub(crate) async fn assert_books(&self) {
        let audit = claim_service::usecase::operators::verify::verify_claims(&self.db)
            .await
            .expect("the books can be read");
        assert!(audit.checked > 0, "there is a cancel to look at");
        assert_eq!(audit.differences, Vec::<String>::new());
    }
}

impl TestApp {
    /// Waits until something holds.
    pub(crate) async fn until(&self, holds: impl Fn(&Self) -> bool) {
        let patience = tokio::time::Instant::now() + std::time::Duration::from_secs(60);
        while !holds(self) {
            assert!(tokio::time::Instant::now() < patience, "it does not come to hold");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    /// Waits until the details of a claim of the contract's order show something.
    pub(crate) async fn until_details(&self, claim_no: &str, holds: impl Fn(&Value) -> bool) -> Value {
        let patience = tokio::time::Instant::now() + std::time::Duration::from_secs(60);
        loop {
            let details = self.details(&owner(ORDER), ORDER, claim_no).await.json;
            if holds(&details) {
                return details;
            }
            assert!(tokio::time::Instant::now() < patience, "it does not come to show: {details}");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    pub(crate) async fn until_outbox_is_empty(&self) {
        let patience = tokio::time::Instant::now() + std::time::Duration::from_secs(60);
        while !rows_of(&self.db, "outbox_message").await.is_empty() {
            assert!(tokio::time::Instant::now() < patience, "messages stay");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
}

/// cs-inquiry-service, as far as it keeps access records.
pub(crate) struct Keeper;

impl World for Keeper {
    fn answer(&mut self, _method: &str, _path: &str, _body: &Value) -> (u16, Option<Value>) {
        (200, None)
    }
}

/// Who may see an order without leaving a record.
fn owner(order_no: &str) -> Caller {
    if order_no == GUEST_ORDER { guest(order_no) } else { member(MEMBER) }
}
