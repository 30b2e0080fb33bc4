//! 주문취소: the contract's order cancelled, one unit after the other and all at once.

use serde_json::{Value, json};
use test_kit::identity::member;

use crate::app::TestApp;
use crate::member::{MEMBER, ORDER};
use crate::quote::request;

#[actix_web::test]
async fn the_whole_order_at_once_goes_back_to_everybody() {
    let app = TestApp::spawn().await;
    let answer = app.cancel(&member(MEMBER), &request(ORDER, "251", &[(1, 3)])).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let claim_no = answer.payload()["claimNo"].as_str().expect("a claim has a number").to_owned();
    assert_eq!(
        answer.payload(),
        &json!({"claimNo": claim_no, "claimStatCd": "30", "rfdPrarAmt": 49_000, "addPayPrarAmt": 0})
    );
    assert_eq!(app.member.cancelled(ORDER, 0), 3);
    assert_eq!(app.refunds.book().given_of(ORDER), [("PAY1".to_owned(), 46_000)].into());
    {
        let promotion = app.promotion.world();
        assert_eq!(promotion.restored_mileage(ORDER), 3_000);
        assert_eq!(promotion.restored_coupons(), ["CI0001", "CI0002"]);
    }
    let notices: Vec<Value> = app.member.0.world().notices.values().cloned().collect();
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0]["tmplCd"], "CLAIM_COMPLETED");
    assert_eq!(notices[0]["chnlCds"], json!(["10", "30", "40"]));
    assert_eq!(
        notices[0]["variables"],
        json!({"claimNm": "취소", "claimNo": claim_no, "ordNo": ORDER, "rfdAmt": "49,000"})
    );
}
