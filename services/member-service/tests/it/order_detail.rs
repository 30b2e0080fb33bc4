//! One order with everything it was placed with.

use serde_json::{Value, json};
use test_kit::identity::{admin, agent, guest, member, on_site, service};
use test_kit::service::TestAnswer;

use crate::app::TestApp;
use crate::orders::{MEMBER, ORDER, ORIGINALS, order, order_with};

const DETAIL: &str = "/v1/order/orderDetailFO";

impl TestApp {
    async fn detail(&self, caller: &platform::identity::Caller, order_no: &str) -> TestAnswer {
        self.service.post(DETAIL, caller, &json!({"ordNo": order_no})).await
    }
}

#[tokio::test]
async fn an_order_is_shown_with_its_row_of_the_list_and_all_it_was_placed_with() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    let answer = app.detail(&member(MEMBER), ORDER).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let sent = order();
    let mut row = answer.json.clone();
    let fields = row.as_object_mut().unwrap();
    assert_eq!(fields.remove("dlvpList").unwrap(), sent["dlvpList"]);
    for (list, name) in [
        ("giftList", "aeNo"),
        ("deliGrpList", "baseDeliAmt"),
        ("ordPromotionList", "promoNo"),
        ("ordPromotionList", "goods"),
    ] {
        assert_eq!(fields[list][0][name], sent[list][0][name], "{list}");
        assert_eq!(fields[list].as_array().unwrap().len(), sent[list].as_array().unwrap().len(), "{list}");
    }
    fields.retain(|name, _| !["giftList", "deliGrpList", "ordPromotionList"].contains(&name.as_str()));
    let payments = fields.remove("payList").unwrap();
    assert_eq!(
        payments[0],
        json!({"payNo": "PAY1", "payMeansCd": "10", "payMeansNm": "신용카드", "payAmt": sent["payList"][0]["payAmt"],
            "sctnCnclPsbYn": "Y", "cardNo": sent["payList"][0]["cardNo"]})
    );
    assert!(!answer.text.contains("pgPayKey"), "{}", answer.text);
    assert_eq!(row, app.first(&member(MEMBER)).await, "the rest is the list's row");
}

#[tokio::test]
async fn anothers_order_is_forbidden_and_only_staff_learns_that_there_is_none() {
    let of_guest = order_with(
        "20260401O000001",
        &json!({"mbrNo": null, "mbrGradeCd": null, "ordPwd": "secret-1", "ordAccmList": []}),
    );
    let app = TestApp::spawn().await.with_orders(&[order(), of_guest]).await;
    let nobodys = "20260801O999999";
    for (caller, order_no) in [
        (member("100001399"), ORDER),
        (on_site(member(MEMBER), "2"), ORDER),
        (member(MEMBER), "20260401O000001"),
        (guest("20260401O000001"), ORDER),
        (guest(ORDER), ORDER),
        (member(MEMBER), nobodys),
        (guest("20260401O000001"), nobodys),
        (service("shop"), ORDER),
    ] {
        let answer = app.detail(&caller, order_no).await;
        assert_eq!((answer.status, answer.code()), (403, "FORBIDDEN"), "{caller:?} {order_no}");
    }
    assert_eq!(app.detail(&guest("20260401O000001"), "20260401O000001").await.status, 200);
    for staff in [agent("A001"), admin("A002")] {
        assert_eq!(app.detail(&staff, ORDER).await.status, 200);
        let answer = app.detail(&staff, nobodys).await;
        assert_eq!((answer.status, answer.code()), (900, "ORDER_NOT_FOUND"));
    }
    for body in [json!({}), json!({"ordNo": ""}), json!({"ordNo": "1"}), json!({"ordNo": 1})] {
        let answer = app.service.post(DETAIL, &member(MEMBER), &body).await;
        assert_eq!((answer.status, answer.code(), answer.fields()), (900, "VALIDATION", vec!["ordNo"]));
    }
}

#[tokio::test]
async fn after_a_withdrawal_it_is_shown_masked() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    assert_eq!(app.withdraw(MEMBER).await.status, 200);
    let answer = app.detail(&agent("A001"), ORDER).await;
    assert_eq!((answer.status, &answer.json["maskYn"]), (200, &json!("Y")));
    assert!(ORIGINALS.iter().all(|original| !answer.text.contains(original)), "{}", answer.text);
    assert_eq!(answer.json["dlvpList"][0]["deliMsg"], Value::Null);
}
