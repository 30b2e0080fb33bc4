//! Whatever the provider and the network do: one refund, of the right amount.

use claim_service::clients::refund_provider::RefundFailure;
use futures_util::stream::{self, StreamExt as _};

use super::toss_stand_in::{Fault, TossStandIn, Way};
use super::{Desk, refund, toss_settings};
use test_kit::TestDatabase;

/// One fault, and each after each.
fn plans() -> Vec<Vec<Fault>> {
    let faults: Vec<Fault> =
        Way::ALL.into_iter().flat_map(|way| [Fault::Before(way), Fault::After(way)]).collect();
    let singles = faults.iter().map(|fault| vec![*fault]);
    let pairs = faults.iter().flat_map(|one| faults.iter().map(|other| vec![*one, *other]));
    singles.chain(pairs).collect()
}

/// A provider that gives up on an answer soon, so that silence costs little.
async fn impatient(stand_in: &TossStandIn) -> Desk {
    let mut settings = toss_settings(&stand_in.url());
    settings.toss.timeout_ms = 150;
    let desk = Desk::on(TestDatabase::new(), &settings).await;
    stand_in.goes_by(&desk.clock);
    desk
}

#[actix_web::test]
async fn a_refund_happens_once_whatever_goes_wrong() {
    let stand_in = TossStandIn::start().await;
    let desk = impatient(&stand_in).await;
    let check = async |serial: usize, plan: Vec<Fault>| {
        let key = format!("once{serial}");
        stand_in.paid(&key, 10_000);
        stand_in.fails(&key, &plan);
        let order = refund(serial, &key);
        let outcome = desk.until_known(&order).await;
        assert_eq!(outcome, Ok(()), "{plan:?}");
        assert_eq!(stand_in.balance(&key), 7_000, "{plan:?}");
        assert_eq!(stand_in.cancels(&key).len(), 1, "{plan:?}");
        // And once more, after everybody believes it done.
        assert_eq!(desk.refunds.refund(&order).await, Ok(()), "{plan:?}");
        assert_eq!(stand_in.balance(&key), 7_000, "{plan:?}");
    };
    stream::iter(plans().into_iter().enumerate())
        .for_each_concurrent(8, |(serial, plan)| check(serial, plan))
        .await;
    let open = desk.book().await.into_iter().filter(|row| !row.contains("TX0000"));
    assert_eq!(open.count(), 0, "every refund is noted with the provider's name for it");
}

#[actix_web::test]
async fn two_replicas_at_once_refund_once() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    let other = desk.beside(&toss_settings(&stand_in.url()));
    for serial in 0..20 {
        let key = format!("twice{serial}");
        stand_in.paid(&key, 10_000);
        let order = refund(serial, &key);
        let (one, two) = tokio::join!(desk.refunds.refund(&order), other.refund(&order));
        assert_eq!((one, two), (Ok(()), Ok(())), "{key}");
        assert_eq!(stand_in.cancels(&key).len(), 1, "{key}");
    }
}

#[actix_web::test]
async fn claims_of_one_payment_are_refunded_one_by_one_until_nothing_is_left() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    stand_in.paid("parts", 9_000);
    for serial in 0..3 {
        stand_in.fails("parts", &[Fault::After(Way::Closed), Fault::Before(Way::ProviderError)]);
        assert_eq!(desk.until_known(&refund(serial, "parts")).await, Ok(()));
    }
    assert_eq!(stand_in.balance("parts"), 0);
    assert_eq!(stand_in.cancels("parts").len(), 3);
    // Nothing is left for a fourth.
    let outcome = desk.until_known(&refund(3, "parts")).await;
    assert_eq!(outcome, Err(RefundFailure::Refused("ALREADY_CANCELED_PAYMENT".to_owned())));
    assert_eq!(stand_in.cancels("parts").len(), 3);
}

#[actix_web::test]
async fn a_provider_that_never_answers_leaves_the_refund_unknown_and_in_the_book() {
    let stand_in = TossStandIn::start().await;
    let desk = impatient(&stand_in).await;
    stand_in.paid("mute", 10_000);
    stand_in.fails("mute", &[Fault::Before(Way::Silence); 3]);
    let order = refund(1, "mute");
    for _ in 0..3 {
        assert_eq!(super::unknown(desk.refunds.refund(&order).await), "no answer in time");
    }
    let seen = stand_in.seen();
    assert_eq!(seen.len(), 3, "it is asked again only when the saga asks");
    let first = seen.first().expect("three were seen");
    for again in &seen {
        assert_eq!((&again.headers["idempotency-key"], &again.body), (&order.key.to_string(), &first.body));
    }
    assert_eq!(desk.book().await.len(), 1);
    assert_eq!(desk.refunds.refund(&order).await, Ok(()));
}

#[actix_web::test]
async fn a_provider_that_is_not_there_leaves_the_refund_unknown() {
    let stand_in = TossStandIn::start().await;
    let mut settings = toss_settings(&stand_in.url());
    settings.toss.base_url = "http://127.0.0.1:1".to_owned();
    let desk = Desk::with(&settings).await;
    assert_eq!(super::unknown(desk.refunds.refund(&refund(1, "gone")).await), "no connection");
}
