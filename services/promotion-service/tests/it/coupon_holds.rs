//! Free-return coupons: a claim holds one, uses it up or lets it go, and asks for what a member has.

use serde_json::{Value, json};
use test_kit::identity::{admin, agent, member, service};
use test_kit::service::{TestAnswer, TestService, read};

use crate::app::*;

const HOLD: &str = "/internal/coupons/hold";
const RELEASE: &str = "/internal/coupons/release";
const OTHER_MEMBER: &str = "100009999";

fn free_return(number: &str) -> Value {
    let mut coupon = coupon(number);
    for (name, value) in [("promoNo", "P15"), ("promoNm", "무료반품쿠폰"), ("promoTypCd", "15")] {
        coupon[name] = json!(value);
    }
    coupon
}

fn with(mut row: Value, name: &str, value: &str) -> Value {
    row[name] = json!(value);
    row
}

fn release(claim: u32, number: &str) -> Value {
    with(step(claim, "COUPON_RELEASE"), "cpnIsuNo", number)
}

fn hold(claim: u32, number: &str) -> Value {
    with(with(step(claim, "COUPON_HOLD"), "cpnIsuNo", number), "mbrNo", MEMBER)
}

impl TestApp {
    async fn hold(&self, body: &Value) -> (Value, Value) {
        let answer = self.tell(HOLD, body).await.json;
        (answer["heldYn"].clone(), answer["rsn"].clone())
    }

    async fn release(&self, body: &Value) -> (Value, Value) {
        let answer = self.tell(RELEASE, body).await.json;
        (answer["restoredYn"].clone(), answer["rsn"].clone())
    }

    /// The member's coupons as (number, status, order, claim).
    async fn held(&self) -> Vec<(Value, Value, Value, Value)> {
        let answer = self.service.get("/v1/marketing/coupons", &member(MEMBER)).await;
        let list = answer.payload()["list"].as_array().unwrap();
        let field = |row: &Value, name: &str| row[name].clone();
        list.iter()
            .map(|row| {
                (field(row, "cpnIsuNo"), field(row, "useStatCd"), field(row, "ordNo"), field(row, "claimNo"))
            })
            .collect()
    }

    async fn usable(&self, query: &str) -> Vec<String> {
        let answer = self.ask(query).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let list = answer.json["list"].as_array().unwrap();
        list.iter().map(|row| row["cpnIsuNo"].as_str().unwrap().to_owned()).collect()
    }

    async fn ask(&self, query: &str) -> TestAnswer {
        self.service.get_as_sister(&format!("/internal/coupons?{query}"), "claim-service").await
    }
}

fn yes() -> (Value, Value) {
    (json!("Y"), Value::Null)
}

fn no(reason: &str) -> (Value, Value) {
    (json!("N"), json!(reason))
}

fn row(
    number: &str,
    status: &str,
    order_no: Option<&str>,
    claim: Option<u32>,
) -> (Value, Value, Value, Value) {
    (json!(number), json!(status), json!(order_no), json!(claim.map(claim_no)))
}

#[actix_web::test]
async fn a_claim_holds_a_coupon_until_it_lets_it_go() {
    let app = TestApp::start().await;
    app.issue(&json!([free_return("CR0001")])).await;
    assert_eq!(app.hold(&hold(1, "CR0001")).await, yes());
    assert_eq!(app.held().await, [row("CR0001", "20", Some(ORDER), Some(1))]);
    assert_eq!(app.hold(&hold(2, "CR0001")).await, no("USED"));

    assert_eq!(app.release(&release(2, "CR0001")).await, no("NOT_HELD"));
    assert_eq!(app.held().await, [row("CR0001", "20", Some(ORDER), Some(1))], "it is not the second claim's");
    assert_eq!(app.release(&release(1, "CR0001")).await, yes());
    assert_eq!(app.held().await, [row("CR0001", "10", None, None)]);
    // What was refused stays refused, and a claim that let it go is done with it.
    assert_eq!(app.hold(&hold(2, "CR0001")).await, no("USED"));
    assert_eq!(app.hold(&hold(3, "CR0001")).await, yes());
    assert_eq!(app.held().await, [row("CR0001", "20", Some(ORDER), Some(3))]);
    // Issued again as it was at first, it is the same coupon.
    assert_eq!(app.issue(&json!([free_return("CR0001")])).await.payload()["unchanged"], 1);
}

