//! 추가결제 검증: a payment pays for one thing. What goes back of it, over all the orders and claims that name it, is no more than
//! was paid.

use std::collections::BTreeSet;

use commerce::{ClaimNo, OrderNo, PaymentNo, Won};

/// 추가결제·선결제: what was paid for a claim, and what went back of it.
#[derive(Clone, PartialEq, Eq)]
pub struct PaidInAddition {
    pub claim_no: ClaimNo,
    /// That of the claim, a further one that and its place.
    pub payment_no: PaymentNo,
    pub order_no: OrderNo,
    pub provider_key: String,
    pub amount: Won,
    /// All of it where the claim was rejected or has ended, else what it and later claims gave back.
    pub returned: Won,
    /// The order that member-service knew the payment from.
    pub other_order: Option<OrderNo>,
}

/// 주문결제: an order's own payment under the same key, and what went back of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidForOrder {
    pub order_no: OrderNo,
    pub amount: Won,
    pub returned: Won,
}

/// What is wrong with a payment that settled a claim, by the orders that were paid with it as well, and by the other claims. Texts
/// don't hold its key, by which it can be given back.
pub fn differences(
    claim: &PaidInAddition,
    orders: &[PaidForOrder],
    others: &[PaidInAddition],
) -> Vec<String> {
    let mut found = Vec::new();
    for other in others {
        found.push(format!("its additional payment has paid for claim {} too", other.claim_no));
    }
    let known = orders.iter().map(|order| &order.order_no).chain(&claim.other_order);
    for order_no in known.collect::<BTreeSet<_>>() {
        found.push(format!("its additional payment has paid for order {order_no} or a claim of it too"));
    }
    // It was paid once: by the orders where there are any, which may share it.
    let paid = if orders.is_empty() { sum([claim.amount]) } else { sum(orders.iter().map(|one| one.amount)) };
    let of_claims = others.iter().map(|one| one.returned).chain([claim.returned]);
    let returned = sum(orders.iter().map(|one| one.returned).chain(of_claims));
    if returned > paid {
        found.push(format!(
            "of its additional payment {returned} goes back over all orders and {paid} was paid"
        ));
    }
    found
}

/// More than 64 bits, so that nothing is cut off.
fn sum(amounts: impl IntoIterator<Item = Won>) -> i128 {
    amounts.into_iter().map(|won| i128::from(won.amount())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{claim_no, parsed};

    const A: &str = "20260801O000001";
    const B: &str = "20260801O000002";
    const C: &str = "20260801O000003";

    fn paid(returned: i64, other_order: Option<&str>) -> PaidInAddition {
        PaidInAddition {
            claim_no: claim_no(1),
            payment_no: claim_no(1).into(),
            order_no: parsed(A),
            provider_key: "tk".to_owned(),
            amount: Won::new(2_000),
            returned: Won::new(returned),
            other_order: other_order.map(parsed),
        }
    }

    fn order(order_no: &str, amount: i64, returned: i64) -> PaidForOrder {
        PaidForOrder { order_no: parsed(order_no), amount: Won::new(amount), returned: Won::new(returned) }
    }

    #[track_caller]
    fn check(claim: &PaidInAddition, orders: &[PaidForOrder], expected: &[&str]) {
        let found = differences(claim, orders, &[]);
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected) && !found.contains("tk"), "{found}");
        }
    }

    #[test]
    fn a_payment_of_its_own_goes_back_once() {
        check(&paid(0, None), &[], &[]);
        check(&paid(2_000, None), &[], &[]);
        check(&paid(2_001, None), &[], &["2001 goes back over all orders and 2000 was paid"]);
    }

    #[test]
    fn one_that_an_order_was_paid_with_is_named_and_was_paid_once() {
        check(&paid(0, None), &[order(B, 2_000, 0)], &[B]);
        check(&paid(2_000, None), &[order(B, 2_000, 0)], &[B]);
        check(&paid(2_000, None), &[order(B, 2_000, 1)], &[B, "2001 goes back over all orders and 2000"]);
        // Orders share it, each with a part.
        check(&paid(2_000, None), &[order(B, 2_000, 0), order(C, 3_000, 3_000)], &[B, C]);
        check(
            &paid(2_001, None),
            &[order(B, 2_000, 0), order(C, 3_000, 3_000)],
            &[B, C, "5001 goes back over all orders and 5000"],
        );
    }

    #[test]
    fn one_that_another_claim_was_paid_with_is_named_and_goes_back_once() {
        let other = |returned| PaidInAddition { claim_no: claim_no(2), ..paid(returned, None) };
        let found = differences(&paid(2_000, None), &[], &[other(0)]);
        assert_eq!(found, [format!("its additional payment has paid for claim {} too", claim_no(2))]);
        let found = differences(&paid(2_000, None), &[], &[other(1)]);
        assert_eq!(found.len(), 2);
        assert!(found.iter().any(|one| one.contains("2001 goes back over all orders and 2000")), "{found:?}");
    }

    #[test]
    fn one_that_only_member_service_knows_of_is_named_too() {
        check(&paid(0, Some(B)), &[], &[B]);
        check(&paid(0, Some(B)), &[order(B, 2_000, 0), order(B, 1_000, 0)], &[B]);
    }
}
