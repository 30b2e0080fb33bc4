//! 금액변동사유: why a claim comes to something else than was shown when it was made.

use commerce::{CostChange, CostKind, PayMeans, Won};

use crate::domain::collection::CollectionClaim;
use crate::domain::money::{ClaimCost, CostReason};

/// Every reason that applies, in the table's order; none where nothing that bears on money, goods or coupons has changed.
///
/// `as_asked` is what the very request comes to beside the order's claims of now: where that is not what was shown either, they
/// are among the reasons.
pub fn changes_of(claim: &CollectionClaim, now: &ClaimCost, as_asked: &ClaimCost) -> Vec<CostChange> {
    let shown = &claim.requested_cost;
    if now.canonical_text() == shown.canonical_text() {
        return Vec::new();
    }
    let reasons = CostChange::ALL.iter().copied();
    let applies = |reason: &CostChange| match reason {
        CostChange::Fault => claim.blame != claim.requested_blame,
        CostChange::Method => claim.method != claim.requested_method,
        CostChange::Part => claim.goods.iter().any(|goods| goods.accepted() != goods.quantity),
        CostChange::Gift => now.additional_costs.iter().any(|row| row.kind == CostKind::GiftNotReturned),
        CostChange::Order => !is_same_but_for_the_month(as_asked, shown),
        CostChange::Month => has_month_turned(shown, now),
        CostChange::Waived => now.waived().is_positive(),
        CostChange::Limit => limit_of(now) != limit_of(shown),
    };
    reasons.filter(applies).collect()
}

/// When a cost is reckoned bears on nothing but the account.
fn is_same_but_for_the_month(one: &ClaimCost, other: &ClaimCost) -> bool {
    let one = ClaimCost { needs_refund_account: other.needs_refund_account, ..one.clone() };
    one.canonical_text() == other.canonical_text()
}

/// What goes back by a mobile phone bill needs an account once the bill is closed.
fn has_month_turned(shown: &ClaimCost, now: &ClaimCost) -> bool {
    let is_by_phone =
        |cost: &ClaimCost| cost.refunds.iter().any(|refund| refund.means == PayMeans::MobilePhone);
    !shown.needs_refund_account && now.needs_refund_account && is_by_phone(shown) && is_by_phone(now)
}

/// What the payments kept from going back; none where it can't be written.
fn limit_of(cost: &ClaimCost) -> Option<Won> {
    let beyond = cost.additional_costs.iter().filter(|row| row.reason == CostReason::BeyondPayments);
    Won::sum(beyond.map(|row| row.amount))?.checked_add(cost.cut()?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use commerce::{Blame, CollectionMethod};

    use super::*;
    use crate::domain::collection::Inspected;
    use crate::domain::collection::testing::return_of;
    use crate::domain::money::terms::ReturnTerms;
    use crate::domain::testing::{CUSTOMER, Story, august, contract_facts, contract_order, order, payment};

    /// A return of two units, shown for the customer's fault and settled otherwise.
    #[track_caller]
    fn check(
        story: &Story,
        after: &Story,
        change: impl FnOnce(&mut CollectionClaim, &mut ReturnTerms),
        expected: &[&str],
    ) {
        let asked = story.terms(Blame::Customer, &[(1, 2)]);
        let mut claim = return_of(&story.order, &asked, story.quote_return(&asked).unwrap());
        let mut terms = asked.clone();
        change(&mut claim, &mut terms);
        terms.blame = claim.blame;
        terms.method = claim.method;
        for (goods, one) in terms.goods.iter_mut().zip(&claim.goods) {
            goods.quantity = one.accepted();
        }
        let now = after.quote_return(&terms).unwrap();
        let as_asked = after.quote_return(&asked).unwrap();
        let codes: Vec<_> = changes_of(&claim, &now, &as_asked).into_iter().map(CostChange::code).collect();
        assert_eq!(codes, expected);
    }

    fn accept(claim: &mut CollectionClaim, accepted: i64) {
        let inspected = Inspected { accepted, refused: 0, resellable: accepted, refusal: None };
        claim.goods[0].inspected = Some(inspected);
    }

    #[test]
    fn what_has_changed_since_is_named() {
        let story = Story::of(contract_order());
        let check = |change: &dyn Fn(&mut CollectionClaim, &mut ReturnTerms), expected: &[&str]| {
            check(&story, &story, change, expected);
        };
        check(&|_, _| {}, &[]);
        check(&|claim, _| claim.blame = Blame::Vendor, &["FAULT"]);
        check(&|claim, _| claim.method = CollectionMethod::SentPrepaid, &["METHOD"]);
        check(&|claim, _| accept(claim, 1), &["PART"]);
        check(&|_, terms| terms.waived = Won::new(3_000), &["WAIVED"]);
        check(
            &|claim, terms| {
                claim.blame = Blame::Carrier;
                accept(claim, 1);
                terms.at = august(20, 10);
            },
            &["FAULT", "PART"],
        );
    }

    #[test]
    fn a_gift_that_stayed_counts_where_it_has_a_price() {
        let with_gift = |value: i64| {
            Story::of(order(|facts| {
                contract_facts(facts);
                facts.gifts[0].value = Won::new(value);
            }))
        };
        let keep = |_: &mut CollectionClaim, terms: &mut ReturnTerms| terms.gifts_kept = BTreeSet::from([0]);
        check(&with_gift(5_000), &with_gift(5_000), keep, &["GIFT"]);
        check(&with_gift(0), &with_gift(0), keep, &[]);
    }

    #[test]
    fn other_claims_of_the_order_are_a_reason_where_they_change_the_cost() {
        let before = Story::of(contract_order());
        let mut after = before.clone();
        after.cancel(CUSTOMER, &[(1, 1)]).unwrap();
        check(&before, &after, |_, _| {}, &["ORDER"]);
        check(&before, &after, |claim, _| claim.blame = Blame::Vendor, &["FAULT", "ORDER"]);
    }

    #[test]
    fn a_mobile_phone_bill_closes_with_its_month() {
        let story = Story::of(order(|facts| {
            contract_facts(facts);
            facts.payments = vec![payment("PAY1", PayMeans::MobilePhone, 49_000)];
        }));
        let next_month = |_: &mut CollectionClaim, terms: &mut ReturnTerms| {
            terms.at = august(31, 10) + chrono::Days::new(1)
        };
        check(&story, &story, next_month, &["MONTH"]);
    }

    #[test]
    fn what_was_waived_before_is_not_given_back_a_second_time() {
        // A fee that was waived and would go back with the last unit.
        let before = Story::of(contract_order());
        let mut after = before.clone();
        let mut first = after.terms(Blame::Customer, &[(1, 1)]);
        first.waived = Won::new(9_334);
        after.settle(&first);
        check(&before, &after, |claim, _| claim.blame = Blame::Vendor, &["FAULT", "ORDER", "LIMIT"]);
    }
}
