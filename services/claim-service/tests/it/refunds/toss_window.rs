//! A retry so late that the provider may have forgotten the key.

use chrono::TimeDelta;

use super::toss_stand_in::{Fault, TossStandIn, Way};
use super::{Desk, refund, refused, unknown};

/// More than the fifteen days a key is remembered.
const LONG: TimeDelta = TimeDelta::days(16);

#[actix_web::test]
async fn a_refund_is_not_made_twice_when_its_key_is_forgotten() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    stand_in.paid("done", 10_000);
    stand_in.fails("done", &[Fault::After(Way::Closed)]);
    let order = refund(1, "done");
    unknown(desk.refunds.refund(&order).await);
    desk.clock.advance(LONG);
    assert_eq!(desk.refunds.refund(&order).await, Ok(()));
    assert_eq!(stand_in.balance("done"), 7_000);
    assert_eq!((stand_in.seen_of("POST"), stand_in.seen_of("GET")), (1, 1));
}

#[actix_web::test]
async fn a_refund_that_never_happened_is_made_after_all() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    stand_in.paid("lost", 10_000);
    stand_in.fails("lost", &[Fault::Before(Way::Closed)]);
    let order = refund(1, "lost");
    unknown(desk.refunds.refund(&order).await);
    desk.clock.advance(LONG);
    // Found absent, asked for, done; and the answer is lost once more.
    stand_in.fails("lost", &[Fault::Before(Way::Slow), Fault::After(Way::Closed)]);
    unknown(desk.refunds.refund(&order).await);
    desk.clock.advance(LONG);
    assert_eq!(desk.refunds.refund(&order).await, Ok(()));
    assert_eq!(stand_in.cancels("lost").len(), 1);
}

#[actix_web::test]
async fn within_the_window_the_key_is_enough() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    stand_in.paid("soon", 10_000);
    stand_in.fails("soon", &[Fault::After(Way::Closed)]);
    let order = refund(1, "soon");
    unknown(desk.refunds.refund(&order).await);
    desk.clock.advance(TimeDelta::days(13));
    assert_eq!(desk.refunds.refund(&order).await, Ok(()));
    assert_eq!((stand_in.cancels("soon").len(), stand_in.seen_of("GET")), (1, 0));
}

#[actix_web::test]
async fn nothing_is_asked_for_while_the_payment_can_t_be_read() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    stand_in.paid("dark", 10_000);
    stand_in.fails("dark", &[Fault::After(Way::Closed)]);
    let order = refund(1, "dark");
    unknown(desk.refunds.refund(&order).await);
    desk.clock.advance(LONG);
    stand_in.fails("dark", &[Fault::After(Way::Garbage), Fault::Before(Way::InternalError)]);
    unknown(desk.refunds.refund(&order).await);
    assert_eq!((stand_in.seen_of("POST"), stand_in.seen_of("GET")), (1, 2));
    assert_eq!(desk.refunds.refund(&order).await, Ok(()));
    assert_eq!(stand_in.balance("dark"), 7_000);
}

#[actix_web::test]
async fn the_same_amount_given_back_by_hand_meanwhile_is_for_a_person_to_judge() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    stand_in.paid("hand", 10_000);
    stand_in.fails("hand", &[Fault::Before(Way::Closed)]);
    let order = refund(1, "hand");
    unknown(desk.refunds.refund(&order).await);
    desk.clock.advance(LONG);
    stand_in.cancelled_by_hand("hand", 3_000);
    let reason = refused(desk.refunds.refund(&order).await);
    assert_eq!(reason, "the same amount was given back since, and not in our name");
    assert_eq!(stand_in.balance("hand"), 7_000);
}

#[actix_web::test]
async fn another_claim_s_refund_of_the_same_amount_is_not_taken_for_it() {
    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    stand_in.paid("both", 10_000);
    stand_in.fails("both", &[Fault::Before(Way::Closed)]);
    let order = refund(1, "both");
    unknown(desk.refunds.refund(&order).await);
    assert_eq!(desk.refunds.refund(&refund(2, "both")).await, Ok(()));
    desk.clock.advance(LONG);
    assert_eq!(desk.refunds.refund(&order).await, Ok(()));
    assert_eq!(stand_in.balance("both"), 4_000);
}