#[actix_web::test]
async fn a_repeat_is_answered_as_the_first_time_and_changes_nothing() {
    let app = TestApp::start().await;
    app.issue(&json!([free_return("CR0001"), free_return("CR0002")])).await;
    for _ in 0..3 {
        assert_eq!(app.hold(&hold(1, "CR0001")).await, yes());
        assert_eq!(app.hold(&hold(2, "CR0001")).await, no("USED"));
    }
    for _ in 0..3 {
        assert_eq!(app.release(&release(1, "CR0001")).await, yes());
    }
    // Another claim has it now: neither the first one's hold nor its release touches it again.
    assert_eq!(app.hold(&hold(3, "CR0001")).await, yes());
    assert_eq!(app.hold(&hold(1, "CR0001")).await, yes());
    assert_eq!(app.release(&release(1, "CR0001")).await, yes());
    assert_eq!(app.held().await[0], row("CR0001", "20", Some(ORDER), Some(3)));

    app.hold(&hold(4, "CR0002")).await;
    app.clock.set(at("2026-09-01T00:00:00Z"));
    for _ in 0..2 {
        assert_eq!(app.release(&release(4, "CR0002")).await, no("EXPIRED"));
        assert_eq!(app.hold(&hold(4, "CR0002")).await, yes());
    }
    assert_eq!(app.held().await[1], row("CR0002", "30", None, None));
}

#[actix_web::test]
async fn a_coupon_that_is_not_for_this_return_is_not_held_and_the_reason_is_said() {
    let app = TestApp::start().await;
    let used = with(with(free_return("CR0002"), "useStatCd", "20"), "ordNo", "20260801O000009");
    let expired = with(free_return("CR0003"), "useStatCd", "30");
    let past = with(free_return("CR0004"), "validEndDtm", "2026-08-01T23:59:59+09:00");
    let others = with(free_return("CR0005"), "mbrNo", OTHER_MEMBER);
    app.issue(&json!([coupon("CI0001"), used, expired, past, others])).await;
    let before = app.held().await;
    for (number, reason) in [
        ("CR0001", "UNKNOWN"),
        ("CI0001", "OTHER_TYPE"),
        ("CR0002", "USED"),
        ("CR0003", "EXPIRED"),
        ("CR0004", "EXPIRED"),
        ("CR0005", "NOT_THE_MEMBERS"),
    ] {
        let mut body = hold(1, number);
        body["evtKey"] = json!(format!("hold {number}"));
        for _ in 0..2 {
            assert_eq!(app.hold(&body).await, no(reason), "{number}");
        }
        let mut body = release(1, number);
        body["evtKey"] = json!(format!("release {number}"));
        for _ in 0..2 {
            assert_eq!(app.release(&body).await, no("NOT_HELD"), "{number}");
        }
    }
    assert_eq!(app.held().await, before);
    // What was unknown then is refused under its step for ever, and free for another one.
    app.issue(&json!([free_return("CR0001")])).await;
    assert_eq!(app.hold(&with(hold(1, "CR0001"), "evtKey", "hold CR0001")).await, no("UNKNOWN"));
    assert_eq!(app.hold(&hold(2, "CR0001")).await, yes());
}

#[actix_web::test]
async fn a_coupon_is_good_until_its_last_instant_and_no_longer_when_it_comes_back_later() {
    let app = TestApp::start().await;
    app.issue(&json!([free_return("CR0001"), free_return("CR0002"), free_return("CR0003")])).await;
    app.clock.set(at("2026-08-31T14:59:59Z"));
    assert_eq!(app.hold(&hold(1, "CR0001")).await, yes());
    assert_eq!(app.hold(&hold(2, "CR0002")).await, yes());
    assert_eq!(app.release(&release(1, "CR0001")).await, yes());
    app.clock.set(at("2026-08-31T14:59:59.000001Z"));
    assert_eq!(app.hold(&hold(3, "CR0003")).await, no("EXPIRED"));
    assert_eq!(app.release(&release(2, "CR0002")).await, no("EXPIRED"));
    let expired = ["CR0001", "CR0002", "CR0003"].map(|number| row(number, "30", None, None));
    assert_eq!(app.held().await, expired);
}

#[actix_web::test]
async fn a_release_that_overtakes_its_hold_leaves_the_coupon_usable() {
    let app = TestApp::start().await;
    app.issue(&json!([free_return("CR0001")])).await;
    assert_eq!(app.release(&release(1, "CR0001")).await, no("NOT_HELD"));
    assert_eq!(app.hold(&hold(1, "CR0001")).await, no("USED"));
    assert_eq!(app.held().await, [row("CR0001", "10", None, None)]);
}

