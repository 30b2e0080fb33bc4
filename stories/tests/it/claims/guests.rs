//! Who may cancel whose order.

use stories::{contract_order, guest_order};

use super::*;

const GUEST_ORDER: &str = "20261101O000001";
const OTHER_GUEST_ORDER: &str = "20261101O000002";

async fn guest_token(shop: &Storefront, order_no: &str) -> String {
    let login = json!({"ordNo": order_no, "ordPwd": "a-password"});
    let answer = shop.post("/v1/member/nonMbrLogin", "", &login).await;
    answer.payload()["accessToken"].as_str().expect("a token").to_owned()
}

#[actix_web::test]
async fn an_order_is_cancelled_by_whom_it_belongs_to_and_by_agents() {
    let stack = patient_house().await;
    let shop = stack.storefront();
    let guests = [GUEST_ORDER, OTHER_GUEST_ORDER].map(|number| guest_order(number, "a-password"));
    shop.take_in(&guests).await;
    shop.take_in(&[contract_order()]).await;
    let (guest, other_guest) =
        (guest_token(&shop, GUEST_ORDER).await, guest_token(&shop, OTHER_GUEST_ORDER).await);
    let asked = request(GUEST_ORDER, 1);
    let strangers = [
        (other_guest.clone(), 403),
        (shop.member(MEMBER), 403),
        (shop.member("100009999"), 403),
        (shop.service(), 403),
        (String::new(), 401),
    ];
    for (token, status) in &strangers {
        for (path, body) in [
            (CANCEL, &asked),
            (PREVIEW, &asked),
            (POPUP, &json!({"ordNo": GUEST_ORDER})),
            (DETAILS, &json!({"ordNo": GUEST_ORDER, "claimNo": "20261101C000001"})),
        ] {
            let answer = shop.post(path, token, body).await;
            assert_eq!(answer.status, *status, "{path}: {}", answer.text);
        }
    }
    assert_eq!(cancel(&shop, &guest, &request(ORDER, 1)).await.status, 403);
    assert_eq!(cancel(&shop, &guest, &request("20261101O999999", 1)).await.status, 403, "no probing");
    let unknown = cancel(&shop, &shop.agent(), &request("20261101O999999", 1)).await;
    assert_eq!((unknown.status, unknown.code()), (900, "ORDER_NOT_FOUND"));

    let of_vendor = with(asked.clone(), "claimRsnCd", json!("270"));
    for token in [&guest, &shop.member(MEMBER)] {
        let refused = cancel(&shop, token, &of_vendor).await;
        assert_eq!((refused.status, refused.fields()), (900, vec!["claimRsnCd"]), "{}", refused.text);
    }
    assert_eq!(claims_of(&claim_database(&stack), GUEST_ORDER).await, Vec::<String>::new());

    for prefix in ["/api/bo", "/api/goods"] {
        assert_eq!(shop.post(&format!("{prefix}{CANCEL}"), &guest, &asked).await.status, 404, "{prefix}");
    }
    let answer = shop.post(&format!("/api/order{CANCEL}"), &guest, &asked).await;
    let claim_no = claim_no_of(&answer);
    let shown = details_in(&shop, GUEST_ORDER, &claim_no, "30").await;
    assert_eq!((&shown["imptDivCd"], &shown["rfdList"][0]["rfdAmt"]), (&json!("10"), &json!(15_000)));
    assert_eq!(details(&shop, &guest, GUEST_ORDER, &claim_no).await, shown);
    until("the guest is told", async || messages_about(&stack, &claim_no).len() >= 2).await;
    assert_eq!(messages_about(&stack, &claim_no), told_by("CLAIM_COMPLETED"));

    let of_vendor = with(request(OTHER_GUEST_ORDER, 1), "claimRsnCd", json!("270"));
    let claim_no = claim_no_of(&cancel(&shop, &shop.agent(), &of_vendor).await);
    let shown = details_in(&shop, OTHER_GUEST_ORDER, &claim_no, "30").await;
    assert_eq!((&shown["claimRsnCd"], &shown["imptDivCd"]), (&json!("270"), &json!("20")));
    assert_books(&stack, 2).await;
}
