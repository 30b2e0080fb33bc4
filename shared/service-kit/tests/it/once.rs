//! The same key gives the same answer; nothing happens twice.

use std::time::Duration;

use db::Db;
use reqwest::Method;
use serde_json::{Value, json};
use service_kit::once::IDEMPOTENCY_KEY;
use test_kit::dump::rows_of;
use test_kit::identity::{from_issuer, on_site, service};
use test_kit::service::{TestAnswer, read};

use crate::probe::Probe;

mod holders;
mod large_answers;
mod processes;

const PATH: &str = "/v1/goods/goods";

/// Waits until somebody holds a key.
async fn until_held(db: &Db) {
    let held = async {
        while rows_of(db, "idempotency_key").await.is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), held).await.expect("the key is put down");
}

async fn put(probe: &Probe, key: &str, body: &Value) -> TestAnswer {
    let request = probe.service.request(Method::PUT, PATH, &service("shop"));
    read(request.header(IDEMPOTENCY_KEY, key).json(body)).await
}

#[actix_web::test]
async fn the_same_key_and_body_give_the_first_answer_byte_for_byte() {
    let probe = Probe::start();
    let first = put(&probe, "k1", &json!({"key": "a"})).await;
    assert_eq!(first.status, 200, "{}", first.text);
    assert_eq!(first.payload(), &json!({"isFirst": true}));
    let again = put(&probe, "k1", &json!({"key": "a"})).await;
    assert_eq!(again.text, first.text);
    assert_eq!(again.headers.get("content-type"), first.headers.get("content-type"));
}

#[actix_web::test]
async fn the_same_key_with_another_body_is_refused() {
    let probe = Probe::start();
    put(&probe, "k1", &json!({"key": "a"})).await;
    let other = put(&probe, "k1", &json!({"key": "b"})).await;
    assert_eq!((other.status, other.code()), (900, "IDEMPOTENCY_KEY_REUSED"));
    let request = probe.service.request(Method::PUT, &format!("{PATH}?x=1"), &service("shop"));
    let with_query = read(request.header(IDEMPOTENCY_KEY, "k1").json(&json!({"key": "a"}))).await;
    assert_eq!(with_query.code(), "IDEMPOTENCY_KEY_REUSED");
}

#[actix_web::test]
async fn a_key_belongs_to_its_caller() {
    let probe = Probe::start();
    put(&probe, "k1", &json!({"key": "a"})).await;
    for caller in [
        service("other-shop"),
        on_site(service("shop"), "2"),
        from_issuer("https://second.example", service("shop")),
        from_issuer("https://third.example", service("shop")),
    ] {
        let request = probe.service.request(Method::PUT, PATH, &caller);
        let answer = read(request.header(IDEMPOTENCY_KEY, "k1").json(&json!({"key": "b"}))).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
}

#[actix_web::test]
async fn refusals_are_kept_and_failures_are_not() {
    let probe = Probe::start();
    let refused = put(&probe, "k1", &json!({"key": "a", "refuse": "y"})).await;
    assert_eq!((refused.status, refused.code()), (900, "VALIDATION"));
    assert_eq!(put(&probe, "k1", &json!({"key": "a", "refuse": "y"})).await.text, refused.text);
    let corrected = put(&probe, "k1", &json!({"key": "a"})).await;
    assert_eq!(corrected.code(), "IDEMPOTENCY_KEY_REUSED");

    let malformed = probe.service.request(Method::PUT, PATH, &service("shop"));
    let malformed =
        read(malformed.header(IDEMPOTENCY_KEY, "k3").header("content-type", "application/json").body("{"))
            .await;
    assert_eq!((malformed.status, malformed.fields()), (900, vec!["body"]));
    assert_eq!(put(&probe, "k3", &json!({})).await.code(), "IDEMPOTENCY_KEY_REUSED");

    let broken = json!({"key": "b", "break": "y"});
    assert_eq!(put(&probe, "k2", &broken).await.status, 500);
    assert_eq!(put(&probe, "k2", &broken).await.status, 500, "the key is free again");
    let after_all = put(&probe, "k2", &json!({"key": "b"})).await;
    assert_eq!(after_all.payload(), &json!({"isFirst": true}), "the failure left nothing behind");
}

#[actix_web::test]
async fn in_parallel_the_work_is_done_once() {
    let probe = Probe::start();
    let body = json!({"key": "a", "slow": "y"});
    let answers = futures_util::future::join_all((0..20).map(|_| put(&probe, "k1", &body))).await;
    let done: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert!(!done.is_empty());
    assert!(done.iter().all(|answer| answer.payload() == &json!({"isFirst": true})), "{answers:?}");
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        assert_eq!((answer.status, answer.code()), (409, "IDEMPOTENCY_KEY_IN_FLIGHT"));
    }
}

#[actix_web::test]
async fn a_key_is_forgotten_after_a_day() {
    let probe = Probe::start();
    put(&probe, "k1", &json!({"key": "a"})).await;
    probe.clock.advance(chrono::TimeDelta::hours(24) + chrono::TimeDelta::seconds(1));
    let later = put(&probe, "k1", &json!({"key": "b"})).await;
    assert_eq!(later.status, 200, "{}", later.text);
}

#[actix_web::test]
async fn a_malformed_key_is_a_validation_error_of_that_field() {
    let probe = Probe::start();
    for bad in ["", "with space", &"x".repeat(65)] {
        let answer = put(&probe, bad, &json!({"key": "a"})).await;
        assert_eq!((answer.status, answer.code()), (900, "VALIDATION"), "{bad:?}");
        assert_eq!(answer.fields(), [IDEMPOTENCY_KEY]);
    }
    let longest = put(&probe, &"x".repeat(64), &json!({"key": "a"})).await;
    assert_eq!(longest.status, 200);
}
