//! Returns that are settled, exchanges that are inspected, and claims that end: every state that crashes, repeats and reorderings can
//! lead a small one to, and random walks through larger ones. Whatever happens, what was paid in advance and what is owed adds up.

use std::collections::BTreeSet;

use commerce::{Blame, CollectionMethod, PayMeans, PaymentNo, Won};
use proptest::prelude::*;

use crate::domain::collection::effects::{advance_refunds, effects_of_end};
use crate::domain::collection::testing::return_of;
use crate::domain::collection::{AdvancePayment, CollectionClaim, CollectionKind};
use crate::domain::exchange::books::{fee_back_postings, fee_postings};
use crate::domain::history::AdditionalPayment;
use crate::domain::money::ledger::{Account, Balances, Posting, Unit, held_payment_postings, imbalances};
use crate::domain::money::terms::{
    ExchangeTerms, ExchangedGoods, FreeReturnCoupon, ReturnTerms, next_payment_no,
};
use crate::domain::money::{ClaimCost, ReturnRefusal, quote_exchange};
use crate::domain::order::PaidOrder;
use crate::domain::returns::effects::effects_of;
use crate::domain::saga::postings::task_postings;
use crate::domain::saga::tests::every_interleaving::explore_from;
use crate::domain::saga::tests::world::{Order, World};
use crate::domain::saga::{ClaimSaga, Effect, TaskState};
use crate::domain::testing::generator::returnable_order;
use crate::domain::testing::play::some_units;
use crate::domain::testing::random::Random;
use crate::domain::testing::{Story, claim_no, contract_order, line, order, parsed, return_terms};

/// 장부: what is posted of a claim beside its tasks, and of it what its end posts.
struct Books {
    cost: ClaimCost,
    paid: Vec<AdditionalPayment>,
    beside: Vec<Posting>,
    with_its_end: Vec<Posting>,
    can_end: bool,
}

impl Books {
    fn of(cost: &ClaimCost, paid: &[AdditionalPayment]) -> Self {
        let held = paid.iter().flat_map(|one| held_payment_postings(&claim_no(1), one.amount).unwrap());
        Self {
            cost: cost.clone(),
            paid: paid.to_vec(),
            beside: held.collect(),
            with_its_end: Vec::new(),
            can_end: false,
        }
    }

    const fn has_ended(&self, world: &World) -> bool {
        self.can_end && world.end.is_none()
    }

    fn postings(&self, world: &World) -> Vec<Posting> {
        let mut postings = self.beside.clone();
        if self.has_ended(world) {
            postings.extend(self.with_its_end.iter().cloned());
        }
        for task in world.saga.tasks() {
            if let TaskState::Done(outcome) = task.state {
                postings.extend(task_postings(&claim_no(1), &self.cost, &task.effect, outcome).unwrap());
            }
        }
        postings
    }

    /// It is balanced in every state, gives no payment more back than it took, and owes and holds nothing at its end.
    fn check(&self, world: &World) {
        let postings = self.postings(world);
        assert!(imbalances(&postings).is_empty(), "{postings:?}");
        let balances = Balances::replay(&postings);
        let won = |account: Account| balances.of(&account, &Unit::Won);
        let back = |payment_no: &PaymentNo| won(Account::Refunded(payment_no.clone()));
        for paid in &self.paid {
            assert!(back(&paid.payment_no) <= i128::from(paid.amount.amount()), "{}", paid.payment_no);
        }
        if world.saga.is_finished() {
            assert_eq!((won(Account::OwedToCustomer), won(Account::HeldForClaim)), (0, 0), "{world:?}");
        }
        if world.saga.is_finished() && self.has_ended(world) {
            for paid in &self.paid {
                assert_eq!(back(&paid.payment_no), i128::from(paid.amount.amount()), "{}", paid.payment_no);
            }
        }
    }
}

fn of_card(serial: usize, amount: Won) -> AdditionalPayment {
    let paid: Vec<AdditionalPayment> = (0..serial).map(|place| of_card(place, Won::new(1))).collect();
    let payment_no = next_payment_no(&claim_no(1), &paid).unwrap();
    AdditionalPayment { payment_no, means: PayMeans::Card, amount }
}

fn in_advance(paid: &[AdditionalPayment]) -> Vec<AdvancePayment> {
    let payment = |one: &AdditionalPayment| AdvancePayment {
        payment_no: one.payment_no.clone(),
        means: one.means,
        amount: one.amount,
        provider_key: format!("tk_{}", one.payment_no),
    };
    paid.iter().map(payment).collect()
}

fn coupon() -> FreeReturnCoupon {
    FreeReturnCoupon {
        coupon_no: parsed("CI15"),
        promotion_no: parsed("P15"),
        promotion_name: "무료반품".to_owned(),
    }
}

