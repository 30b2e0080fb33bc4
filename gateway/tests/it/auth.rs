//! Who gets in.

use chrono::TimeDelta;
use dto::operations::{Role, claim, inquiry, member, promotion};
use platform::identity::{Caller, Roles};
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::keys::{GUESTS, LOCAL, NOW, OTHER_EC, OTHER_RSA, Token, encode};
use crate::raw;

/// Tokens that must not open anything, each with what is wrong with it.
fn bad_tokens() -> Vec<(&'static str, String)> {
    let good = Token::member();
    let signed = good.sign();
    let (text, signature) = signed.rsplit_once('.').unwrap();
    let (header, payload) = text.split_once('.').unwrap();
    let modulus = LOCAL.jwk()["n"].as_str().unwrap().to_owned();
    let flipped = format!("{}{}", if signature.starts_with('A') { 'B' } else { 'A' }, &signature[1..]);
    let other_payload = encode(json!({"iss": "local", "sub": "1"}).to_string());
    vec![
        ("empty", String::new()),
        ("no JWT at all", "secret".into()),
        ("two parts", text.to_owned()),
        ("no signature", format!("{text}.")),
        ("four parts", format!("{signed}.{signature}")),
        ("five parts, as an encrypted one", format!("{signed}.AA.AA")),
        ("padding", format!("{signed}=")),
        ("padding in the payload", format!("{header}.{payload}=.{signature}")),
        ("the other base64 alphabet", format!("{header}.{payload}.+/{}", &signature[2..])),
        ("a space in the middle", format!("{header}. {payload}.{signature}")),
        ("longer than 8 KiB", good.clone().claim("x", json!("x".repeat(8 * 1024))).sign()),
        ("a tampered signature", format!("{text}.{flipped}")),
        ("a shortened signature", format!("{text}.{}", &signature[..signature.len() - 4])),
        ("another payload", format!("{header}.{other_payload}.{signature}")),
        ("alg none", format!("{}.", good.clone().field("alg", json!("none")).text())),
        ("alg none with a signature", good.clone().field("alg", json!("none")).sign()),
        ("alg None", good.clone().field("alg", json!("None")).sign()),
        (
            "HS256 with the public key",
            good.clone().field("alg", json!("HS256")).hmac_with(modulus.as_bytes()),
        ),
        ("HS256 under the name RS256", good.hmac_with(LOCAL.jwk().to_string().as_bytes())),
        ("RS512", good.clone().field("alg", json!("RS512")).sign()),
        ("ES256 at an RS256 issuer", good.clone().signed_by(&GUESTS).sign()),
        ("RS256 at an ES256 issuer", Token::guest().signed_by(&LOCAL).sign()),
        ("no alg", good.clone().field("alg", Value::Null).sign()),
        ("no kid", good.clone().field("kid", Value::Null).sign()),
        ("an unknown kid", good.clone().field("kid", json!("local-9")).sign()),
        ("a kid like a path", good.clone().field("kid", json!("../../dev/null")).sign()),
        ("a kid that is a number", good.clone().field("kid", json!(1)).sign()),
        ("another key under a known kid", good.clone().forged_by(&OTHER_RSA).sign()),
        ("another key under its own kid", good.clone().signed_by(&OTHER_RSA).sign()),
        (
            "its own key in the header",
            good.clone().forged_by(&OTHER_RSA).field("jwk", OTHER_RSA.jwk()).sign(),
        ),
        ("another guest key", Token::guest().forged_by(&OTHER_EC).sign()),
        ("crit", good.clone().field("crit", json!(["exp"])).sign()),
        ("b64", good.clone().field("b64", json!(false)).sign()),
        ("zip", good.clone().field("zip", json!("DEF")).sign()),
        ("typ of another kind", good.clone().field("typ", json!("dpop+jwt")).sign()),
        ("expired", good.clone().claim("exp", json!(NOW - 31)).sign()),
        ("no exp", good.clone().claim("exp", Value::Null).sign()),
        ("exp as text", good.clone().claim("exp", json!("9999999999")).sign()),
        ("exp 25 hours ahead", good.clone().claim("exp", json!(NOW + 25 * 3600)).sign()),
        ("not valid before tomorrow", good.clone().claim("nbf", json!(NOW + 3600)).sign()),
        ("another issuer", good.clone().claim("iss", json!("elsewhere")).sign()),
        ("another of our issuers", good.clone().claim("iss", json!("member-service")).sign()),
        ("no issuer", good.clone().claim("iss", Value::Null).sign()),
        ("another audience", good.clone().claim("aud", json!("elsewhere")).sign()),
        ("no audience", good.clone().claim("aud", Value::Null).sign()),
        ("no subject", good.clone().claim("sub", Value::Null).sign()),
        ("an empty subject", good.clone().claim("sub", json!("")).sign()),
        ("no roles", good.clone().claim("roles", Value::Null).sign()),
        ("empty roles", good.clone().claim("roles", json!([])).sign()),
        ("an unknown role", good.clone().claim("roles", json!(["member", "root"])).sign()),
        ("roles that are no list", good.clone().claim("roles", json!("member")).sign()),
        ("a role its issuer may not give", good.clone().claim("roles", json!(["guest"])).sign()),
        ("a guest issuer's agent", Token::guest().claim("roles", json!(["agent"])).sign()),
        ("a guest without an order", Token::guest().claim("ordNo", Value::Null).sign()),
        ("a guest of a malformed order", Token::guest().claim("ordNo", json!("1")).sign()),
        ("a site number that is none", good.clone().claim("siteNo", json!("a b")).sign()),
        ("a site number of another type", good.clone().claim("siteNo", json!(1)).sign()),
        ("an unknown grade", good.claim("mbrGradeCd", json!("99")).sign()),
    ]
}

