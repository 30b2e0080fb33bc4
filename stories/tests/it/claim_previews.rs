//! A cancel is previewed on the order as the shop handed it in.

use serde_json::{Value, json};
use stories::{Stack, contract_order};

const ORDER: &str = "20260801O000001";

fn request(quantity: i64) -> Value {
    json!({"ordNo": ORDER, "claimRsnCd": "251", "claimGoodsList": [{"ordSeq": 1, "claimQty": quantity}]})
}

#[actix_web::test]
async fn an_order_is_previewed_a_return_moves_in_and_what_is_left_is_previewed() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    shop.take_in(&[contract_order()]).await;
    let member = shop.member("100001311");

    let target =
        shop.post("/api/order/v1/claim/orderCancel/cancelPopupFO", &member, &json!({"ordNo": ORDER})).await;
    assert_eq!(target.status, 200, "{}", target.text);
    assert_eq!(
        (&target.json["ordManNm"], &target.json["ordGoodsList"][0]["claimPsbQty"]),
        (&json!("홍길동"), &json!(3))
    );

    let path = "/v1/claim/common/claimCalculateCostFO";
    for (quantity, refund) in [(1, 10_000), (2, 26_000), (3, 49_000)] {
        let cost = shop.post(path, &member, &request(quantity)).await;
        assert_eq!(cost.json["payInfo"]["rfdPrarAmt"], refund, "{}", cost.text);
    }
    assert_eq!(shop.post(path, &shop.member("100001312"), &request(1)).await.status, 403);

    let claims = json!({"claims": [{"claimNo": "20260802C000001", "ordNo": ORDER, "claimBusinessType": "20",
        "claimStatCd": "10", "claimRsnCd": "251", "reqDtm": "2026-08-02T10:00:00", "cmplDtm": null,
        "goodsList": [{"ordSeq": 1, "claimQty": 1}]}]});
    let taken = shop.post("/v1/claim/claims", &shop.service(), &claims).await;
    assert_eq!(taken.payload(), &json!({"created": 1, "updated": 0, "unchanged": 0}), "{}", taken.text);
    assert_eq!(shop.post(path, &member, &request(3)).await.code(), "CLAIM_QTY_EXCEEDED");
    assert_eq!(shop.post(path, &member, &request(2)).await.status, 200);
    let counted = shop.post("/v1/member/getOrdClaimCnt", &member, &json!({"reqGubun": "quit"})).await;
    assert_eq!(counted.json["claimCnt"], 1, "{}", counted.text);

    let line = json!([{"ordSeq": 1, "ordDtlStatCd": "13", "dtm": "2026-08-03T10:00:00"}]);
    shop.move_lines(ORDER, &line).await;
    assert_eq!(shop.post(path, &member, &request(1)).await.code(), "ORDER_NOT_CANCELABLE");
}
