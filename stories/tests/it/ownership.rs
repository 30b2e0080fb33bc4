//! Nobody reads or changes another's rows.

use serde_json::{Value, json};
use stories::{Stack, contract_order};

#[actix_web::test]
async fn another_members_number_is_forbidden_on_every_operation() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    shop.take_in(&[contract_order()]).await;
    let other = shop.member("100009999");
    let period =
        json!({"mbrNo": "100001311", "buyStrDtm": "2026-01-01T00:00:00", "buyEndDtm": "2026-12-31T00:00:00"});
    let cases: [(&str, Value); 3] = [
        ("/v1/member/getOrdTotAmt", period.clone()),
        ("/v1/member/withdrawalMemberOrderInfo", json!({"mbrNo": "100001311"})),
        ("/v1/member/getOrdClaimCnt?mbrNo=100001311", json!({"reqGubun": "myPage"})),
    ];
    for (path, body) in cases {
        let answer = shop.post(path, &other, &body).await;
        assert_eq!((answer.status, answer.code()), (403, "FORBIDDEN"), "{path}: {}", answer.text);
    }
    // The same holds for a number that nobody has: there is nothing to find out.
    let nobody =
        json!({"mbrNo": "100000000", "buyStrDtm": "2026-01-01T00:00:00", "buyEndDtm": "2026-12-31T00:00:00"});
    assert_eq!(shop.post("/v1/member/getOrdTotAmt", &other, &nobody).await.status, 403);

    let own = shop.post("/v1/member/getOrdTotAmt", &shop.member("100001311"), &period).await;
    assert_eq!(own.json["totOrdAmt"], 49_000, "nothing was masked or lost: {}", own.text);
}

#[actix_web::test]
async fn the_wrong_role_is_forbidden() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let period =
        json!({"mbrNo": "100001311", "buyStrDtm": "2026-01-01T00:00:00", "buyEndDtm": "2026-12-31T00:00:00"});
    let guest = shop.guest("20260801O000001");
    for path in
        ["/v1/member/getOrdTotAmt", "/v1/member/getOrdClaimCnt", "/v1/member/withdrawalMemberOrderInfo"]
    {
        assert_eq!(shop.post(path, &guest, &period).await.status, 403, "{path}");
    }
    let orders = json!({"orders": [contract_order()]});
    for token in [shop.member("100001311"), guest, shop.agent(), shop.admin()] {
        assert_eq!(shop.post("/v1/order/orders", &token, &orders).await.status, 403);
    }
    assert_eq!(shop.post("/v1/order/orders", "", &orders).await.status, 401);
}

#[actix_web::test]
async fn agents_admins_and_services_may_ask_for_anyone_and_must_name_whom() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    shop.take_in(&[contract_order()]).await;
    let period =
        json!({"mbrNo": "100001311", "buyStrDtm": "2026-01-01T00:00:00", "buyEndDtm": "2026-12-31T00:00:00"});
    for token in [shop.agent(), shop.admin(), shop.service()] {
        let answer = shop.post("/v1/member/getOrdTotAmt", &token, &period).await;
        assert_eq!(answer.json["totOrdAmt"], 49_000, "{}", answer.text);
        let body = json!({"reqGubun": "quit"});
        let named = shop.post("/v1/member/getOrdClaimCnt?mbrNo=100001311", &token, &body).await;
        assert_eq!(named.json, json!({"claimCnt": 0, "ordCnt": 1}), "{}", named.text);
        let unnamed = shop.post("/v1/member/getOrdClaimCnt", &token, &body).await;
        assert_eq!((unnamed.status, unnamed.fields()), (900, vec!["mbrNo"]));
    }
}

#[actix_web::test]
async fn another_sites_orders_are_not_a_members_here() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    shop.take_in(&[contract_order()]).await;
    let period =
        json!({"mbrNo": "100001311", "buyStrDtm": "2026-01-01T00:00:00", "buyEndDtm": "2026-12-31T00:00:00"});
    let elsewhere = shop.member_on_site("100001311", "2");
    let answer = shop.post("/v1/member/getOrdTotAmt", &elsewhere, &period).await;
    assert_eq!(answer.json, json!({"orderList": [], "totOrdAmt": 0}));
    let counts = shop.post("/v1/member/getOrdClaimCnt", &elsewhere, &json!({"reqGubun": "myPage"})).await;
    assert_eq!(counts.json, json!({"claimCnt": 0, "ordCnt": 0}));
}
