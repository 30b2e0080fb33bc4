//! One life of an order: any claims on it, asked for, changed, ended, converted and settled in any order, with the model beside it.

mod checks;

use std::collections::BTreeSet;

use commerce::{Blame, ClaimNo, CollectionMethod, CostBearer, CostKind, PayMeans, PaymentNo, Won};

use self::checks::{check_rows, is_free_way_back, same};
use crate::domain::history::{AdditionalPayment, ClaimHistory};
use crate::domain::money::terms::{
    ExchangeTerms, ExchangedGoods, FreeReturnCoupon, ReturnTerms, ReturnedGoods, next_payment_no,
};
use crate::domain::money::tests::return_model::{Fault, Model, Units};
use crate::domain::money::{
    ClaimCost, CostRow, ReturnRefusal, claimed_free, quote, quote_exchange, quote_return,
};
use crate::domain::policy::{Policy, ReturnOutbound};
use crate::domain::testing::generator::returnable_order;
use crate::domain::testing::random::Random;
use crate::domain::testing::{CUSTOMER, Story, VENDOR, claim_no, net_of, parsed, request, return_terms};

/// An open claim: what it holds, and what was shown when it was asked for.
#[derive(Clone)]
struct Open {
    terms: ReturnTerms,
    is_exchange: bool,
    shown: String,
    /// How many claims of the order counted then.
    counted: usize,
    payments: Vec<AdditionalPayment>,
}

pub(in crate::domain::money) struct Life<'a> {
    pub(in crate::domain::money) story: Story,
    model: Model,
    fault: Fault,
    random: &'a mut Random,
    open: Vec<Open>,
    claims: u32,
    counted: usize,
    coupons: BTreeSet<String>,
    gifts: BTreeSet<usize>,
    transferred: BTreeSet<PaymentNo>,
    /// What has happened in it.
    pub(in crate::domain::money) seen: BTreeSet<&'static str>,
    /// Every claim that counts, with what was paid for it.
    pub(in crate::domain::money) records: Vec<Record>,
}

/// 확정된 클레임
pub(in crate::domain::money) struct Record {
    pub(in crate::domain::money) claim_no: ClaimNo,
    pub(in crate::domain::money) cost: ClaimCost,
    pub(in crate::domain::money) held: Vec<AdditionalPayment>,
    /// What was paid when it was settled, of a cancel when it was accepted.
    pub(in crate::domain::money) paid_at_the_end: Won,
}

/// What the rules and the model don't agree on.
pub(in crate::domain::money) type Found = Result<(), String>;

impl<'a> Life<'a> {
    pub(in crate::domain::money) fn thrown(fault: Fault, random: &'a mut Random) -> Self {
        let is_partly_refundable = random.one_in(2);
        let return_outbound = random.pick(&ReturnOutbound::ALL);
        let mut story = Story::of(returnable_order(random, is_partly_refundable));
        story.policy = Policy { return_outbound, ..Policy::CONTRACT };
        Self {
            model: Model::of(&story.order, return_outbound, fault),
            story,
            fault,
            random,
            open: Vec::new(),
            claims: 0,
            counted: 0,
            coupons: BTreeSet::new(),
            gifts: BTreeSet::new(),
            transferred: BTreeSet::new(),
            seen: BTreeSet::new(),
            records: Vec::new(),
        }
    }

    /// The first thing in up to ten steps, and as often until nothing is left, on which the rules and the model don't agree.
    pub(in crate::domain::money) fn live(&mut self) -> Found {
        (0..self.random.between(2, 10)).try_for_each(|_| self.step())?;
        if self.random.one_in(2) { self.give_everything_back() } else { Ok(()) }
    }

    fn give_everything_back(&mut self) -> Found {
        self.open.clear();
        let seqs: Vec<i32> = self.story.order.lines().iter().map(|line| line.seq).collect();
        for seq in seqs {
            let left = self.story.left_of(seq);
            if left == 0 {
                continue;
            }
            let blame = self.random.pick(Blame::ALL);
            let terms = return_terms(&self.story.order, blame, &[(seq, left)]);
            let (shown, payments) = (String::new(), Vec::new());
            self.open.push(Open { terms, is_exchange: false, shown, counted: self.counted, payments });
            self.settle(0)?;
            self.check()?;
        }
        Ok(())
    }

