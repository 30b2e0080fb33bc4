//! Paths: the same units cancelled and returned in any order and split, under reasons of one division, come to the same, and that
//! is what the end of the path is worth.

use std::collections::BTreeSet;

use commerce::{Blame, ClaimReason, CollectionMethod, CostBearer, CostKind};

use crate::domain::money::ClaimCost;
use crate::domain::money::terms::ReturnTerms;
use crate::domain::money::tests::return_model::{Fault, Model, Units};
use crate::domain::order::PaidOrder;
use crate::domain::policy::{Policy, ReturnOutbound};
use crate::domain::testing::generator::returnable_order;
use crate::domain::testing::random::{Random, cases, for_seeds};
use crate::domain::testing::{CUSTOMER, Story, VENDOR, net_of};

/// One claim of a path.
#[derive(Debug, Clone)]
enum Claim {
    Cancel(Vec<(i32, i64)>),
    Return(Vec<(i32, i64)>),
}

/// For each unit of the order, whether it is kept (none), cancelled or returned; by line.
struct Fate {
    cancelled: Vec<(i32, i64)>,
    returned: Vec<(i32, i64)>,
}

impl Fate {
    fn thrown(order: &PaidOrder, keeps_nothing: bool, random: &mut Random) -> Self {
        loop {
            let mut fate = Self { cancelled: Vec::new(), returned: Vec::new() };
            for line in order.lines() {
                let gone = if keeps_nothing || random.one_in(3) {
                    line.quantity
                } else {
                    random.between(0, line.quantity)
                };
                let some = random.between(0, gone);
                let cancelled = random.pick(&[0, gone, some]);
                fate.cancelled.push((line.seq, cancelled));
                fate.returned.push((line.seq, gone - cancelled));
            }
            for units in [&mut fate.cancelled, &mut fate.returned] {
                units.retain(|(_, quantity)| *quantity > 0);
            }
            if !(fate.cancelled.is_empty() && fate.returned.is_empty()) {
                return fate;
            }
        }
    }

    /// Any order and any split; what is returned in one claim is of one delivery group.
    fn path(&self, order: &PaidOrder, random: &mut Random) -> Vec<Claim> {
        let singles = |units: &[(i32, i64)]| -> Vec<i32> {
            units.iter().flat_map(|(seq, quantity)| (0..*quantity).map(|_| *seq)).collect()
        };
        let mut units: Vec<(i32, bool)> =
            singles(&self.cancelled).into_iter().map(|seq| (seq, false)).collect();
        units.extend(singles(&self.returned).into_iter().map(|seq| (seq, true)));
        random.shuffle(&mut units);
        let mut path: Vec<Claim> = Vec::new();
        while !units.is_empty() {
            let (first, is_return) = units[0];
            let group_of = |seq: i32| order.line(seq).unwrap().group_no;
            let most = random.pick(&[1, 2, 100]);
            let mut taken: Vec<(i32, i64)> = Vec::new();
            let mut count = 0;
            units.retain(|(seq, returned)| {
                let fits = *returned == is_return && (!is_return || group_of(*seq) == group_of(first));
                if !fits || count == most {
                    return true;
                }
                count += 1;
                match taken.iter_mut().find(|(known, _)| known == seq) {
                    Some((_, quantity)) => *quantity += 1,
                    None => taken.push((*seq, 1)),
                }
                false
            });
            path.push(if is_return { Claim::Return(taken) } else { Claim::Cancel(taken) });
        }
        path
    }

    fn units(order: &PaidOrder, of: &[(i32, i64)]) -> Units {
        let place = |seq: i32| order.lines().iter().position(|line| line.seq == seq).unwrap();
        of.iter().map(|(seq, quantity)| (place(*seq), i128::from(*quantity))).collect()
    }
}

/// What a path comes to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sums {
    /// Σ V, and what the ways back cost the customer.
    net_and_ways_back: i64,
    coupons: BTreeSet<String>,
    gifts: BTreeSet<usize>,
}

impl Sums {
    fn add(&mut self, cost: &ClaimCost) {
        let ways_back = cost
            .cost_rows
            .iter()
            .filter(|row| row.kind == CostKind::ReturnFee && row.bearer == CostBearer::Customer);
        let ways_back: i64 = ways_back.map(|row| row.amount.amount()).sum();
        self.net_and_ways_back += net_of(cost) + ways_back;
        for coupon in &cost.restored_coupons {
            assert!(self.coupons.insert(coupon.coupon_no.to_string()), "a coupon comes back once");
        }
        for gift in &cost.cancelled_gifts {
            assert!(self.gifts.insert(gift.place), "a gift is cancelled once");
        }
        assert!(cost.additional_costs.iter().all(|row| row.kind != CostKind::Waived));
    }
}

fn walk(story: &mut Story, path: &[Claim], blame: Blame, random: &mut Random) -> Sums {
    let reason: ClaimReason = if blame == Blame::Customer { CUSTOMER } else { VENDOR };
    let mut sums = Sums::default();
    for claim in path {
        sums.add(&match claim {
            Claim::Cancel(units) => story.cancel(reason, units).expect("nothing stands in the way"),
            Claim::Return(units) => {
                let method = random.pick(CollectionMethod::ALL);
                story.settle(&ReturnTerms { method, ..story.terms(blame, units) })
            }
        });
    }
    sums
}

