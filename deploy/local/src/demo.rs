//! A believable shop: tens of goods, members of every grade, hundreds of orders over a year.
//!
//! The same day gives the same shop, to the last won.

mod accrual;
mod claims;
mod coupons;
mod dice;
mod goods;
mod inquiries;
mod known;
mod order;
mod order_lines;
mod payment;
mod people;
mod picture;
mod progress;
mod under_way;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use commerce::calendar;
use serde_json::Value;

use crate::load::{Document, Part};

use self::dice::Dice;
pub use self::inquiries::{ADMIN, AGENTS, Fate, Inquiry, Template};
use self::order::{Occasion, Order};
use self::people::Buyer;
pub use self::progress::StatusMove;
pub use self::under_way::{ClaimUnderWay, Hand, Step};

/// The member whose order the contract's example is.
pub const KNOWN_MEMBER: &str = "100001311";
pub const KNOWN_MEMBER_ORDER: &str = "20260801O000001";
/// Delivered, so that something can be sent back; [`KNOWN_FREE_RETURN_COUPON`] pays for its way.
pub const KNOWN_DELIVERED_ORDER: &str = "20260901O000003";
pub const KNOWN_FREE_RETURN_COUPON: &str = "CR0001";
pub const KNOWN_GUEST_ORDER: &str = "20260802O000002";
pub const KNOWN_GUEST_PASSWORD: &str = "guest-demo-1";

const ORDERS: usize = 360;
/// Of these the newest, two weeks' worth, so that something is under way in every status.
const RECENT_ORDERS: usize = 110;
/// Numbers below are left to whoever writes examples.
const FIRST_NUMBER: usize = 1_001;

pub struct Demo {
    /// As `make load` takes it.
    pub document: Document,
    /// Sent after the orders, in this order.
    pub moves: Vec<StatusMove>,
    /// Asked for when all that is there.
    pub claims_under_way: Vec<ClaimUnderWay>,
    pub inquiries: Vec<Inquiry>,
    pub templates: Vec<Template>,
}

/// The shop as it stands on the morning of `today` (KST).
pub fn generate(today: NaiveDate) -> Demo {
    let mut dice = Dice::new(20_260_801);
    let members = people::members();
    let mut orders = Vec::new();
    let mut moves = Vec::new();
    for index in 0..ORDERS {
        let age_days = match index < RECENT_ORDERS {
            true => dice.between(1, 14),
            false => dice.between(15, 364),
        };
        let ordered_at = at_some_hour(&mut dice, today, age_days);
        let progress = progress::by_age(&mut dice, age_days);
        let buyer = buyer(&mut dice, &members, index, ordered_at);
        let number = FIRST_NUMBER + index;
        let order = order::compose(
            &mut dice,
            &buyer,
            Occasion {
                number,
                ord_no: format!("{}O{number:06}", ordered_at.format("%Y%m%d")),
                ord_dtm: ordered_at.to_rfc3339(),
                first_status: progress.first_status,
                password: buyer.mbr_no.is_none().then(|| format!("guest-demo-{number}")),
            },
        );
        let groups: Vec<(usize, usize)> =
            order.lines.iter().map(|line| (line.seq, line.deli_grp_no)).collect();
        moves.extend(progress::moves(&order.ord_no, ordered_at, &progress, &groups));
        let status = progress.reached.last().copied().unwrap_or(progress.first_status);
        orders.push((order, status, ordered_at));
    }

    let claims = claims::rows(&orders, calendar::kst_day_start(today).with_timezone(&calendar::KST));
    let orders: Vec<Order> = orders.into_iter().map(|(order, _, _)| order).collect();
    let (first_day, last_day) =
        (day_start(today - TimeDelta::days(400)), day_start(today + TimeDelta::days(400)));
    let coupons = coupons::rows(&orders, &members, &first_day, &last_day);
    moves.extend(known::deliveries(today));
    let mut rows = vec![known::member_order(), known::guest_order(), known::delivered_order(today)];
    rows.extend(known::claimed_orders(under_way::buyers(&members), today));
    rows.extend(orders.into_iter().map(|order| order.json));
    let inquiries = inquiries::inquiries(&of_members(&rows));
    let document = Document::default()
        .with(Part::Goods, goods::rows())
        .with(Part::Policies, accrual::policies(&first_day, &last_day))
        .with(Part::Coupons, coupons)
        .with(Part::Orders, rows)
        .with(Part::Claims, claims);
    let claims_under_way = under_way::claims(&members);
    Demo { document, moves, claims_under_way, inquiries, templates: inquiries::templates() }
}

/// 주문번호 with their members', guests' left out.
fn of_members(orders: &[Value]) -> Vec<(String, String)> {
    let text = |order: &Value, name: &str| order.get(name)?.as_str().map(str::to_owned);
    orders.iter().filter_map(|order| text(order, "ordNo").zip(text(order, "mbrNo"))).collect()
}

/// Every twelfth order is a guest's, every eighth the known member's.
fn buyer(dice: &mut Dice, members: &[Buyer], index: usize, ordered_at: DateTime<FixedOffset>) -> Buyer {
    if index % 12 == 5 {
        return people::guest(index / 12);
    }
    let (known, others) = members.split_first().expect("there are thirty members");
    // The month of the known order is left to it alone: what the README asks for has one answer.
    if index % 8 == 3 && ordered_at.format("%Y%m").to_string() != "202608" {
        return known.clone();
    }
    dice.pick(others).clone()
}

fn at_some_hour(dice: &mut Dice, today: NaiveDate, age_days: i64) -> DateTime<FixedOffset> {
    let midnight = calendar::kst_day_start(today - TimeDelta::days(age_days));
    let since = TimeDelta::seconds(dice.between(8 * 3_600, 23 * 3_600 + 3_599));
    (midnight + since).with_timezone(&calendar::KST)
}

fn day_start(day: NaiveDate) -> String {
    calendar::kst_day_start(day).with_timezone(&calendar::KST).to_rfc3339()
}

#[cfg(test)]
mod tests;
