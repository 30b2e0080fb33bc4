//! Whose order it is, on each operation that shows one.

use platform::identity::Caller;
use serde_json::json;
use test_kit::identity::{admin, agent, anonymous, guest, member, on_site, service};
use test_kit::service::TestAnswer;

use crate::app::TestApp;
use crate::member::{GUEST_ORDER, MEMBER, NO_ORDER, ORDER};

/// Both operations, the same order.
async fn ask(app: &TestApp, caller: &Caller, order_no: &str) -> [TestAnswer; 2] {
    let request =
        json!({"ordNo": order_no, "claimRsnCd": "251", "claimGoodsList": [{"ordSeq": 1, "claimQty": 1}]});
    [app.popup(caller, order_no).await, app.preview(caller, &request).await]
}

#[actix_web::test]
async fn owner_guest_and_staff_see_an_order_and_nobody_else_learns_whether_it_exists() {
    let app = TestApp::spawn().await;
    let cases: [(&str, Caller, &str, u16, &str); 19] = [
        ("the owner", member(MEMBER), ORDER, 200, ""),
        ("another member", member("100001312"), ORDER, 403, "FORBIDDEN"),
        ("the owner's number on another site", on_site(member(MEMBER), "2"), ORDER, 403, "FORBIDDEN"),
        ("a member, of no order", member(MEMBER), NO_ORDER, 403, "FORBIDDEN"),
        ("a member, of a guest's order", member(MEMBER), GUEST_ORDER, 403, "FORBIDDEN"),
        ("the guest", guest(GUEST_ORDER), GUEST_ORDER, 200, ""),
        ("the guest, of another order", guest(GUEST_ORDER), ORDER, 403, "FORBIDDEN"),
        ("a guest with the number of a member's order", guest(ORDER), ORDER, 403, "FORBIDDEN"),
        ("the guest on another site", on_site(guest(GUEST_ORDER), "2"), GUEST_ORDER, 403, "FORBIDDEN"),
        ("a guest, of no order", guest(NO_ORDER), NO_ORDER, 403, "FORBIDDEN"),
        ("an agent", agent("cs1"), ORDER, 200, ""),
        ("an agent, of a guest's order", agent("cs1"), GUEST_ORDER, 200, ""),
        ("an agent of another site", on_site(agent("cs1"), "2"), ORDER, 200, ""),
        ("an agent, of no order", agent("cs1"), NO_ORDER, 900, "ORDER_NOT_FOUND"),
        ("an admin", admin("boss"), ORDER, 200, ""),
        ("an admin, of no order", admin("boss"), NO_ORDER, 900, "ORDER_NOT_FOUND"),
        ("a service", service("shop"), ORDER, 403, "FORBIDDEN"),
        // The gateway has asked for a token before; here nobody has no role.
        ("nobody", anonymous(), ORDER, 403, "FORBIDDEN"),
        ("a member, malformed", member(MEMBER), "O-1", 900, "VALIDATION"),
    ];
    for (who, caller, order_no, status, code) in cases {
        for answer in ask(&app, &caller, order_no).await {
            assert_eq!((answer.status, answer.code()), (status, code), "{who}: {}", answer.text);
        }
    }
}

#[actix_web::test]
async fn only_a_shop_system_brings_claims_in() {
    let app = TestApp::spawn().await;
    let body = json!({"claims": []});
    for caller in [member(MEMBER), guest(GUEST_ORDER), agent("cs1"), admin("boss")] {
        let path = contract::operations::claim::CLAIMS.path;
        assert_eq!(app.service.post(path, &caller, &body).await.status, 403);
    }
    assert_eq!(app.import(json!([])).await.payload(), &json!({"created": 0, "updated": 0, "unchanged": 0}));
}
