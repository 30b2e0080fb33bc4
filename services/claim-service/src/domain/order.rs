//! 주문: an order as it was placed, as far as the rules of claims need it.
//!
//! It is pinned once and trusted afterwards; only the status and the item of its lines move on.

mod checks;
mod discount;
pub mod pinned;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use commerce::claimable::LineFacts;
use commerce::{
    CouponIssueNo, GiftEventType, GoodsNo, ItemNo, LineStatus, MileageReason, OrderNo, PayMeans, PaymentNo,
    PromotionNo, PromotionType, Won,
};
use serde::{Deserialize, Serialize};

use crate::domain::history::ClaimHistory;
pub use checks::{LARGEST_AMOUNT, OrderFault};
pub use discount::{Discount, DiscountId, DiscountShare};

/// What the order says of itself, before anything is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderFacts {
    pub number: OrderNo,
    pub ordered_at: DateTime<Utc>,
    pub lines: Vec<OrderLine>,
    pub promotions: Vec<OrderPromotion>,
    pub groups: Vec<DeliveryGroup>,
    pub payments: Vec<Payment>,
    pub gifts: Vec<Gift>,
    pub accruals: Vec<AccrualRow>,
}

/// 주문상품: one line of the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    pub seq: i32,
    pub goods_no: GoodsNo,
    /// The item the line holds now; an option change moves it away from the ordered one.
    pub item_no: ItemNo,
    pub goods_name: String,
    pub item_name: String,
    pub vendor_no: String,
    pub group_no: i32,
    pub quantity: i64,
    pub unit_price: Won,
    /// Where the line stands now.
    pub status: LineStatus,
    /// 주문취소가능여부
    pub is_cancelable: bool,
    /// 예약상품여부
    pub is_reserved: bool,
    /// 반품가능여부, for reasons of the customer's.
    pub is_returnable: bool,
    /// 교환가능여부, for reasons of the customer's.
    pub is_exchangeable: bool,
    /// 회수여부: whether its goods are something that can come back.
    pub is_collected: bool,
    /// E-쿠폰 배송
    pub is_e_coupon: bool,
    pub discounts: Vec<LineDiscount>,
}

impl OrderLine {
    /// What decides whether it may be claimed, after these claims.
    pub fn facts(&self, history: &ClaimHistory) -> LineFacts {
        LineFacts {
            status: self.status,
            quantity: self.quantity,
            claimed: history.claimed(self.seq),
            held: history.held(self.seq),
            is_cancelable: self.is_cancelable,
            is_reserved: self.is_reserved,
            is_returnable: self.is_returnable,
            is_exchangeable: self.is_exchangeable,
        }
    }

    /// 상품할인 합계: the line's own discounts as ordered, taken back since or not.
    pub fn own_discount(&self) -> Option<Won> {
        Won::sum(self.discounts.iter().map(|discount| discount.amount))
    }

    /// What the customer reads instead of a line number.
    pub fn title(&self) -> String {
        format!("{} ({})", self.goods_name, self.item_name)
    }

    /// The same of units of an item that may have taken the place of the line's.
    pub fn title_of(&self, item_no: &ItemNo) -> String {
        if *item_no == self.item_no { self.title() } else { format!("{} ({item_no})", self.goods_name) }
    }
}

/// 할인조건: what is known of a discount, whichever line it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiscountTerms {
    pub promotion_no: PromotionNo,
    pub promotion_name: String,
    pub promotion_type: PromotionType,
    pub coupon_no: Option<CouponIssueNo>,
    /// 최소구매금액; none and 0 mean the same.
    pub minimum: Option<Won>,
    /// 협력사 분담률: percent of the discount that the vendor bears.
    pub vendor_percent: i32,
}

impl DiscountTerms {
    pub fn id(&self) -> DiscountId {
        DiscountId { promotion_no: self.promotion_no.clone(), coupon_no: self.coupon_no.clone() }
    }
}

/// 상품할인: a discount that stands on one line by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineDiscount {
    pub terms: DiscountTerms,
    pub amount: Won,
}

/// 주문프로모션: a discount of the order, shared out over lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderPromotion {
    pub terms: DiscountTerms,
    pub amount: Won,
    pub shares: Vec<LineShare>,
}

/// The part of something that falls on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineShare {
    pub line_seq: i32,
    pub amount: Won,
}

/// 배송그룹: lines that are delivered together and share one fee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryGroup {
    pub number: i32,
    pub vendor_no: String,
    /// 기본배송비
    pub base_fee: Won,
    /// 무료배송기준금액; none and 0 mean never free.
    pub free_from: Option<Won>,
    /// 청구배송비: what the order charged, before its coupon.
    pub fee_charged: Won,
    pub coupon: Option<DeliveryCoupon>,
    /// 반품배송비: one way back.
    pub return_fee: Won,
    /// 교환배송비: both ways.
    pub exchange_fee: Won,
    /// 최초배송비: what the way out of a group that is free without a condition costs, when nothing of it is kept.
    pub first_fee: Won,
}

/// 배송비쿠폰
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryCoupon {
    pub promotion_no: PromotionNo,
    pub promotion_name: String,
    pub promotion_type: PromotionType,
    pub coupon_no: Option<CouponIssueNo>,
    pub amount: Won,
}

