//! A house whose claim-service is a real process, with a wire between it and everybody else.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use claim_service::app;
use contract::operations::claim::{CANCEL_FO, CLAIM_DETAILS_INFO_FO, GOODS, OTHER_ITMS};
use db::{Backend, DbError};
use diesel::prelude::*;
use diesel::sql_types::Text;
use platform::identity::{Caller, GATEWAY, INTERNAL_HEADER};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use test_kit::TestDatabase;
use test_kit::dump::rows_of;
use test_kit::identity::{internal_keys, member, service};
use test_kit::service::TestAnswer;
use tokio::time::Instant;

use crate::app::House;
use crate::member::MEMBER;
use crate::refunds::toss_stand_in::{SECRET, TossStandIn};

use super::process::{self, Process};
use super::wire::{Fate, Wire};

const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at a condition.
const PAUSE: Duration = Duration::from_millis(10);

pub(super) struct Stage {
    pub(super) house: House,
    pub(super) toss: TossStandIn,
    pub(super) fate: Arc<Fate>,
    door: Wire,
    environment: HashMap<String, String>,
    http: Client,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

impl Stage {
    /// With its first process.
    pub(super) async fn open() -> Self {
        let house = House::on(TestDatabase::new()).with("OUTBOX__FIRST_RETRY_MS", "50");
        let toss = TossStandIn::start().await;
        toss.goes_by(&house.clock);
        let fate = Fate::new();
        let member = Wire::to(port_of(&house.member.0.url), &fate).await;
        let promotion = Wire::to(port_of(&house.promotion.url), &fate).await;
        let provider = Wire::to(port_of(&toss.url()), &fate).await;
        let door = Wire::to(0, &fate).await;
        let mut house = house
            .with("UPSTREAMS__MEMBER_URL", &member.url)
            .with("UPSTREAMS__INQUIRY_URL", "http://127.0.0.1:1")
            .with("UPSTREAMS__PROMOTION_URL", &promotion.url)
            .with("REFUND__PROVIDER", "toss")
            .with("REFUND__TOSS__BASE_URL", &provider.url)
            .with("REFUND__TOSS__SECRET_KEY", SECRET);
        if house.db.backend() == Backend::Postgres {
            // Short, so that what the dead one held is soon free; long enough for every effect. On SQLite nobody waits.
            house = house.with("OUTBOX__LEASE_SECONDS", "2");
        }
        let environment = house.environment_of_process();
        let stage = Self { house, toss, fate, door, environment, http: Client::new() };
        stage.begin().await;
        stage
    }

    /// Starts a process on the database the last one left behind.
    pub(super) async fn begin(&self) {
        let process = tokio::time::timeout(PATIENCE, Process::start(&self.environment));
        let process = process.await.expect("the program starts in time");
        self.door.leads_to(process.port);
        self.fate.begins(process).await;
    }

    /// What the caller hears; nothing where the connection breaks.
    pub(super) async fn ask(
        &self,
        method: Method,
        path: &str,
        caller: &Caller,
        key: &str,
        body: &Value,
    ) -> Option<TestAnswer> {
        let now = self.house.clock.now();
        let token = internal_keys().sign(app::NAME, GATEWAY, caller, now, TimeDelta::seconds(60));
        let request = self.http.request(method, format!("{}{path}", self.door.url)).json(body);
        let request = request.header(INTERNAL_HEADER, token);
        let request = if key.is_empty() { request } else { request.header("Idempotency-Key", key) };
        let response = request.send().await.ok()?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.ok()?;
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        Some(TestAnswer { status, text, json, headers })
    }

    /// 주문취소 under an idempotency key
    pub(super) async fn cancel(&self, request: &Value, key: &str) -> Option<TestAnswer> {
        self.ask(Method::POST, CANCEL_FO.path, &member(MEMBER), key, request).await
    }

    /// The same again.
    pub(super) async fn cancel_again(&self, request: &Value, key: &str) -> TestAnswer {
        self.ask_again(CANCEL_FO.path, &member(MEMBER), key, request).await
    }

    /// Something again. On PostgreSQL a key may be held by another replica, so a dead one's is waited for: here its lease is
    /// brought to its end.
    pub(super) async fn ask_again(
        &self,
        path: &str,
        caller: &Caller,
        key: &str,
        request: &Value,
    ) -> TestAnswer {
        let ask = async || self.ask(Method::POST, path, caller, key, request).await;
        let again = ask().await.expect("nobody dies any more");
        if again.code() != "IDEMPOTENCY_KEY_IN_FLIGHT" {
            return again;
        }
        assert_eq!(self.house.db.backend(), Backend::Postgres, "on SQLite a dead process holds nothing");
        let sql = "UPDATE idempotency_key SET lease_until = created_dtm WHERE state_cd = '10'";
        let ended = self.house.db.write(move |conn| Ok::<_, DbError>(diesel::sql_query(sql).execute(conn)?));
        ended.await.expect("a key's lease can be ended");
        ask().await.expect("nobody dies any more")
    }

