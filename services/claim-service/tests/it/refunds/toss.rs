//! What Toss is asked, and what its answers come to.

use claim_service::clients::refund_provider::RefundFailure;
use commerce::{PayMeans, Won};
use serde_json::json;

use super::toss_stand_in::{Fault, TossStandIn, Way};
use super::{Desk, account, refund, refused, toss_settings, unknown};

#[actix_web::test]
async fn a_refund_is_one_cancel_with_amount_reason_and_key() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    stand_in.paid("pk_1", 10_000);
    let order = refund(1, "pk_1");
    assert_eq!(desk.refunds.refund(&order).await, Ok(()));
    let seen = stand_in.seen();
    let [one] = seen.as_slice() else { panic!("one request: {seen:?}") };
    assert_eq!((one.method.as_str(), one.path.as_str()), ("POST", "/v1/payments/pk_1/cancel"));
    assert_eq!(
        one.body,
        json!({"cancelReason": "단순변심 20260803C000001:REFUND:PAY1", "cancelAmount": 3000})
    );
    assert_eq!(one.headers["idempotency-key"], "20260803C000001:REFUND:PAY1");
    assert_eq!(one.headers["content-type"], "application/json");
    // The secret key, a colon, and no password.
    assert_eq!(one.headers["authorization"], "Basic dGVzdF9za196WExrS0V5cE5BcldtbzUwblgzbG1lYXhZRzVSOg==");
}

#[actix_web::test]
async fn a_virtual_account_is_refunded_to_the_account_that_was_given() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    stand_in.holds("va", "가상계좌", "DONE", 10_000);
    let mut order = refund(1, "va");
    order.means = PayMeans::VirtualAccount;
    order.account = Some(account());
    assert_eq!(desk.refunds.refund(&order).await, Ok(()));
    let seen = stand_in.seen();
    assert_eq!(
        seen[0].body["refundReceiveAccount"],
        json!({"bank": "088", "accountNumber": "110123456789", "holderName": "홍길동"})
    );

    // What goes back the way it came names no account, even when the claim has one.
    stand_in.paid("card", 10_000);
    let mut order = refund(2, "card");
    order.account = Some(account());
    assert_eq!(desk.refunds.refund(&order).await, Ok(()));
    assert_eq!(stand_in.seen()[1].body.get("refundReceiveAccount"), None);
}

#[actix_web::test]
async fn a_refusal_names_its_code_and_moves_nothing() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    for (serial, (status, code)) in [
        (400, "INVALID_REFUND_ACCOUNT_INFO"),
        (400, "REFUND_REJECTED"),
        (403, "NOT_CANCELABLE_PAYMENT"),
        (403, "EXCEED_MAX_REFUND_DUE"),
        (403, "NOT_ALLOWED_PARTIAL_REFUND"),
        (403, "FORBIDDEN_REQUEST"),
        (422, "SOMETHING_NEW"),
    ]
    .into_iter()
    .enumerate()
    {
        let key = format!("no{serial}");
        stand_in.paid(&key, 10_000);
        stand_in.refuses_next(status, code);
        assert_eq!(refused(desk.refunds.refund(&refund(serial, &key)).await), code);
        assert_eq!(stand_in.balance(&key), 10_000);
    }
    assert_eq!(refused(desk.refunds.refund(&refund(90, "nobodys")).await), "NOT_FOUND_PAYMENT");
}

#[actix_web::test]
async fn more_than_is_left_is_refused() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    stand_in.paid("small", 2_999);
    assert_eq!(refused(desk.refunds.refund(&refund(1, "small")).await), "NOT_CANCELABLE_AMOUNT");
    assert_eq!(stand_in.balance("small"), 2_999);
}

#[actix_web::test]
async fn what_may_pass_by_itself_is_asked_again() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    for (serial, (status, code)) in [
        (400, "PROVIDER_ERROR"),
        (403, "FORBIDDEN_CONSECUTIVE_REQUEST"),
        (403, "NOT_AVAILABLE_BANK"),
        (408, "TIMEOUT"),
        (409, "IDEMPOTENT_REQUEST_PROCESSING"),
        (429, "TOO_MANY_REQUESTS"),
        (500, "FAILED_REFUND_PROCESS"),
        // Somebody has to mend a setting, and then every refund goes on by itself.
        (401, "UNAUTHORIZED_KEY"),
        (403, "INCORRECT_BASIC_AUTH_FORMAT"),
    ]
    .into_iter()
    .enumerate()
    {
        let key = format!("later{serial}");
        stand_in.paid(&key, 10_000);
        stand_in.refuses_next(status, code);
        let reason = unknown(desk.refunds.refund(&refund(serial, &key)).await);
        assert_eq!(reason, format!("status {status} {code}"));
        assert_eq!(stand_in.balance(&key), 10_000);
    }
}