#[actix_web::test]
async fn every_bad_token_gets_the_same_401_and_nothing_is_forwarded() {
    let app = TestApp::spawn().await;
    let mut bodies = Vec::new();
    for (what, token) in bad_tokens() {
        for operation in [&member::GET_ORD_TOT_AMT, &inquiry::GET_QUESTION_INIT] {
            let reply = app.call(operation, Some(&token)).await;
            assert_eq!(reply.refusal(), (401, "UNAUTHORIZED"), "{what}");
            assert_eq!(reply.header("www-authenticate"), Some("Bearer"), "{what}");
            let mut body = reply.body;
            body["timestamp"] = Value::Null;
            bodies.push(body);
        }
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "the reason shows: {bodies:?}");
    assert_eq!(app.echo.seen(), Vec::<String>::new());
}

#[actix_web::test]
async fn an_authorization_header_is_one_bearer_token_or_refused() {
    let app = TestApp::spawn().await;
    let token = Token::member().sign();
    for (headers, status) in [
        (format!("Authorization: Bearer {token}\r\n"), 200),
        (format!("authorization: bearer {token}\r\n"), 200),
        (format!("Authorization: Bearer {token}\r\nAuthorization: Bearer {token}\r\n"), 401),
        (format!("Authorization: Bearer {token}\r\nauthorization: \r\n"), 401),
        (format!("Authorization: Bearer {token}, Bearer {token}\r\n"), 401),
        (format!("Authorization: Bearer  {token}\r\n"), 401),
        (format!("Authorization: Bearer\t{token}\r\n"), 401),
        (format!("Authorization: {token}\r\n"), 401),
        (format!("Authorization: Basic {token}\r\n"), 401),
        ("Authorization: Bearer\r\n".to_owned(), 401),
        ("Authorization:\r\n".to_owned(), 401),
        ("Authorization: Bearer \u{e9}\r\n".to_owned(), 401),
    ] {
        for path in ["/v1/customerservice/getQuestion", "/v1/customerservice/getQuestionInit"] {
            let answer =
                raw::send(app.port, &format!("GET {path} HTTP/1.1\r\nHost: x\r\n{headers}\r\n")).await;
            assert_eq!(answer.status, status, "{path} {headers}");
        }
    }
}

#[actix_web::test]
async fn a_token_is_optional_on_public_operations_only() {
    let app = TestApp::spawn().await;
    let received = app.call(&inquiry::GET_QUESTION_INIT, None).await.received();
    assert_eq!(app.vouched(&received, &inquiry::GET_QUESTION_INIT), Caller::anonymous());
    assert_eq!(app.call(&member::GET_ORD_TOT_AMT, None).await.refusal(), (401, "UNAUTHORIZED"));
    let received = app.call(&inquiry::GET_QUESTION_INIT, Some(&Token::member().sign())).await.received();
    assert_eq!(app.vouched(&received, &inquiry::GET_QUESTION_INIT).subject, "100001311");
}

