//! The member's 알림함.

use serde_json::json;
use stories::Stack;

#[actix_web::test]
async fn a_member_without_notifications_has_an_empty_list() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let answer = shop.get("/v1/member/notifications", &shop.member("100001311")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.payload(), &json!({"totalCount": 0, "list": []}));
    assert_eq!(shop.get("/v1/member/notifications", "").await.status, 401);
    assert_eq!(shop.get("/v1/member/notifications", &shop.guest("20260801O000001")).await.status, 403);
}