fn story_of(order: PaidOrder, random: &mut Random) -> Story {
    let return_outbound = random.pick(&ReturnOutbound::ALL);
    let mut story = Story::of(order);
    story.policy = Policy { return_outbound, ..Policy::CONTRACT };
    story
}

#[test]
fn any_path_to_the_same_end_comes_to_what_the_end_is_worth() {
    for_seeds(cases(3_000), |_, random| {
        let mut story = story_of(returnable_order(random, true), random);
        let order = story.order.clone();
        let fate = Fate::thrown(&order, random.one_in(4), random);
        let blame = random.pick(Blame::ALL);
        // A cancel is nobody else's fault than the vendor's or the customer's.
        let blame = if fate.cancelled.is_empty() || blame != Blame::Carrier { blame } else { Blame::Vendor };
        let mut model = Model::of(&order, story.policy.return_outbound, Fault::None);
        let (cancelled, returned) =
            (Fate::units(&order, &fate.cancelled), Fate::units(&order, &fate.returned));
        let worth = model.take(&cancelled, &returned, blame);
        let end = Sums {
            net_and_ways_back: i64::try_from(worth).unwrap(),
            coupons: model.coupons(),
            gifts: model.gifts(),
        };
        let path = fate.path(&order, random);
        assert_eq!(walk(&mut story.clone(), &path, blame, random), end, "{path:?}");
        let other = fate.path(&order, random);
        assert_eq!(walk(&mut story, &other, blame, random), end, "{other:?}");
    });
}

#[test]
fn everything_gone_by_nobodys_or_the_vendors_fault_gives_back_everything_that_was_paid() {
    for_seeds(cases(2_000), |_, random| {
        let is_partly_refundable = random.one_in(2);
        let mut story = story_of(returnable_order(random, is_partly_refundable), random);
        let order = story.order.clone();
        let fate = Fate::thrown(&order, true, random);
        let mut sums = Sums::default();
        let mut refused = Vec::new();
        for claim in fate.path(&order, random) {
            match claim {
                Claim::Cancel(units) => match story.cancel(VENDOR, &units) {
                    Ok(cost) => sums.add(&cost),
                    // A payment that only goes back whole; the goods then come back later.
                    Err(_) => refused.push(units),
                },
                Claim::Return(units) => {
                    let blame = random.pick(&[Blame::Vendor, Blame::Carrier]);
                    sums.add(&story.settle(&story.terms(blame, &units)));
                }
            }
        }
        for (seq, quantity) in refused.into_iter().flatten() {
            sums.add(&story.settle(&story.terms(Blame::Vendor, &[(seq, quantity)])));
        }
        let paid: i64 = order.payments().iter().map(|payment| payment.amount.amount()).sum();
        assert_eq!(sums.net_and_ways_back, paid);
        for payment in order.payments() {
            assert_eq!(story.history.refunded(&payment.number), payment.amount);
        }
        for payment in story.history.additional_payments() {
            assert_eq!(story.history.refunded(&payment.payment_no), payment.amount);
        }
    });
}

#[test]
fn cancels_of_an_order_nothing_was_returned_of_do_not_know_of_returns() {
    for_seeds(cases(1_000), |_, random| {
        let order = returnable_order(random, true);
        let fate = Fate::thrown(&order, random.one_in(3), random);
        let mut units = fate.cancelled.clone();
        units.extend(&fate.returned);
        let all = Fate { cancelled: units, returned: Vec::new() };
        let path = all.path(&order, random);
        let costs = [ReturnOutbound::Used, ReturnOutbound::NeverUsed].map(|return_outbound| {
            let mut story = Story::of(order.clone());
            story.policy = Policy { return_outbound, ..Policy::CONTRACT };
            // Held units and held money are nobody's business.
            story.history.add_held(1, story.order.lines()[0].item_no.clone(), 0);
            let costs = path.iter().map(|claim| match claim {
                Claim::Cancel(units) | Claim::Return(units) => story.cancel(CUSTOMER, units).unwrap(),
            });
            costs.collect::<Vec<_>>()
        });
        assert_eq!(costs[0], costs[1]);
        for cost in &costs[0] {
            let text = serde_json::to_string(cost).unwrap();
            for word in ["sent_back", "by_transfer", "is_returned", "is_to_be_sent_back"] {
                assert!(!text.contains(word), "{text}");
            }
        }
    });
}

#[test]
fn claims_of_another_system_that_come_and_go_never_stop_a_return() {
    for_seeds(cases(1_000), |_, random| {
        let mut story = story_of(returnable_order(random, true), random);
        for _ in 0..3 {
            let ours = story.history.clone();
            for line in story.order.lines() {
                let free = line.quantity - ours.claimed(line.seq);
                story.history.add_claimed(line.seq, random.between(0, free.max(0)));
            }
            let left = story.everything_left();
            // The next claim of theirs is another one, and this one was rejected.
            let with_theirs = std::mem::replace(&mut story.history, ours);
            let Some((seq, most)) = left.first().copied() else { continue };
            let terms = story.terms(random.pick(Blame::ALL), &[(seq, random.between(1, most))]);
            let mut theirs = story.clone();
            theirs.history = with_theirs;
            let cost = theirs.settle(&terms);
            story.history.record_return(&cost, &[]);
            let paid: i64 = story.order.payments().iter().map(|payment| payment.amount.amount()).sum();
            let back = story.order.payments().iter().map(|payment| story.history.refunded(&payment.number));
            assert!(back.map(|won| won.amount()).sum::<i64>() <= paid);
        }
    });
}