    /// The order's claims as they stand, but for the one that is looked at.
    fn history(&self, but: Option<usize>) -> ClaimHistory {
        let mut history = self.story.history.clone();
        for (_, open) in self.open.iter().enumerate().filter(|(place, _)| Some(*place) != but) {
            for goods in &open.terms.goods {
                if self.fault == Fault::CountedAtRequest && !open.is_exchange {
                    history.add_claimed(goods.line_seq, goods.quantity);
                } else {
                    history.add_held(goods.line_seq, goods.item_no.clone(), goods.quantity);
                }
            }
            for payment in &open.payments {
                if self.fault == Fault::HeldMoneyIsFree {
                    history.add_additional_payment(payment.clone());
                } else {
                    history.add_held_payment(payment.clone());
                }
            }
        }
        history
    }

    /// Some free units of one delivery group, or of any.
    fn some_units(&mut self, of_one_group: bool) -> Vec<(i32, i64)> {
        let history = self.history(None);
        let lines = self.story.order.lines().iter();
        let free: Vec<(i32, i32, i64)> = lines
            .map(|line| (line.seq, line.group_no, claimed_free(line, &history)))
            .filter(|(_, _, free)| *free > 0)
            .collect();
        if free.is_empty() {
            return Vec::new();
        }
        let (first, group, _) = free[self.random.index(free.len())];
        let mut units = Vec::new();
        for (seq, group_no, free) in free {
            if seq == first || (self.random.one_in(2) && (!of_one_group || group_no == group)) {
                units.push((seq, if self.random.one_in(3) { free } else { self.random.between(1, free) }));
            }
        }
        units
    }

    fn units_by_place(&self, units: impl Iterator<Item = (i32, i64)>) -> Units {
        let place = |seq: i32| self.story.order.lines().iter().position(|line| line.seq == seq).unwrap();
        let mut by_place = Units::new();
        for (seq, quantity) in units {
            *by_place.entry(place(seq)).or_default() += i128::from(quantity);
        }
        by_place
    }

    fn step(&mut self) -> Found {
        let place = (!self.open.is_empty()).then(|| self.random.index(self.open.len()));
        match (self.random.between(0, 9), place) {
            (0..=1, _) | (5..=9, None) => self.cancel()?,
            (2..=4, _) => self.ask()?,
            (5, Some(place)) => self.end(place),
            (6, Some(place)) if self.open[place].is_exchange => self.convert(place),
            (_, Some(place)) if self.open[place].is_exchange => self.exchange(place)?,
            (_, Some(place)) => self.settle(place)?,
            (_, None) => {}
        }
        self.check()
    }

    fn cancel(&mut self) -> Found {
        let units = self.some_units(false);
        let (reason, blame) = self.random.pick(&[(CUSTOMER, Blame::Customer), (VENDOR, Blame::Vendor)]);
        let history = self.history(None);
        if units.is_empty() {
            return Ok(());
        }
        // Some payments only go back whole; then the cancel waits.
        let quoted = quote(&self.story.order, &history, &request(reason, &units), &self.story.policy);
        let cost = match quoted {
            Ok(cost) => cost,
            Err(crate::domain::money::CancelRefusal::PartialCancelNotAllowed(_)) => return Ok(()),
            Err(other) => return Err(format!("a cancel is refused: {other}")),
        };
        let units = self.units_by_place(units.into_iter());
        let value = self.model.take(&units, &Units::new(), blame);
        let net = self.model.settle(value, 0, 0);
        if cost.refunds.iter().any(|refund| refund.by_transfer) {
            self.seen.insert("a cancel is transferred");
        }
        if cost.cut().unwrap().is_positive() {
            self.seen.insert("a cancel is cut");
        }
        same("a cancel's net", Some(i128::from(net_of(&cost))), net)?;
        same("a cancel's cut", i128::from(cost.cut().unwrap().amount()), self.cut_now())?;
        self.claims += 1;
        let claim_no = claim_no(self.claims);
        self.story.history.record(&claim_no, &cost, Some(PayMeans::Card));
        self.note(&cost)?;
        let paid_at_the_end = cost.additional_payment;
        self.records.push(Record { claim_no, cost, held: Vec::new(), paid_at_the_end });
        Ok(())
    }

    fn ask(&mut self) -> Found {
        let units = self.some_units(true);
        if units.is_empty() {
            return Ok(());
        }
        let random = &mut *self.random;
        let blame = random.pick(Blame::ALL);
        let terms = ReturnTerms {
            method: random.pick(CollectionMethod::ALL),
            free_return_coupon: random.one_in(4).then(|| FreeReturnCoupon {
                coupon_no: parsed(&format!("CI15-{}", self.claims)),
                promotion_no: parsed("P15"),
                promotion_name: "무료반품".to_owned(),
            }),
            ..return_terms(&self.story.order, blame, &units)
        };
        let mut terms = terms;
        if random.one_in(3) {
            of_two_items(&mut terms);
        }
        let is_exchange = random.one_in(3);
        let cost = self.quoted(&terms, is_exchange, None)?;
        self.claims += 1;
        let mut payments = Vec::new();
        // Who is not at fault is not asked to pay before the goods were seen.
        if cost.additional_payment.is_positive() && blame == Blame::Customer {
            let payment_no = next_payment_no(&claim_no(self.claims), &payments).unwrap();
            payments.push(AdditionalPayment {
                payment_no,
                means: PayMeans::Card,
                amount: cost.additional_payment,
            });
        }
        let (shown, counted) = (cost.canonical_text(), self.counted);
        self.open.push(Open { terms, is_exchange, shown, counted, payments });
        Ok(())
    }

