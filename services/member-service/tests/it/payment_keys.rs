//! 결제키: a key pays for orders or for a claim, never for both, whoever comes first and however many come at once.

use db::DbError;
use diesel::RunQueryDsl as _;
use futures_util::future::{join, join_all};
use serde_json::{Value, json};
use test_kit::dump::rows_of;
use test_kit::service::TestAnswer;

use crate::app::TestApp;
use crate::orders::{MEMBER, ORDER, order, plain_order};

const SISTER: &str = "claim-service";
const OTHER: &str = "20260801O000002";

/// An order that was paid with these keys, one payment each.
fn paid_with(order_no: &str, keys: &[&str]) -> Value {
    let amount = i64::try_from(keys.len()).unwrap() * 1_000;
    let mut order = plain_order(order_no, MEMBER, "2026-08-01T10:00:00", amount, "11");
    order["payList"] = keys
        .iter()
        .enumerate()
        .map(|(place, key)| {
            json!({"payNo": format!("PAY{place}"), "payMeansCd": "10", "payAmt": 1_000, "sctnCnclPsbYn": "Y",
                "pgPayKey": key})
        })
        .collect();
    order
}

impl TestApp {
    async fn hold(&self, order_no: &str, body: &Value) -> TestAnswer {
        let path = format!("/internal/orders/{order_no}/additionalPayments");
        self.service.post_as_sister(&path, SISTER, body).await
    }

    /// `heldYn` and whose the key is.
    async fn held(&self, order_no: &str, key: &str, hold_no: Option<&str>) -> (String, String) {
        let answer = self.hold(order_no, &json!({"pgPayKey": key, "holdNo": hold_no})).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let text = |field: &str| answer.json[field].as_str().unwrap().to_owned();
        (text("heldYn"), text("ordNo"))
    }

    async fn give_back(&self, order_no: &str, key: &str, hold_no: &str) {
        let path = format!("/internal/orders/{order_no}/additionalPayments/release");
        let body = json!({"pgPayKey": key, "holdNo": hold_no});
        let answer = self.service.post_as_sister(&path, SISTER, &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    async fn run(&self, sql: &'static str) {
        self.write(move |conn| {
            diesel::sql_query(sql).execute(conn)?;
            Ok::<_, DbError>(())
        })
        .await;
    }
}

fn yes(order_no: &str) -> (String, String) {
    ("Y".to_owned(), order_no.to_owned())
}

fn no(order_no: &str) -> (String, String) {
    ("N".to_owned(), order_no.to_owned())
}

#[tokio::test]
async fn the_key_of_an_order_is_held_for_no_claim() {
    let app = TestApp::spawn().await.with_orders(&[order(), paid_with(OTHER, &["tk_b", "tk_c"])]).await;
    for key in ["tk_b", "tk_c"] {
        assert_eq!(app.held(ORDER, key, Some("1")).await, no(OTHER));
        assert_eq!(
            app.held(OTHER, key, Some("1")).await,
            no(OTHER),
            "an order's own pays for no claim of it"
        );
    }
    assert_eq!(app.held(ORDER, "tk_d", Some("1")).await, yes(ORDER));
}

#[tokio::test]
async fn an_order_that_comes_with_the_key_of_a_claim_is_refused_and_nothing_is_taken() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    for key in ["tk_1st", "tk_2nd"] {
        assert_eq!(app.held(ORDER, key, None).await, yes(ORDER));
    }
    let orders = [
        paid_with("20260801O000004", &["tk_x", "tk_2nd"]),
        paid_with("20260801O000003", &["tk_y"]),
        paid_with("20260801O000002", &["tk_1st", "tk_z", "tk_2nd"]),
    ];
    let answer = app.send_orders(&orders).await;
    assert_eq!((answer.status, answer.code()), (900, "VALIDATION"), "{}", answer.text);
    assert_eq!(
        answer.fields(),
        ["orders[0].payList[1].pgPayKey", "orders[2].payList[0].pgPayKey", "orders[2].payList[2].pgPayKey"]
    );
    assert_eq!(rows_of(&app.db, "ord_base").await.len(), 1);
    // What came with them is nobody's yet.
    assert_eq!(app.held(ORDER, "tk_x", Some("1")).await, yes(ORDER));
    // An order that is here already is not taken again, so it is not compared.
    assert_eq!(*app.send_orders(&[order()]).await.payload(), json!({"created": 0, "unchanged": 1}));
}

#[tokio::test]
async fn orders_share_a_key_among_themselves() {
    let app = TestApp::spawn().await;
    let together = [paid_with("20260801O000003", &["tk_b", "tk_b"]), paid_with(OTHER, &["tk_b"])];
    assert_eq!(*app.send_orders(&together).await.payload(), json!({"created": 2, "unchanged": 0}));
    let later = app.send_orders(&[paid_with("20260801O000004", &["tk_a", "tk_b"])]).await;
    assert_eq!(*later.payload(), json!({"created": 1, "unchanged": 0}), "{}", later.text);
    assert_eq!(app.held("20260801O000005", "tk_b", Some("1")).await, no(OTHER));
    assert_eq!(app.held("20260801O000005", "tk_a", Some("1")).await, no("20260801O000004"));
}

#[tokio::test]
async fn a_hold_is_found_again_and_only_who_alone_had_it_gives_it_back() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    for _ in 0..2 {
        assert_eq!(app.held(ORDER, "tk", Some("1")).await, yes(ORDER));
    }
    assert_eq!(app.held(OTHER, "tk", Some("2")).await, no(ORDER));
    for (order_no, hold_no) in [(OTHER, "1"), (ORDER, "2")] {
        app.give_back(order_no, "tk", hold_no).await;
        assert_eq!(app.held(OTHER, "tk", Some("2")).await, no(ORDER), "it is not theirs");
    }
    for _ in 0..2 {
        app.give_back(ORDER, "tk", "1").await;
    }
    assert_eq!(app.held(OTHER, "tk", Some("2")).await, yes(OTHER));

