//! 클레임 비용: the contract's order, worked by hand. The arithmetic is explained beside the rules' own tests.

use serde_json::{Value, json};
use test_kit::identity::{agent, member};

use crate::app::TestApp;
use crate::member::{MEMBER, ORDER, plain_order};

pub(crate) fn request(order_no: &str, reason: &str, lines: &[(i32, i64)]) -> Value {
    let lines: Vec<Value> =
        lines.iter().map(|(seq, quantity)| json!({"ordSeq": seq, "claimQty": quantity})).collect();
    json!({"ordNo": order_no, "claimRsnCd": reason, "claimGoodsList": lines})
}

async fn preview(app: &TestApp, quantity: i64) -> Value {
    let answer = app.preview(&member(MEMBER), &request(ORDER, "251", &[(1, quantity)])).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json
}

fn amounts(rows: &Value, field: &str) -> Vec<i64> {
    rows.as_array().into_iter().flatten().filter_map(|row| row[field].as_i64()).collect()
}

#[actix_web::test]
async fn the_first_of_three_costs_a_coupon_a_gift_and_the_delivery() {
    let app = TestApp::spawn().await;
    let mut cost = preview(&app, 1).await;
    let hash = cost["costHash"].take();
    let hash = hash.as_str().unwrap_or("");
    assert!(hash.len() == 64 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')), "{hash}");
    let calculation = cost["calcList"].take();
    // 20,000 − 3,666 − 3,334 − 3,000
    assert_eq!(amounts(&calculation, "amt"), [20_000, -3_666, -3_334, -3_000]);
    for row in calculation.as_array().into_iter().flatten() {
        for field in ["ruleId", "title", "formula"] {
            assert!(row[field].as_str().is_some_and(|text| !text.is_empty()), "{row}");
        }
    }
    let reason = "남은 구매금액이 최소구매금액 50,000원 미만";
    assert_eq!(
        cost,
        json!({"ordNo": ORDER,
            "claimGoodsList": [{"ordSeq": 1, "goodsNo": "10002552", "itmNo": "001", "claimQty": 1, "goodsAmt": 20000,
                "dcAmt": 3666, "netAmt": 16334}],
            "addtnCostList": [
                {"ordCostGbCd": "10", "ordCostGbNm": "배송비", "deliGrpNo": 1, "entrNo": "E0001", "amt": 3000,
                    "chrgSubCd": "10", "rsn": "남은 주문금액이 무료배송 기준 50,000원 미만"},
                {"ordCostGbCd": "40", "ordCostGbNm": "할인회수", "deliGrpNo": null, "entrNo": "E0001", "amt": 3334,
                    "chrgSubCd": "10", "rsn": reason}],
            "bnfInfo": {
                "restoreCpnList": [
                    {"cpnIsuNo": "CI0002", "promoNo": "P12", "promoNm": "장바구니 5천원", "promoTypCd": "12"}],
                "revokeDcList": [
                    {"promoNo": "P12", "promoNm": "장바구니 5천원", "cpnIsuNo": "CI0002", "dcAmt": 3334, "rsn": reason}],
                "cnclGiftList": [{"aeNo": "AE1", "aeGoodsNo": "90000001", "aeGoodsNm": "텀블러"}],
                "accmRtrvAmt": 0, "mlgRestoreAmt": 0},
            "payInfo": {"rfdPrarAmt": 10000, "addPayPrarAmt": 0, "rfdAcctReqYn": "N",
                "rfdList": [{"payNo": "PAY1", "payMeansCd": "10", "payMeansNm": "신용카드", "rfdAmt": 10000}]},
            "costRowList": [
                {"seq": 1, "ordCostGbCd": "10", "deliGrpNo": 1, "ordSeq": null, "promoNo": null, "cpnIsuNo": null,
                    "amt": 3000, "chrgSubCd": "10"},
                {"seq": 2, "ordCostGbCd": "40", "deliGrpNo": null, "ordSeq": 1, "promoNo": "P12",
                    "cpnIsuNo": "CI0002", "amt": 3334, "chrgSubCd": "10"}],
            "calcList": null, "costHash": null})
    );
}

#[actix_web::test]
async fn two_of_three_cost_both_coupons() {
    let app = TestApp::spawn().await;
    let cost = preview(&app, 2).await;
    assert_eq!(amounts(&cost["addtnCostList"], "amt"), [3_000, 2_000, 1_667]);
    assert_eq!(amounts(&cost["bnfInfo"]["revokeDcList"], "dcAmt"), [2_000, 1_667]);
    assert_eq!(cost["claimGoodsList"][0]["dcAmt"], 7_333);
    assert_eq!(cost["payInfo"]["rfdPrarAmt"], 26_000);
    assert_eq!(cost["payInfo"]["rfdList"].as_array().map(Vec::len), Some(1));
}

#[actix_web::test]
async fn all_three_give_back_everything_that_was_paid() {
    let app = TestApp::spawn().await;
    let cost = preview(&app, 3).await;
    assert_eq!(cost["addtnCostList"], json!([]));
    assert_eq!(cost["payInfo"]["rfdPrarAmt"], 49_000);
    assert_eq!(amounts(&cost["payInfo"]["rfdList"], "rfdAmt"), [46_000, 3_000]);
    assert_eq!(cost["bnfInfo"]["mlgRestoreAmt"], 3_000);
    assert_eq!(cost["bnfInfo"]["restoreCpnList"].as_array().map(Vec::len), Some(2));
    assert_eq!(amounts(&cost["calcList"], "amt").iter().sum::<i64>(), 49_000);
}

#[actix_web::test]
async fn the_vendor_bears_the_delivery_of_its_own_fault() {
    let app = TestApp::spawn().await;
    let cost = app.preview(&agent("cs1"), &request(ORDER, "270", &[(1, 1)])).await.json;
    assert_eq!(cost["payInfo"]["rfdPrarAmt"], 16_334);
    assert_eq!(
        (&cost["addtnCostList"][0]["amt"], &cost["addtnCostList"][0]["chrgSubCd"]),
        (&json!(3000), &json!("20"))
    );
    assert_eq!(cost["bnfInfo"]["cnclGiftList"], json!([]));
}

#[actix_web::test]
async fn a_preview_changes_nothing_and_says_the_same_again() {
    let app = TestApp::spawn().await;
    let first = preview(&app, 1).await;
    assert_eq!(preview(&app, 1).await, first);
    assert_ne!(preview(&app, 2).await["costHash"], first["costHash"]);
    // What is cancelled in one hash is cancelled by whoever asks, whichever line is named first.
    let by_agent = app.preview(&agent("cs1"), &request(ORDER, "253", &[(1, 1)])).await.json;
    assert_eq!(by_agent["costHash"], first["costHash"]);
    assert_eq!(test_kit::dump::rows_of(&app.db, "claim").await.len(), 0);
}

#[actix_web::test]
async fn what_the_cancel_still_needs_is_said_and_not_refused() {
    let app = TestApp::spawn().await;
    let mut dear = plain_order("20260801O000011", &[(2, 1_000)], "10");
    dear["deliGrpList"][0]["freeStdAmt"] = json!(1_500);
    app.member.put(dear);
    let cost = app.preview(&member(MEMBER), &request("20260801O000011", "251", &[(1, 1)])).await.json;
    // 1,000 back and 3,000 for a delivery that is no longer free.
    assert_eq!(
        (&cost["payInfo"]["rfdPrarAmt"], &cost["payInfo"]["addPayPrarAmt"]),
        (&json!(0), &json!(2_000))
    );

    for (order_no, means) in [("20260801O000012", "30"), ("20260801O000013", "40")] {
        // A virtual account, and a phone bill of a month that is closed.
        app.member.put(plain_order(order_no, &[(2, 1_000)], means));
        let cost = app.preview(&member(MEMBER), &request(order_no, "251", &[(1, 1)])).await.json;
        assert_eq!(cost["payInfo"]["rfdAcctReqYn"], "Y", "{means}");
    }
}

#[actix_web::test]
async fn an_unpaid_order_costs_nothing_and_gives_its_mileage_back() {
    let app = TestApp::spawn().await;
    app.member.set_status(ORDER, 0, "10");
    let cost = preview(&app, 3).await;
    let pay = &cost["payInfo"];
    assert_eq!(
        (&pay["rfdPrarAmt"], &pay["addPayPrarAmt"], &pay["rfdList"]),
        (&json!(0), &json!(0), &json!([]))
    );
    assert_eq!(cost["bnfInfo"]["mlgRestoreAmt"], 3_000);
    let last = cost["calcList"].as_array().and_then(|rows| rows.last()).map(|row| row["ruleId"].clone());
    assert_eq!(last, Some(json!("NOT_PAID_YET")));
    assert_eq!(amounts(&cost["calcList"], "amt").iter().sum::<i64>(), 0);
}
