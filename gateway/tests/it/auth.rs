//! Who gets in.

use chrono::TimeDelta;
use contract::operations::{Role, claim, inquiry, member, promotion};
use platform::identity::{Caller, Roles};
use serde_json::json;

use crate::app::{TestApp, with_a_second_issuer};
use crate::keys::{NOW, Token};
use crate::raw;

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
        (format!("Authorization: Bearer  {token}\r\n"), 200),
        (format!("Authorization:BEARER    {token}\r\n"), 200),
        (format!("Authorization: \t Bearer {token} \t \r\n"), 200),
        (format!("Authorization: Bearer {token} {token}\r\n"), 401),
        (format!("Authorization: Bearer\t{token}\r\n"), 401),
        (format!("Authorization: Bearer \t{token}\r\n"), 401),
        (format!("Authorization: Bearer\t {token}\r\n"), 401),
        (format!("Authorization: Bearer\u{a0}{token}\r\n"), 401),
        (format!("Authorization: Bearer \u{a0}{token}\r\n"), 401),
        (format!("Authorization: Bearer{token}\r\n"), 401),
        (format!("Authorization: Bearer: {token}\r\n"), 401),
        (format!("Authorization: Bearer {token},\r\n"), 401),
        (format!("Authorization: Bearer \"{token}\"\r\n"), 401),
        (format!("Authorization: {token}\r\n"), 401),
        (format!("Authorization: Basic {token}\r\n"), 401),
        ("Authorization: Bearer\r\n".to_owned(), 401),
        ("Authorization: Bearer    \r\n".to_owned(), 401),
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
async fn namesakes_of_two_issuers_are_two_callers_and_the_first_is_who_it_was() {
    let app = TestApp::with(with_a_second_issuer).await;
    let agent = Token::of(&["agent"], "kim");
    let mut scopes = Vec::new();
    for (token, issuer) in [
        (agent.clone(), None),
        (agent.claim("iss", json!("second")), Some("second")),
        // Nobody else may give this role.
        (Token::guest(), None),
    ] {
        let received = app.call(&claim::CANCEL_FO, Some(&token.sign())).await.received();
        let caller = app.vouched(&received, &claim::CANCEL_FO);
        assert_eq!(caller.issuer.as_deref(), issuer);
        scopes.push(caller.scope());
    }
    let guest = "guest:20230808O007404:20230808O007404@1";
    assert_eq!(scopes, ["agent:kim:@1", "second\nagent:kim:@1", guest]);
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
