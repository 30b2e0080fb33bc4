//! The real application with a database of its own: one method per operation.

use std::num::NonZeroU32;

use chrono::{DateTime, Utc};
use db::Db;
use platform::clock::Clock;
use platform::identity::Caller;
use platform::server::ServerSettings;
use promotion_service::app;
use promotion_service::settings::{Settings, UpstreamSettings};
use reqwest::Method;
use serde_json::{Value, json};
use test_kit::TestDatabase;
use test_kit::identity::{agent, identity_settings, member, service};
use test_kit::service::{TestAnswer, TestService, any_port, read};

pub(crate) const MEMBER: &str = "100001311";
pub(crate) const ORDER: &str = "20260801O000001";
pub(crate) const ORDERED_AT: &str = "2026-08-01T10:00:00+09:00";

pub(crate) struct TestApp {
    pub(crate) service: TestService,
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    database: TestDatabase,
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        Self::on(TestDatabase::new(), None).await
    }

    pub(crate) async fn with_valid_days(days: u32) -> Self {
        Self::on(TestDatabase::new(), NonZeroU32::new(days)).await
    }

    async fn on(database: TestDatabase, mileage_valid_days: Option<NonZeroU32>) -> Self {
        let clock = Clock::fixed(at("2026-08-02T00:00:00Z"));
        let service = start_replica(&database, &clock, mileage_valid_days).await;
        Self { service, db: database.open(), clock, database }
    }

    /// Another process on the same database.
    pub(crate) async fn replica(&self) -> TestService {
        start_replica(&self.database, &self.clock, None).await
    }

    pub(crate) async fn replica_with_valid_days(&self, days: u32) -> TestService {
        start_replica(&self.database, &self.clock, NonZeroU32::new(days)).await
    }

    pub(crate) async fn accumulate(&self, body: &Value) -> TestAnswer {
        self.service.post(ACCUMULATION, &member(MEMBER), body).await
    }

    pub(crate) async fn put_policy(&self, site_no: &str, policy: &Value) -> TestAnswer {
        let path = format!("/v1/marketing/accumulationPolicies/{site_no}");
        read(self.service.request(Method::PUT, &path, &service("shop")).json(policy)).await
    }

    /// Puts a policy that must be taken, and answers its version.
    pub(crate) async fn policy(&self, policy: &Value) -> i64 {
        let answer = self.put_policy("1", policy).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.payload()["policyVer"].as_i64().unwrap()
    }

    pub(crate) async fn get_policy(&self, site_no_and_query: &str) -> TestAnswer {
        let path = format!("/v1/marketing/accumulationPolicies/{site_no_and_query}");
        self.service.get(&path, &service("shop")).await
    }

    pub(crate) async fn issue(&self, coupons: &Value) -> TestAnswer {
        self.service.post("/v1/marketing/coupons", &service("shop"), &json!({ "coupons": coupons })).await
    }

    /// The member's coupons as (number, status, order).
    pub(crate) async fn coupons(&self) -> Vec<(String, String, Option<String>)> {
        let answer = self.service.get("/v1/marketing/coupons", &member(MEMBER)).await;
        let list = answer.payload()["list"].as_array().unwrap().clone();
        let text = |row: &Value, name: &str| row[name].as_str().map(str::to_owned);
        list.iter()
            .map(|row| (text(row, "cpnIsuNo").unwrap(), text(row, "useStatCd").unwrap(), text(row, "ordNo")))
            .collect()
    }

    pub(crate) async fn mileage_as(&self, caller: &Caller, query: &str) -> TestAnswer {
        self.service.get(&format!("/v1/marketing/mileage{query}"), caller).await
    }

    /// The member's balance and its movements as (reason, amount, claim), oldest first.
    pub(crate) async fn mileage(&self) -> (i64, Vec<(String, i64, Option<String>)>) {
        let answer = self.mileage_as(&agent("a1"), &format!("?mbrNo={MEMBER}")).await;
        let payload = answer.payload().clone();
        let mut rows: Vec<_> = payload["list"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                (
                    row["rsnCd"].as_str().unwrap().to_owned(),
                    row["amt"].as_i64().unwrap(),
                    row["claimNo"].as_str().map(str::to_owned),
                )
            })
            .collect();
        rows.reverse();
        let balance = payload["balance"].as_i64().unwrap();
        assert_eq!(
            balance,
            rows.iter().map(|row| row.1).sum::<i64>(),
            "the balance is the sum of the ledger"
        );
        (balance, rows)
    }

    pub(crate) async fn balance(&self) -> i64 {
        self.mileage().await.0
    }

    /// Tells as a sister service, and must be heard.
    pub(crate) async fn tell(&self, path: &str, body: &Value) -> TestAnswer {
        let answer = self.service.post_as_sister(path, "claim-service", body).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer
    }

    pub(crate) async fn record(&self, order: &Value) {
        self.tell("/internal/orders", order).await;
    }

    pub(crate) async fn take_back(&self, claim: u32, entries: &Value) {
        self.tell("/internal/accumulation/takeBack", &take_back(claim, entries)).await;
    }

    pub(crate) async fn restore_mileage(&self, claim: u32, amount: i64) {
        self.tell("/internal/mileage/restore", &restore_mileage(claim, amount)).await;
    }

    pub(crate) async fn restore_coupons(&self, claim: u32, numbers: &[&str]) -> Value {
        self.tell("/internal/coupons/restore", &restore_coupons(claim, numbers)).await.json
    }
}

