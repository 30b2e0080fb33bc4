//! The mileage ledger: orders earn and use, members and staff read.

use serde_json::{Value, json};
use test_kit::identity::{admin, agent, anonymous, guest, member, on_site, service};

use crate::app::*;

fn row(reason: &str, amount: i64) -> (String, i64, Option<String>) {
    (reason.to_owned(), amount, None)
}

#[actix_web::test]
async fn an_order_is_recorded_once_with_what_it_earned_and_used() {
    let app = TestApp::start().await;
    let entries = [
        entry("21", "A21", 650),
        entry("22", "A22", 975),
        entry("24", "A24", 1_375),
        // No accumulation of an order.
        entry("29", "A29", 7),
        entry("21", "A21-0", 0),
    ];
    let order = order(ORDER, &entries, 3_000, &[]);
    for _ in 0..3 {
        app.record(&order).await;
    }
    // What it was paid with goes first: an order is not paid with what it earns.
    let expected = vec![row("50", -3_000), row("21", 650), row("22", 975), row("24", 1_375)];
    assert_eq!(app.mileage().await, (0, expected));
}

#[actix_web::test]
async fn a_movement_tells_its_order_and_its_time() {
    let app = TestApp::start().await;
    app.record(&order(ORDER, &[entry("21", "A21", 650)], 0, &[])).await;
    let answer = app.mileage_as(&member(MEMBER), "").await;
    let mut payload = answer.payload().clone();
    assert!(payload["list"][0]["mlgNo"].is_string());
    payload["list"][0]["mlgNo"] = json!("…");
    assert_eq!(
        payload,
        json!({
            "mbrNo": MEMBER, "balance": 650,
            "list": [{"mlgNo": "…", "rsnCd": "21", "amt": 650, "ordNo": ORDER, "claimNo": null, "dtm": ORDERED_AT}],
        })
    );
}

#[actix_web::test]
async fn members_see_their_own_mileage_and_staff_anybodys() {
    let app = TestApp::start().await;
    app.record(&order(ORDER, &[entry("21", "A21", 650)], 0, &[])).await;
    let balance =
        async |caller, query: &str| app.mileage_as(&caller, query).await.payload()["balance"].clone();
    let query = format!("?mbrNo={MEMBER}");
    assert_eq!(balance(member(MEMBER), "").await, json!(650));
    assert_eq!(balance(member(MEMBER), &query).await, json!(650));
    assert_eq!(balance(member("100009999"), "").await, json!(0));
    for staff in [agent("a1"), admin("a2"), service("shop")] {
        assert_eq!(balance(staff.clone(), &query).await, json!(650));
        assert_eq!(app.mileage_as(&staff, "").await.fields(), ["mbrNo"]);
    }
    for caller in [member("100009999"), guest(ORDER), anonymous()] {
        assert_eq!(app.mileage_as(&caller, &query).await.status, 403);
    }
}

/// Another site's rows count as another member's for the member; staff see all of them.
#[actix_web::test]
async fn each_site_has_its_own_balance() {
    let app = TestApp::start().await;
    app.record(&order(ORDER, &[entry("21", "A21", 650)], 0, &[])).await;
    let mut elsewhere = order("20260801O000002", &[entry("21", "A21", 40)], 100, &[]);
    elsewhere["siteNo"] = json!("2");
    app.record(&elsewhere).await;
    let balance = async |caller| {
        let answer = app.mileage_as(&caller, &format!("?mbrNo={MEMBER}")).await;
        (answer.payload()["balance"].clone(), answer.payload()["list"].as_array().unwrap().len())
    };
    assert_eq!(balance(member(MEMBER)).await, (json!(650), 1));
    assert_eq!(balance(on_site(member(MEMBER), "2")).await, (json!(-60), 2));
    assert_eq!(balance(agent("a1")).await, (json!(590), 3));
}

#[actix_web::test]
async fn mileage_is_used_lot_by_lot_and_beyond_them_without_one() {
    let app = TestApp::start().await;
    app.record(&order("20260801O000011", &[entry("21", "A21", 300)], 0, &[])).await;
    app.record(&order("20260801O000012", &[entry("24", "A24", 200)], 0, &[])).await;
    app.record(&order(ORDER, &[], 600, &[])).await;
    let (balance, rows) = app.mileage().await;
    assert_eq!(balance, -100);
    assert_eq!(rows[2..], [row("50", -300), row("50", -200), row("50", -100)]);
}

#[actix_web::test]
async fn a_guests_order_moves_no_mileage() {
    let app = TestApp::start().await;
    let mut guests = order(ORDER, &[entry("21", "A21", 300)], 0, &[]);
    guests["mbrNo"] = Value::Null;
    app.record(&guests).await;
    app.take_back(1, &json!([{"accmGbCd": "21", "promoNo": "A21", "rtrvAmt": 300}])).await;
    app.restore_mileage(1, 100).await;
    assert_eq!(app.mileage().await, (0, vec![]));
}

#[actix_web::test]
async fn the_books_are_for_sister_services() {
    let app = TestApp::start().await;
    for path in [
        "/internal/orders",
        "/internal/coupons/restore",
        "/internal/accumulation/takeBack",
        "/internal/mileage/restore",
    ] {
        for caller in [member(MEMBER), admin("a1"), service("shop")] {
            let answer = app.service.post(path, &caller, &json!({})).await;
            assert_eq!((answer.status, answer.code()), (403, "FORBIDDEN"), "{path} {caller:?}");
        }
        let nameless = app.service.post_as_sister(path, "claim-service", &json!({})).await;
        assert_eq!((nameless.status, nameless.fields().first()), (900, Some(&"evtKey")), "{path}");
    }
}

#[actix_web::test]
async fn what_is_wrong_with_a_message_is_named_by_its_field() {
    let app = TestApp::start().await;
    let mut order = order(ORDER, &[entry("21", "A21", -1)], -5, &[]);
    order["evtKey"] = json!("");
    let answer = app.service.post_as_sister("/internal/orders", "member-service", &order).await;
    assert_eq!(answer.fields(), ["evtKey", "mlgUseAmt", "accmList[0].accmAmt"]);
    assert_eq!(app.mileage().await, (0, vec![]));
}
