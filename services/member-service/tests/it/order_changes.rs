//! What claim-service has an order do beside claims: other items, customs numbers, names.

use futures_util::future::join_all;
use serde_json::{Value, json};
use test_kit::service::TestAnswer;

use crate::app::TestApp;
use crate::claims::cancel;
use crate::orders::{MEMBER, ORDER, order, order_with, two_lines};

const SISTER: &str = "claim-service";
const CODE: &str = "P999999999999";

fn change(claim_no: &str, from: &str, to: &str) -> Value {
    json!({"claimNo": claim_no, "ordSeq": 1, "fromItmNo": from, "itmNo": to, "itmNm": "블랙/L"})
}

impl TestApp {
    async fn change_item(&self, change: &Value) -> TestAnswer {
        self.service.post_as_sister(&format!("/internal/orders/{ORDER}/options"), SISTER, change).await
    }

    async fn item_decision(&self, change: &Value) -> Value {
        let answer = self.change_item(change).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json["decision"].clone()
    }

    async fn item(&self) -> (Value, Value) {
        let line = &self.snapshot(ORDER).await.json["lineList"][0];
        (line["itmNo"].clone(), line["itmNm"].clone())
    }

    async fn set_customs_code(&self, delivery_seq: i32, code: &str) -> TestAnswer {
        let path = format!("/internal/orders/{ORDER}/customsCodes");
        let body = json!({"dlvpSeq": delivery_seq, "persCstmCd": code});
        self.service.post_as_sister(&path, SISTER, &body).await
    }

    async fn customs_code(&self, place: usize) -> Value {
        self.snapshot(ORDER).await.json["order"]["dlvpList"][place]["persCstmCd"].clone()
    }

    async fn names(&self, order_nos: &[String]) -> TestAnswer {
        self.service.post_as_sister("/internal/ordererNames", SISTER, &json!({"ordNoList": order_nos})).await
    }
}

#[tokio::test]
async fn a_line_moves_to_another_item_once_per_claim() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    let first = change("20260901C000001", "001", "002");
    assert_eq!(app.item_decision(&first).await, "CONFIRMED");
    assert_eq!(app.item().await, (json!("002"), json!("블랙/L")));
    // And back again; the first claim, repeated, does not move it once more.
    assert_eq!(app.item_decision(&change("20260901C000002", "002", "001")).await, "CONFIRMED");
    assert_eq!(app.item_decision(&first).await, "CONFIRMED");
    assert_eq!(app.item().await.0, "001");
    let other = app.change_item(&change("20260901C000001", "001", "003")).await;
    assert_eq!((other.status, other.code(), other.fields()), (900, "CLAIM_EXISTS", vec!["claimNo"]));
    // What was ordered stays what was ordered.
    assert_eq!(app.snapshot(ORDER).await.json["order"]["goodsList"][0]["itmNo"], "001");
    // A cancel may not use its number either.
    let cancelled = app.claim(ORDER, &cancel("20260901C000001", &[(1, 1, 0)])).await;
    assert_eq!(cancelled.code(), "CLAIM_EXISTS");
}

#[tokio::test]
async fn a_line_that_has_gone_on_keeps_its_item() {
    let app = TestApp::spawn().await.with_orders(&[two_lines("11")]).await;
    assert_eq!(app.item_decision(&change("20260901C000001", "002", "003")).await, "REJECTED");
    app.confirmed(&cancel("20260901C000002", &[(1, 1, 0)])).await;
    let partly_claimed = change("20260901C000003", "001", "002");
    assert_eq!(app.item_decision(&partly_claimed).await, "REJECTED");
    let mut second = change("20260901C000004", "001", "002");
    second["ordSeq"] = json!(2);
    let prepared = json!([{"ordSeq": 2, "ordDtlStatCd": "12", "dtm": "2026-08-03T10:00:00"}]);
    assert_eq!(app.set_status(ORDER, &prepared).await.status, 200);
    assert_eq!(app.item_decision(&second).await, "REJECTED");
    assert_eq!(app.item().await.0, "001");

    second["ordSeq"] = json!(3);
    second["claimNo"] = json!("20260901C000005");
    let unknown = app.change_item(&second).await;
    assert_eq!((unknown.code(), unknown.fields()), ("ORDER_LINE_NOT_FOUND", vec!["ordSeq"]));
    let mut unkept = change("20260901C000006", "001", "002");
    unkept["itmNm"] = json!("x\u{0}");
    assert_eq!(app.change_item(&unkept).await.fields(), ["itmNm"]);
}

