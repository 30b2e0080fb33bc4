//! The rules a second time, by what the customer still has: an order is worth its goods with the discounts that stand on them
//! and the fees of the way out, and a claim is worth the difference. The rules reckon the other way round, row by row.

use std::collections::{BTreeMap, BTreeSet};

use commerce::{Blame, GiftEventType};

use crate::domain::order::PaidOrder;
use crate::domain::policy::ReturnOutbound;

/// Units by the place of their line.
pub(in crate::domain::money) type Units = BTreeMap<usize, i128>;

/// A fault put in on purpose, to see that it would be noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain::money) enum Fault {
    None,
    /// Rule 3 as it was: whatever leaves nothing brings the fee back.
    OutboundUnamended,
    /// Money held for one claim is given back by another.
    HeldMoneyIsFree,
    /// What was waived goes back as if it had been paid.
    NoLimitAfterWaiver,
    /// A return counts from its request on.
    CountedAtRequest,
}

#[derive(Debug, Clone)]
struct Line {
    price: i128,
    ordered: i128,
    left: i128,
    returned: i128,
    own_discount: i128,
}

#[derive(Debug, Clone)]
struct Discount {
    coupon: Option<String>,
    minimum: i128,
    shares: Vec<(usize, i128)>,
    is_touched: bool,
    is_taken_back: bool,
}

#[derive(Debug, Clone)]
struct Group {
    places: Vec<usize>,
    base_fee: i128,
    first_fee: i128,
    free_from: i128,
    /// What the order charged, less its coupon.
    charged: i128,
    has_coupon: bool,
    coupon: Option<String>,
    /// What claims charged, by whose fault.
    by_customer: i128,
    by_others: i128,
    is_touched: bool,
    is_used: bool,
    is_given_back: bool,
}

#[derive(Debug, Clone)]
struct Gift {
    line: Option<usize>,
    minimum: i128,
    is_cancelled: bool,
}

/// 주문의 값어치
#[derive(Debug, Clone)]
pub(in crate::domain::money) struct Model {
    lines: Vec<Line>,
    discounts: Vec<Discount>,
    groups: Vec<Group>,
    gifts: Vec<Gift>,
    choice: ReturnOutbound,
    fault: Fault,
    /// What was paid and has not gone back, held and spent money apart.
    pub(in crate::domain::money) pot: i128,
    pub(in crate::domain::money) waived: i128,
    pub(in crate::domain::money) cut: i128,
}

impl Model {
    pub(in crate::domain::money) fn of(order: &PaidOrder, choice: ReturnOutbound, fault: Fault) -> Self {
        let wide = |amount: commerce::Won| i128::from(amount.amount());
        let place_of = |seq: i32| order.lines().iter().position(|line| line.seq == seq).unwrap();
        let lines = order.lines().iter().map(|line| Line {
            price: wide(line.unit_price),
            ordered: line.quantity.into(),
            left: line.quantity.into(),
            returned: 0,
            own_discount: line.discounts.iter().map(|discount| wide(discount.amount)).sum(),
        });
        let discounts = order.discounts().iter().map(|discount| Discount {
            coupon: discount.id.coupon_no.as_ref().map(ToString::to_string),
            minimum: discount.minimum.map_or(0, wide),
            shares: discount.shares.iter().map(|share| (share.place.index(), wide(share.amount))).collect(),
            is_touched: false,
            is_taken_back: false,
        });
        let groups = order.groups().iter().map(|one| {
            let coupon = one.group.coupon.as_ref();
            Group {
                places: one.places.iter().map(|place| place.index()).collect(),
                base_fee: wide(one.group.base_fee),
                first_fee: wide(one.group.first_fee),
                free_from: one.group.free_from.map_or(0, wide),
                charged: wide(one.group.fee_charged) - coupon.map_or(0, |coupon| wide(coupon.amount)),
                has_coupon: coupon.is_some(),
                coupon: coupon.and_then(|coupon| Some(coupon.coupon_no.as_ref()?.to_string())),
                by_customer: 0,
                by_others: 0,
                is_touched: false,
                is_used: false,
                is_given_back: false,
            }
        });
        let gifts = order.gifts().iter().map(|gift| Gift {
            line: match gift.event_type {
                GiftEventType::Goods => gift.line_seq.map(place_of),
                GiftEventType::PurchaseAmount => None,
            },
            minimum: gift.minimum.map_or(0, wide),
            is_cancelled: false,
        });
        let payments = order.payments().iter().map(|payment| wide(payment.amount));
        Self {
            lines: lines.collect(),
            discounts: discounts.collect(),
            groups: groups.collect(),
            gifts: gifts.collect(),
            choice,
            fault,
            pot: payments.sum(),
            waived: 0,
            cut: 0,
        }
    }

    /// What the customer has: what is left of the goods with the discounts that stand, and its fees of the way out.
    pub(in crate::domain::money) fn worth(&self) -> i128 {
        let goods = self.lines.iter().enumerate().map(|(place, line)| {
            let standing: i128 = self
                .discounts
                .iter()
                .filter(|discount| !discount.is_taken_back)
                .flat_map(|discount| &discount.shares)
                .filter(|(of, _)| *of == place)
                .map(|(_, amount)| amount)
                .sum();
            line.price * line.left - carried(standing, line.left, line.ordered)
        });
        goods.sum::<i128>() + self.groups.iter().map(Group::of_customer).sum::<i128>()
    }

