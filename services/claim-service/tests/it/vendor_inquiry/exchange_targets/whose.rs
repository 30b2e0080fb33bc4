//! Whose lines, and in which order.

use chrono::TimeDelta;
use serde_json::json;

use super::super::OTHER_VENDOR;
use super::*;
use crate::cancel::with;
use crate::goods_back::{delivered_as, exchange_of, inspection, number_in, return_of};

/// The contract's order with a second line of another vendor in the same parcel.
async fn of_two_vendors() -> (TestApp, String, String) {
    let app = delivered_as(|order| {
        let mut second = order["goodsList"][0].clone();
        second["ordSeq"] = json!(2);
        second["entrNo"] = json!(OTHER_VENDOR);
        second["benefitList"] = json!([]);
        second["ordQty"] = json!(2);
        order["goodsList"].as_array_mut().expect("an order has goods").push(second);
        order["payList"][0]["payAmt"] = json!(86_000);
    })
    .await;
    let (own, other) = (key_of(&app, VENDOR).await, key_of(&app, OTHER_VENDOR).await);
    (app, own, other)
}

#[actix_web::test]
async fn nobody_sees_another_vendors_lines_and_the_cost_stands_on_the_first() {
    let (app, own, other) = of_two_vendors().await;
    let goods = json!([{"ordSeq": 1, "claimQty": 2}, {"ordSeq": 2, "claimQty": 1}]);
    let asked = with(return_of("251", 1), "claimGoodsList", goods);
    let both = number_in(&app.ask_return(&asked).await, "20");
    app.collect(&both).await;
    let settled = app.settle(&both, true).await;
    assert_eq!(settled.status, 200, "{}", settled.text);
    app.details_in(ORDER, &both, "30").await;
    let goods = json!([{"ordSeq": 2, "claimQty": 1}]);
    let theirs = with(return_of("272", 1), "claimGoodsList", goods);
    let theirs = number_in(&app.ask_return(&theirs).await, "20");
    app.collect(&theirs).await;
    assert_eq!(app.settle(&theirs, true).await.status, 200);
    app.details_in(ORDER, &theirs, "30").await;
    let stranger = key_of(&app, "E0003").await;
    for request in [by_order(ORDER), by_period("20260810", "20260810")] {
        let answer = ask(&app, &own, request.clone()).await;
        let seen = rows(&answer);
        assert_eq!(claims_of(&seen), [(both.as_str(), "1")]);
        assert!(!answer.text.contains(OTHER_VENDOR), "{}", answer.text);
        assert_fields(
            &seen[0]["cstInfo"][0],
            &[("shpmtShppcst", "3000"), ("retShppcst", "3000"), ("splVenId", VENDOR)],
        );
        let answer = ask(&app, &other, request.clone()).await;
        let seen = rows(&answer);
        assert_eq!(claims_of(&seen), [(both.as_str(), "2"), (theirs.as_str(), "2")]);
        assert!(!answer.text.contains(VENDOR), "{}", answer.text);
        assert_fields(&seen[0]["cstInfo"][0], &[("shpmtShppcst", "0"), ("retShppcst", "0")]);
        assert_fields(&seen[1]["cstInfo"][0], &[("retShppcst", "3000"), ("splVenId", OTHER_VENDOR)]);
        // Who bears the fee is the same for every row of the claim.
        assert_eq!(
            (&seen[0]["shppcstBdnMainCd"], &seen[1]["shppcstBdnMainCd"]),
            (&json!("10"), &json!("20"))
        );
        assert!(rows(&ask(&app, &stranger, request).await).is_empty());
    }
    assert!(rows(&ask(&app, &own, by_claim(&theirs)).await).is_empty());
}

#[actix_web::test]
async fn neither_cancels_nor_what_another_system_took_is_among_them() {
    let (app, own, _) = of_two_vendors().await;
    let imported = |serial: u32, kind: &str, status: &str| {
        json!({"claimNo": format!("20260803C{serial:06}"), "ordNo": ORDER, "claimBusinessType": kind,
            "claimStatCd": status, "claimRsnCd": "251", "reqDtm": "2026-08-06T10:00:00+09:00",
            "cmplDtm": if status == "30" { json!("2026-08-06T11:00:00+09:00") } else { Value::Null },
            "goodsList": [{"ordSeq": 1, "claimQty": 1}]})
    };
    let taken =
        app.import(json!([imported(1, "20", "20"), imported(2, "30", "20"), imported(3, "20", "30")])).await;
    assert_eq!(taken.status, 200, "{}", taken.text);
    assert!(rows_of_order(&app, &own).await.is_empty());
    for number in ["20260803C000001", "20260803C000003"] {
        assert!(rows(&ask(&app, &own, by_claim(number)).await).is_empty());
    }
}

