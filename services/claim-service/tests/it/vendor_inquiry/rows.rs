//! Which rows a vendor gets, and what stands in them.

use contract::operations::claim::{GOODS, ORD_CHANGE_FO};
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    Cancel, OTHER_VENDOR, VENDOR, ask, by_order, key_of, order_of_two_vendors, pin, put, result, rows,
};
use crate::app::TestApp;
use crate::member::{MEMBER, ORDER};
use test_kit::identity::{member, service};
use test_kit::service::read;

const TWO_VENDORS: &str = "20260802O000009";

async fn app_with_two_vendors() -> (TestApp, String, String) {
    let app = TestApp::spawn().await;
    app.member.put(order_of_two_vendors(TWO_VENDORS));
    pin(&app, TWO_VENDORS).await;
    let (key, other_key) = (key_of(&app, VENDOR).await, key_of(&app, OTHER_VENDOR).await);
    (app, key, other_key)
}

fn lines_of(rows: &[Value]) -> Vec<(&str, &str)> {
    rows.iter().filter_map(|row| Some((row["ordNo"].as_str()?, row["ordItemSeq"].as_str()?))).collect()
}

/// V(x) = floor((1,000 × 33 + 500 × 50) × x / 300): 580 on three units, 386 on two, 193 on one.
#[actix_web::test]
async fn every_field_of_a_worked_example() {
    let (app, key, other_key) = app_with_two_vendors().await;
    let first = Cancel {
        reason: "270",
        reason_text: Some("재고 <없음> & 품절"),
        costs: &[("10", 1, 3_000, "10"), ("40", 1, 500, "10"), ("10", 2, -2_500, "20")],
        ..Cancel::of(
            "20260803C000001",
            TWO_VENDORS,
            &[(1, 1, VENDOR, 3), (2, 2, VENDOR, 2), (3, 1, OTHER_VENDOR, 1)],
        )
    };
    put(&app, first).await;
    let second = Cancel {
        completed_at: "2026-08-04 14:59:59.999999",
        ..Cancel::of("20260803C000002", TWO_VENDORS, &[(1, 1, VENDOR, 2)])
    };
    put(&app, second).await;
    let answer = ask(&app, &key, json!({"perdStrDts": "20260803", "perdEndDts": "20260804"})).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json["result"]["resultMessage"], "success");
    let cost = |claim: &str, seq: &str, shipping: &str, relief: &str, vendor: &str| {
        json!({"ordNo": claim, "ordItemSeq": seq, "shpmtShppcst": shipping, "retShppcst": "0", "exchShppcst": "0",
            "splVenBdnDcAmt": relief, "splVenId": vendor, "lrnkSplVenId": vendor})
    };
    let expected = json!({"ordpeNm": "홍길동", "ordRcpMediaCd": "10", "ordRcpMediaNm": "PC웹", "orordNo": TWO_VENDORS,
        "orordItemSeq": "1", "ordNo": "20260803C000001", "ordItemSeq": "1", "ordItemStatCd": "180",
        "ordItemStatNm": "취소완료", "itemNm": "상품 <1> & \"더\"", "itemId": "G1", "clmRsnCd": "270", "clmRsnNm": "품절",
        "clmRsnCntt": "재고 <없음> & 품절", "imptDivCd": "20", "ordCnclDts": "2026-08-03 10:02:03", "cnclItemQty": "1",
        "ordRcpDts": "2026-08-01 10:00:00", "dircItemQty": "3", "uitemId": "001", "uitemNm": "단품 1",
        "cstInfo": [cost("20260803C000001", "1", "3000", "194", VENDOR)]});
    let found = rows(&answer);
    assert_eq!(found[0], expected);
    // The second line of the group bears none of its fee; the vendor bears nothing of its discounts.
    assert_eq!(found[1]["cstInfo"], json!([cost("20260803C000001", "2", "0", "0", VENDOR)]));
    assert_eq!(found[1]["cnclItemQty"], "2");
    assert_eq!(found[2]["cstInfo"], json!([cost("20260803C000002", "1", "0", "193", VENDOR)]));
    assert_eq!(
        (&found[2]["ordCnclDts"], &found[2]["clmRsnCntt"]),
        (&json!("2026-08-04 23:59:59"), &json!(""))
    );
    assert_eq!((&found[2]["clmRsnNm"], &found[2]["imptDivCd"]), (&json!("단순변심"), &json!("10")));
    assert_eq!(found.len(), 3);
    // Half of 200 for the other one, and the fee that goes back.
    let answer = ask(&app, &other_key, by_order(TWO_VENDORS)).await;
    let found = rows(&answer);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["cstInfo"], json!([cost("20260803C000001", "3", "-2500", "100", OTHER_VENDOR)]));
}

