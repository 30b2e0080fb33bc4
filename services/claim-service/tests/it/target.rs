//! 주문취소 팝업: what may still be cancelled.

use serde_json::{Value, json};
use test_kit::identity::{agent, guest, member};

use crate::app::TestApp;
use crate::member::{GUEST_ORDER, MEMBER, ORDER, plain_order};

#[actix_web::test]
async fn the_contracts_order_is_shown_whole() {
    let app = TestApp::spawn().await;
    let shown = app.popup(&member(MEMBER), ORDER).await;
    assert_eq!(
        shown.json,
        json!({"ordNo": ORDER, "mbrNo": MEMBER, "ordManNm": "홍길동", "ordMediaCd": "20",
            "ordDtm": "2026-08-01T10:00:00+09:00", "sctnCnclPsbYn": "Y",
            "ordGoodsList": [{"ordSeq": 1, "goodsNo": "10002552", "itmNo": "001", "goodsNm": "린넨 셔츠",
                "itmNm": "화이트/M", "goodsImg": null, "entrNo": "E0001", "ordQty": 3, "cnclQty": 0, "claimPsbQty": 3,
                "salePrc": 20000, "dcAmt": 11000, "ordDtlStatCd": "11", "ordDtlStatNm": "주문완료",
                "claimPsbYn": "Y", "claimImpsbRsn": null, "optChgPsbYn": "Y"}],
            "claimRsnList": [
                {"claimRsnCd": "251", "claimRsnNm": "단순변심", "imptDivCd": "10"},
                {"claimRsnCd": "252", "claimRsnNm": "사이즈/색상 변경", "imptDivCd": "10"},
                {"claimRsnCd": "253", "claimRsnNm": "재주문", "imptDivCd": "10"},
                {"claimRsnCd": "258", "claimRsnNm": "주소지 변경", "imptDivCd": "10"},
                {"claimRsnCd": "259", "claimRsnNm": "최저가 아님", "imptDivCd": "10"},
                {"claimRsnCd": "260", "claimRsnNm": "배송시간 변경", "imptDivCd": "10"}],
            "payList": [
                {"payNo": "PAY1", "payMeansCd": "10", "payMeansNm": "신용카드", "payAmt": 46000, "rfdPsbAmt": 46000,
                    "sctnCnclPsbYn": "Y"},
                {"payNo": "PAY2", "payMeansCd": "50", "payMeansNm": "마일리지", "payAmt": 3000, "rfdPsbAmt": 3000,
                    "sctnCnclPsbYn": "Y"}],
            "rfdAcctReqYn": "N"}),
        "{}",
        shown.text
    );
}

#[actix_web::test]
async fn an_agent_may_blame_the_vendor_and_a_guest_has_no_member_number() {
    let app = TestApp::spawn().await;
    let reasons = app.popup(&agent("cs1"), ORDER).await.json["claimRsnList"].clone();
    assert_eq!(reasons.as_array().map(Vec::len), Some(8));
    assert_eq!(reasons[7], json!({"claimRsnCd": "271", "claimRsnNm": "상품정보 오류", "imptDivCd": "20"}));
    let of_guest = app.popup(&guest(GUEST_ORDER), GUEST_ORDER).await.json;
    assert_eq!(
        (&of_guest["mbrNo"], of_guest["claimRsnList"][0]["imptDivCd"].as_str()),
        (&Value::Null, Some("10"))
    );
}

#[actix_web::test]
async fn what_can_not_be_cancelled_says_why() {
    let app = TestApp::spawn().await;
    let mut order = plain_order("20260801O000010", &[(1, 100), (2, 200), (1, 300), (1, 400)], "30");
    order["goodsList"][1]["ordCnclPsbYn"] = json!("N");
    order["goodsList"][3]["goodsImg"] = json!("/a.png");
    order["payList"][0]["sctnCnclPsbYn"] = json!("N");
    app.member.put(order);
    app.member.set_status("20260801O000010", 0, "13");
    app.member.set_status("20260801O000010", 2, "19");
    let shown = app.popup(&member(MEMBER), "20260801O000010").await.json;
    let rows: Vec<(&str, i64, bool)> = shown["ordGoodsList"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|row| {
            (
                row["claimPsbYn"].as_str().unwrap_or(""),
                row["claimPsbQty"].as_i64().unwrap_or(-1),
                row["claimImpsbRsn"].is_string(),
            )
        })
        .collect();
    assert_eq!(rows, [("N", 0, true), ("N", 0, true), ("N", 0, true), ("Y", 1, false)]);
    assert_eq!(shown["ordGoodsList"][3]["goodsImg"], "/a.png");
    assert_eq!((&shown["sctnCnclPsbYn"], &shown["rfdAcctReqYn"]), (&json!("N"), &json!("Y")));
}
