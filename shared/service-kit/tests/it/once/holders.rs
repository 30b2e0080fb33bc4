//! Who holds a key and gives no sign of life loses it, and nothing of its request happens.

use std::sync::Arc;

use chrono::TimeDelta;
use contract::operations::inquiry::QUESTION_SAVE;
use db::Db;
use platform::clock::Clock;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use service_kit::once::{IDEMPOTENCY_KEY, LEASE};
use test_kit::dump::rows_of;
use test_kit::identity::{member, service};
use test_kit::service::{TestService, read};
use tokio::sync::Semaphore;

use super::{PATH, until_held};
use crate::probe::{self, Manner, migrated, noon};

fn whole(service: &TestService, body: &Value) -> RequestBuilder {
    let request = service.request(Method::PUT, PATH, &self::service("shop"));
    request.header(IDEMPOTENCY_KEY, "k").json(body)
}

fn streamed(service: &TestService, body: &Value) -> RequestBuilder {
    let request = service.request(Method::POST, QUESTION_SAVE.path, &member("100001311"));
    let request = request.header("content-type", "multipart/form-data; boundary=none");
    request.header(IDEMPOTENCY_KEY, "k").body(body.to_string())
}

/// Two processes. For the first one, which is at work, time stands still, so that it can't renew its key in time.
async fn check(
    start: fn(Db, &Clock, Manner) -> TestService,
    request: fn(&TestService, &Value) -> RequestBuilder,
    body: Value,
) {
    let (database, clock) = (migrated(), Clock::fixed(noon()));
    let standing_still = Clock::fixed(noon());
    let permits = Arc::new(Semaphore::new(0));
    let slow = Manner { name: " of the first", waits_for: Some(Arc::clone(&permits)), ..Manner::default() };
    let quick = Manner { name: " of the second", ..Manner::default() };
    let first = start(database.open(), &standing_still, slow);
    let second = start(database.open(), &clock, quick);
    let held = tokio::spawn(read(request(&first, &body)));
    until_held(&database.open()).await;

    let lease = TimeDelta::from_std(LEASE).expect("a few seconds");
    clock.advance(lease - TimeDelta::milliseconds(1));
    let early = read(request(&second, &body)).await;
    assert_eq!((early.status, early.code()), (409, "IDEMPOTENCY_KEY_IN_FLIGHT"), "{body}");
    clock.advance(TimeDelta::milliseconds(1));
    let taken_over = read(request(&second, &body)).await;
    assert!(taken_over.status != 409, "{body}: {}", taken_over.text);

    permits.add_permits(1);
    let late = held.await.expect("a request does not panic");
    assert_eq!((late.status, late.code()), (409, "IDEMPOTENCY_KEY_IN_FLIGHT"), "{body}: {}", late.text);
    let effects = rows_of(&database.open(), "inbox_message").await;
    assert!(!effects.iter().any(|row| row.contains("of the first")), "{body}: {effects:?}");
    for service in [&first, &second] {
        let again = read(request(service, &body)).await;
        assert_eq!(again.text, taken_over.text, "{body}: there is one answer");
    }
}

#[actix_web::test]
async fn a_request_that_lost_its_key_has_no_effect_and_its_answer_does_not_count() {
    for body in [json!({"key": "a"}), json!({"outside": "y"}), json!({"key": "a", "refuse": "y"})] {
        check(probe::start, whole, body.clone()).await;
        check(probe::start_streamed, streamed, body).await;
    }
}