#[actix_web::test]
async fn nobody_sees_another_vendors_lines() {
    let (app, key, other_key) = app_with_two_vendors().await;
    put(&app, Cancel::of("20260803C000001", TWO_VENDORS, &[(1, 1, VENDOR, 3), (3, 1, OTHER_VENDOR, 1)]))
        .await;
    let stranger = key_of(&app, "E0003").await;
    for request in [
        by_order(TWO_VENDORS),
        json!({"orordNo": TWO_VENDORS, "orordItemSeqs": "1,2,3"}),
        json!({"perdStrDts": "20260801", "perdEndDts": "20260807"}),
    ] {
        let own = ask(&app, &key, request.clone()).await;
        assert_eq!(lines_of(rows(&own)), [("20260803C000001", "1")]);
        assert!(!own.text.contains(OTHER_VENDOR), "{}", own.text);
        let others = ask(&app, &other_key, request.clone()).await;
        assert_eq!(lines_of(rows(&others)), [("20260803C000001", "3")]);
        assert!(!others.text.contains(VENDOR), "{}", others.text);
        assert_eq!(rows(&ask(&app, &stranger, request).await).len(), 0);
    }
    let not_its_own = ask(&app, &key, json!({"orordNo": TWO_VENDORS, "orordItemSeqs": "3"})).await;
    assert_eq!(rows(&not_its_own).len(), 0);
}

#[actix_web::test]
async fn a_filter_by_line_does_not_move_the_delivery_cost() {
    let (app, key, _) = app_with_two_vendors().await;
    let lines = [(1, 1, VENDOR, 3), (2, 1, VENDOR, 2)];
    let cancel =
        Cancel { costs: &[("10", 1, 3_000, "20")], ..Cancel::of("20260803C000001", TWO_VENDORS, &lines) };
    put(&app, cancel).await;
    let second = ask(&app, &key, json!({"orordNo": TWO_VENDORS, "orordItemSeqs": "2"})).await;
    assert_eq!(rows(&second)[0]["cstInfo"][0]["shpmtShppcst"], "0");
    let first = ask(&app, &key, json!({"orordNo": TWO_VENDORS, "orordItemSeqs": "1"})).await;
    assert_eq!(rows(&first)[0]["cstInfo"][0]["shpmtShppcst"], "3000");
}

#[actix_web::test]
async fn only_complete_cancels_count_and_they_come_by_completion() {
    let (app, key, _) = app_with_two_vendors().await;
    let line = [(1, 1, VENDOR, 3)];
    for (serial, claim_type, status) in
        [(1, "10", "10"), (2, "10", "20"), (3, "10", "90"), (4, "20", "30"), (5, "11", "30"), (6, "30", "30")]
    {
        let number = format!("20260803C{serial:06}");
        put(&app, Cancel { claim_type, status, ..Cancel::of(&number, TWO_VENDORS, &line) }).await;
    }
    for (serial, completed_at) in
        [(9, "2026-08-03 00:00:02"), (8, "2026-08-03 00:00:03"), (7, "2026-08-03 00:00:02")]
    {
        let number = format!("20260803C{serial:06}");
        put(&app, Cancel { completed_at, ..Cancel::of(&number, TWO_VENDORS, &line) }).await;
    }
    let in_order = [("20260803C000007", "1"), ("20260803C000009", "1"), ("20260803C000008", "1")];
    for request in [by_order(TWO_VENDORS), json!({"perdStrDts": "20260803", "perdEndDts": "20260803"})] {
        assert_eq!(lines_of(rows(&ask(&app, &key, request).await)), in_order);
    }
}