    // Two of one order: either may have been accepted with it, so it stays.
    assert_eq!(app.held(OTHER, "tk", Some("3")).await, yes(OTHER));
    for hold_no in ["2", "3"] {
        app.give_back(OTHER, "tk", hold_no).await;
    }
    assert_eq!(app.held(ORDER, "tk", Some("4")).await, no(OTHER));

    // What is held for good is.
    assert_eq!(app.held(ORDER, "tk_good", Some("1")).await, yes(ORDER));
    assert_eq!(app.held(ORDER, "tk_good", None).await, yes(ORDER));
    app.give_back(ORDER, "tk_good", "1").await;
    assert_eq!(app.held(OTHER, "tk_good", None).await, no(ORDER));
    // Nor does an order's key ever go back.
    app.give_back(ORDER, "tk_1", "1").await;
    assert_eq!(app.held(OTHER, "tk_1", Some("1")).await, no(ORDER));
}

#[tokio::test]
async fn a_hold_that_names_nothing_is_refused_by_its_fields() {
    let app = TestApp::spawn().await;
    let long = "k".repeat(201);
    for key in ["", "a b", "키", long.as_str()] {
        let answer = app.hold("1", &json!({"pgPayKey": key, "holdNo": "n".repeat(65)})).await;
        assert_eq!((answer.status, answer.fields()), (900, vec!["ordNo", "pgPayKey", "holdNo"]), "{key}");
    }
    let path = format!("/internal/orders/{ORDER}/additionalPayments/release");
    let answer = app.service.post_as_sister(&path, SISTER, &json!({"pgPayKey": "k", "holdNo": ""})).await;
    assert_eq!(answer.fields(), ["holdNo"]);
}

#[tokio::test]
async fn of_a_claim_and_an_order_that_come_at_once_with_one_key_one_gets_it() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    let rounds = (0..40).map(|round| {
        let app = &app;
        async move {
            let (key, order_no) = (format!("tk_race_{round}"), format!("20260801O{:06}", 100 + round));
            let orders = [paid_with(&order_no, &["tk_shared", &key])];
            let ((held, _), taken) = join(app.held(ORDER, &key, Some("1")), app.send_orders(&orders)).await;
            match taken.status {
                200 => assert_eq!(held, "N"),
                _ => {
                    assert_eq!(held, "Y");
                    assert_eq!(taken.fields(), ["orders[0].payList[1].pgPayKey"], "{}", taken.text);
                }
            }
        }
    });
    join_all(rounds).await;
}

#[tokio::test]
async fn of_claims_of_many_orders_that_come_at_once_with_one_key_one_gets_it() {
    let app = TestApp::spawn().await;
    for round in 0..5 {
        let key = format!("tk_race_{round}");
        let holds = (0..20).map(|place| {
            let (app, key, order_no) = (&app, key.as_str(), format!("20260801O{place:06}"));
            async move { app.held(&order_no, key, Some("1")).await.0 }
        });
        let held = join_all(holds).await;
        assert_eq!(held.iter().filter(|held| *held == "Y").count(), 1, "{held:?}");
    }
}

/// Keys that orders share, in every order of coming: nobody waits in a circle, and nobody is refused.
#[tokio::test]
async fn orders_with_the_same_keys_come_at_once_in_any_order() {
    let app = TestApp::spawn().await;
    let keys: Vec<String> = (0..8).map(|number| format!("tk_{number}")).collect();
    let requests = (0..24_usize).map(|request| {
        let mut keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        keys.rotate_left(request % 8);
        if request % 2 == 0 {
            keys.reverse();
        }
        let orders = [paid_with(&format!("20260801O{:06}", 100 + request), &keys)];
        let app = &app;
        async move { app.send_orders(&orders).await }
    });
    for answer in join_all(requests).await {
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
}

/// The last release's code writes orders and knows nothing of the table; the migration knows those that are there.
#[tokio::test]
async fn orders_are_registered_whoever_writes_them_down() {
    let app =
        TestApp::spawn().await.with_orders(&[paid_with(OTHER, &["tk_b"]), paid_with(ORDER, &["tk_b"])]).await;
    app.run("DELETE FROM payment_key").await;
    let fill = include_str!("../../migrations/sqlite/0006_payment_keys_of_orders/up.sql");
    assert_eq!(fill, include_str!("../../migrations/postgres/0006_payment_keys_of_orders/up.sql"));
    app.run(fill).await;
    assert_eq!(app.held("20260801O000009", "tk_b", None).await, no(ORDER));
    app.run(
        "INSERT INTO ord_pay (ord_no, pay_no, pay_means_cd, pay_amt, sctn_cncl_psb_yn, pg_pay_key) VALUES \
         ('20260801O000002', 'PAY8', '10', 1, 'Y', 'tk_old'), ('20260801O000002', 'PAY9', '10', 1, 'Y', NULL)",
    )
    .await;
    assert_eq!(app.held(ORDER, "tk_old", None).await, no(OTHER));
}

/// No additional payment has such a key, and no index holds just any.
#[tokio::test]
async fn a_key_of_any_length_is_taken_with_its_order() {
    let app = TestApp::spawn().await;
    let mut random = 1_u64;
    let random: String = (0..20_000)
        .map(|_| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            char::from(b'!' + u8::try_from((random >> 40) % 90).unwrap())
        })
        .collect();
    let app = app.with_orders(&[paid_with(ORDER, &[&random, ""])]).await;
    assert_eq!(rows_of(&app.db, "payment_key").await, [""; 0]);
}