#[actix_web::test]
async fn rows_come_by_day_then_by_claim_line_and_item() {
    let (app, key) = waiting().await;
    let asked = async || number_in(&app.ask_return(&return_of("251", 1)).await, "10");
    let (first, second, third) = (asked().await, asked().await, asked().await);
    // On one day the later number first; then, a day later, the lowest number of all.
    for claim_no in [&third, &second] {
        approve(&app, claim_no).await;
        app.clock.advance(TimeDelta::minutes(1));
    }
    app.clock.advance(TimeDelta::days(1));
    approve(&app, &first).await;
    let expected = [(second.as_str(), "1"), (third.as_str(), "1"), (first.as_str(), "1")];
    for request in [by_order(ORDER), by_period("20260809", "20260811")] {
        assert_eq!(claims_of(&rows(&ask(&app, &key, request).await)), expected);
    }
    assert_eq!(claims_of(&rows(&ask(&app, &key, by_period("20260811", "20260811")).await)), [expected[2]]);
    assert_eq!(claims_of(&rows(&ask(&app, &key, by_period("20260810", "20260810")).await)), expected[..2]);
}

#[actix_web::test]
async fn a_day_begins_and_ends_in_korea() {
    let (app, key) = waiting().await;
    super::super::pin(&app, ORDER).await;
    let moments = [
        "2026-08-02 14:59:59.999999",
        "2026-08-02 15:00:00",
        "2026-08-03 14:59:59.999999",
        "2026-08-03 15:00:00",
    ];
    let claims = moments.into_iter().enumerate().map(|(serial, at)| (format!("20260803C{serial:06}"), at));
    put_returns(&app, claims, ORDER).await;
    let of_day = rows(&ask(&app, &key, by_period("20260803", "20260803")).await);
    assert_eq!(claims_of(&of_day), [("20260803C000001", "1"), ("20260803C000002", "1")]);
    assert!(of_day.iter().all(|row| row["rcovDircDt"] == "2026-08-03"), "{of_day:?}");
    assert_eq!(rows(&ask(&app, &key, by_period("20260802", "20260804")).await).len(), 4);
}

#[actix_web::test]
async fn returns_and_exchanges_are_told_apart() {
    let app = delivered_as(|_| {}).await;
    let key = key_of(&app, VENDOR).await;
    let returned = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    let exchanged = number_in(&app.ask_exchange(&exchange_of("272", 1, "002")).await, "20");
    let (of_return, of_exchange) = ((returned.as_str(), "1"), (exchanged.as_str(), "1"));
    for (kinds, expected) in [
        (json!(null), vec![of_return, of_exchange]),
        (json!(""), vec![of_return, of_exchange]),
        (json!("22,21"), vec![of_return, of_exchange]),
        (json!("21"), vec![of_return]),
        (json!("22"), vec![of_exchange]),
    ] {
        let request = with(by_period("20260810", "20260810"), "shppDivDtlCds", kinds);
        assert_eq!(claims_of(&rows(&ask(&app, &key, request).await)), expected);
    }
    // Not inspected, and settled: all of it is accepted.
    app.collect(&returned).await;
    assert_eq!(app.settle(&returned, true).await.status, 200);
    app.details_in(ORDER, &returned, "30").await;
    assert_fields(&row_of(&app, &key, &returned).await, &[("procItemQty", "1"), ("resellPsblYn", "Y")]);
    app.collect(&exchanged).await;
    number_in(&app.inspect(&inspection(&exchanged, &[crate::goods_back::row(1, 0)])).await, "20");
    assert_fields(
        &row_of(&app, &key, &exchanged).await,
        &[("procItemQty", "1"), ("resellPsblYn", "Y"), ("shppcstBdnMainNm", "업체")],
    );
}