#[actix_web::test]
async fn a_day_begins_and_ends_in_korea() {
    let (app, key, _) = app_with_two_vendors().await;
    let line = [(1, 1, VENDOR, 3)];
    let moments = [
        "2026-08-02 14:59:59.999999",
        "2026-08-02 15:00:00",
        "2026-08-03 14:59:59.999999",
        "2026-08-03 15:00:00",
    ];
    for (serial, completed_at) in moments.into_iter().enumerate() {
        let number = format!("20260803C{serial:06}");
        put(&app, Cancel { completed_at, ..Cancel::of(&number, TWO_VENDORS, &line) }).await;
    }
    let answer = ask(&app, &key, json!({"perdStrDts": "20260803", "perdEndDts": "20260803"})).await;
    assert_eq!(lines_of(rows(&answer)), [("20260803C000001", "1"), ("20260803C000002", "1")]);
    let moments: Vec<&Value> = rows(&answer).iter().map(|row| &row["ordCnclDts"]).collect();
    assert_eq!(moments, ["2026-08-03 00:00:00", "2026-08-03 23:59:59"]);
    let answer = ask(&app, &key, json!({"perdStrDts": "20260802", "perdEndDts": "20260804"})).await;
    assert_eq!(rows(&answer).len(), 4);
}

#[actix_web::test]
async fn every_medium_has_its_name() {
    let app = TestApp::spawn().await;
    let key = key_of(&app, VENDOR).await;
    let media = [
        ("10", "99", "콜센터"),
        ("20", "10", "PC웹"),
        ("30", "20", "모바일웹"),
        ("40", "40", "모바일앱(안드로이드)"),
        ("50", "30", "모바일앱(iOS)"),
        ("60", "10", "PC웹"),
    ];
    for (ours, theirs, name) in media {
        let order_no = format!("20260802O0000{ours}");
        let mut order = order_of_two_vendors(&order_no);
        order["ordMediaCd"] = json!(ours);
        app.member.put(order);
        pin(&app, &order_no).await;
        put(&app, Cancel::of(&format!("20260803C0000{ours}"), &order_no, &[(1, 1, VENDOR, 3)])).await;
        let answer = ask(&app, &key, by_order(&order_no)).await;
        let row = &rows(&answer)[0];
        assert_eq!((&row["ordRcpMediaCd"], &row["ordRcpMediaNm"]), (&json!(theirs), &json!(name)));
    }
}