    fn quoted(
        &self,
        terms: &ReturnTerms,
        is_exchange: bool,
        but: Option<usize>,
    ) -> Result<ClaimCost, String> {
        let (order, history, policy) = (&self.story.order, self.history(but), &self.story.policy);
        let cost = if is_exchange {
            quote_exchange(order, &history, &exchange_terms(terms), policy)
        } else {
            quote_return(order, &history, terms, policy)
        };
        cost.map_err(|refusal| format!("it is refused: {refusal}"))
    }

    /// Withdrawn or refused: it leaves no trace.
    fn end(&mut self, place: usize) {
        self.open.remove(place);
    }

    /// The same units as a return of their own, without what was paid and without a coupon.
    fn convert(&mut self, place: usize) {
        let open = &mut self.open[place];
        open.is_exchange = false;
        open.payments.clear();
        open.terms.free_return_coupon = None;
        open.shown.clear();
    }

    /// What inspection may change, and what an agent may waive.
    fn inspected(&mut self, place: usize) -> Result<ReturnTerms, String> {
        let open = self.open[place].clone();
        let mut terms = ReturnTerms { paid_in_advance: open.payments, ..open.terms };
        if self.random.one_in(4) {
            terms.blame = self.random.pick(Blame::ALL);
        }
        if self.random.one_in(4) {
            terms.method = self.random.pick(CollectionMethod::ALL);
        }
        if self.random.one_in(4) && !open.is_exchange {
            let goods = self.random.index(terms.goods.len());
            let quantity = terms.goods[goods].quantity;
            terms.goods[goods].quantity = self.random.between(1, quantity);
            terms.goods.truncate(goods + 1);
        }
        if self.random.one_in(3) {
            terms.gifts_kept =
                (0..self.story.order.gifts().len()).filter(|_| self.random.one_in(2)).collect();
        }
        if self.random.one_in(3) {
            terms.waived = Won::new(i64::MAX / 4);
            let refused = if open.is_exchange {
                let terms = exchange_terms(&terms);
                quote_exchange(&self.story.order, &self.history(Some(place)), &terms, &self.story.policy)
            } else {
                quote_return(&self.story.order, &self.history(Some(place)), &terms, &self.story.policy)
            };
            let Err(ReturnRefusal::WaiverTooLarge { most }) = refused else {
                return Err(format!("it waives too much: {refused:?}"));
            };
            let part = self.random.between(0, most.amount());
            terms.waived = Won::new(self.random.pick(&[most.amount(), part]));
        }
        Ok(terms)
    }

    fn settle(&mut self, place: usize) -> Found {
        let terms = self.inspected(place)?;
        let cost = self.quoted(&terms, false, Some(place))?;
        let open = self.open.remove(place);
        let unchanged = ReturnTerms { paid_in_advance: Vec::new(), ..terms.clone() } == open.terms;
        if unchanged && open.counted == self.counted && !open.shown.is_empty() {
            same("what was shown is what is executed", cost.canonical_text(), open.shown)?;
        }
        let units = terms.goods.iter().map(|goods| (goods.line_seq, goods.quantity));
        let units = self.units_by_place(units);
        let before = self.model.gifts();
        let value = self.model.take(&Units::new(), &units, terms.blame);
        let gifts: BTreeSet<usize> = &self.model.gifts() - &before;
        let fees = self.fees_of(&terms, &gifts);
        let net = self.model.settle(value, fees, terms.waived.amount().into());
        check_rows(&self.story.order, &self.story.history, &cost)?;
        same("a return's net", Some(i128::from(net_of(&cost))), net)?;
        let sent_back = cost.sent_back.as_ref().unwrap();
        same("a return's cut", i128::from(sent_back.cut.amount()), self.cut_now())?;
        let mut payments = terms.paid_in_advance.clone();
        self.check_advance(&cost, sent_back, &mut payments)?;
        if let Some(coupon) = &terms.free_return_coupon {
            let is_borne = |row: &CostRow| {
                row.kind == CostKind::ReturnFee
                    && row.bearer == CostBearer::OurSide
                    && terms.blame == Blame::Customer
            };
            let is_used = cost.cost_rows.iter().any(is_borne);
            let is_back = cost.restored_coupons.iter().any(|one| one.coupon_no == coupon.coupon_no);
            same("a coupon is used or usable", is_used, !is_back)?;
        }
        self.story.history.record_return(&cost, &payments);
        self.note(&cost)?;
        self.keep(terms, cost);
        Ok(())
    }