#[actix_web::test]
async fn an_order_neither_uses_nor_gives_back_what_a_claim_holds() {
    let app = TestApp::start().await;
    app.issue(&json!([free_return("CR0001")])).await;
    app.hold(&hold(1, "CR0001")).await;
    for (order_no, number) in [(ORDER, "CR0001"), ("20260801O000002", "CR0001")] {
        app.record(&order(order_no, &[], 0, &[number])).await;
    }
    assert_eq!(app.restore_coupons(2, &["CR0001"]).await["list"][0]["rsn"], "USED_ELSEWHERE");
    assert_eq!(app.held().await, [row("CR0001", "20", Some(ORDER), Some(1))]);
    assert_eq!(app.release(&release(1, "CR0001")).await, yes());
}

#[actix_web::test]
async fn a_malformed_step_is_refused_by_its_fields() {
    let app = TestApp::start().await;
    let check = async |path: &str, body: &Value, field: &str| {
        let answer = app.service.post_as_sister(path, "claim-service", body).await;
        assert_eq!((answer.status, answer.code(), answer.fields()), (900, "VALIDATION", vec![field]));
    };
    for (path, body) in [(HOLD, hold(1, "CR0001")), (RELEASE, release(1, "CR0001"))] {
        check(path, &with(body.clone(), "evtKey", ""), "evtKey").await;
        check(path, &with(body.clone(), "evtKey", &"k".repeat(201)), "evtKey").await;
        check(path, &with(body.clone(), "claimNo", "1"), "claimNo").await;
        check(path, &with(body.clone(), "ordNo", "1"), "ordNo").await;
        check(path, &with(body.clone(), "cpnIsuNo", "*"), "cpnIsuNo").await;
    }
    check(HOLD, &with(hold(1, "CR0001"), "mbrNo", "x"), "mbrNo").await;
    check("/internal/coupons/hold", &release(1, "CR0001"), "mbrNo").await;
    for (query, field) in [("", "mbrNo"), ("mbrNo=x", "mbrNo"), ("mbrNo=1&promoTypCd=99", "promoTypCd")] {
        let answer = app.ask(query).await;
        assert_eq!((answer.code(), answer.fields().first()), ("VALIDATION", Some(&field)), "{query}");
    }
}

/// Sends each body to the path, all at once, in turn to one replica and the other.
async fn all_at_once(replicas: [&TestService; 2], messages: Vec<(&'static str, Value)>) -> Vec<TestAnswer> {
    let tasks: Vec<_> = messages
        .into_iter()
        .zip(replicas.iter().cycle())
        .map(|((path, body), replica)| {
            let request = replica.request_of_sister(reqwest::Method::POST, path, "claim-service");
            actix_web::rt::spawn(read(request.json(&body)))
        })
        .collect();
    let mut answers = Vec::with_capacity(tasks.len());
    for task in tasks {
        let answer = task.await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text);
        answers.push(answer);
    }
    answers
}

#[actix_web::test]
async fn of_many_claims_at_once_one_gets_the_coupon() {
    let app = TestApp::start().await;
    let replica = app.replica().await;
    let replicas = [&app.service, &replica];
    app.issue(&json!([free_return("CR0001")])).await;
    let holds: Vec<_> = (0..24).map(|number| (HOLD, hold(1 + number % 12, "CR0001"))).collect();
    let answers = all_at_once(replicas, holds).await;
    let got: Vec<usize> = (0..24).filter(|place| answers[*place].json["heldYn"] == "Y").collect();
    assert_eq!(got.len(), 2, "each claim asked twice and was answered alike");
    assert_eq!(got[0] % 12, got[1] % 12);
    for place in (0..24).filter(|place| !got.contains(place)) {
        assert_eq!(answers[place].json, json!({"heldYn": "N", "rsn": "USED"}));
    }
    let winner = 1 + u32::try_from(got[0]).unwrap();
    assert_eq!(app.held().await, [row("CR0001", "20", Some(ORDER), Some(winner))]);
    let answers = all_at_once(replicas, vec![(RELEASE, release(winner, "CR0001")); 8]).await;
    assert!(answers.iter().all(|answer| answer.json == json!({"restoredYn": "Y", "rsn": null})));
    assert_eq!(app.held().await, [row("CR0001", "10", None, None)]);
}

/// Whatever the order they arrive in, a claim that has let go holds nothing.
#[actix_web::test]
async fn a_hold_and_its_release_at_once_leave_the_coupon_usable() {
    let app = TestApp::start().await;
    let replica = app.replica().await;
    for claim in 1..=12 {
        let number = format!("CR{claim:04}");
        app.issue(&json!([free_return(&number)])).await;
        let mut messages = vec![(HOLD, hold(claim, &number)), (RELEASE, release(claim, &number))];
        if claim % 2 == 0 {
            messages.reverse();
        }
        messages.extend(messages.clone());
        all_at_once([&app.service, &replica], messages).await;
    }
    assert!(app.held().await.iter().all(|coupon| coupon.1 == "10" && coupon.3.is_null()));
}

