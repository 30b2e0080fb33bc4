//! An answer over 256 KiB is not kept: what it reports stays done, and its key is used.

use contract::operations::inquiry::QUESTION_SAVE;
use platform::clock::Clock;
use reqwest::Method;
use serde_json::{Value, json};
use service_kit::once::IDEMPOTENCY_KEY;
use test_kit::identity::{member, service};
use test_kit::service::{TestAnswer, TestService, read};

use super::PATH;
use crate::probe::{self, Manner, migrated, noon};

/// Bytes of the largest answer that is kept.
const LARGEST: usize = 262_144;

/// A way for a request to reach its handler.
#[derive(Clone, Copy, Debug)]
enum Way {
    Whole,
    Streamed,
}

async fn send(service: &TestService, way: Way, key: &str, body: &Value) -> TestAnswer {
    let request = match way {
        Way::Whole => service.request(Method::PUT, PATH, &self::service("shop")).json(body),
        Way::Streamed => service
            .request(Method::POST, QUESTION_SAVE.path, &member("100001311"))
            .header("content-type", "multipart/form-data; boundary=none")
            .body(body.to_string()),
    };
    read(request.header(IDEMPOTENCY_KEY, key)).await
}

async fn check(way: Way) {
    let (database, clock) = (migrated(), Clock::fixed(noon()));
    let service = match way {
        Way::Whole => probe::start(database.open(), &clock, Manner::default()),
        Way::Streamed => probe::start_streamed(database.open(), &clock, Manner::default()),
    };
    for (key, status, body) in [
        ("with its effect", 200, json!({"key": "a"})),
        ("afterwards", 200, json!({"outside": "y"})),
        ("refused", 900, json!({"key": "b", "refuse": "y"})),
    ] {
        let key = key.replace(' ', "-");
        let mut body = body;
        body.as_object_mut().expect("a body has fields").insert("bytes".to_owned(), json!(LARGEST));
        let first = send(&service, way, &key, &body).await;
        assert_eq!(first.status, status, "{way:?} {key}");
        assert!(first.text.len() > LARGEST && first.json.is_object(), "{way:?} {key}: it goes out whole");
        for _ in 0..2 {
            let again = send(&service, way, &key, &body).await;
            assert_eq!((again.status, again.code()), (900, "IDEMPOTENCY_KEY_REUSED"), "{way:?} {key}");
        }
    }
    let anew = send(&service, way, "anew", &json!({"key": "a"})).await;
    assert_eq!(anew.payload(), &json!({"isFirst": false}), "{way:?}: the effect stays done");
    let refused = send(&service, way, "anew-too", &json!({"key": "b"})).await;
    assert_eq!(refused.payload(), &json!({"isFirst": true}), "{way:?}: what was refused was not done");
}

#[actix_web::test]
async fn a_large_answer_is_given_once_and_a_repeat_is_told_that_its_key_is_used() {
    check(Way::Whole).await;
    check(Way::Streamed).await;
}

#[actix_web::test]
async fn an_answer_is_kept_up_to_the_last_byte_and_not_beyond() {
    let (database, clock) = (migrated(), Clock::fixed(noon()));
    let service = probe::start(database.open(), &clock, Manner::default());
    let empty = send(&service, Way::Whole, "k", &json!({"outside": "y"})).await;
    let most = LARGEST - empty.text.len();
    let largest = json!({"outside": "y", "bytes": most});
    let first = send(&service, Way::Whole, "largest", &largest).await;
    assert_eq!(first.text.len(), LARGEST);
    assert_eq!(send(&service, Way::Whole, "largest", &largest).await.text, first.text);
    let larger = json!({"outside": "y", "bytes": most + 1});
    assert_eq!(send(&service, Way::Whole, "larger", &larger).await.status, 200);
    assert_eq!(send(&service, Way::Whole, "larger", &larger).await.code(), "IDEMPOTENCY_KEY_REUSED");
}
