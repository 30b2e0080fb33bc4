//! 처리현황: what Prometheus reads of a running claim-service, and what its operator lists, while claims are stuck.

use std::collections::HashMap;
use std::time::Duration;

use chrono::TimeDelta;
use claim_service::app;
use contract::operations::claim::{CANCEL_FO, GOODS, ORD_CHANGE_FO};
use db::Backend;
use platform::identity::{Caller, GATEWAY, INTERNAL_HEADER};
use reqwest::Method;
use serde_json::{Value, json};
use test_kit::identity::{internal_keys, member, service};
use tokio::time::Instant;

use crate::app::House;
use crate::crash_points::process::{self, Process};
use crate::member::{MEMBER, ORDER, plain_order};
use crate::quote::request;
use crate::stand_in::Mood;

const CHANGED: &str = "20260801O000040";
const PATIENCE: Duration = Duration::from_secs(60);

/// The program, told by its environment, called as the gateway would call it.
struct Program {
    process: Process,
    house: House,
    environment: HashMap<String, String>,
}

impl Program {
    async fn start(house: House) -> Self {
        let environment = house.environment_of_process();
        Self { process: Process::start(&environment).await, house, environment }
    }

    /// Another one on the same database.
    async fn restarted(self) -> Self {
        let Self { process, house, environment } = self;
        process.kill().await;
        Self { process: Process::start(&environment).await, house, environment }
    }

    async fn ask(&self, method: Method, path: &str, caller: &Caller, body: &Value) -> Value {
        let now = self.house.clock.now();
        let token = internal_keys().sign(app::NAME, GATEWAY, caller, now, TimeDelta::seconds(60));
        let url = format!("http://127.0.0.1:{}{path}", self.process.port);
        let asked = reqwest::Client::new().request(method, url).header(INTERNAL_HEADER, token).json(body);
        let answer = asked.send().await.expect("a local program answers");
        assert_eq!(answer.status(), 200);
        answer.json().await.expect("an answer is JSON")
    }

    /// The series of one metric that are not 0, by their labels as they are written.
    async fn series(&self, metric: &str) -> HashMap<String, i64> {
        let address = self.process.metrics.as_deref().expect("it shows its metrics");
        let page = reqwest::get(format!("http://{address}/metrics")).await.expect("the page is served");
        let page = page.text().await.expect("a page is text");
        let lines = page.lines().filter_map(|line| line.strip_prefix(metric)?.strip_prefix('{'));
        lines
            .filter_map(|line| line.split_once("} "))
            .filter_map(|(labels, count)| Some((labels.to_owned(), count.parse().ok()?)))
            .filter(|(_, count)| *count != 0)
            .collect()
    }

    async fn until_series(&self, metric: &str, expected: &[(&str, i64)]) {
        let expected: HashMap<String, i64> =
            expected.iter().map(|(labels, count)| ((*labels).to_owned(), *count)).collect();
        let patience = Instant::now() + PATIENCE;
        loop {
            let shown = self.series(metric).await;
            if shown == expected {
                return;
            }
            assert!(Instant::now() < patience, "{metric}: {shown:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// What `claim-service stuck` lists, without the reasons, once there are so many lines.
    async fn until_stuck(&self, count: usize) -> Vec<Vec<String>> {
        let patience = Instant::now() + PATIENCE;
        loop {
            let (code, said) = process::run("stuck", &self.environment).await;
            assert_eq!(code, Some(0), "{said}");
            let lines: Vec<Vec<String>> =
                said.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect();
            if lines.len() == count {
                return lines;
            }
            assert!(Instant::now() < patience, "{said}");
        }
    }
}

#[actix_web::test]
async fn claims_that_are_stuck_are_on_the_metrics_page_and_in_the_operators_list() {
    let mut house = House::new()
        .with("TELEMETRY__METRICS_LISTEN", "127.0.0.1:0")
        .with("CANCEL__ANSWER_DEADLINE_MS", "200")
        .with("OUTBOX__ATTENTION_AFTER", "5");
    if house.db.backend() == Backend::Postgres {
        // Short, so that what a dead process held is soon free. On SQLite nobody waits.
        house = house.with("OUTBOX__LEASE_SECONDS", "2");
    }
    house.member.put(plain_order(CHANGED, &[(1, 20_000)], "10"));
    house.promotion.feels("/internal/coupons/restore", Mood::Down);
    house.member.0.feels("/options", Mood::Down);
    let program = Program::start(house).await;
    let item = |no: &str| json!({"itmNo": no, "itmNm": no, "itmSaleStatCd": "10", "addPrc": 0, "stkQty": 9});
    let goods = json!({"goods": [{"goodsNo": "10002552", "goodsNm": "린넨 셔츠", "salePrc": 20_000, "saleStatCd": "10",
        "rsvGoodsYn": "N", "goodsImg": null, "itms": [item("001"), item("002")]}]});
    program.ask(Method::PUT, GOODS.path, &service("shop"), &goods).await;

    // The order takes the cancel, and promotion-service neither of its two coupons.
    let cancel = request(ORDER, "251", &[(1, 3)]);
    let cancelled = program.ask(Method::POST, CANCEL_FO.path, &member(MEMBER), &cancel).await;
    // The other order says nothing to its change.
    let change = json!({"ordNo": CHANGED, "ordSeq": 1, "goodsNo": "10002552", "itmNo": "002"});
    let changed = program.ask(Method::POST, ORD_CHANGE_FO.path, &member(MEMBER), &change).await;
    let number = |answer: &Value| answer["payload"]["claimNo"].as_str().expect("a claim number").to_owned();
    let (cancelled, changed) = (number(&cancelled), number(&changed));

    let mut stuck = program.until_stuck(3).await;
    for line in &mut stuck {
        let tries = line[3].strip_prefix("tries ").and_then(|tries| tries.parse::<u32>().ok());
        assert!(tries.is_some_and(|tries| tries >= 5), "{line:?}");
        assert!(line[5].contains("503"), "the reason is that of the last try: {line:?}");
        line.truncate(3);
    }
    let listed = |claim_no: &str, step: &str, target: &str| {
        vec![claim_no.to_owned(), step.to_owned(), format!("{claim_no}:{step}{target}")]
    };
    assert_eq!(
        stuck,
        [
            listed(&cancelled, "COUPON", ":CI0001"),
            listed(&cancelled, "COUPON", ":CI0002"),
            listed(&changed, "OPTION", "")
        ]
    );

    // A process that comes after counts them at once.
    let program = program.restarted().await;
    let attention = |step: &str| format!("step=\"{step}\",state=\"needs_attention\"");
    let (coupons, options) = (attention("COUPON"), attention("OPTION"));
    program.until_series("aftercare_saga_steps", &[(&coupons, 2), (&options, 1)]).await;

    program.house.promotion.recovers();
    program.house.member.0.recovers();
    program.until_stuck(0).await;
    let program = program.restarted().await;
    program.until_series("aftercare_saga_steps", &[]).await;
    program.process.kill().await;
}