    /// 클레임 상세 조회, once the claim has come to this status and everything it asks for is done.
    pub(super) async fn until_ended(&self, order_no: &str, claim_no: &str, status: &str) {
        let asked = json!({"ordNo": order_no, "claimNo": claim_no});
        let patience = Instant::now() + PATIENCE;
        loop {
            let answer =
                self.ask(Method::POST, CLAIM_DETAILS_INFO_FO.path, &member(MEMBER), "", &asked).await;
            let details = answer.expect("nobody dies any more").json;
            let steps = details["stepList"].as_array().cloned().unwrap_or_default();
            let is_settled = !steps.is_empty() && steps.iter().all(|step| step["stepStatCd"] == "20");
            if details["claimStatCd"] == status && is_settled {
                break;
            }
            assert!(Instant::now() < patience, "{claim_no} is not in {status}: {details}");
            tokio::time::sleep(PAUSE).await;
        }
        self.until_silent().await;
    }

    /// Until nothing is to be said to anybody.
    pub(super) async fn until_silent(&self) {
        let patience = Instant::now() + PATIENCE;
        while !rows_of(&self.house.db, "outbox_message").await.is_empty() {
            assert!(Instant::now() < patience, "messages stay");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits for the process to die of its trap.
    pub(super) async fn until_dead(&self) {
        tokio::time::timeout(PATIENCE, self.fate.until_dead()).await.expect("the trap is met");
    }

    /// Waits until the order's claim has a task of this step done.
    pub(super) async fn until_committed(&self, order_no: &str, step: &str) {
        let patience = Instant::now() + PATIENCE;
        while self.tasks(order_no, step, "IS NOT NULL").await.is_empty() {
            assert!(Instant::now() < patience, "{step} is not committed");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Whether the order's claim has a task of this step to do.
    pub(super) async fn has_open(&self, order_no: &str, step: &str) -> bool {
        !self.tasks(order_no, step, "IS NULL").await.is_empty()
    }

    async fn tasks(&self, order_no: &str, step: &str, outcome: &str) -> Vec<String> {
        self.lines(&format!(
            "SELECT t.eff_key AS line FROM claim_task t JOIN claim c ON c.claim_no = t.claim_no \
             WHERE c.ord_no = '{order_no}' AND t.step_cd = '{step}' AND t.rslt_cd {outcome}"
        ))
        .await
    }

    /// Numbers of all claims of an order.
    pub(super) async fn claims_of(&self, order_no: &str) -> Vec<String> {
        self.lines(&format!(
            "SELECT claim_no AS line FROM claim WHERE ord_no = '{order_no}' ORDER BY claim_no"
        ))
        .await
    }

    async fn lines(&self, sql: &str) -> Vec<String> {
        let query = diesel::sql_query(sql);
        let read = self.house.db.read(move |conn| Ok::<Vec<Line>, DbError>(query.load(conn)?)).await;
        read.expect("the database can be read").into_iter().map(|row| row.line).collect()
    }

    /// `claim-service verify` finds nothing.
    pub(super) async fn assert_books(&self) {
        let (code, said) = process::run("verify", &self.environment).await;
        assert_eq!(code, Some(0), "{said}");
        assert!(said.ends_with(" claims looked at, 0 differences\n"), "{said}");
    }

    /// 상품 수신: goods with one item and so much of it in stock.
    pub(super) async fn put_goods(&self, goods_no: &str, stock: i64) {
        let goods = json!({"goods": [{"goodsNo": goods_no, "goodsNm": "린넨 셔츠", "salePrc": 20_000, "saleStatCd": "10",
            "rsvGoodsYn": "N", "goodsImg": null, "itms": [
                {"itmNo": "001", "itmNm": "001", "itmSaleStatCd": "10", "addPrc": 0, "stkQty": stock}]}]});
        let answer = self.ask(Method::PUT, GOODS.path, &service("shop"), "", &goods).await;
        assert_eq!(answer.map(|answer| answer.status), Some(200));
    }

    /// What is in stock of the goods' one item.
    pub(super) async fn stock(&self, goods_no: &str) -> Option<i64> {
        let asked = json!([{"goodsNo": goods_no}]);
        let answer = self.ask(Method::POST, OTHER_ITMS.path, &service("shop"), "", &asked).await?;
        answer.json[0]["itms"][0]["stkQty"].as_i64()
    }

    /// What promotion-service has done for a claim.
    pub(super) fn benefits_of(&self, claim_no: &str) -> BTreeSet<String> {
        let done = &self.house.promotion.world().done;
        done.keys().filter(|key| key.contains(claim_no)).cloned().collect()
    }

    /// Keys of what was sent to the customer about a claim.
    pub(super) fn notices_of(&self, claim_no: &str) -> Vec<String> {
        let orders = self.house.member.0.world();
        orders.notices.keys().filter(|key| key.contains(claim_no)).cloned().collect()
    }

    /// What Toss gave back of a payment.
    pub(super) fn given_back(&self, payment_key: &str) -> Vec<i64> {
        self.toss.cancels(payment_key).iter().filter_map(|cancel| cancel["cancelAmount"].as_i64()).collect()
    }
}

fn port_of(url: &str) -> u16 {
    url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a stand-in's address ends in its port")
}
