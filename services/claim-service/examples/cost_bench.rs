//! Time per quote of orders from 1 to 500 lines, of a cancel and of a return after fifty others:
//! `cargo run --release -p claim-service --example cost_bench`.
//!
//! The order is a hard one: each line has a discount of its own, two order promotions stand on all lines, and
//! the claim takes everything back that can be. Time per line should not grow with the number of lines.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

use chrono::{DateTime, Utc};
use claim_service::domain::history::{AdditionalPayment, ClaimHistory};
use claim_service::domain::money::terms::{ReturnTerms, ReturnedGoods};
use claim_service::domain::money::{ClaimCost, quote, quote_return};
use claim_service::domain::order::{
    AccrualRow, DeliveryGroup, DiscountTerms, LineDiscount, LineShare, OrderFacts, OrderLine, OrderPromotion,
    PaidOrder, Payment,
};
use claim_service::domain::policy::Policy;
use claim_service::domain::request::{CancelRequest, RequestedLine};
use commerce::claimable::reason::Asker;
use commerce::{
    Blame, ClaimReason, ClaimType, CollectionMethod, CostBearer, LineStatus, MileageReason, PayMeans,
    PromotionType, Won,
};

const SIZES: [i32; 9] = [1, 2, 5, 10, 50, 100, 200, 300, 500];
const ROUNDS: usize = 7;
/// Claims of the order before the return that is timed, each of one unit of every line.
const EARLIER: i32 = 50;

fn main() {
    println!("a cancel of an order of three units a line, the first claim");
    timed(|size| {
        let (order, history, request) = (order_of(size, 3, 5), ClaimHistory::default(), request_of(size));
        move || {
            quote(black_box(&order), black_box(&history), black_box(&request), &Policy::CONTRACT)
                .expect("the cancel is allowed")
        }
    });
    println!("a return after {EARLIER} of an order of {} units a line", EARLIER + 3);
    timed(|size| {
        let (order, history, terms) = (order_of(size, EARLIER + 3, 1), history_of(size), return_of(size));
        move || {
            quote_return(black_box(&order), black_box(&history), black_box(&terms), &Policy::CONTRACT)
                .expect("the return is allowed")
        }
    });
}

fn timed<Cost: Fn() -> ClaimCost>(case: impl Fn(i32) -> Cost) {
    println!("lines   µs/quote   ns/line   µs/quote+text");
    for size in SIZES {
        let cost = case(size);
        let repeats = (20_000 / usize::try_from(size).unwrap_or(1)).max(20);
        let time = |work: &dyn Fn()| {
            let rounds = (0..ROUNDS).map(|_| {
                let start = Instant::now();
                for _ in 0..repeats {
                    work();
                }
                start.elapsed().as_nanos() / u128::try_from(repeats).unwrap_or(1)
            });
            rounds.min().unwrap_or(0)
        };
        let quoted = time(&|| {
            black_box(cost());
        });
        let written = time(&|| {
            let cost = cost();
            for line in &cost.calculation {
                black_box((line.calculation().title(), line.calculation().formula()));
            }
            black_box(cost.canonical_text());
        });
        let per_line = quoted / u128::try_from(size).unwrap_or(1);
        println!(
            "{size:>5} {:>7}.{:02} {per_line:>9} {:>12}.{:02}",
            quoted / 1_000,
            quoted % 1_000 / 10,
            written / 1_000,
            written % 1_000 / 10
        );
    }
}

fn parsed<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("well-formed")
}

fn terms(promotion_no: &str, promotion_type: PromotionType, minimum: i64) -> DiscountTerms {
    DiscountTerms {
        promotion_no: parsed(promotion_no),
        promotion_name: format!("행사 {promotion_no}"),
        promotion_type,
        coupon_no: Some(parsed(&format!("C{promotion_no}"))),
        minimum: Some(Won::new(minimum)),
        vendor_percent: 30,
    }
}

