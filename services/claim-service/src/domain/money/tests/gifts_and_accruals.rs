//! Gifts of rule 2, and rule 7.

use commerce::{ClaimReason, MileageReason};

use crate::domain::money::ClaimCost;
use crate::domain::testing::{
    CUSTOMER, Story, VENDOR, accrual, gift_by_amount, gift_by_goods, line, line_discount, net_of, order,
};

/// 2 × 100 and 1 × 50, with gifts from 200, from 50, always, and with the second line.
fn story() -> Story {
    Story::of(order(|facts| {
        facts.lines = vec![line(1, 1, 2, 100), line(2, 1, 1, 50)];
        // Discounts do not count for gifts.
        facts.lines[0].discounts = vec![line_discount("P1", None, None, 100, 0)];
        facts.gifts = vec![
            gift_by_amount("FROM200", Some(200)),
            gift_by_amount("FROM50", Some(50)),
            gift_by_amount("ALWAYS", None),
            gift_by_goods("LINE2", 2),
        ];
    }))
}

fn gifts(cost: &ClaimCost) -> Vec<&str> {
    cost.cancelled_gifts.iter().map(|gift| gift.event_no.as_str()).collect()
}

#[track_caller]
fn check(requests: &[(ClaimReason, i32)], expected: &[&[&str]]) {
    let mut story = story();
    let costs: Vec<ClaimCost> =
        requests.iter().map(|(reason, seq)| story.cancel(*reason, &[(*seq, 1)]).unwrap()).collect();
    assert_eq!(costs.iter().map(gifts).collect::<Vec<_>>(), expected);
}

#[test]
fn a_gift_is_cancelled_once_when_it_is_no_longer_earned() {
    // 250 → 150 → 50 → 0
    check(
        &[(CUSTOMER, 1), (CUSTOMER, 1), (CUSTOMER, 2)],
        &[&["FROM200"], &[], &["FROM50", "ALWAYS", "LINE2"]],
    );
    // 250 → 200 → 100 → 0
    check(&[(CUSTOMER, 2), (CUSTOMER, 1), (CUSTOMER, 1)], &[&["LINE2"], &["FROM200"], &["FROM50", "ALWAYS"]]);
}

#[test]
fn a_vendors_fault_costs_a_gift_by_amount_only_with_the_whole_order() {
    check(&[(VENDOR, 1), (VENDOR, 2), (VENDOR, 1)], &[&[], &["LINE2"], &["FROM200", "FROM50", "ALWAYS"]]);
    // The customer's next cancel is judged by what is left.
    check(&[(VENDOR, 1), (CUSTOMER, 1)], &[&[], &["FROM200"]]);
}

#[test]
fn accumulation_goes_back_with_the_units_to_the_won_and_does_not_change_the_refund() {
    // ⌊10 × 1/3⌋ = 3, ⌊10 × 2/3⌋ = 6, 10; ⌊2 × 1/3⌋ = 0, ⌊2 × 2/3⌋ = 1, 2.
    let story = || {
        Story::of(order(|facts| {
            facts.lines = vec![line(1, 1, 3, 100), line(2, 1, 1, 100)];
            facts.accruals = vec![
                accrual(MileageReason::Order, 1, 10),
                accrual(MileageReason::Promotion, 1, 2),
                accrual(MileageReason::Order, 2, 5),
            ];
        }))
    };
    for (requests, expected) in
        [(&[1, 1, 1][..], &[3, 4, 5][..]), (&[2, 1], &[7, 5]), (&[1, 2], &[3, 9]), (&[3], &[12])]
    {
        let mut story = story();
        let costs: Vec<ClaimCost> =
            requests.iter().map(|quantity| story.cancel(VENDOR, &[(1, *quantity)]).unwrap()).collect();
        let taken: Vec<i64> = costs.iter().map(|cost| cost.accrual_taken_back.amount()).collect();
        assert_eq!(taken, expected, "{requests:?}");
        assert_eq!(costs.iter().map(net_of).sum::<i64>(), 300);
    }
    let cost = story().cancel(CUSTOMER, &[(1, 1), (2, 1)]).unwrap();
    let rows: Vec<_> =
        cost.accrual_rows.iter().map(|row| (row.reason.code(), row.line_seq, row.amount.amount())).collect();
    assert_eq!(rows, [("21", 1, 3), ("21", 2, 5)]);
}
