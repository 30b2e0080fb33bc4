//! The claims of members as claim-service tells of them, and what the member's page counts of them while nobody else is there.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use dto::date_time::KstDateTime;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use test_kit::identity::{member, on_site, service};
use test_kit::service::TestAnswer;

use crate::app::{TestApp, noon};
use crate::claims::{cancel, imported};
use crate::orders::{COUNTS, MEMBER, ORDER, order, order_with};

const TOLD: &str = "/internal/countedClaims";

fn claim(serial: u32, status: &str, completed_at: Option<DateTime<Utc>>) -> Value {
    json!({"claimNo": format!("20260801C{serial:06}"), "mbrNo": MEMBER, "siteNo": "1", "claimStatCd": status,
        "cmplDtm": completed_at.map(KstDateTime)})
}

impl TestApp {
    async fn told(&self, claims: &[Value], all: &str) -> TestAnswer {
        let body = json!({"allYn": all, "claimList": claims});
        self.service.post_as_sister(TOLD, "claim-service", &body).await
    }

    async fn tell(&self, claims: &[Value], all: &str) {
        let answer = self.told(claims, all).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    async fn page(&self) -> TestAnswer {
        self.service.post(COUNTS, &member(MEMBER), &json!({"reqGubun": "myPage"})).await
    }

    /// `claimCnt` of the page.
    async fn claims(&self) -> i64 {
        let answer = self.page().await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json["claimCnt"].as_i64().unwrap()
    }
}

#[tokio::test]
async fn once_all_was_told_the_page_is_counted_without_claim_service_and_who_quits_is_not() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    let at = noon() - TimeDelta::days(1);
    app.tell(&[claim(1, "10", None), claim(2, "30", Some(at))], "N").await;
    let early = app.page().await;
    assert_eq!((early.status, early.code()), (503, "SERVICE_UNAVAILABLE"), "more is to come");
    app.tell(&[claim(3, "90", None)], "Y").await;
    assert_eq!(app.page().await.json, json!({"claimCnt": 2, "ordCnt": 1}));
    // What is told later is only more of it.
    app.tell(&[claim(4, "20", None)], "N").await;
    assert_eq!(app.page().await.json, json!({"claimCnt": 3, "ordCnt": 1}));
    let leaving = app.service.post(COUNTS, &member(MEMBER), &json!({"reqGubun": "quit"})).await;
    assert_eq!((leaving.status, leaving.code()), (503, "SERVICE_UNAVAILABLE"));
}

#[tokio::test]
async fn a_claim_counts_until_the_last_moment_of_the_tenth_day_after_its_end_for_its_member_and_site() {
    let app = TestApp::spawn().await;
    // The clock stands at noon of 1 September in Korea.
    let first: DateTime<Utc> = "2026-08-22T00:00:00+09:00".parse().unwrap();
    let mut elsewhere = claim(3, "20", None);
    elsewhere["siteNo"] = json!("2");
    let mut anothers = claim(4, "10", None);
    anothers["mbrNo"] = json!("100001399");
    let ended = [claim(1, "30", Some(first)), claim(2, "30", Some(first - TimeDelta::microseconds(1)))];
    app.tell(&[&ended[..], &[elsewhere, anothers]].concat(), "Y").await;
    assert_eq!(app.claims().await, 1);
    let other_site = on_site(member(MEMBER), "2");
    let answer = app.service.post(COUNTS, &other_site, &json!({"reqGubun": "myPage"})).await;
    assert_eq!(answer.json, json!({"claimCnt": 1, "ordCnt": 0}));
    app.clock.set("2026-09-02T00:00:00+09:00".parse().unwrap());
    assert_eq!(app.claims().await, 0);
}

