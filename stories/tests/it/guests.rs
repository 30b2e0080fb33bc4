//! A guest finds back into an order: password, login, token.

use serde_json::{Value, json};
use stories::{Stack, Storefront, TestAnswer, contract_order, guest_order};

use crate::wait::until;

const ORDER: &str = "20261101O000002";

fn five_fields() -> Value {
    json!({"ordNo": ORDER, "ordManNm": "남궁길동", "umemCellSctNo": "010", "umemCellTxnoNo": "9876",
           "umemCellEndNo": "5432"})
}

async fn ask(shop: &Storefront, body: &Value) -> TestAnswer {
    shop.post("/v1/member/nonMbrOrdPwd", "", body).await
}

async fn login(shop: &Storefront, order_no: &str, password: &str) -> TestAnswer {
    shop.post("/v1/member/nonMbrLogin", "", &json!({"ordNo": order_no, "ordPwd": password})).await
}

#[actix_web::test]
async fn a_guest_logs_in_with_the_orders_password_and_gets_a_token_for_that_order() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    shop.take_in(&[guest_order(ORDER, "first-password")]).await;
    let answer = login(&shop, ORDER, "first-password").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.payload()["expiresIn"], 1800);
    let token = answer.payload()["accessToken"].as_str().expect("a token").to_owned();
    // The gateway knows the guest: a member's operation is forbidden rather than unauthorized.
    let forbidden = shop.post("/v1/member/getOrdClaimCnt", &token, &json!({"reqGubun": "myPage"})).await;
    assert_eq!(forbidden.status, 403, "{}", forbidden.text);
    let open = shop.post("/v1/detail/otherItms", &token, &json!([])).await;
    assert_ne!(open.status, 401, "{}", open.text);
}

#[actix_web::test]
async fn a_forgotten_password_comes_by_message_and_replaces_the_old_one() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    shop.take_in(&[guest_order(ORDER, "first-password")]).await;
    let answer = ask(&shop, &five_fields()).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ""));
    until("the message is sent", async || stack.sent_messages().len() == 1).await;
    let message = stack.sent_messages().remove(0);
    assert_eq!(message["chnlCd"], "10");
    assert_eq!(message["to"], "01098765432");
    let body = message["body"].as_str().expect("a text");
    let password = body
        .split(|c: char| !c.is_ascii_alphanumeric())
        .find(|word| word.len() == 10 && *word != "01098765432")
        .expect("ten characters without look-alikes");
    assert_eq!(login(&shop, ORDER, "first-password").await.code(), "LOGIN_FAILED");
    assert_eq!(login(&shop, ORDER, password).await.status, 200);
}

#[actix_web::test]
async fn whatever_does_not_match_gets_the_same_refusal() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    shop.take_in(&[guest_order(ORDER, "first-password"), contract_order()]).await;
    let mut refusals = Vec::new();
    for (field, value) in [("ordManNm", "남궁길순"), ("umemCellSctNo", "011"), ("umemCellEndNo", "5433")]
    {
        let mut body = five_fields();
        body[field] = json!(value);
        refusals.push(ask(&shop, &body).await);
    }
    let members_order = json!({"ordNo": "20260801O000001", "ordManNm": "홍길동", "umemCellSctNo": "010",
        "umemCellTxnoNo": "1234", "umemCellEndNo": "5678"});
    refusals.push(ask(&shop, &members_order).await);
    let mut unknown = five_fields();
    unknown["ordNo"] = json!("20261101O999999");
    refusals.push(ask(&shop, &unknown).await);
    for refusal in &refusals {
        assert_eq!((refusal.status, refusal.code()), (900, "ORDER_NOT_FOUND"), "{}", refusal.text);
        assert_eq!(refusal.json["message"], refusals[0].json["message"]);
        assert_eq!(refusal.json["errors"], json!([]));
    }
    assert!(stack.sent_messages().is_empty());
    let missing = ask(&shop, &json!({"ordNo": ORDER})).await;
    assert_eq!(missing.code(), "VALIDATION");
    let mut fields = missing.fields();
    fields.sort_unstable();
    assert_eq!(fields, ["ordManNm", "umemCellEndNo", "umemCellSctNo", "umemCellTxnoNo"]);
}

#[actix_web::test]
async fn the_sixth_request_within_the_hour_is_too_many() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    shop.take_in(&[guest_order(ORDER, "first-password")]).await;
    let mut wrong = five_fields();
    wrong["ordManNm"] = json!("아무개");
    for _ in 0..5 {
        assert_eq!(ask(&shop, &wrong).await.status, 900);
    }
    let sixth = ask(&shop, &five_fields()).await;
    assert_eq!((sixth.status, sixth.code()), (429, "TOO_MANY_REQUESTS"));
    assert!(sixth.headers.contains_key("retry-after"));
    assert_eq!(login(&shop, ORDER, "first-password").await.status, 200, "the password is still the first");
}

#[actix_web::test]
async fn after_ten_failures_the_right_password_is_refused_too() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    shop.take_in(&[guest_order(ORDER, "first-password"), contract_order()]).await;
    for attempt in 0..10 {
        let refused = login(&shop, ORDER, "wrong").await;
        assert_eq!((refused.status, refused.code()), (900, "LOGIN_FAILED"), "attempt {attempt}");
    }
    assert_eq!(login(&shop, ORDER, "first-password").await.status, 429);
    for order_no in ["20260801O000001", "20261101O999999"] {
        assert_eq!(login(&shop, order_no, "wrong").await.code(), "LOGIN_FAILED", "{order_no}");
    }
}