    /// Units go, cancelled and returned, and what depended on them is judged once. What the customer had is worth this less.
    pub(in crate::domain::money) fn take(
        &mut self,
        cancelled: &Units,
        returned: &Units,
        blame: Blame,
    ) -> i128 {
        let before = self.worth();
        let mut touched = BTreeSet::new();
        for (place, units) in cancelled.iter().chain(returned) {
            self.lines[*place].left -= units;
            touched.insert(*place);
        }
        for (place, units) in returned {
            self.lines[*place].returned += units;
        }
        let is_all_gone = self.lines.iter().all(|line| line.left == 0);
        let concerns = |places: &[usize]| {
            if places.is_empty() { is_all_gone } else { places.iter().any(|place| touched.contains(place)) }
        };
        for number in 0..self.discounts.len() {
            let places: Vec<usize> = self.discounts[number].shares.iter().map(|(place, _)| *place).collect();
            if concerns(&places) {
                let left = self.value_left(&places);
                let discount = &mut self.discounts[number];
                discount.is_touched = true;
                discount.is_taken_back |= blame == Blame::Customer && left > 0 && left < discount.minimum;
            }
        }
        for number in 0..self.groups.len() {
            if concerns(&self.groups[number].places) {
                let is_used = blame == Blame::Customer
                    && self.groups[number].places.iter().any(|place| returned.contains_key(place));
                self.judge_group(number, is_used, is_all_gone, blame);
            }
        }
        let value = self.value_left(&(0..self.lines.len()).collect::<Vec<_>>());
        for gift in &mut self.gifts {
            gift.is_cancelled |= match (gift.line, blame) {
                (Some(place), _) => self.lines[place].left == 0,
                (None, Blame::Customer) => value == 0 || value < gift.minimum,
                (None, Blame::Vendor | Blame::Carrier) => is_all_gone,
            };
        }
        before - self.worth()
    }

    fn judge_group(&mut self, number: usize, is_used: bool, is_all_gone: bool, blame: Blame) {
        let (choice, fault) = (self.choice, self.fault);
        let places = self.groups[number].places.clone();
        let is_empty = if places.is_empty() {
            is_all_gone
        } else {
            places.iter().all(|place| self.lines[*place].left == 0)
        };
        let worth = |units: &dyn Fn(&Line) -> i128| -> i128 {
            let lines = places.iter().map(|place| &self.lines[*place]);
            lines
                .map(|line| line.price * units(line) - carried(line.own_discount, units(line), line.ordered))
                .sum()
        };
        let left = worth(&|line| match choice {
            ReturnOutbound::Used => line.left,
            ReturnOutbound::NeverUsed => line.left + line.returned,
        });
        let as_ordered = worth(&|line| line.ordered);
        let group = &mut self.groups[number];
        group.is_touched = true;
        group.is_used |= is_used;
        let stays = group.is_used && choice == ReturnOutbound::Used && fault != Fault::OutboundUnamended;
        if is_empty && !stays {
            (group.by_customer, group.by_others, group.is_given_back) = (0, 0, true);
            return;
        }
        if group.charged != 0 || group.has_coupon || group.by_customer + group.by_others != 0 {
            return;
        }
        let due = if group.free_from > 0 {
            if left < group.free_from && as_ordered >= group.free_from { group.base_fee } else { 0 }
        } else if is_empty {
            group.first_fee
        } else {
            0
        };
        match blame {
            Blame::Customer => group.by_customer += due,
            Blame::Vendor | Blame::Carrier => group.by_others += due,
        }
    }

    /// A claim's net, once its own fees and what is waived of them are known: no more goes back than is there, if what was
    /// waived is the reason. None where something else is.
    pub(in crate::domain::money) fn settle(&mut self, value: i128, fees: i128, waived: i128) -> Option<i128> {
        self.waived += waived;
        let net = value - fees + waived;
        let excess = (net - self.pot).max(0);
        let cut = if self.fault == Fault::NoLimitAfterWaiver { 0 } else { excess };
        self.cut += cut;
        self.pot -= net - cut;
        (self.cut <= self.waived).then_some(net - cut)
    }

    fn value_left(&self, places: &[usize]) -> i128 {
        places.iter().map(|place| self.lines[*place].price * self.lines[*place].left).sum()
    }

    /// Every coupon whose use has come to an end wherever it was used, and to no other end than that.
    pub(in crate::domain::money) fn coupons(&self) -> BTreeSet<String> {
        let (mut ended, mut standing) = (BTreeSet::new(), BTreeSet::new());
        for discount in &self.discounts {
            let Some(coupon) = &discount.coupon else { continue };
            let places: Vec<usize> = discount.shares.iter().map(|(place, _)| *place).collect();
            let is_gone = self.value_left(&places) == 0;
            if discount.is_touched && (discount.is_taken_back || is_gone) {
                ended.insert(coupon.clone());
            } else if !is_gone || places.is_empty() {
                standing.insert(coupon.clone());
            }
        }
        for group in &self.groups {
            let Some(coupon) = &group.coupon else { continue };
            if group.is_given_back {
                ended.insert(coupon.clone())
            } else {
                standing.insert(coupon.clone())
            };
        }
        &ended - &standing
    }

    pub(in crate::domain::money) fn gifts(&self) -> BTreeSet<usize> {
        self.gifts.iter().enumerate().filter(|(_, gift)| gift.is_cancelled).map(|(place, _)| place).collect()
    }
}

impl Group {
    fn of_customer(&self) -> i128 {
        if self.is_given_back { 0 } else { self.charged + self.by_customer }
    }
}

/// The part of a discount that so many units carry, rounded up.
fn carried(discount: i128, units: i128, ordered: i128) -> i128 {
    let (whole, rest) = (discount * units / ordered, discount * units % ordered);
    whole + i128::from(rest > 0)
}