pub(crate) const ACCUMULATION: &str = "/v1/marketing/promotionAccumulation";

async fn start_replica(
    database: &TestDatabase,
    clock: &Clock,
    mileage_valid_days: Option<NonZeroU32>,
) -> TestService {
    let settings = Settings {
        server: ServerSettings { workers: 2, ..ServerSettings::default() },
        log: Default::default(),
        telemetry: Default::default(),
        database: database.settings(),
        identity: identity_settings(),
        upstreams: UpstreamSettings { inquiry_url: "http://127.0.0.1:1".to_owned() },
        client: Default::default(),
        outbox: Default::default(),
        mileage_valid_days,
        mileage_expiry_every_seconds: 3_600,
    };
    let application = app::build(settings, clock.clone(), any_port()).await.unwrap();
    TestService::start(app::NAME, application, clock.clone())
}

/// A policy with every kind: 1 %, for gold 1.5 % over 30,000, and 2.5 % for brand B02 up to 10,000.
pub(crate) fn policy() -> Value {
    json!({
        "base": {"promoNo": "A21", "promoNm": "주문적립", "accmRate": number("1"), "ourChrgRate": 100, "entrChrgRate": 0},
        "grades": [{
            "promoNo": "A22", "promoNm": "회원등급적립", "mbrGradeCd": "30", "rsrvStdAmt": 30000,
            "accmRate": number("1.5"), "ourChrgRate": 100, "entrChrgRate": 0,
        }],
        "goodsMileages": [mileage("A24")],
        "mileageExcludedGoods": ["G9"],
    })
}

pub(crate) fn mileage(number: &str) -> Value {
    json!({
        "promoNo": number, "promoNm": "가방 추가적립", "strDtm": "2026-08-01T00:00:00+09:00",
        "endDtm": "2026-08-31T23:59:59+09:00", "fixamtFxrtGbCd": "02", "accmRate": self::number("2.5"),
        "maxAccmAmt": 10000, "mbrGradeCds": [], "ordMediaCds": [],
        "targets": [{"targetTypCd": "BRAND", "targetNo": "B02"}], "ourChrgRate": 50, "entrChrgRate": 50,
    })
}

/// A number kept as it is written.
pub(crate) fn number(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

pub(crate) fn goods(number: &str, amount: i64) -> Value {
    json!({
        "goodsNo": number, "itmNo": "001", "purchaseAmt": amount, "stdCtgNo": "S0101", "dispCtgNo": "C0101",
        "brandNo": "B01", "entrNo": "E0001", "chlNo": "1000001",
    })
}

pub(crate) fn basket(goods: &[Value]) -> Value {
    json!({
        "mbrNo": MEMBER, "mbrGradeCd": "30", "ordMediaCd": "20", "baseDtm": ORDERED_AT, "goodsList": goods,
    })
}

pub(crate) fn coupon(number: &str) -> Value {
    json!({
        "cpnIsuNo": number, "promoNo": "P11", "promoNm": "상품쿠폰 10%", "promoTypCd": "11", "mbrNo": MEMBER,
        "validEndDtm": "2026-08-31T23:59:59+09:00", "useStatCd": "10", "ordNo": null, "claimNo": null,
    })
}

/// An entry of the order's accumulation as member-service hands it on.
pub(crate) fn entry(reason: &str, promotion: &str, amount: i64) -> Value {
    json!({
        "accmGbCd": reason, "accmRate": 1, "accmAmt": amount, "promoNo": promotion, "promoNm": "적립",
        "promoTypCd": null, "ourChrgRate": 67, "entrChrgRate": 33, "fixamtFxrtGbCd": "02", "rsrvStdAmt": 0,
        "goodsAccmList": [{"ordSeq": 1, "goodsNo": "10002552", "itmNo": "001", "accmAmt": amount}],
    })
}

/// An order the member paid partly with mileage.
pub(crate) fn order(order_no: &str, entries: &[Value], used: i64, coupons: &[&str]) -> Value {
    json!({
        "evtKey": format!("order:{order_no}"), "ordNo": order_no, "siteNo": "1", "mbrNo": MEMBER,
        "ordDtm": ORDERED_AT, "accmList": entries, "mlgUseAmt": used, "cpnIsuNoList": coupons,
    })
}

pub(crate) fn claim_no(claim: u32) -> String {
    format!("20260802C{claim:06}")
}

pub(crate) fn step(claim: u32, step: &str) -> Value {
    json!({
        "evtKey": format!("claim:{}:{step}", claim_no(claim)), "claimNo": claim_no(claim), "ordNo": ORDER,
    })
}

fn with(mut step: Value, name: &str, value: Value) -> Value {
    step[name] = value;
    step
}

pub(crate) fn take_back(claim: u32, entries: &Value) -> Value {
    with(step(claim, "ACCM"), "accmList", entries.clone())
}

pub(crate) fn restore_mileage(claim: u32, amount: i64) -> Value {
    with(step(claim, "MILEAGE"), "restoreAmt", json!(amount))
}

pub(crate) fn restore_coupons(claim: u32, numbers: &[&str]) -> Value {
    with(step(claim, "COUPON"), "cpnIsuNoList", json!(numbers))
}