#[actix_web::test]
async fn imported_cancels_count_once_they_are_complete() {
    let app = TestApp::spawn().await;
    app.member.put(order_of_two_vendors(TWO_VENDORS));
    let (key, other_key) = (key_of(&app, VENDOR).await, key_of(&app, OTHER_VENDOR).await);
    let claim = |serial: u32, status: &str, goods: Value| {
        json!({"claimNo": format!("20260803C{serial:06}"), "ordNo": TWO_VENDORS, "claimBusinessType": "10",
            "claimStatCd": status, "claimRsnCd": "251", "reqDtm": "2026-08-03T10:00:00+09:00",
            "cmplDtm": if status == "30" { json!("2026-08-03T11:00:00+09:00") } else { Value::Null }, "goodsList": goods})
    };
    let two_lines = json!([{"ordSeq": 3, "claimQty": 1}, {"ordSeq": 1, "claimQty": 2}]);
    let one_line = json!([{"ordSeq": 1, "claimQty": 1}]);
    let taken = app.import(json!([claim(1, "10", two_lines.clone()), claim(2, "30", one_line)])).await;
    assert_eq!(taken.status, 200, "{}", taken.text);
    let answer = ask(&app, &key, by_order(TWO_VENDORS)).await;
    assert_eq!(lines_of(rows(&answer)), [("20260803C000002", "1")]);
    // Two of three are held by the first: 193 on the one that is left.
    assert_eq!(rows(&answer)[0]["cstInfo"][0]["splVenBdnDcAmt"], "193");
    assert_eq!(rows(&answer)[0]["ordCnclDts"], "2026-08-03 11:00:00");
    assert_eq!(rows(&ask(&app, &other_key, by_order(TWO_VENDORS)).await).len(), 0);

    assert_eq!(app.import(json!([claim(1, "30", two_lines)])).await.payload()["updated"], 1);
    let answer = ask(&app, &key, json!({"perdStrDts": "20260803", "perdEndDts": "20260803"})).await;
    assert_eq!(lines_of(rows(&answer)), [("20260803C000001", "1"), ("20260803C000002", "1")]);
    assert_eq!(rows(&answer)[0]["cstInfo"][0]["splVenBdnDcAmt"], "387");
    assert_eq!(rows(&ask(&app, &other_key, by_order(TWO_VENDORS)).await).len(), 1);
}

#[actix_web::test]
async fn a_name_is_as_it_stands_now_and_without_member_service_there_are_no_rows() {
    let app = TestApp::spawn().await;
    let key = key_of(&app, VENDOR).await;
    assert_eq!(app.popup(&member(MEMBER), ORDER).await.status, 200);
    put(&app, Cancel::of("20260803C000001", ORDER, &[(1, 1, VENDOR, 3)])).await;
    app.member.change(ORDER, |snapshot| snapshot["order"]["ordManNm"] = json!("홍*동"));
    assert_eq!(rows(&ask(&app, &key, by_order(ORDER)).await)[0]["ordpeNm"], "홍*동");
    app.member.break_down();
    let answer = ask(&app, &key, by_order(ORDER)).await;
    assert_eq!((answer.status, result(&answer).0), (200, "90"), "{}", answer.text);
    assert!(!result(&answer).1.is_empty());
    assert_eq!(answer.json["result"]["data"], json!([]));
    // Nobody has to be asked about nothing.
    assert_eq!(rows(&ask(&app, &key, by_order("20260801O000099")).await).len(), 0);
}

#[actix_web::test]
async fn a_changed_item_is_shown_as_what_was_cancelled() {
    let app = TestApp::spawn().await;
    let key = key_of(&app, VENDOR).await;
    let goods = json!({"goods": [{"goodsNo": "10002552", "goodsNm": "린넨 셔츠", "salePrc": 20_000, "saleStatCd": "10",
        "rsvGoodsYn": "N", "goodsImg": null, "itms": [
            {"itmNo": "001", "itmNm": "화이트/M", "itmSaleStatCd": "10", "addPrc": 0, "stkQty": 9},
            {"itmNo": "002", "itmNm": "화이트/L", "itmSaleStatCd": "10", "addPrc": 0, "stkQty": 9}]}]});
    let put_goods = app.service.request(Method::PUT, GOODS.path, &service("shop")).json(&goods);
    assert_eq!(read(put_goods).await.status, 200);
    let change = json!({"ordNo": ORDER, "ordSeq": 1, "goodsNo": "10002552", "itmNo": "002"});
    let changed = app.service.post(ORD_CHANGE_FO.path, &member(MEMBER), &change).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    put(&app, Cancel::of("20260803C000001", ORDER, &[(1, 1, VENDOR, 3)])).await;
    let answer = ask(&app, &key, by_order(ORDER)).await;
    let row = &rows(&answer)[0];
    assert_eq!((&row["uitemId"], &row["uitemNm"]), (&json!("002"), &json!("화이트/L")));
    assert_eq!(rows(&answer).len(), 1);
}