#[actix_web::test]
async fn a_claim_is_shown_the_coupons_its_member_can_use() {
    let app = TestApp::start().await;
    let sooner = with(free_return("CR0009"), "validEndDtm", "2026-08-10T23:59:59+09:00");
    let others = with(free_return("CR0005"), "mbrNo", OTHER_MEMBER);
    let used = with(free_return("CR0004"), "useStatCd", "20");
    let expired = with(free_return("CR0006"), "useStatCd", "30");
    let past = with(free_return("CR0007"), "validEndDtm", "2026-08-01T23:59:59+09:00");
    app.issue(&json!([free_return("CR0001"), free_return("CR0002"), coupon("CI0001"), sooner, others])).await;
    app.issue(&json!([used, expired, past])).await;
    app.hold(&hold(1, "CR0002")).await;

    let of_type = format!("mbrNo={MEMBER}&promoTypCd=15");
    let answer = app.ask(&of_type).await;
    let shown = |number: &str, end: &str| {
        json!({"cpnIsuNo": number, "promoNo": "P15", "promoNm": "무료반품쿠폰", "promoTypCd": "15",
            "validEndDtm": end, "useStatCd": "10"})
    };
    assert_eq!(
        answer.json,
        json!({"list": [shown("CR0009", "2026-08-10T23:59:59+09:00"), shown("CR0001", "2026-08-31T23:59:59+09:00")]})
    );
    assert_eq!(app.usable(&format!("mbrNo={MEMBER}")).await, ["CR0009", "CI0001", "CR0001"]);
    assert_eq!(app.usable(&format!("mbrNo={OTHER_MEMBER}&promoTypCd=15")).await, ["CR0005"]);
    assert_eq!(app.usable("mbrNo=100008888").await, [""; 0]);
    app.clock.set(at("2026-08-10T14:59:59Z"));
    assert_eq!(app.usable(&of_type).await, ["CR0009", "CR0001"]);
    app.clock.set(at("2026-08-10T14:59:59.000001Z"));
    assert_eq!(app.usable(&of_type).await, ["CR0001"]);
    app.release(&release(1, "CR0002")).await;
    assert_eq!(app.usable(&of_type).await, ["CR0001", "CR0002"]);
}

#[actix_web::test]
async fn one_coupon_of_a_member_is_shown_in_any_state() {
    let app = TestApp::start().await;
    let others = with(free_return("CR0005"), "mbrNo", OTHER_MEMBER);
    let past = with(free_return("CR0007"), "validEndDtm", "2026-08-01T23:59:59+09:00");
    app.issue(&json!([free_return("CR0001"), free_return("CR0002"), others, past])).await;
    app.hold(&hold(1, "CR0002")).await;
    let status = async |number: &str| {
        let answer = app.ask(&format!("mbrNo={MEMBER}&cpnIsuNo={number}")).await;
        answer.json["list"].as_array().unwrap().iter().map(|row| row["useStatCd"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(status("CR0001").await, ["10"]);
    assert_eq!(status("CR0002").await, ["20"]);
    assert_eq!(status("CR0007").await, ["30"]);
    assert_eq!(status("CR0005").await, [""; 0], "it is another's");
    assert_eq!(status("CR0009").await, [""; 0], "nobody knows it");
    let other_type = format!("mbrNo={MEMBER}&cpnIsuNo=CR0001&promoTypCd=11");
    assert_eq!(app.usable(&other_type).await, [""; 0]);
}

#[actix_web::test]
async fn a_member_is_shown_a_thousand_coupons_at_most() {
    let app = TestApp::start().await;
    let many: Vec<Value> = (0..1_200).map(|index| free_return(&format!("CR{index:06}"))).collect();
    for some in many.chunks(1_000) {
        app.issue(&json!(some)).await;
    }
    let shown = app.usable(&format!("mbrNo={MEMBER}&promoTypCd=15")).await;
    assert_eq!((shown.len(), shown[0].as_str(), shown[999].as_str()), (1_000, "CR000000", "CR000999"));
}

#[actix_web::test]
async fn only_sister_services_hold_coupons() {
    let app = TestApp::start().await;
    app.issue(&json!([free_return("CR0001")])).await;
    for caller in [member(MEMBER), agent("a1"), admin("a2"), service("shop")] {
        assert_eq!(app.service.post(HOLD, &caller, &hold(1, "CR0001")).await.status, 403);
        assert_eq!(app.service.post(RELEASE, &caller, &release(1, "CR0001")).await.status, 403);
        assert_eq!(app.service.get(&format!("/internal/coupons?mbrNo={MEMBER}"), &caller).await.status, 403);
    }
    assert_eq!(app.held().await, [row("CR0001", "10", None, None)]);
}
