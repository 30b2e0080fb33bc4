use super::*;
use crate::domain::testing::august;

fn version(version: i32, in_force_from: DateTime<Utc>) -> Policy {
    Policy { version, in_force_from, ..Policy::CONTRACT }
}

#[test]
fn an_order_is_judged_by_the_version_in_force_when_it_was_placed() {
    let kept = [version(3, august(20, 0)), version(2, august(10, 0))];
    let book = PolicyBook::of(kept).unwrap();
    for (day, expected) in [(1, 1), (9, 1), (10, 2), (19, 2), (20, 3), (31, 3)] {
        assert_eq!(book.in_force_at(august(day, 0)).version, expected, "day {day}");
    }
    assert_eq!(book.in_force_at(DateTime::<Utc>::MIN_UTC).version, 1);
}

#[test]
fn of_two_versions_from_the_same_instant_the_later_one_counts() {
    let book = PolicyBook::of([version(5, august(10, 0)), version(4, august(10, 0))]).unwrap();
    assert_eq!(book.in_force_at(august(10, 0)).version, 5);
}

#[test]
fn a_version_is_added_for_the_future_only_and_under_a_number_of_its_own() {
    let book = PolicyBook::default();
    let now = august(15, 12);
    assert_eq!(book.clone().add(version(2, august(15, 11)), now), Err(PolicyFault::InThePast(2)));
    assert_eq!(book.clone().add(version(1, now), now), Err(PolicyFault::VersionExists(1)));
    let book = book.add(version(2, now), now).unwrap();
    assert_eq!(book.versions().len(), 2);
    assert_eq!(book.in_force_at(august(15, 11)).version, 1);
    assert_eq!(book.in_force_at(now).version, 2);
}

#[test]
fn a_refund_order_names_each_rank_once() {
    use RefundRank::{AdditionalPayments, Deposit, Mileage, OrderPayments};
    assert!(RefundOrder::new([Mileage, Deposit, AdditionalPayments, OrderPayments]).is_ok());
    assert_eq!(RefundOrder::new([Mileage, Deposit, Mileage, OrderPayments]), Err(PolicyFault::RankRepeated));
}
