//! A member leaves: nothing personal stays readable, anywhere.

use local_stack::environment::Process;
use reqwest::Method;
use serde_json::json;
use stories::{Options, Stack, order};
use test_kit::service::read;

use crate::on_disk::{files_below, holds};
use crate::wait::until;

const MEMBER: &str = "100001311";
/// Every personal value of the story's order, phones in the ways they could be joined.
const PERSONAL: [&str; 11] = [
    "남궁길동",
    "독고영재",
    "98765432",
    "9876-5432",
    "87654321",
    "8765-4321",
    "namgung@example.com",
    "센텀중앙로",
    "비밀동 707호",
    "경비실에",
    "P123456789012",
];
/// What a phone's columns hold. By chance these digits are part of a digest or a time as well, so they count as a value
/// of their own only.
const PHONE_COLUMNS: [&str; 4] = ["9876", "5432", "8765", "4321"];

fn holds_column(row: &str, digits: &str) -> bool {
    row.split(|mark: char| !mark.is_ascii_alphanumeric() && mark != '-').any(|word| word == digits)
}

/// The first personal value that a row shows.
fn readable_in(row: &str) -> Option<&'static str> {
    let of_phone = || PHONE_COLUMNS.into_iter().find(|digits| holds_column(row, digits));
    PERSONAL.into_iter().find(|value| row.contains(value)).or_else(of_phone)
}

#[actix_web::test]
async fn after_a_withdrawal_no_original_value_is_left_and_the_amounts_are() {
    let mut stack = Stack::start().await;
    let shop = stack.storefront();
    let body = json!({"orders": [order("20260901O000001", MEMBER, "2026-09-01T00:00:00", 2, 1_000)]});
    let request = shop.request(Method::POST, "/v1/order/orders", &shop.service());
    let intake = read(request.header("Idempotency-Key", "intake").json(&body)).await;
    assert_eq!(intake.status, 200, "{}", intake.text);

    let before = dump(&stack).await;
    for digits in PHONE_COLUMNS {
        assert!(before.iter().any(|row| holds_column(row, digits)), "{digits} is found where it stands");
    }

    let leave = async || {
        shop.post("/v1/member/withdrawalMemberOrderInfo", &shop.member(MEMBER), &json!({"mbrNo": MEMBER}))
            .await
    };
    let answer = leave().await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ""));
    assert_eq!(leave().await.status, 200, "twice changes nothing");

    let period =
        json!({"mbrNo": MEMBER, "buyStrDtm": "2026-09-01T00:00:00", "buyEndDtm": "2026-09-02T00:00:00"});
    let total = shop.post("/v1/member/getOrdTotAmt", &shop.agent(), &period).await;
    assert_eq!(total.json["totOrdAmt"], 2_000, "amounts stay: {}", total.text);
    let again = shop.post("/v1/order/orders", &shop.service(), &body).await;
    assert_eq!(
        again.payload(),
        &json!({"created": 0, "unchanged": 1}),
        "the digest outlives: {}",
        again.text
    );

    // On PostgreSQL the server keeps the bytes; there the tables are looked at.
    for text in dump(&stack).await {
        assert_eq!(readable_in(&text), None, "still in a table: {text}");
    }
    let database_files = stack.database(Process::Member).files();
    stack.stop(Process::Member).await;
    for file in database_files.iter().filter(|file| file.exists()) {
        let bytes = std::fs::read(file).expect("a file of the database can be read");
        for value in PERSONAL {
            assert!(!holds(&bytes, value), "{value} is still in {}", file.display());
        }
    }
    for file in files_below(stack.place()) {
        let bytes = std::fs::read(&file).expect("a file of the stack can be read");
        for value in PERSONAL {
            assert!(!holds(&bytes, value), "{value} is in {}", file.display());
        }
    }
}

/// Every row of every table of the member-service, as text.
async fn dump(stack: &Stack) -> Vec<String> {
    test_kit::dump::all_rows(&stack.database(Process::Member).open()).await
}

#[actix_web::test]
async fn a_member_without_orders_may_leave() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let body = json!({"mbrNo": "100007777"});
    let answer = shop.post("/v1/member/withdrawalMemberOrderInfo", &shop.member("100007777"), &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    for bad in [json!({}), json!({"mbrNo": ""}), json!({"mbrNo": "abc"})] {
        let answer = shop.post("/v1/member/withdrawalMemberOrderInfo", &shop.agent(), &bad).await;
        assert_eq!((answer.status, answer.fields()), (900, vec!["mbrNo"]));
    }
}

#[actix_web::test]
async fn an_order_that_arrives_after_the_withdrawal_is_stored_masked() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let body = json!({"mbrNo": MEMBER});
    assert_eq!(shop.post("/v1/member/withdrawalMemberOrderInfo", &shop.agent(), &body).await.status, 200);
    shop.take_in(&[order("20260901O000001", MEMBER, "2026-09-01T00:00:00", 2, 1_000)]).await;
    for text in dump(&stack).await {
        assert_eq!(readable_in(&text), None, "in a table: {text}");
    }
}

#[actix_web::test]
async fn a_sister_service_that_is_down_learns_of_the_withdrawal_when_it_is_back() {
    let mut stack = Stack::start_with(Options {
        down: vec![Process::Claim, Process::Inquiry],
        settings: vec![
            ("MEMBER_OUTBOX__FIRST_RETRY_MS", "200".to_owned()),
            ("MEMBER_OUTBOX__MAX_RETRY_MS", "500".to_owned()),
        ],
        ..Options::default()
    })
    .await;
    let shop = stack.storefront();
    let body = json!({"mbrNo": MEMBER});
    assert_eq!(shop.post("/v1/member/withdrawalMemberOrderInfo", &shop.agent(), &body).await.status, 200);
    stack.start_service(Process::Claim).await;
    stack.start_service(Process::Inquiry).await;
    for service in [Process::Claim, Process::Inquiry] {
        let db = stack.database(service).open();
        until("the sister knows", async || {
            test_kit::dump::all_rows(&db).await.iter().any(|row| row.contains(MEMBER))
        })
        .await;
    }
}

#[actix_web::test]
async fn stored_answers_are_forgotten_and_their_keys_are_not() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let leave = async |key: &str| {
        let request =
            shop.request(Method::POST, "/v1/member/withdrawalMemberOrderInfo", &shop.member(MEMBER));
        read(request.header("Idempotency-Key", key).json(&json!({"mbrNo": MEMBER}))).await
    };
    assert_eq!(leave("bye").await.status, 200);
    assert_eq!(leave("bye").await.status, 200, "the withdrawal's own answer is kept");
}
