//! 주문 수신: what an order must hold together to be taken (contract, section 2, "Order").

mod discounts;
mod finding;
mod lines;
mod numbers;
mod sums;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::fmt;

use chrono::{DateTime, Utc};
use commerce::{
    CouponIssueNo, GiftEventType, GoodsNo, ItemNo, LineStatus, MemberGrade, MemberNo, OrderMedia, OrderNo,
    PayMeans, PaymentNo, PromotionNo, PromotionType, SiteNo, Won, text,
};

use finding::Findings;
pub use finding::{Finding, Reason};

use super::personal::PersonalData;
use super::purchase_total::LineState;

/// Far above any real amount, and far enough below the largest integer that sums of them can be written.
pub const LARGEST_AMOUNT: Won = Won::new(1_000_000_000_000_000);
/// Characters of a guest's password.
const PASSWORD_LENGTH: std::ops::RangeInclusive<usize> = 4..=64;

/// 주문: what the rules of intake and of later counting need of it.
#[derive(Clone, PartialEq, Eq)]
pub struct OrderToTake {
    pub number: OrderNo,
    pub site_no: SiteNo,
    /// `None` for a guest's order, which then has a password.
    pub member_no: Option<MemberNo>,
    pub grade: Option<MemberGrade>,
    pub password: Option<String>,
    pub media: OrderMedia,
    pub ordered_at: DateTime<Utc>,
    pub personal: PersonalData,
    pub groups: Vec<DeliveryGroup>,
    pub lines: Vec<OrderedLine>,
    pub promotions: Vec<OrderPromotion>,
    pub accruals: Vec<Accrual>,
    pub gifts: Vec<Gift>,
    pub payments: Vec<Payment>,
}

/// 배송그룹
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryGroup {
    pub number: i32,
    pub delivery_seq: i32,
    pub base_fee: Won,
    pub free_from: Option<Won>,
    pub fee_charged: Won,
    pub coupon: Option<DeliveryCoupon>,
    /// 반품배송비
    pub return_fee: Option<Won>,
    /// 교환배송비
    pub exchange_fee: Option<Won>,
    /// 최초배송비: what a group that was free without a condition costs when nothing of it is kept.
    pub first_fee: Option<Won>,
}

/// 배송비쿠폰
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryCoupon {
    pub promotion_type: PromotionType,
    pub coupon_no: Option<CouponIssueNo>,
    pub shares: BurdenShares,
    pub amount: Won,
}

/// 분담률: percent of a discount our side and the vendor bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BurdenShares {
    pub ours: i32,
    pub vendors: i32,
}

/// 주문상세
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderedLine {
    pub seq: i32,
    pub goods_no: GoodsNo,
    pub goods_name: String,
    pub goods_image: Option<String>,
    pub item_no: ItemNo,
    pub item_name: String,
    pub vendor_no: String,
    pub group_no: i32,
    pub quantity: i64,
    pub unit_price: Won,
    pub status: LineStatus,
    pub discounts: Vec<Discount>,
}

/// 할인: one row of a promotion or a coupon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discount {
    pub promotion_no: PromotionNo,
    pub promotion_type: PromotionType,
    pub coupon_no: Option<CouponIssueNo>,
    pub shares: BurdenShares,
    /// A rate or an amount; here only its sign matters.
    pub rate_or_amount: i64,
    pub minimum: Option<Won>,
    pub most: Option<Won>,
    pub amount: Won,
}

/// 주문프로모션: a discount of the order, shared out over lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderPromotion {
    pub discount: Discount,
    pub line_amounts: Vec<LineAmount>,
}

/// The part of something that falls on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineAmount {
    pub line_seq: i32,
    pub amount: Won,
}

/// 주문적립
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accrual {
    pub amount: Won,
    pub line_amounts: Vec<LineAmount>,
}

/// 사은품
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gift {
    pub kind: GiftEventType,
    pub line_seq: Option<i32>,
    pub minimum: Option<Won>,
    pub quantity: i64,
    /// 사은품금액: what one is worth that is not sent back.
    pub value: Option<Won>,
}

