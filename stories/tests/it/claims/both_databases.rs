//! The same cancels have the same answers on SQLite and on PostgreSQL.

use stories::{Options, contract_order, guest_order, order};
use test_kit::TestDatabase;

use super::*;

const WITH_ACCOUNT: &str = "20261101O000001";
const GUESTS: &str = "20261101O000002";

/// Times and claim numbers are of the moment; everything else is not.
fn at_any_time(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                let is_of_the_moment = matches!(
                    name.as_str(),
                    "timestamp" | "claimNo" | "reqDtm" | "cmplDtm" | "rfdDtm" | "dtm"
                );
                if is_of_the_moment && field.is_string() {
                    *field = json!("…");
                } else {
                    at_any_time(field);
                }
            }
        }
        Value::Array(rows) => rows.iter_mut().for_each(at_any_time),
        _ => {}
    }
}

/// Previews, cancels and refusals of three orders, and what is shown of them at the end.
async fn transcript(database: fn() -> TestDatabase) -> Vec<(u16, Value)> {
    let stack = Stack::start_with(Options { database, ..Options::default() }).await;
    let shop = stack.storefront();
    put_goods(&shop, &[("001", 10), ("002", 5)]).await;
    issue_coupons(&shop).await;
    let mut by_account = order(WITH_ACCOUNT, MEMBER, "2026-11-01T00:00:00", 3, 7_777);
    by_account["payList"][0]["payMeansCd"] = json!("30");
    shop.take_in(&[contract_order(), by_account, guest_order(GUESTS, "a-password")]).await;
    until("the order is in the member's books", async || balance(&shop).await == Some(-3_000)).await;
    let (member, agent, guest) = (shop.member(MEMBER), shop.agent(), shop.guest(GUESTS));
    let account = json!({"bankCd": "004", "acctNo": "1-2", "dpstrNm": "홍길동"});
    let of_vendor = with(request(ORDER, 1), "claimRsnCd", json!("270"));
    let steps = [
        (POPUP, &member, json!({"ordNo": ORDER})),
        (PREVIEW, &member, request(ORDER, 2)),
        (CANCEL, &member, with(request(ORDER, 1), "expectRfdAmt", json!(1))),
        (CANCEL, &member, of_vendor.clone()),
        (CANCEL, &agent, of_vendor),
        (CANCEL, &member, request(ORDER, 3)),
        (PREVIEW, &member, request(ORDER, 2)),
        (CANCEL, &member, request(ORDER, 2)),
        (CANCEL, &member, request(ORDER, 1)),
        (POPUP, &member, json!({"ordNo": ORDER})),
        (CANCEL, &member, request(WITH_ACCOUNT, 1)),
        (CANCEL, &member, with(request(WITH_ACCOUNT, 1), "rfdAcct", account)),
        (CANCEL, &guest, request(GUESTS, 1)),
        (CANCEL, &guest, request(GUESTS, 1)),
        ("/v1/member/getOrdClaimCnt", &member, json!({"reqGubun": "myPage"})),
        ("/v1/detail/otherItms", &member, json!([{"goodsNo": GOODS}])),
    ];
    let mut transcript = Vec::new();
    for (path, token, body) in steps {
        let answer = shop.post(path, token, &body).await;
        transcript.push((answer.status, answer.json.clone()));
        let claim_no = answer.payload()["claimNo"].as_str();
        if let (Some(claim_no), Some(order_no)) = (claim_no, body["ordNo"].as_str()) {
            transcript.push((200, details_in(&shop, order_no, claim_no, "30").await));
        }
    }
    for path in ["/v1/marketing/coupons", "/v1/marketing/mileage"] {
        let answer = shop.get(path, &member).await;
        transcript.push((answer.status, json!([answer.payload()["balance"], usable_coupons(&shop).await])));
    }
    for (_, answer) in &mut transcript {
        at_any_time(answer);
    }
    assert_books(&stack, 4).await;
    transcript
}

#[actix_web::test]
async fn both_databases_tell_the_same_story_of_cancels() {
    let on_sqlite = transcript(TestDatabase::sqlite).await;
    let statuses: Vec<u16> = on_sqlite.iter().map(|(status, _)| *status).collect();
    assert!(statuses.iter().all(|status| matches!(status, 200 | 900)), "{on_sqlite:#?}");
    if TestDatabase::postgres().is_none() {
        println!("only half of the story: TEST_DATABASE_URL is not set");
        return;
    }
    let on_postgres = transcript(|| TestDatabase::postgres().expect("it was there a moment ago")).await;
    assert_eq!(on_postgres, on_sqlite);
}
