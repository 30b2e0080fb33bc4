//! Each reason a token is refused, over the real gateway; the caller always hears the same.

use serde_json::{Value, json};
use stories::{Stack, Storefront};
use test_kit::service::read;

const PUBLIC: &str = "/v1/detail/otherItms";
const TOTAL: &str = "/v1/member/getOrdTotAmt";

fn year() -> Value {
    json!({"mbrNo": "100001311", "buyStrDtm": "2026-01-01T00:00:00", "buyEndDtm": "2026-12-31T23:59:59"})
}

/// Good claims with one thing changed; null takes it away.
fn spoiled(shop: &Storefront, name: &str, value: Value) -> String {
    let mut claims = shop.claims("member", "100001311");
    let object = claims.as_object_mut().expect("claims are an object");
    if value.is_null() {
        object.remove(name);
    } else {
        object.insert(name.to_owned(), value);
    }
    shop.sign(&claims)
}

#[actix_web::test]
async fn a_bad_token_is_refused_on_public_operations_too() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let now = platform::clock::Clock::system().now().timestamp();
    let good = shop.member("100001311");
    let (head, rest) = good.split_once('.').expect("three parts");
    let (body, _) = rest.split_once('.').expect("three parts");
    let cases = [
        ("rubbish", "rubbish".to_owned()),
        ("no signature", format!("{head}.{body}.")),
        ("another's signature", format!("{good}A")),
        ("expired", spoiled(&shop, "exp", json!(now - 3600))),
        ("no exp", spoiled(&shop, "exp", Value::Null)),
        ("too long a life", spoiled(&shop, "exp", json!(now + 25 * 3600))),
        ("not yet", spoiled(&shop, "nbf", json!(now + 3600))),
        ("another audience", spoiled(&shop, "aud", json!("somebody-else"))),
        ("no audience", spoiled(&shop, "aud", Value::Null)),
        ("an unknown issuer", spoiled(&shop, "iss", json!("https://evil.example"))),
        ("no issuer", spoiled(&shop, "iss", Value::Null)),
        ("the guests' issuer with another's key", spoiled(&shop, "iss", json!("member-service"))),
        ("no subject", spoiled(&shop, "sub", Value::Null)),
        ("an empty subject", spoiled(&shop, "sub", json!(""))),
        ("no roles", spoiled(&shop, "roles", Value::Null)),
        ("no role among roles", spoiled(&shop, "roles", json!([]))),
        ("an unknown role", spoiled(&shop, "roles", json!(["member", "root"]))),
        ("roles that are no list", spoiled(&shop, "roles", json!("member"))),
    ];
    for (reason, token) in cases {
        let public = shop.post(PUBLIC, &token, &json!([])).await;
        assert_eq!((public.status, public.code()), (401, "UNAUTHORIZED"), "{reason}");
        let private = shop.post(TOTAL, &token, &year()).await;
        assert_eq!(private.json["message"], public.json["message"], "{reason}: one text for all reasons");
        assert_eq!(private.status, 401, "{reason}");
    }
    let two_headers = shop
        .request(reqwest::Method::POST, TOTAL, &good)
        .header("authorization", format!("Bearer {good}"))
        .json(&year());
    assert_eq!(read(two_headers).await.status, 401, "exactly one header");
    let none = shop.post(TOTAL, "", &year()).await;
    assert_eq!((none.status, none.code()), (401, "UNAUTHORIZED"));
    assert_eq!(shop.post(TOTAL, &good, &year()).await.status, 200, "the good one is good");
}