    fn keep(&mut self, terms: ReturnTerms, cost: ClaimCost) {
        let sent_back = cost.sent_back.as_ref().unwrap();
        let paid_at_the_end = sent_back.still_due;
        let events = [
            ("an advance goes back", !sent_back.advance_refunds.is_empty()),
            (
                "an advance is taken",
                sent_back.paid_in_advance.is_positive() && cost.additional_payment.is_positive(),
            ),
            ("more is due", sent_back.still_due.is_positive()),
            ("money is waived", sent_back.waived.is_positive()),
            ("money is cut", sent_back.cut.is_positive()),
            ("a part is transferred", cost.refunds.iter().any(|refund| refund.by_transfer)),
            ("an account is needed", cost.needs_refund_account),
            (
                "a gift comes back",
                cost.cancelled_gifts.iter().any(|gift| gift.is_to_be_sent_back == Some(true)),
            ),
        ];
        self.seen.extend(events.into_iter().filter(|(_, is_so)| *is_so).map(|(name, _)| name));
        self.seen.extend(cost.calculation.iter().map(|line| line.calculation().rule_id()));
        let claim_no = claim_no(500_000 + u32::try_from(self.records.len()).unwrap());
        self.records.push(Record { claim_no, cost, held: terms.paid_in_advance, paid_at_the_end });
    }

    fn exchange(&mut self, place: usize) -> Found {
        let terms = self.inspected(place)?;
        let probe = return_terms(&self.story.order, Blame::Vendor, &[]);
        let before = self.probe(&probe, Some(place));
        let cost = self.quoted(&terms, true, Some(place))?;
        self.open.remove(place);
        let group = self.group_of(&terms);
        let way_back = if is_free_way_back(terms.method) { group.return_fee } else { Won::ZERO };
        let fee = (group.exchange_fee.amount() - way_back.amount()).max(0);
        let fee = if terms.blame == Blame::Customer { fee } else { 0 };
        same("an exchange's net", net_of(&cost), terms.waived.amount() - fee)?;
        self.model.waived += i128::from(terms.waived.amount());
        let mut payments = terms.paid_in_advance.clone();
        self.check_advance(&cost, cost.sent_back.as_ref().unwrap(), &mut payments)?;
        self.story.history.record_exchange(&cost, &payments);
        self.keep(terms, cost);
        same("what a return costs after an exchange", self.probe(&probe, None), before)
    }

    /// What returning everything would come to, as far as that can be asked.
    fn probe(&self, probe: &ReturnTerms, but: Option<usize>) -> Vec<String> {
        let lines = self.story.order.lines().iter();
        let left = lines.map(|line| (line.seq, self.story.left_of(line.seq))).filter(|(_, left)| *left > 0);
        let history = self.history(but);
        let one = |(seq, left): (i32, i64)| {
            let goods = return_terms(&self.story.order, probe.blame, &[(seq, left)]).goods;
            let terms = ReturnTerms { goods, ..probe.clone() };
            let cost = quote_return(&self.story.order, &history, &terms, &self.story.policy);
            cost.map_or_else(|refusal| refusal.to_string(), |cost| cost.canonical_text())
        };
        left.map(one).collect()
    }
}

/// One unit of each line was exchanged before, where there is more than one.
fn of_two_items(terms: &mut ReturnTerms) {
    let mut others = Vec::new();
    for goods in terms.goods.iter_mut().filter(|goods| goods.quantity > 1) {
        goods.quantity -= 1;
        others.push(ReturnedGoods { item_no: parsed("000"), quantity: 1, ..goods.clone() });
    }
    terms.goods.extend(others);
}

fn exchange_terms(terms: &ReturnTerms) -> ExchangeTerms {
    let goods = terms.goods.iter().map(|goods| ExchangedGoods {
        line_seq: goods.line_seq,
        item_no: goods.item_no.clone(),
        exchanged_for: parsed("002"),
        quantity: goods.quantity,
    });
    ExchangeTerms {
        blame: terms.blame,
        method: terms.method,
        at: terms.at,
        goods: goods.collect(),
        waived: terms.waived,
        paid_in_advance: terms.paid_in_advance.clone(),
    }
}
