//! Many passwords at once: nobody keeps anybody else out for long.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use futures_util::future::join_all;
use member_service::settings::Settings;
use reqwest::Method;
use serde_json::{Value, json};
use test_kit::dump::rows_of;
use test_kit::identity::{anonymous, service};
use test_kit::service::{TestAnswer, read};

use crate::app::{TestApp, eventually};
use crate::guest_order::{ORDER_NO, PASSWORD, claimed};
use crate::orders::{INTAKE, order_with};

/// One thread, and places for few, who have all the time there is.
fn narrow(settings: &mut Settings) {
    settings.passwords.threads = 1;
    settings.passwords.guest_patience_ms = 600_000;
    settings.passwords.intake_patience_ms = 600_000;
    settings.passwords.guests_waiting = NonZeroUsize::new(8).unwrap();
    settings.passwords.intakes = NonZeroUsize::MIN;
}

/// So many guests' orders, numbered from `first` on.
pub(crate) fn guests_orders(first: usize, count: usize) -> Vec<Value> {
    (first..first + count)
        .map(|number| {
            let guest = json!({"mbrNo": null, "mbrGradeCd": null, "ordPwd": format!("guest-{number}")});
            order_with(&format!("20260801O{number:06}"), &guest)
        })
        .collect()
}

impl TestApp {
    async fn ask_from(&self, address: &str, path: &str, body: &Value) -> TestAnswer {
        let request = self.service.request(Method::POST, path, &anonymous());
        read(request.header("x-forwarded-for", address).json(body)).await
    }

    async fn log_in_from(&self, address: &str, order_no: &str, password: &str) -> TestAnswer {
        let body = json!({"ordNo": order_no, "ordPwd": password});
        self.ask_from(address, "/v1/member/nonMbrLogin", &body).await
    }
}

/// Seven addresses that log in wrongly as often as they can, each with eight callers.
async fn besiege(app: &TestApp, is_over: &AtomicBool, sent_away: &AtomicUsize) {
    let next = AtomicUsize::new(0);
    let one = async |address: String| {
        while !is_over.load(Ordering::Relaxed) {
            let order_no = format!("20260701O{:06}", next.fetch_add(1, Ordering::Relaxed));
            let answer = app.log_in_from(&address, &order_no, "wrong").await;
            match answer.status {
                900 => assert_eq!(answer.code(), "LOGIN_FAILED"),
                _ => {
                    assert_eq!((answer.status, answer.code()), (503, "SERVICE_UNAVAILABLE"));
                    assert_eq!(answer.headers["retry-after"], "1");
                    sent_away.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    };
    join_all((0..56).map(|caller| one(format!("198.51.100.{}", caller % 7)))).await;
}

#[tokio::test]
async fn wrong_logins_of_seven_addresses_keep_neither_guests_nor_orders_out() {
    let app = TestApp::spawn_with(narrow).await.with_guest_order().await;
    let (is_over, sent_away) = (AtomicBool::new(false), AtomicUsize::new(0));
    let honest = async {
        eventually(async || sent_away.load(Ordering::Relaxed) > 20).await;
        let intake = app.send_orders(&guests_orders(1, 12)).await;
        let mut logins = Vec::new();
        for _ in 0..4 {
            logins.push(app.log_in_from("203.0.113.1", ORDER_NO, PASSWORD).await.status);
        }
        let asked = app.ask_from("203.0.113.1", "/v1/member/nonMbrOrdPwd", &claimed(ORDER_NO)).await;
        is_over.store(true, Ordering::Relaxed);
        (intake, logins, asked)
    };
    let ((intake, logins, asked), ()) = tokio::join!(honest, besiege(&app, &is_over, &sent_away));
    assert_eq!(intake.payload()["created"], 12, "{}", intake.text);
    assert_eq!(logins, [200; 4]);
    assert_eq!(asked.status, 200);
}

#[tokio::test]
async fn hundreds_of_orders_keep_neither_guests_nor_a_single_order_out() {
    let app = TestApp::spawn_with(|settings| {
        narrow(settings);
        settings.passwords.intakes = NonZeroUsize::new(2).unwrap();
    })
    .await
    .with_guest_order()
    .await;
    let is_taken = AtomicBool::new(false);
    let many = async {
        let answer = app.send_orders(&guests_orders(1, 50)).await;
        is_taken.store(true, Ordering::Relaxed);
        answer
    };
    let few = async {
        let one = app.send_orders(&guests_orders(1_001, 1)).await;
        let login = app.log_in(ORDER_NO, PASSWORD).await;
        (one, login, is_taken.load(Ordering::Relaxed))
    };
    let (many, (one, login, were_many_first)) = tokio::join!(many, few);
    assert_eq!(many.payload()["created"], 50, "{}", many.text);
    assert_eq!(one.payload()["created"], 1, "{}", one.text);
    assert_eq!(login.status, 200);
    assert!(!were_many_first);
}

#[tokio::test]
async fn an_intake_too_many_is_told_to_come_back_and_its_key_is_free_then() {
    let app = TestApp::spawn_with(narrow).await;
    let many = json!({"orders": guests_orders(1, 50)});
    let large = async {
        loop {
            let answer = app.service.post(INTAKE, &service("shop"), &many).await;
            if answer.status != 503 {
                return answer;
            }
        }
    };
    // The last number tried, and whether it was told to come back.
    let (number, is_sent_away) = (AtomicUsize::new(1_000), AtomicBool::new(false));
    let small = eventually(async || {
        if !is_sent_away.load(Ordering::Relaxed) {
            number.fetch_add(1, Ordering::Relaxed);
        }
        let number = number.load(Ordering::Relaxed);
        let request = app.service.request(Method::POST, INTAKE, &service("shop"));
        let request = request.header("Idempotency-Key", format!("key-{number}"));
        let answer = read(request.json(&json!({"orders": guests_orders(number, 1)}))).await;
        if answer.status == 200 {
            return is_sent_away.load(Ordering::Relaxed);
        }
        assert_eq!((answer.status, answer.code()), (503, "SERVICE_UNAVAILABLE"), "{}", answer.text);
        assert_eq!(answer.headers["retry-after"], "1");
        is_sent_away.store(true, Ordering::Relaxed);
        false
    });
    let (large, ()) = tokio::join!(large, small);
    assert_eq!(large.payload()["created"], 50, "{}", large.text);
    let taken = 50 + number.load(Ordering::Relaxed) - 1_000;
    assert_eq!(rows_of(&app.db, "ord_base").await.len(), taken);
}
