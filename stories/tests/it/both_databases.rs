//! The same story has the same answers on SQLite and on PostgreSQL.

use serde_json::{Value, json};
use stories::{Options, Stack, contract_order, guest_order, order};
use test_kit::TestDatabase;

/// Plays a story with successes and refusals and writes down every answer, times aside.
async fn transcript(database: fn() -> TestDatabase) -> Vec<(u16, Value)> {
    let stack = Stack::start_with(Options { database, ..Options::default() }).await;
    let shop = stack.storefront();
    let (service, member) = (shop.service(), shop.member("100001311"));
    let period =
        json!({"mbrNo": "100001311", "buyStrDtm": "2026-01-01T00:00:00", "buyEndDtm": "2026-12-31T00:00:00"});
    let mut changed = contract_order();
    changed["ordManNm"] = json!("다른 사람");
    let orders = json!([
        contract_order(),
        guest_order("20261101O000002", "pw-1234"),
        order("20260101O000001", "100001311", "2026-01-01T00:00:00.000001", 3, 7),
    ]);
    let move_to =
        |code: &str| json!({"lines": [{"ordSeq": 1, "ordDtlStatCd": code, "dtm": "2026-08-02T00:00:00"}]});
    let steps = [
        ("/v1/order/orders", &service, json!({"orders": orders})),
        ("/v1/order/orders", &service, json!({"orders": orders})),
        ("/v1/order/orders", &service, json!({"orders": [changed]})),
        ("/v1/member/getOrdTotAmt", &member, period.clone()),
        ("/v1/order/orders/20260801O000001/status", &service, move_to("15")),
        ("/v1/order/orders/20260801O000001/status", &service, move_to("11")),
        ("/v1/member/getOrdClaimCnt", &member, json!({"reqGubun": "myPage"})),
        ("/v1/member/nonMbrLogin", &String::new(), json!({"ordNo": "20261101O000002", "ordPwd": "nope"})),
        ("/v1/member/nonMbrLogin", &String::new(), json!({"ordNo": "20260801O000001", "ordPwd": "nope"})),
        ("/v1/member/withdrawalMemberOrderInfo", &member, json!({"mbrNo": "100001311"})),
        ("/v1/member/getOrdTotAmt", &member, period.clone()),
        ("/v1/order/orders", &service, json!({"orders": orders})),
        ("/v1/member/getOrdClaimCnt", &member, json!({"reqGubun": "quit"})),
    ];
    let mut transcript = Vec::new();
    for (path, token, body) in steps {
        let mut answer = shop.post(path, token, &body).await;
        if let Some(envelope) = answer.json.as_object_mut() {
            envelope.remove("timestamp");
        }
        transcript.push((answer.status, answer.json));
    }
    transcript
}

#[actix_web::test]
async fn both_databases_tell_the_same_story() {
    let on_sqlite = transcript(TestDatabase::sqlite).await;
    assert!(on_sqlite.iter().all(|(status, _)| *status == 200 || *status == 900), "{on_sqlite:#?}");
    if TestDatabase::postgres().is_none() {
        println!("only half of the story: TEST_DATABASE_URL is not set");
        return;
    }
    let on_postgres = transcript(|| TestDatabase::postgres().expect("it was there a moment ago")).await;
    assert_eq!(on_postgres, on_sqlite);
}