#[tokio::test]
async fn a_cancel_counts_from_the_orders_word_and_a_rejected_one_never() {
    let mut of_guest = order_with("20260801O000002", &json!({"mbrNo": null, "ordPwd": "a-password"}));
    of_guest["goodsList"][0]["ordDtlStatCd"] = json!("11");
    let app = TestApp::spawn().await.with_orders(&[order(), of_guest]).await;
    app.tell(&[], "Y").await;
    app.confirmed(&cancel("20260901C000001", &[(1, 1, 5_000)])).await;
    assert_eq!(app.claims().await, 1);
    // Told of what was known, and what is known again; then it ends.
    let told = |status: &str, at: Option<DateTime<Utc>>| {
        json!({"claimNo": "20260901C000001", "mbrNo": MEMBER, "siteNo": "1", "claimStatCd": status,
            "cmplDtm": at.map(KstDateTime)})
    };
    app.tell(&[told("20", None)], "Y").await;
    app.confirmed(&cancel("20260901C000001", &[(1, 1, 5_000)])).await;
    assert_eq!(app.claims().await, 1);
    app.tell(&[told("30", Some(noon() - TimeDelta::days(30)))], "Y").await;
    app.confirmed(&cancel("20260901C000001", &[(1, 1, 5_000)])).await;
    assert_eq!(app.claims().await, 0);

    let answer = app.claim("20260801O000002", &cancel("20260901C000002", &[(1, 1, 5_000)])).await;
    TestApp::assert_decided(&answer, "CONFIRMED");
    app.confirmed(&imported("20260901C000003", "10", &[(1, 1, 0)])).await;
    app.move_line(ORDER, "13", "2026-08-03T00:00:00").await;
    app.rejected(&cancel("20260901C000004", &[(1, 1, 0)])).await;
    assert_eq!(app.claims().await, 0);
}

#[tokio::test]
async fn what_contradicts_itself_is_refused_whole_and_nobody_else_tells() {
    let app = TestApp::spawn().await;
    let wrong = [
        claim(1, "20", None),
        claim(1, "30", Some(noon())),
        claim(2, "30", None),
        claim(3, "90", Some(noon())),
        claim(4, "10", Some(noon())),
    ];
    let answer = app.told(&wrong, "Y").await;
    let fields =
        ["claimList[1].claimNo", "claimList[2].cmplDtm", "claimList[3].cmplDtm", "claimList[4].cmplDtm"];
    assert_eq!(
        (answer.status, answer.code(), answer.fields()),
        (900, "VALIDATION", fields.to_vec()),
        "{}",
        answer.text
    );
    assert_eq!(app.page().await.status, 503, "nothing of it was taken");
    let too_many: Vec<Value> = (0..501).map(|serial| claim(serial, "20", None)).collect();
    assert_eq!(app.told(&too_many, "Y").await.status, 900);
    let empty = json!({"allYn": "Y", "claimList": []});
    assert_eq!(app.service.post(TOLD, &service("shop"), &empty).await.status, 403);
}

/// 클레임 이력: the states of a claim, the days ago on which it ended, and in which order and how often it is told.
fn histories() -> impl Strategy<Value = Vec<(Vec<&'static str>, i64)>> {
    let states = prop_oneof![
        Just(vec!["10"]),
        Just(vec!["20"]),
        Just(vec!["10", "20"]),
        Just(vec!["10", "20", "30"]),
        Just(vec!["20", "30"]),
        Just(vec!["30"]),
        Just(vec!["10", "90"]),
        Just(vec!["20", "90"]),
        Just(vec!["10", "20", "90"]),
    ];
    proptest::collection::vec((states, 0_i64..15), 1..40)
}

/// Late, twice and in any order: what counts is where each claim stands in the end.
#[tokio::test]
async fn news_that_come_late_twice_or_in_another_order_come_to_the_same_counts() {
    let mut runner = TestRunner::deterministic();
    let app = TestApp::spawn().await;
    app.tell(&[], "Y").await;
    let mut serial = 0;
    let mut expected = 0;
    for _ in 0..12 {
        let histories = histories().new_tree(&mut runner).unwrap().current();
        let mut news = Vec::new();
        for (states, days) in histories {
            serial += 1;
            let ended = noon() - TimeDelta::days(days);
            let of = |status: &str| claim(serial, status, (status == "30").then_some(ended));
            news.extend(states.iter().chain(states.first()).map(|status| of(status)));
            let last = *states.last().unwrap();
            expected += i64::from(last != "90" && (last != "30" || days <= 10));
        }
        let shuffled = Just(news).prop_shuffle().new_tree(&mut runner).unwrap().current();
        for batch in batches(&shuffled) {
            app.tell(&batch, "Y").await;
        }
        assert_eq!(app.claims().await, expected);
    }
}

/// In the order of the news, no claim twice in one.
fn batches(news: &[Value]) -> Vec<Vec<Value>> {
    let mut batches = vec![BTreeMap::new()];
    for one in news {
        let number = one["claimNo"].to_string();
        if batches.last().is_some_and(|batch| batch.len() == 25 || batch.contains_key(&number)) {
            batches.push(BTreeMap::new());
        }
        batches.last_mut().unwrap().insert(number, one.clone());
    }
    batches.into_iter().map(|batch| batch.into_values().collect()).collect()
}
