//! 추가결제: what was paid is read from the provider.

use claim_service::clients::refund_provider::{PaymentUnreadable, StandingPayment};
use claim_service::domain::saga::claim::PaidWith;
use commerce::{PayMeans, Won};

use super::toss_stand_in::{Fault, TossStandIn, Way};
use super::{Desk, toss_settings};

fn named(key: &str) -> PaidWith {
    PaidWith { means: PayMeans::Card, provider_key: key.to_owned() }
}

/// 2,000 by card, for the contract's order.
fn standing() -> StandingPayment {
    StandingPayment {
        amount: Won::new(2_000),
        means: Some(PayMeans::Card),
        made_for: Some("20260801O000001".to_owned()),
    }
}

#[actix_web::test]
async fn a_payment_that_stands_whole_is_read_with_its_own_amount() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    stand_in.paid("added", 2_000);
    // Whatever was asked for.
    for asked in [1, 2_000, 9_999] {
        assert_eq!(desk.refunds.payment(&named("added"), Won::new(asked)).await, Ok(standing()));
    }
    assert_eq!(stand_in.seen_of("POST"), 0);
}

#[actix_web::test]
async fn what_is_not_paid_or_was_given_back_is_no_payment() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    for status in
        ["READY", "IN_PROGRESS", "WAITING_FOR_DEPOSIT", "CANCELED", "ABORTED", "EXPIRED", "NEW_WORD"]
    {
        stand_in.holds(status, "카드", status, 2_000);
    }
    stand_in.paid("part", 2_000);
    stand_in.cancelled_by_hand("part", 1);
    stand_in.holds("part-done", "카드", "DONE", 2_000);
    stand_in.cancelled_by_hand("part-done", 2_000);
    let keys = [
        "READY",
        "IN_PROGRESS",
        "WAITING_FOR_DEPOSIT",
        "CANCELED",
        "ABORTED",
        "EXPIRED",
        "NEW_WORD",
        "part",
        "part-done",
        "nobodys",
        "",
        "a/b",
        "..",
    ];
    for key in keys {
        let outcome = desk.refunds.payment(&named(key), Won::new(2_000)).await;
        assert_eq!(outcome, Err(PaymentUnreadable::NotPaid), "{key}");
    }
}

#[actix_web::test]
async fn a_provider_that_can_t_be_asked_is_told_from_a_payment_that_is_not_there() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    stand_in.paid("added", 2_000);
    for way in [Way::Closed, Way::HalfABody, Way::Garbage, Way::Flood, Way::InternalError, Way::Redirect] {
        // Reading is safe, so it is tried twice.
        stand_in.fails("added", &[Fault::After(way)]);
        assert_eq!(desk.refunds.payment(&named("added"), Won::new(2_000)).await, Ok(standing()), "{way:?}");
        stand_in.fails("added", &[Fault::After(way), Fault::Before(way)]);
        let outcome = desk.refunds.payment(&named("added"), Won::new(2_000)).await;
        assert!(matches!(outcome, Err(PaymentUnreadable::Unavailable(_))), "{way:?}: {outcome:?}");
    }
    let mut settings = toss_settings(&stand_in.url());
    settings.toss.secret_key = "test_sk_of_another_shop".into();
    let outcome = desk.beside(&settings).payment(&named("added"), Won::new(2_000)).await;
    assert_eq!(outcome, Err(PaymentUnreadable::Unavailable("status 401 UNAUTHORIZED_KEY".to_owned())));
}

#[actix_web::test]
async fn the_local_book_takes_what_was_asked_for_as_paid() {
    let desk = Desk::local().await;
    let longest = "k".repeat(200);
    for (key, means) in
        [("any key", PayMeans::Card), ("한글", PayMeans::EasyPay), (longest.as_str(), PayMeans::MobilePhone)]
    {
        let named = PaidWith { means, provider_key: key.to_owned() };
        let taken = StandingPayment { amount: Won::new(2_000), means: Some(means), made_for: None };
        assert_eq!(desk.refunds.payment(&named, Won::new(2_000)).await, Ok(taken), "{key}");
    }
    let too_long = "k".repeat(201);
    for key in ["", "  ", "\t", too_long.as_str()] {
        let outcome = desk.refunds.payment(&named(key), Won::new(2_000)).await;
        assert_eq!(outcome, Err(PaymentUnreadable::NotPaid));
    }
}

#[actix_web::test]
async fn a_payment_says_by_what_means_it_was_paid_and_for_what() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    for (method, means) in [
        ("카드", Some(PayMeans::Card)),
        ("계좌이체", Some(PayMeans::AccountTransfer)),
        ("가상계좌", Some(PayMeans::VirtualAccount)),
        ("휴대폰", Some(PayMeans::MobilePhone)),
        ("간편결제", Some(PayMeans::EasyPay)),
        ("문화상품권", None),
        ("NEW_WORD", None),
    ] {
        let made_for = Some("20260801O000020-1".to_owned());
        // A key of theirs is plain ASCII.
        stand_in.paid_for("by_means", method, "20260801O000020-1", 2_000);
        let expected = StandingPayment { amount: Won::new(2_000), means, made_for };
        assert_eq!(desk.refunds.payment(&named("by_means"), Won::new(2_000)).await, Ok(expected));
    }
}