/// 결제. Its card number is personal and stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    pub number: PaymentNo,
    pub means: PayMeans,
    pub amount: Won,
    pub is_partly_refundable: bool,
    pub provider_key: Option<String>,
}

impl fmt::Debug for OrderToTake {
    /// Nothing personal, and no password.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("OrderToTake")
            .field("number", &self.number)
            .field("groups", &self.groups)
            .field("lines", &self.lines)
            .field("promotions", &self.promotions)
            .field("payments", &self.payments)
            .finish_non_exhaustive()
    }
}

impl OrderToTake {
    /// The lines as they stand when the order is taken; `None` when their discounts can't be added up.
    pub fn line_states(&self) -> Option<Vec<LineState>> {
        let discounts = self.discounts_by_line();
        self.lines
            .iter()
            .map(|line| {
                let discount = discounts.get(&line.seq).copied().unwrap_or(0);
                Some(LineState {
                    seq: line.seq,
                    status: line.status,
                    unit_price: line.unit_price,
                    quantity: line.quantity,
                    quantity_left: line.quantity,
                    discount: Won::new(i64::try_from(discount).ok()?),
                    delivered_at: None,
                })
            })
            .collect()
    }

    /// Everything taken off each line: its own discounts and its parts of the order's.
    fn discounts_by_line(&self) -> HashMap<i32, i128> {
        let own = self
            .lines
            .iter()
            .flat_map(|line| line.discounts.iter().map(|discount| (line.seq, discount.amount)));
        let shared = self
            .promotions
            .iter()
            .flat_map(|promotion| &promotion.line_amounts)
            .map(|part| (part.line_seq, part.amount));
        let mut discounts = HashMap::new();
        for (seq, amount) in own.chain(shared) {
            *discounts.entry(seq).or_insert(0) += i128::from(amount.amount());
        }
        discounts
    }

    /// 사용 쿠폰: every coupon the order used, each once, in its order.
    pub fn coupons(&self) -> Vec<CouponIssueNo> {
        let of_lines = self.lines.iter().flat_map(|line| &line.discounts);
        let of_order = self.promotions.iter().map(|promotion| &promotion.discount);
        let discounts = of_lines.chain(of_order).filter_map(|discount| discount.coupon_no.as_ref());
        let deliveries = self.groups.iter().filter_map(|group| group.coupon.as_ref()?.coupon_no.as_ref());
        let mut seen = HashSet::new();
        discounts.chain(deliveries).filter(|coupon| seen.insert(*coupon)).cloned().collect()
    }

    /// 마일리지 사용액; `None` when it can't be written.
    pub fn mileage_paid(&self) -> Option<Won> {
        Won::sum(
            self.payments
                .iter()
                .filter(|payment| payment.means == PayMeans::Mileage)
                .map(|payment| payment.amount),
        )
    }
}

/// Everything that keeps a request from being taken, each with the JSON path of its field; empty when it may be.
pub fn findings(orders: &[OrderToTake]) -> Vec<Finding> {
    let mut findings = Findings::default();
    let mut numbers = HashSet::new();
    for (place, order) in orders.iter().enumerate() {
        let mut findings = findings.under(format!("orders[{place}]"));
        if !numbers.insert(&order.number) {
            findings.add("ordNo", Reason::Repeated);
        }
        check_owner(order, &mut findings);
        numbers::check(order, &mut findings);
        lines::check(order, &mut findings);
        discounts::check(order, &mut findings);
        sums::check(order, &mut findings);
    }
    findings.into_list()
}

/// An order belongs to a member, or to the guest who knows its password.
fn check_owner(order: &OrderToTake, findings: &mut Findings<'_>) {
    match &order.password {
        Some(password) if !text::has_length(password, PASSWORD_LENGTH) => {
            findings.add("ordPwd", Reason::PasswordLength);
        }
        None if order.member_no.is_none() => findings.add("mbrNo", Reason::OwnerMissing),
        Some(_) | None => {}
    }
}