/// So many units of each goods at 20,000, in so many delivery groups.
fn order_of(size: i32, units: i32, groups: i32) -> PaidOrder {
    let quantity = i64::from(units);
    let value = i64::from(size) * quantity * 20_000;
    let lines: Vec<OrderLine> = (1..=size)
        .map(|seq| OrderLine {
            seq,
            goods_no: parsed(&format!("G{seq}")),
            item_no: parsed("001"),
            goods_name: "린넨 셔츠".to_owned(),
            item_name: "화이트/M".to_owned(),
            vendor_no: "E0001".to_owned(),
            group_no: seq % groups,
            quantity,
            unit_price: Won::new(20_000),
            status: LineStatus::OrderComplete,
            is_cancelable: true,
            is_reserved: false,
            is_returnable: true,
            is_exchangeable: true,
            is_collected: true,
            is_e_coupon: false,
            discounts: vec![LineDiscount {
                terms: terms(&format!("L{seq}"), PromotionType::GoodsCoupon, quantity * 20_000 - 10_000),
                amount: Won::new(6_000),
            }],
        })
        .collect();
    let promotion = |number: &str| OrderPromotion {
        terms: terms(number, PromotionType::CartCoupon, value),
        amount: Won::new(i64::from(size) * 1_000),
        shares: (1..=size).map(|line_seq| LineShare { line_seq, amount: Won::new(1_000) }).collect(),
    };
    let group = |number| DeliveryGroup {
        number,
        vendor_no: "E0001".to_owned(),
        base_fee: Won::new(3_000),
        free_from: Some(Won::new(50_000)),
        fee_charged: Won::ZERO,
        coupon: None,
        return_fee: Won::new(3_000),
        exchange_fee: Won::new(6_000),
        first_fee: Won::ZERO,
    };
    let facts = OrderFacts {
        number: parsed("20260801O000001"),
        ordered_at: DateTime::<Utc>::UNIX_EPOCH,
        accruals: (1..=size)
            .map(|line_seq| AccrualRow {
                reason: MileageReason::Order,
                promotion_no: parsed("P21"),
                line_seq,
                amount: Won::new(100),
            })
            .collect(),
        lines,
        promotions: vec![promotion("O1"), promotion("O2")],
        groups: (0..groups).map(group).collect(),
        payments: vec![Payment {
            number: parsed("PAY1"),
            means: PayMeans::Card,
            amount: Won::new(value - i64::from(size) * 8_000),
            is_partly_refundable: true,
        }],
        gifts: Vec::new(),
    };
    PaidOrder::new(facts).expect("a sound order")
}

/// Two of three pieces of every line.
fn request_of(size: i32) -> CancelRequest {
    let lines = (1..=size).map(|line_seq| RequestedLine { line_seq, quantity: 2 }).collect();
    let at = DateTime::<Utc>::UNIX_EPOCH;
    CancelRequest::new(Asker::Customer, ClaimType::Cancel, ClaimReason::ChangeOfMind, lines, at)
        .expect("well-formed")
}

/// Fifty returns before this one, each of which paid its fee in addition.
fn history_of(size: i32) -> ClaimHistory {
    let mut history = ClaimHistory::default();
    for earlier in 1..=EARLIER {
        for seq in 1..=size {
            history.add_claimed(seq, 1);
            history.add_returned(seq, 1);
        }
        history.add_refund(parsed("PAY1"), Won::new(i64::from(size) * 10_000));
        history.add_delivery_cost(0, CostBearer::Customer, Won::new(3_000));
        history.add_spent_payment(AdditionalPayment {
            payment_no: parsed(&format!("20260801C{earlier:06}")),
            means: PayMeans::Card,
            amount: Won::new(3_000),
        });
    }
    history.add_used(0);
    history
}

/// One unit of every line.
fn return_of(size: i32) -> ReturnTerms {
    let one_of = |line_seq| ReturnedGoods { line_seq, item_no: parsed("001"), quantity: 1 };
    ReturnTerms {
        blame: Blame::Customer,
        method: CollectionMethod::Collected,
        at: DateTime::<Utc>::UNIX_EPOCH,
        goods: (1..=size).map(one_of).collect(),
        free_return_coupon: None,
        gifts_kept: BTreeSet::new(),
        waived: Won::ZERO,
        paid_in_advance: Vec::new(),
    }
}