#[actix_web::test]
async fn a_refusal_is_not_believed_when_the_payment_shows_the_refund() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    for (serial, (status, code)) in [
        (400, "ALREADY_CANCELED_PAYMENT"),
        (400, "ALREADY_REFUND_PAYMENT"),
        (400, "NOT_MATCHES_REFUNDABLE_AMOUNT"),
        (403, "NOT_CANCELABLE_AMOUNT"),
        (403, "NOT_CANCELABLE_PAYMENT"),
    ]
    .into_iter()
    .enumerate()
    {
        // Done, but the answer was lost, and Toss has forgotten the key before its time.
        let key = format!("did{serial}");
        stand_in.paid(&key, 3_000);
        stand_in.fails(&key, &[Fault::After(Way::Closed)]);
        let order = refund(serial, &key);
        unknown(desk.refunds.refund(&order).await);
        stand_in.forgets_keys();
        stand_in.refuses_next(status, code);
        assert_eq!(desk.refunds.refund(&order).await, Ok(()), "{code}");
        assert_eq!(stand_in.cancels(&key).len(), 1, "{code}");
    }
}

#[actix_web::test]
async fn a_refusal_that_can_t_be_checked_is_no_refusal_yet() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    stand_in.paid("dark", 10_000);
    stand_in.refuses_next(403, "NOT_CANCELABLE_AMOUNT");
    // The payment is asked for twice, in vain.
    stand_in.fails(
        "dark",
        &[Fault::Before(Way::Slow), Fault::Before(Way::BadGateway), Fault::After(Way::Garbage)],
    );
    let reason = unknown(desk.refunds.refund(&refund(1, "dark")).await);
    assert_eq!(reason, "the payment can't be read back: status 200 with something unreadable");
}

#[actix_web::test]
async fn a_refund_that_is_under_way_is_waited_for() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    stand_in.next_cancels_are("IN_PROGRESS");
    for (serial, (end, expected)) in
        [("DONE", Ok(())), ("ABORTED", Err(RefundFailure::Refused("the refund was aborted".to_owned())))]
            .into_iter()
            .enumerate()
    {
        let key = format!("slow{serial}");
        stand_in.paid(&key, 10_000);
        let order = refund(serial, &key);
        for _ in 0..2 {
            assert_eq!(unknown(desk.refunds.refund(&order).await), "the refund is under way");
        }
        stand_in.settles(&key, end);
        assert_eq!(desk.refunds.refund(&order).await, expected);
        assert_eq!(stand_in.cancels(&key).len(), 1);
    }
}

#[actix_web::test]
async fn a_key_is_for_one_refund_only() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    stand_in.paid("one", 10_000);
    let order = refund(1, "one");
    assert_eq!(desk.refunds.refund(&order).await, Ok(()));
    let mut other = order.clone();
    other.amount = Won::new(3_001);
    assert_eq!(refused(desk.refunds.refund(&other).await), "the key stands in the book for another refund");
    // Nor is it begun again elsewhere when the shop changes its provider.
    let local = desk.beside(&claim_service::settings::refund::RefundSettings::default());
    assert_eq!(refused(local.refund(&order).await), "it was begun with the provider TOSS");
    assert_eq!(stand_in.balance("one"), 7_000);
    assert_eq!(desk.book().await.len(), 1);
}

#[actix_web::test]
async fn what_is_done_is_not_asked_again() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    stand_in.paid("done", 10_000);
    let order = refund(1, "done");
    for _ in 0..3 {
        assert_eq!(desk.refunds.refund(&order).await, Ok(()));
    }
    assert_eq!(stand_in.seen().len(), 1);
    let other = desk.beside(&toss_settings(&stand_in.url()));
    assert_eq!(other.refund(&order).await, Ok(()));
    assert_eq!(stand_in.seen().len(), 1);
}

#[actix_web::test]
async fn what_is_not_a_key_of_a_payment_never_becomes_part_of_an_address() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    for odd in ["", ".", "..", "a/b", "a?b", "a#b", "a b", "a%2fb", "키", &"x".repeat(201)] {
        assert_eq!(
            refused(desk.refunds.refund(&refund(1, odd)).await),
            "the payment has no key Toss could know",
            "{odd}"
        );
    }
    let mut without = refund(1, "x");
    without.provider_key = None;
    refused(desk.refunds.refund(&without).await);
    assert_eq!(stand_in.seen().len(), 0);
    assert_eq!(desk.book().await.len(), 0);
}

#[actix_web::test]
async fn the_deposit_is_our_own_book_and_mileage_no_refund() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    let mut order = refund(1, "unused");
    order.provider_key = None;
    order.means = PayMeans::Deposit;
    assert_eq!(desk.refunds.refund(&order).await, Ok(()));
    let book = desk.book().await;
    assert!(book.len() == 1 && book[0].contains("LOCAL"), "{book:?}");
    order.means = PayMeans::Mileage;
    refused(desk.refunds.refund(&order).await);
    for nothing in [0, -1] {
        let mut order = refund(2, "unused");
        order.amount = Won::new(nothing);
        refused(desk.refunds.refund(&order).await);
    }
    assert_eq!(stand_in.seen().len(), 0);
    assert_eq!(desk.book().await.len(), 1);
}