#[tokio::test]
async fn of_two_options_and_a_cancel_at_once_one_goes_through() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    let changes: Vec<Value> = (2..=9)
        .map(|number| change(&format!("20260901C{number:06}"), "001", &format!("{number:03}")))
        .collect();
    let answers = join_all(changes.iter().map(|change| app.change_item(change))).await;
    let winners: Vec<usize> =
        (0..changes.len()).filter(|place| answers[*place].json["decision"] == "CONFIRMED").collect();
    assert_eq!(winners.len(), 1);
    assert_eq!(app.item().await.0, changes[winners[0]]["itmNo"]);
}

/// Line 1 goes to address 1 and line 2 to address 2.
fn two_addresses() -> Value {
    let mut order = two_lines("11");
    let mut address = order["dlvpList"][0].clone();
    address["dlvpSeq"] = json!(2);
    address["persCstmCd"] = Value::Null;
    order["dlvpList"].as_array_mut().unwrap().push(address);
    let mut group = order["deliGrpList"][0].clone();
    group["deliGrpNo"] = json!(2);
    group["dlvpSeq"] = json!(2);
    order["deliGrpList"].as_array_mut().unwrap().push(group);
    order["goodsList"][1]["deliGrpNo"] = json!(2);
    order
}

#[tokio::test]
async fn an_address_gets_its_customs_number_while_a_line_of_it_is_here() {
    let app = TestApp::spawn().await.with_orders(&[two_addresses()]).await;
    let status =
        |seq: i32, code: &str| json!([{"ordSeq": seq, "ordDtlStatCd": code, "dtm": "2026-08-03T10:00:00"}]);
    assert_eq!(app.set_status(ORDER, &status(1, "13")).await.status, 200);
    let late = app.set_customs_code(1, CODE).await;
    assert_eq!((late.status, late.code()), (900, "ORDER_NOT_CHANGEABLE"));
    for _ in 0..2 {
        let answer = app.set_customs_code(2, CODE).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, ""));
    }
    assert_eq!((app.customs_code(0).await, app.customs_code(1).await), (json!("P123456789012"), json!(CODE)));
    assert_eq!(app.set_status(ORDER, &status(2, "12")).await.status, 200);
    assert_eq!(app.set_customs_code(2, "P000000000000").await.status, 200);
    app.confirmed(&cancel("20260901C000001", &[(2, 3, 0)])).await;
    assert_eq!(app.set_customs_code(2, CODE).await.code(), "ORDER_NOT_CHANGEABLE");

    for (seq, code, field) in [(3, CODE, "dlvpSeq"), (2, "123456789012", "persCstmCd"), (2, "", "persCstmCd")]
    {
        let refused = app.set_customs_code(seq, code).await;
        assert_eq!((refused.status, refused.code(), refused.fields()), (900, "VALIDATION", vec![field]));
    }
}

#[tokio::test]
async fn nothing_readable_is_written_into_a_masked_order() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    assert_eq!(app.withdraw(MEMBER).await.status, 200);
    assert_eq!(app.set_customs_code(1, CODE).await.code(), "ORDER_NOT_CHANGEABLE");
    assert_eq!(app.customs_code(0).await, "****");
    assert!(!String::from_utf8_lossy(&app.bytes_on_disk()).contains(CODE));
    // Claims on it go on.
    app.confirmed(&cancel("20260901C000001", &[(1, 3, 0)])).await;
}

#[tokio::test]
async fn names_are_told_as_they_stand() {
    let guest = order_with(
        "20260801O000002",
        &json!({"mbrNo": null, "mbrGradeCd": null, "ordPwd": "guest-1234", "ordManNm": "비회원"}),
    );
    let app = TestApp::spawn().await.with_orders(&[order(), guest]).await;
    let asked: Vec<String> = ["20260801O000999", "20260801O000002", ORDER, ORDER].map(str::to_owned).to_vec();
    let named = |order_no: &str, orderer: &str, recipient: &str, masked: bool| {
        json!({"ordNo": order_no, "ordManNm": orderer, "masked": masked,
            "dlvpList": [{"dlvpSeq": 1, "rcvmnNm": recipient}]})
    };
    let guests = named("20260801O000002", "비회원", "홍수취인", false);
    let list = |own: Value| json!({"list": [own, guests]});
    assert_eq!(app.names(&asked).await.json, list(named(ORDER, "남궁길동", "홍수취인", false)));
    assert_eq!(app.withdraw(MEMBER).await.status, 200);
    assert_eq!(app.names(&asked).await.json, list(named(ORDER, "남**동", "홍**인", true)));

    assert_eq!(app.names(&[]).await.json, json!({"list": []}));
    let many = |count: usize| (0..count).map(|number| format!("20260801O{number:06}")).collect::<Vec<_>>();
    let most = app.names(&many(500)).await;
    assert_eq!((most.status, most.json["list"].as_array().unwrap().len()), (200, 2));
    let too_many = app.names(&many(501)).await;
    assert_eq!((too_many.status, too_many.fields()), (900, vec!["ordNoList"]));
}
