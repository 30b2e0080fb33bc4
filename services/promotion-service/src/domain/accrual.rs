//! 적립 계산: what an order earns, to the won (contract, section 4, rules 1 to 5).
//!
//! One function for the checkout's question and the claim's: they differ only in where the promises come from.

mod base;
mod claim_mode;
mod contenders;
mod eligible;
mod entries;
mod goods_mileage;
mod grade;
mod order;
mod policy_index;
#[cfg(test)]
mod tests;
mod text_key;

use chrono::{DateTime, Utc};
use commerce::{GoodsNo, ItemNo, MemberGrade, OrderMedia, PromotionNo, Won};

use self::entries::Entries;
pub use self::entries::{Accrual, Entry, LineShare};
pub use self::policy_index::CompiledPolicy;
use super::accrual_policy::{AccrualRate, Promotion};
use super::burden::Burden;

/// 적립 대상 주문
#[derive(Debug, Clone)]
pub struct OrderToAccrue<'a> {
    pub grade: MemberGrade,
    pub media: OrderMedia,
    /// 기준일시: the moment whose promotions apply.
    pub base_at: DateTime<Utc>,
    pub lines: Vec<AccrualLine<'a>>,
    /// What an order promotion takes off single goods; goods that are not in the order don't matter.
    pub promotion_shares: Vec<PromotionShare<'a>>,
    /// 주문적립정보: what the order was promised. Its presence makes this a claim.
    pub promised: Option<Vec<PromisedAccrual<'a>>>,
}

/// 적립 대상 상품: no two of an order have the same goods and item.
#[derive(Debug, Clone, Copy)]
pub struct AccrualLine<'a> {
    pub goods_no: &'a GoodsNo,
    pub item_no: &'a ItemNo,
    /// 구매금액: for all of its units, 0 or more.
    pub amount_paid: Won,
    pub standard_category: &'a str,
    pub display_category: &'a str,
    pub brand: &'a str,
    pub vendor: &'a str,
    pub sales_channel: &'a str,
    /// The goods mileage it is to earn from, if that one applies.
    pub named: Option<&'a PromotionNo>,
}

/// 주문프로모션 상품 할인금액
#[derive(Debug, Clone, Copy)]
pub struct PromotionShare<'a> {
    pub goods_no: &'a GoodsNo,
    pub item_no: &'a ItemNo,
    pub amount: Won,
}

/// 적립 종류: the three an order earns under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccrualKind {
    /// 주문적립
    Order,
    /// 회원등급적립
    Grade,
    /// 프로모션적립
    GoodsMileage,
}

/// An entry of what an order was promised. An order has at most one for the order and one for the grade, and at most one
/// of a number for goods; the first two are rates.
#[derive(Debug, Clone, Copy)]
pub struct PromisedAccrual<'a> {
    pub kind: AccrualKind,
    pub promise: Promise<'a>,
    /// What the order must exceed; for the grade alone.
    pub threshold: Won,
}

/// A promotion's side of an entry, from today's policy or from the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise<'a> {
    pub promotion_no: &'a PromotionNo,
    pub name: &'a str,
    pub rate: AccrualRate,
    pub our_rate: i32,
    pub vendor_rate: i32,
}

impl<'a> Promise<'a> {
    fn of(promotion: &'a Promotion, rate: AccrualRate) -> Self {
        let burden = promotion.burden.unwrap_or(Burden::OURS);
        Self {
            promotion_no: &promotion.no,
            name: &promotion.name,
            rate,
            our_rate: burden.our_rate(),
            vendor_rate: burden.vendor_rate(),
        }
    }
}

/// An order whose amounts don't fit; the limits at the door keep every order far away from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the amounts of the order are too large to be added up")]
pub struct AmountsTooLarge;

/// 적립 계산: every entry the order earns, in the contract's order.
pub fn accrue<'a>(
    policy: &'a CompiledPolicy,
    order: &'a OrderToAccrue<'a>,
) -> Result<Accrual<'a>, AmountsTooLarge> {
    let bases = base::of_eligible(policy, order).ok_or(AmountsTooLarge)?;
    let mut entries = Entries::with_room_for(order.lines.len());
    let outcome = match &order.promised {
        None => from_policy(policy, order, &bases, &mut entries),
        Some(promised) => claim_mode::accrue(policy, order, promised, &bases, &mut entries),
    };
    outcome.and_then(|()| entries.finish()).ok_or(AmountsTooLarge)
}

fn from_policy<'a>(
    policy: &'a CompiledPolicy,
    order: &'a OrderToAccrue<'a>,
    bases: &base::Bases,
    entries: &mut Entries<'a>,
) -> Option<()> {
    if let Some(base) = policy.base() {
        order::accrue(Promise::of(&base.promotion, AccrualRate::Rate(base.rate)), bases, entries)?;
    }
    if let Some(grade) = policy.grade(order.grade) {
        let promise = Promise::of(&grade.promotion, AccrualRate::Rate(grade.rate));
        grade::accrue(promise, grade.threshold, bases, entries)?;
    }
    goods_mileage::accrue(policy, order, bases, entries)
}
