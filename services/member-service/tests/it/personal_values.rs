//! What the sisters may ask of one who has left: by what it is known, wherever the originals lie.

use serde_json::{Value, json};
use test_kit::identity::{agent, member, service};

use crate::app::TestApp;
use crate::orders::{MEMBER, ORDER, order, order_with, plain_order};

const SISTER: &str = "cs-inquiry-service";
const PATH: &str = "/internal/members/100001311/personalValues";

fn known_of_order() -> Value {
    json!({
        "nmList": ["김사은품", "남궁길동", "홍수취인"],
        "cellList": order_phones(),
        "emailList": ["gildong@example.com"],
        "addrList": order_addresses(),
        "lastOrdNo": ORDER,
    })
}

fn places() -> Vec<Value> {
    let order = order();
    [order["dlvpList"].as_array().unwrap().as_slice(), order["etcGftDlvpList"].as_array().unwrap()].concat()
}

fn sorted(mut values: Vec<Value>) -> Value {
    values.sort_by_key(Value::to_string);
    values.dedup();
    Value::Array(values)
}

fn order_phones() -> Value {
    let phone = |row: &Value| json!({"cellTxnoNo": row["cellTxnoNo"], "cellEndNo": row["cellEndNo"]});
    sorted(places().iter().chain([&order()]).map(phone).collect())
}

fn order_addresses() -> Value {
    sorted(places().iter().map(|row| json!({"zipAddr": row["zipAddr"], "dtlAddr": row["dtlAddr"]})).collect())
}

async fn ask(app: &TestApp, after: &str) -> Value {
    let mut answer = app.service.get_as_sister(&format!("{PATH}{after}"), SISTER).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    for list in ["cellList", "addrList"] {
        answer.json[list] = sorted(answer.json[list].as_array().unwrap().clone());
    }
    answer.json
}

#[tokio::test]
async fn what_a_member_who_has_left_is_known_by_comes_out_of_the_archive_and_of_what_is_still_readable() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    // Decided, and not masked yet.
    app.write(|conn| {
        let member_no = commerce::MemberNo::parse(MEMBER).unwrap();
        Ok(member_service::store::member::MEMBERS.withdraw(conn, member_no.as_str(), crate::app::noon())?)
    })
    .await;
    assert_eq!(ask(&app, "").await, known_of_order());
    app.withdraw(MEMBER).await;
    assert_eq!(app.snapshot(ORDER).await.json["masked"], true);
    assert_eq!(ask(&app, "").await, known_of_order());
    // An order that comes late holds other values.
    let late = order_with("20260901O000009", &json!({"ordManNm": "황보석"}));
    let app = app.with_orders(&[late]).await;
    let names = ask(&app, "").await["nmList"].clone();
    assert_eq!(names, json!(["김사은품", "남궁길동", "홍수취인", "황보석"]));
    let behind = ask(&app, &format!("?afterOrdNo={ORDER}")).await;
    assert_eq!(behind["lastOrdNo"], "20260901O000009");
    let nothing = json!({"nmList": [], "cellList": [], "emailList": [], "addrList": [], "lastOrdNo": null});
    assert_eq!(ask(&app, "?afterOrdNo=20260901O000009").await, nothing);
}

#[tokio::test]
async fn many_orders_are_told_in_pages_each_once() {
    let app = TestApp::spawn().await;
    let orders: Vec<Value> = (1..=450)
        .map(|number| {
            let mut order =
                plain_order(&format!("20260801O{number:06}"), MEMBER, "2026-08-01T10:00:00", 100, "11");
            order["ordManNm"] = json!(format!("이름{number:03}"));
            order
        })
        .collect();
    let app = app.with_orders(&orders).await;
    app.withdraw(MEMBER).await;
    let (mut names, mut after) = (Vec::new(), String::new());
    loop {
        let page = ask(&app, &after).await;
        let of_page = page["nmList"].as_array().unwrap();
        names.extend(of_page.iter().filter(|name| name.as_str().unwrap().starts_with("이름")).cloned());
        let Some(last) = page["lastOrdNo"].as_str() else { break };
        after = format!("?afterOrdNo={last}");
    }
    assert_eq!(names.len(), 450);
    names.dedup();
    assert_eq!(names.len(), 450);
}

#[tokio::test]
async fn nobody_hears_it_but_a_sister_and_of_nobody_who_is_still_here() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    let of_member = app.service.get_as_sister(PATH, SISTER).await;
    assert_eq!((of_member.status, of_member.code()), (403, "FORBIDDEN"));
    app.withdraw(MEMBER).await;
    for caller in [member(MEMBER), agent("a1"), service("shop")] {
        assert_eq!(app.service.get(PATH, &caller).await.status, 403);
    }
    let malformed = app.service.get_as_sister("/internal/members/x/personalValues", SISTER).await;
    assert_eq!((malformed.status, malformed.fields()), (900, vec!["mbrNo"]));
}