/// 결제
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    pub number: PaymentNo,
    pub means: PayMeans,
    pub amount: Won,
    /// 부분취소가능여부: whether less than what is left of it can go back.
    pub is_partly_refundable: bool,
}

/// 사은품
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gift {
    pub event_type: GiftEventType,
    pub event_no: String,
    pub goods_no: String,
    pub item_no: String,
    pub goods_name: String,
    /// 적용최소금액; none and 0 mean always.
    pub minimum: Option<Won>,
    /// The line a gift by goods belongs to.
    pub line_seq: Option<i32>,
    pub quantity: i64,
    /// 사은품금액: what one is worth that is not sent back.
    pub value: Won,
}

/// 주문적립 상품: what one line earns of one entry of the order's accumulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccrualRow {
    pub reason: MileageReason,
    pub promotion_no: PromotionNo,
    pub line_seq: i32,
    pub amount: Won,
}

/// 주문상품 현재상태: what has moved on since the order was pinned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineState {
    pub seq: i32,
    pub status: LineStatus,
    pub item_no: ItemNo,
    pub item_name: String,
}

/// Where a line stands in its order; resolved when the order is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinePlace(usize);

impl LinePlace {
    pub(super) const fn index(self) -> usize {
        self.0
    }
}

/// A delivery group with the places of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupOfLines {
    pub group: DeliveryGroup,
    pub places: Vec<LinePlace>,
}

/// 주문: checked, and with its references resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidOrder {
    number: OrderNo,
    ordered_at: DateTime<Utc>,
    lines: Vec<OrderLine>,
    groups: Vec<GroupOfLines>,
    discounts: Vec<Discount>,
    payments: Vec<Payment>,
    gifts: Vec<Gift>,
    accruals: Vec<AccrualRow>,
    /// Σ of amount × vendor percent of the discounts on each line, in the order of the lines.
    vendor_weights: Vec<i128>,
    places: HashMap<i32, LinePlace>,
}

impl PaidOrder {
    /// Checks what intake promised (contract, section 2) and resolves every reference.
    pub fn new(facts: OrderFacts) -> Result<Self, OrderFault> {
        checks::check(&facts)?;
        let places: HashMap<i32, LinePlace> =
            facts.lines.iter().enumerate().map(|(place, line)| (line.seq, LinePlace(place))).collect();
        let discounts = discount::gather(&facts, &places)?;
        let vendor_weights = discount::vendor_weights(&facts);
        let mut places_of_groups: HashMap<i32, Vec<LinePlace>> = HashMap::new();
        for (place, line) in facts.lines.iter().enumerate() {
            places_of_groups.entry(line.group_no).or_default().push(LinePlace(place));
        }
        let mut groups: Vec<GroupOfLines> = facts
            .groups
            .into_iter()
            .map(|group| GroupOfLines {
                places: places_of_groups.remove(&group.number).unwrap_or_default(),
                group,
            })
            .collect();
        groups.sort_by_key(|group| group.group.number);
        Ok(Self {
            number: facts.number,
            ordered_at: facts.ordered_at,
            lines: facts.lines,
            groups,
            discounts,
            payments: facts.payments,
            gifts: facts.gifts,
            accruals: facts.accruals,
            vendor_weights,
            places,
        })
    }

    /// The same order with its lines where they stand now; states of lines it does not have are ignored.
    #[must_use]
    pub fn with_line_states(mut self, states: &[LineState]) -> Self {
        for state in states {
            let place = self.places.get(&state.seq).copied();
            if let Some(line) = place.and_then(|place| self.lines.get_mut(place.0)) {
                line.status = state.status;
                line.item_no = state.item_no.clone();
                line.item_name.clone_from(&state.item_name);
            }
        }
        self
    }

    pub const fn number(&self) -> &OrderNo {
        &self.number
    }

    pub const fn ordered_at(&self) -> DateTime<Utc> {
        self.ordered_at
    }

    pub fn lines(&self) -> &[OrderLine] {
        &self.lines
    }

    pub fn line(&self, seq: i32) -> Option<&OrderLine> {
        self.lines.get(self.place(seq)?.0)
    }

    pub(super) fn place(&self, seq: i32) -> Option<LinePlace> {
        self.places.get(&seq).copied()
    }

    /// By group number.
    pub fn groups(&self) -> &[GroupOfLines] {
        &self.groups
    }

    /// By promotion and coupon, compared as strings, none before any.
    pub fn discounts(&self) -> &[Discount] {
        &self.discounts
    }

    pub fn payments(&self) -> &[Payment] {
        &self.payments
    }

    pub fn gifts(&self) -> &[Gift] {
        &self.gifts
    }

    pub fn accruals(&self) -> &[AccrualRow] {
        &self.accruals
    }

    /// Σ of amount × vendor percent over everything taken off a line, as ordered.
    pub fn vendor_weight(&self, seq: i32) -> Option<i128> {
        self.vendor_weights.get(self.place(seq)?.0).copied()
    }

    /// 입금대기: nothing has been paid yet but what our own books hold.
    pub fn awaits_payment(&self) -> bool {
        self.lines.iter().any(|line| line.status.awaits_payment())
    }
}