/// A return of these terms as it is settled: whatever is still due is paid then.
fn settled(story: &Story, mut terms: ReturnTerms) -> (World, Books) {
    let mut cost = story.quote_return(&terms).unwrap();
    let due = cost.sent_back.as_ref().unwrap().still_due;
    if due.is_positive() {
        terms.paid_in_advance.push(of_card(terms.paid_in_advance.len(), due));
        cost = story.quote_return(&terms).unwrap();
    }
    let claim = return_of(&story.order, &terms, cost.clone());
    let saga = ClaimSaga::of(claim_no(1), effects_of(&story.order, &claim, &cost));
    (World::of(saga), Books::of(&cost, &terms.paid_in_advance))
}

/// What goes back if it ends after so much of each payment has gone back.
fn end_of(claim: &CollectionClaim, paid: &[AdditionalPayment], gone_back: &ClaimCost) -> Vec<Effect> {
    let back = |payment_no: &PaymentNo, amount: Won| {
        let refunds = gone_back.sent_back.iter().flat_map(|sent_back| &sent_back.advance_refunds);
        let of = refunds.filter(|refund| refund.payment_no == *payment_no).map(|refund| refund.amount);
        amount.checked_sub(Won::sum(of).unwrap()).unwrap()
    };
    effects_of_end(claim, &in_advance(paid), back)
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

fn exchange_cost(story: &Story, terms: &ReturnTerms) -> Result<ClaimCost, ReturnRefusal> {
    quote_exchange(&story.order, &story.history, &exchange_terms(terms), &story.policy)
}

/// An exchange of these terms that was inspected, and may become a return until it goes out.
fn inspected(story: &Story, mut terms: ReturnTerms) -> (World, Books) {
    terms.free_return_coupon = None;
    let mut cost = exchange_cost(story, &terms).unwrap();
    let due = cost.sent_back.as_ref().unwrap().still_due;
    if due.is_positive() {
        terms.paid_in_advance.push(of_card(terms.paid_in_advance.len(), due));
        cost = exchange_cost(story, &terms).unwrap();
    }
    let mut claim = return_of(&story.order, &terms, cost.clone());
    claim.kind = CollectionKind::Exchange;
    let end = end_of(&claim, &terms.paid_in_advance, &cost);
    let mut books = Books::of(&cost, &terms.paid_in_advance);
    books.beside.extend(fee_postings(&claim_no(1), &cost).unwrap());
    books.with_its_end = fee_back_postings(&claim_no(1), &cost).unwrap();
    books.can_end = true;
    (World::decided(claim_no(1), advance_refunds(&cost).collect(), Some(end)), books)
}

/// A claim of these terms that ends before anything of it was final.
fn ended(story: &Story, terms: &ReturnTerms) -> (World, Books) {
    let cost = story.quote_return(terms).unwrap();
    let claim = return_of(&story.order, terms, cost.clone());
    let mut nothing_back = cost.clone();
    nothing_back.sent_back = None;
    let end = end_of(&claim, &terms.paid_in_advance, &nothing_back);
    let mut books = Books::of(&cost, &terms.paid_in_advance);
    books.can_end = true;
    (World::decided(claim_no(1), end, None), books)
}

/// 2,000 and 49,000, delivered free from 50,000.
fn two_lines() -> PaidOrder {
    order(|facts| {
        facts.lines = vec![line(1, 1, 1, 2_000), line(2, 1, 1, 49_000)];
        facts.groups[0].free_from = Some(Won::new(50_000));
    })
}

#[test]
fn everything_a_settled_return_brings_back() {
    let story = Story::of(contract_order());
    let terms = return_terms(&story.order, Blame::Vendor, &[(1, 3)]);
    let (world, books) = settled(&story, terms);
    let seen = explore_from(world, |world| books.check(world));
    // Goods, two coupons and mileage side by side, each not sent, sent, carried out or done.
    assert!(seen.len() >= 4_usize.pow(4), "{} states", seen.len());
    assert!(seen.iter().all(|world| world.order != Order::ShippedFirst));
}

#[test]
fn money_that_was_paid_in_advance_and_is_not_needed() {
    let story = Story::of(two_lines());
    let mut terms = return_terms(&story.order, Blame::Customer, &[(1, 1)]);
    terms.paid_in_advance = vec![of_card(0, Won::new(4_000))];
    // Someone else's fault, after all: it goes back, and so does the coupon.
    terms.blame = Blame::Vendor;
    terms.free_return_coupon = Some(coupon());
    let (world, books) = settled(&story, terms);
    let kinds: Vec<String> = world.saga.tasks().iter().map(|task| format!("{:?}", task.effect)).collect();
    for kind in ["TakeOutReturned", "Refund {", "ReturnAdvance {", "ReleaseCoupon {"] {
        assert!(kinds.iter().any(|one| one.starts_with(kind)), "{kind} in {kinds:?}");
    }
    explore_from(world, |world| books.check(world));
}

#[test]
fn money_that_was_paid_twice_and_taken() {
    let story = Story::of(two_lines());
    let mut terms = return_terms(&story.order, Blame::Customer, &[(1, 1)]);
    terms.paid_in_advance = vec![of_card(0, Won::new(3_000))];
    let (world, books) = settled(&story, terms);
    assert_eq!(books.paid.len(), 2);
    explore_from(world, |world| books.check(world));
}

#[test]
fn an_exchange_whose_fee_is_less_than_was_paid_and_that_becomes_a_return_or_goes_out() {
    let story = Story::of(two_lines());
    let mut terms = return_terms(&story.order, Blame::Customer, &[(1, 1)]);
    terms.paid_in_advance = vec![of_card(0, Won::new(6_000))];
    terms.waived = Won::new(1_000);
    let (world, books) = inspected(&story, terms);
    let seen = explore_from(world, |world| books.check(world));
    for has_ended in [false, true] {
        assert!(seen.iter().any(|world| world.saga.is_finished() && world.end.is_none() == has_ended));
    }
}

#[test]
fn a_claim_that_ends_with_two_payments_and_a_coupon() {
    let story = Story::of(two_lines());
    let mut terms = return_terms(&story.order, Blame::Customer, &[(1, 1)]);
    terms.paid_in_advance = vec![of_card(0, Won::new(3_000)), of_card(1, Won::new(1_000))];
    terms.free_return_coupon = Some(coupon());
    let (world, books) = ended(&story, &terms);
    assert_eq!(world.saga.tasks().len(), 3);
    explore_from(world, |world| books.check(world));
}

/// Some units of one delivery group, by whoever's fault, in whatever way they come back.
fn some_terms(story: &Story, random: &mut Random) -> ReturnTerms {
    let mut units = some_units(&story.order, random);
    let group_of = |seq: i32| story.order.line(seq).unwrap().group_no;
    let group_no = group_of(units[0].0);
    units.retain(|(seq, _)| group_of(*seq) == group_no);
    ReturnTerms {
        method: random.pick(CollectionMethod::ALL),
        free_return_coupon: random.one_in(3).then(coupon),
        ..return_terms(&story.order, random.pick(Blame::ALL), &units)
    }
}

/// What was asked for as it turns out to be: paid in advance, found otherwise, and waived in part.
fn found_otherwise(
    terms: &ReturnTerms,
    random: &mut Random,
    quote: impl Fn(&ReturnTerms) -> Result<ClaimCost, ReturnRefusal>,
) -> ReturnTerms {
    let mut terms = terms.clone();
    let asked = quote(&terms).unwrap().additional_payment;
    if asked.is_positive() && !random.one_in(4) {
        terms.paid_in_advance = vec![of_card(0, asked)];
    }
    if random.one_in(3) {
        terms.blame = random.pick(Blame::ALL);
    }
    if random.one_in(3) {
        terms.waived = Won::new(i64::MAX / 4);
        let Err(ReturnRefusal::WaiverTooLarge { most }) = quote(&terms) else { panic!("it waives too much") };
        terms.waived = Won::new(random.between(0, most.amount()));
    }
    terms
}

fn thrown(seed: u64) -> (World, Books) {
    let random = &mut Random::seeded(seed);
    let is_partly_refundable = random.one_in(2);
    let story = Story::of(returnable_order(random, is_partly_refundable));
    let asked = some_terms(&story, random);
    match random.between(0, 3) {
        0 => inspected(&story, found_otherwise(&asked, random, |terms| exchange_cost(&story, terms))),
        1 => ended(&story, &found_otherwise(&asked, random, |terms| story.quote_return(terms))),
        _ => settled(&story, found_otherwise(&asked, random, |terms| story.quote_return(terms))),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_to_a_return_or_an_exchange_every_effect_happens_once_and_everything_adds_up(
        seed in any::<u64>(), choices in proptest::collection::vec(any::<usize>(), 0..80),
    ) {
        let (mut world, books) = thrown(seed);
        let tasks = world.saga.tasks().iter().map(|task| &task.effect).chain(world.end.iter().flatten());
        let effects: Vec<&Effect> = tasks.collect();
        let keys: BTreeSet<_> = effects.iter().map(|effect| world.key_of(effect)).collect();
        prop_assert_eq!(keys.len(), effects.len(), "every task has a key of its own");
        for choice in choices {
            let happenings = world.happenings();
            let next = world.after(&happenings[choice % happenings.len()]);
            next.check();
            books.check(&next);
            world.check_followed_by(&next);
            prop_assert!(next.sent.is_subset(&keys));
            world = next;
        }
        let end = world.run_to_the_end();
        end.check();
        books.check(&end);
    }
}