#[actix_web::test]
async fn the_services_hear_who_calls() {
    let app = TestApp::spawn().await;
    let token = Token::member().claim("siteNo", json!("2")).claim("mbrGradeCd", json!("30")).sign();
    for operation in
        [&member::GET_ORD_TOT_AMT, &inquiry::GET_QUESTION, &promotion::MILEAGE, &claim::CANCEL_POPUP_FO]
    {
        for _ in 0..2 {
            let caller = app.vouched(&app.call(operation, Some(&token)).await.received(), operation);
            assert_eq!(caller.subject, "100001311");
            assert_eq!(caller.roles, Roles::of(&[Role::Member]));
            assert_eq!(caller.site_no.as_str(), "2");
            assert_eq!(caller.grade.unwrap().code(), "30");
        }
    }
    let received = app.call(&claim::CANCEL_POPUP_FO, Some(&Token::guest().sign())).await.received();
    let guest = app.vouched(&received, &claim::CANCEL_POPUP_FO);
    assert_eq!(guest.order_no.unwrap().as_str(), "20230808O007404");
    assert_eq!(guest.roles, Roles::of(&[Role::Guest]));
}

#[actix_web::test]
async fn a_role_opens_what_the_table_says_and_nothing_else() {
    let app = TestApp::spawn().await;
    let member = Token::member().sign();
    let guest = Token::guest().sign();
    let staff = |role: &str| Token::of(&[role], "someone").sign();
    let [agent, admin, service] = ["agent", "admin", "service"].map(staff);
    for (operation, allowed, refused) in [
        (&member::ORDERS, vec![&service], vec![&member, &guest, &agent, &admin]),
        (&inquiry::GET_QUESTION_DTL, vec![&member, &agent, &admin], vec![&guest, &service]),
        (&member::GET_ORD_TOT_AMT, vec![&member, &agent, &admin, &service], vec![&guest]),
        (&claim::CANCEL_FO, vec![&member, &guest, &agent, &admin], vec![&service]),
        (&inquiry::ASSIGN, vec![&admin], vec![&member, &guest, &agent, &service]),
        (&inquiry::GET_QUESTION, vec![&member], vec![&guest, &agent, &admin, &service]),
        (&promotion::GET_ACCUMULATION_POLICIES, vec![&admin, &service], vec![&member, &guest, &agent]),
    ] {
        for token in allowed {
            assert_eq!(app.call(operation, Some(token)).await.status, 200, "{}", operation.id);
        }
        for token in refused {
            let reply = app.call(operation, Some(token)).await;
            assert_eq!(reply.refusal(), (403, "FORBIDDEN"), "{}", operation.id);
        }
    }
}

#[actix_web::test]
async fn a_remembered_token_expires_all_the_same() {
    let app = TestApp::spawn().await;
    let token = Token::member().claim("exp", json!(NOW + 120)).sign();
    assert_eq!(app.call(&member::GET_ORD_TOT_AMT, Some(&token)).await.status, 200);
    app.clock.advance(TimeDelta::seconds(100));
    let received = app.call(&member::GET_ORD_TOT_AMT, Some(&token)).await.received();
    // Vouched for at the new time: the identity of 100 seconds ago would have run out.
    assert_eq!(app.vouched(&received, &member::GET_ORD_TOT_AMT).subject, "100001311");
    app.clock.advance(TimeDelta::seconds(30));
    assert_eq!(app.call(&member::GET_ORD_TOT_AMT, Some(&token)).await.status, 401);
}

#[actix_web::test]
async fn the_vendors_key_is_passed_on_unread_and_only_there() {
    let app = TestApp::spawn().await;
    for key in ["vendor-key-of-E0001", "Bearer not-a-token", "Bearer"] {
        let request = app.request(&claim::SSG_INQUIRY).header("authorization", key);
        let received = crate::app::reply(request).await.received();
        assert_eq!(received.header("authorization"), [key]);
        assert_eq!(app.vouched(&received, &claim::SSG_INQUIRY), Caller::anonymous());
    }
    let received = app.call(&claim::OTHER_ITMS, Some(&Token::member().sign())).await.received();
    assert_eq!(received.header("authorization"), Vec::<&str>::new());
}
