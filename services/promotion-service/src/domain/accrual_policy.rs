//! 적립정책: what a site gives mileage for, as its operators put it.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use commerce::{
    AccrualTargetType, DiscountKind, GoodsNo, MemberGrade, OrderMedia, PromotionNo, Rate, RateOrWon, Won,
};

use super::burden::Burden;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccrualPolicy {
    pub base: Option<BaseAccrual>,
    pub grades: Vec<GradeAccrual>,
    pub goods_mileages: Vec<GoodsMileage>,
    /// 마일리지 제외상품
    pub excluded_goods: Vec<GoodsNo>,
}

/// What every kind of accumulation is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promotion {
    pub no: PromotionNo,
    pub name: String,
    /// Left out by the operator, it is ours.
    pub burden: Option<Burden>,
}

/// 주문적립
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseAccrual {
    pub promotion: Promotion,
    pub rate: Rate,
}

/// 회원등급적립
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeAccrual {
    pub promotion: Promotion,
    pub grade: MemberGrade,
    /// 적립기준금액: what the order must exceed.
    pub threshold: Won,
    pub rate: Rate,
}

/// 상품마일리지
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoodsMileage {
    pub promotion: Promotion,
    pub starts_at: DateTime<Utc>,
    /// The last instant it holds.
    pub ends_at: DateTime<Utc>,
    pub rate: AccrualRate,
    /// 최대적립금액: none and 0 mean no cap.
    pub most: Option<Won>,
    /// Empty means every grade.
    pub grades: Vec<MemberGrade>,
    /// Empty means every medium.
    pub media: Vec<OrderMedia>,
    /// Empty means nothing at all.
    pub targets: Vec<Target>,
}

impl GoodsMileage {
    pub fn cap(&self) -> Option<Won> {
        self.most.filter(|most| !most.is_zero())
    }
}

/// 적립대상
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub kind: AccrualTargetType,
    pub number: Option<String>,
}

/// 적립율 또는 적립금액
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccrualRate {
    /// 정률: a share of what the goods cost.
    Rate(Rate),
    /// 정액: so much for each goods.
    Fixed(Won),
}

impl AccrualRate {
    /// `None` where the number is no value of its kind: over 100 percent, or not whole won.
    pub fn of(kind: DiscountKind, value: RateOrWon) -> Option<Self> {
        match kind {
            DiscountKind::Rate => value.as_rate().map(Self::Rate),
            DiscountKind::FixedAmount => value.as_won().map(Self::Fixed),
        }
    }

    pub const fn kind(self) -> DiscountKind {
        match self {
            Self::Rate(_) => DiscountKind::Rate,
            Self::Fixed(_) => DiscountKind::FixedAmount,
        }
    }

    /// The number as the wire carries it; `None` for an amount the wire has no room for.
    pub fn value(self) -> Option<RateOrWon> {
        match self {
            Self::Rate(rate) => Some(rate.into()),
            Self::Fixed(amount) => RateOrWon::from_won(amount),
        }
    }
}

/// Something a policy must not say, and where it says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub place: Place,
    pub reason: Reason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    GradePromotion(usize),
    Grade(usize),
    Threshold(usize),
    MileagePromotion(usize),
    MileageEnd(usize),
    MileageCap(usize),
    TargetNumber(usize, usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A promotion number stands for one promotion.
    PromotionTwice,
    /// A grade has one accumulation.
    GradeTwice,
    EndsBeforeItStarts,
    Negative,
    TargetWithoutNumber,
}

impl Reason {
    /// Whether it is known without looking at other values.
    pub const fn is_of_one_value(self) -> bool {
        match self {
            Self::Negative => true,
            Self::PromotionTwice
            | Self::GradeTwice
            | Self::EndsBeforeItStarts
            | Self::TargetWithoutNumber => false,
        }
    }
}

/// Everything the parts of a policy must not say about one another; empty for a policy that may count.
///
/// Grades may share one promotion number, for the grade tells them apart; a goods mileage is known by its number alone.
pub fn faults(policy: &AccrualPolicy) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut add = |place, reason| faults.push(Fault { place, reason });
    let base_no = policy.base.as_ref().map(|base| &base.promotion.no);

    let mut grades = HashSet::new();
    for (index, grade) in policy.grades.iter().enumerate() {
        if base_no == Some(&grade.promotion.no) {
            add(Place::GradePromotion(index), Reason::PromotionTwice);
        }
        if !grades.insert(grade.grade) {
            add(Place::Grade(index), Reason::GradeTwice);
        }
        if grade.threshold.is_negative() {
            add(Place::Threshold(index), Reason::Negative);
        }
    }

    let mut numbers: HashSet<&PromotionNo> = policy.grades.iter().map(|grade| &grade.promotion.no).collect();
    numbers.extend(base_no);
    for (index, mileage) in policy.goods_mileages.iter().enumerate() {
        if !numbers.insert(&mileage.promotion.no) {
            add(Place::MileagePromotion(index), Reason::PromotionTwice);
        }
        if mileage.ends_at < mileage.starts_at {
            add(Place::MileageEnd(index), Reason::EndsBeforeItStarts);
        }
        if mileage.most.is_some_and(Won::is_negative) {
            add(Place::MileageCap(index), Reason::Negative);
        }
        for (target_index, target) in mileage.targets.iter().enumerate() {
            let has_number = target.number.as_deref().is_some_and(|number| !number.is_empty());
            if target.kind != AccrualTargetType::All && !has_number {
                add(Place::TargetNumber(index, target_index), Reason::TargetWithoutNumber);
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests;
