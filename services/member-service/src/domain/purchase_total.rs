//! 주문금액 집계: what an order counts for, as a function of its lines and of nothing else.
//!
//! The result stands on the order's own row, so that period sums and counts are one indexed statement.

use chrono::{DateTime, Utc};
use commerce::{LineStatus, Won, carried_by};

/// 주문상세 현황: a line as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineState {
    pub seq: i32,
    pub status: LineStatus,
    pub unit_price: Won,
    pub quantity: i64,
    /// What is left after cancels and returns.
    pub quantity_left: i64,
    /// Discounts of the whole line as ordered, less those taken back since.
    pub discount: Won,
    pub delivered_at: Option<DateTime<Utc>>,
}

/// What the order counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderSummary {
    /// 구매금액: goods after every discount, less what was cancelled or returned; 0 until it is paid.
    pub amount_purchased: Won,
    /// Whether something of it is still on its way to the customer.
    pub is_open: bool,
    /// When the last of its live lines arrived that have arrived.
    pub delivered_at: Option<DateTime<Utc>>,
}

impl LineState {
    /// A live line has something left.
    pub fn is_live(&self) -> bool {
        self.quantity_left > 0
    }

    /// What the line costs at the quantity left.
    fn amount(&self) -> Option<Won> {
        let goods = self.unit_price.checked_mul(self.quantity_left)?;
        goods.checked_sub(carried_by(self.discount, self.quantity_left, self.quantity)?)
    }
}

/// `None` when the lines contradict themselves or their sum can't be written.
pub fn summarise(lines: &[LineState]) -> Option<OrderSummary> {
    let awaits_payment = lines.iter().any(|line| line.is_live() && line.status.awaits_payment());
    let amount_purchased = if awaits_payment {
        Won::ZERO
    } else {
        let amounts = lines.iter().map(LineState::amount).collect::<Option<Vec<Won>>>()?;
        Won::sum(amounts)?
    };
    let live = || lines.iter().filter(|line| line.is_live());
    Some(OrderSummary {
        amount_purchased,
        is_open: live().any(|line| is_on_its_way(line.status)),
        delivered_at: live()
            .filter(|line| line.status.is_delivered())
            .filter_map(|line| line.delivered_at)
            .max(),
    })
}

/// Between order and delivery.
fn is_on_its_way(status: LineStatus) -> bool {
    match status {
        LineStatus::AwaitingPayment
        | LineStatus::OrderComplete
        | LineStatus::Preparing
        | LineStatus::Shipped => true,
        LineStatus::Delivered
        | LineStatus::PurchaseConfirmed
        | LineStatus::Cancelled
        | LineStatus::Collected
        | LineStatus::ReturnComplete => false,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;
    use proptest::prelude::*;

    use super::*;

    fn line(status: LineStatus, price: i64, quantity: i64, left: i64, discount: i64) -> LineState {
        LineState {
            seq: 1,
            status,
            unit_price: Won::new(price),
            quantity,
            quantity_left: left,
            discount: Won::new(discount),
            delivered_at: None,
        }
    }

    #[track_caller]
    fn check(lines: &[LineState], amount: i64, is_open: bool) {
        let summary = summarise(lines).expect("these lines hold together");
        assert_eq!((summary.amount_purchased.amount(), summary.is_open), (amount, is_open));
    }

    #[test]
    fn an_order_counts_what_its_lines_cost_after_every_discount() {
        use LineStatus::{AwaitingPayment, Cancelled, OrderComplete, PurchaseConfirmed, Shipped};
        check(&[line(OrderComplete, 20_000, 3, 3, 11_000)], 49_000, true);
        check(&[line(Shipped, 100, 3, 1, 30)], 90, true);
        check(&[line(Cancelled, 100, 3, 0, 30), line(PurchaseConfirmed, 50, 1, 1, 0)], 50, false);
        check(&[line(AwaitingPayment, 100, 1, 1, 0), line(AwaitingPayment, 50, 1, 1, 0)], 0, true);
        check(&[line(Cancelled, 100, 1, 0, 0)], 0, false);
    }

    #[test]
    fn the_last_arrival_of_a_live_line_counts() {
        let day = |day| Utc.with_ymd_and_hms(2026, 8, day, 0, 0, 0).single();
        let delivered =
            |left, at| LineState { delivered_at: at, ..line(LineStatus::Delivered, 100, 1, left, 0) };
        let lines = [delivered(1, day(3)), delivered(1, day(5)), delivered(0, day(9))];
        assert_eq!(summarise(&lines).expect("sound").delivered_at, day(5));
    }

    #[test]
    fn lines_that_contradict_themselves_have_no_summary() {
        assert_eq!(summarise(&[line(LineStatus::OrderComplete, i64::MAX, 2, 2, 0)]), None);
        assert_eq!(summarise(&[line(LineStatus::OrderComplete, 1, 1, 2, 0)]), None);
    }

    proptest! {
        #[test]
        fn taking_units_away_never_makes_an_order_dearer(
            price in 0_i64..1_000_000, quantity in 1_i64..50, share in 0_i64..=100, left in 0_i64..50,
        ) {
            let discount = price * quantity * share / 100;
            let left = left.min(quantity);
            let amount = |left| summarise(&[line(LineStatus::OrderComplete, price, quantity, left, discount)])
                .expect("sound").amount_purchased;
            prop_assert!(amount(left) <= amount(quantity));
            prop_assert!(!amount(left).is_negative());
            prop_assert_eq!(amount(0), Won::ZERO);
            prop_assert_eq!(amount(quantity).amount(), price * quantity - discount);
        }
    }
}
