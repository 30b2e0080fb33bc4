//! A policy made ready for calculations: goods mileages are found by what they target, never by going through them.

use std::ops::Range;

use chrono::{DateTime, Utc};
use commerce::{AccrualTargetType, GoodsNo, MemberGrade, OrderMedia, PromotionNo, Won};

use super::quick_hash::QuickMap;
use super::{AccrualLine, OrderToAccrue};
use crate::domain::accrual_policy::{
    AccrualPolicy, AccrualRate, BaseAccrual, GoodsMileage, GradeAccrual, Promotion,
};

/// 적립정책, indexed. Built once per version and shared by every calculation.
#[derive(Debug, Default)]
pub struct CompiledPolicy {
    base: Option<BaseAccrual>,
    grades: Vec<GradeAccrual>,
    /// By promotion number, so that a smaller place wins a tie.
    mileages: Vec<ActiveMileage>,
    place_by_number: QuickMap<PromotionNo, usize>,
    targets: Targets,
    excluded_goods: QuickMap<GoodsNo, ()>,
    /// Caps of goods mileages that earlier versions had and this one has not.
    retired_caps: QuickMap<PromotionNo, Won>,
}

/// A goods mileage with what a calculation asks of it.
#[derive(Debug)]
pub(super) struct ActiveMileage {
    pub(super) promotion: Promotion,
    pub(super) rate: AccrualRate,
    pub(super) cap: Option<Won>,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    grades: Bits,
    media: Bits,
}

/// A set of codes of a small table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bits(u8);

/// For each kind of target, the goods mileages of a number, as a range of `members`.
#[derive(Debug, Default)]
struct Targets {
    goods: QuickMap<String, Range<usize>>,
    brands: QuickMap<String, Range<usize>>,
    standard_categories: QuickMap<String, Range<usize>>,
    display_categories: QuickMap<String, Range<usize>>,
    vendors: QuickMap<String, Range<usize>>,
    sales_channels: QuickMap<String, Range<usize>>,
    everything: Range<usize>,
    /// Places of goods mileages, ascending within each range.
    members: Vec<usize>,
}

/// The goods mileages of one target.
#[derive(Debug, Clone, Copy)]
pub(super) struct TargetList<'a> {
    /// Tells lists apart.
    pub(super) start: usize,
    pub(super) places: &'a [usize],
}

impl CompiledPolicy {
    /// `retired_caps`: the caps of goods mileages that only earlier versions had.
    pub fn compile(
        mut policy: AccrualPolicy,
        retired_caps: impl IntoIterator<Item = (PromotionNo, Won)>,
    ) -> Self {
        policy.goods_mileages.sort_by(|one, other| one.promotion.no.cmp(&other.promotion.no));
        let targets = Targets::of(&policy.goods_mileages);
        let mileages: Vec<ActiveMileage> = policy.goods_mileages.into_iter().map(ActiveMileage::from).collect();
        let numbers = mileages.iter().map(|mileage| mileage.promotion.no.clone());
        Self {
            base: policy.base,
            grades: policy.grades,
            place_by_number: numbers.zip(0..).collect(),
            mileages,
            targets,
            excluded_goods: policy.excluded_goods.into_iter().map(|goods_no| (goods_no, ())).collect(),
            retired_caps: retired_caps.into_iter().collect(),
        }
    }

    pub(super) fn base(&self) -> Option<&BaseAccrual> {
        self.base.as_ref()
    }

    pub(super) fn grade(&self, grade: MemberGrade) -> Option<&GradeAccrual> {
        self.grades.iter().find(|accrual| accrual.grade == grade)
    }

    pub(super) fn is_excluded(&self, goods_no: &GoodsNo) -> bool {
        self.excluded_goods.contains_key(goods_no)
    }

    pub(super) fn has_goods_mileages(&self) -> bool {
        !self.mileages.is_empty()
    }

    pub(super) fn mileage(&self, place: usize) -> Option<&ActiveMileage> {
        self.mileages.get(place)
    }

    pub(super) fn place_of(&self, number: &PromotionNo) -> Option<usize> {
        self.place_by_number.get(number).copied()
    }

    /// The cap of the stored goods mileage of this number, of this version or the last one that had it.
    pub(super) fn cap_of(&self, number: &PromotionNo) -> Option<Won> {
        match self.place_of(number) {
            Some(place) => self.mileage(place)?.cap,
            None => self.retired_caps.get(number).copied(),
        }
    }

    /// Everything that targets this goods, whether it holds now or not.
    pub(super) fn lists_for<'a>(&'a self, line: &AccrualLine<'_>) -> [TargetList<'a>; 7] {
        let targets = &self.targets;
        let list = |range: Option<&Range<usize>>| {
            let range = range.cloned().unwrap_or_default();
            TargetList { start: range.start, places: targets.members.get(range).unwrap_or_default() }
        };
        [
            list(targets.goods.get(line.goods_no.as_str())),
            list(targets.brands.get(line.brand)),
            list(targets.standard_categories.get(line.standard_category)),
            list(targets.display_categories.get(line.display_category)),
            list(targets.vendors.get(line.vendor)),
            list(targets.sales_channels.get(line.sales_channel)),
            list(Some(&targets.everything)),
        ]
    }
}

impl ActiveMileage {
    /// Whether it holds for this order at all, whatever its goods.
    pub(super) fn holds_for(&self, order: &OrderToAccrue<'_>) -> bool {
        self.grades.has(grade_bit(order.grade))
            && self.media.has(medium_bit(order.media))
            && self.starts_at <= order.base_at
            && order.base_at <= self.ends_at
    }

    /// What it is worth for one goods, in ten-thousandths of a won, so that nothing is rounded.
    pub(super) fn worth(&self, base: Won) -> i128 {
        const FRACTION: i128 = 10_000;
        let uncapped = match self.rate {
            AccrualRate::Rate(rate) => i128::from(base.amount()) * i128::from(rate.basis_points()),
            AccrualRate::Fixed(each) => i128::from(each.amount()) * FRACTION,
        };
        self.cap.map_or(uncapped, |cap| uncapped.min(i128::from(cap.amount()) * FRACTION))
    }
}

impl From<GoodsMileage> for ActiveMileage {
    fn from(mileage: GoodsMileage) -> Self {
        Self {
            cap: mileage.cap(),
            promotion: mileage.promotion,
            rate: mileage.rate,
            starts_at: mileage.starts_at,
            ends_at: mileage.ends_at,
            grades: Bits::of(mileage.grades.into_iter().map(grade_bit)),
            media: Bits::of(mileage.media.into_iter().map(medium_bit)),
        }
    }
}

impl Bits {
    const ALL: Self = Self(u8::MAX);

    /// No code at all means every code.
    fn of(bits: impl Iterator<Item = u8>) -> Self {
        match bits.fold(0, |set, bit| set | bit) {
            0 => Self::ALL,
            set => Self(set),
        }
    }

    fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }
}

const fn grade_bit(grade: MemberGrade) -> u8 {
    match grade {
        MemberGrade::Green => 1,
        MemberGrade::Family => 2,
        MemberGrade::Gold => 4,
        MemberGrade::Vip => 8,
        MemberGrade::Vvip => 16,
    }
}

const fn medium_bit(medium: OrderMedia) -> u8 {
    match medium {
        OrderMedia::CallCentre => 1,
        OrderMedia::Pc => 2,
        OrderMedia::MobileWeb => 4,
        OrderMedia::AndroidApp => 8,
        OrderMedia::IosApp => 16,
        OrderMedia::RegularOrder => 32,
    }
}

impl Targets {
    fn of(mileages: &[GoodsMileage]) -> Self {
        let mut places: QuickMap<(AccrualTargetType, &str), Vec<usize>> = QuickMap::default();
        for (place, mileage) in mileages.iter().enumerate() {
            for target in &mileage.targets {
                let number = match target.kind {
                    AccrualTargetType::All => "",
                    AccrualTargetType::Goods
                    | AccrualTargetType::Brand
                    | AccrualTargetType::StandardCategory
                    | AccrualTargetType::DisplayCategory
                    | AccrualTargetType::Vendor
                    | AccrualTargetType::SalesChannel => target.number.as_deref().unwrap_or_default(),
                };
                let list = places.entry((target.kind, number)).or_default();
                // Places only rise, so a target that a promotion names twice is the last one.
                if list.last() != Some(&place) {
                    list.push(place);
                }
            }
        }
        let mut targets = Self::default();
        for ((kind, number), list) in places {
            let start = targets.members.len();
            targets.members.extend(list);
            let range = start..targets.members.len();
            let map = match kind {
                AccrualTargetType::Goods => &mut targets.goods,
                AccrualTargetType::Brand => &mut targets.brands,
                AccrualTargetType::StandardCategory => &mut targets.standard_categories,
                AccrualTargetType::DisplayCategory => &mut targets.display_categories,
                AccrualTargetType::Vendor => &mut targets.vendors,
                AccrualTargetType::SalesChannel => &mut targets.sales_channels,
                AccrualTargetType::All => {
                    targets.everything = range;
                    continue;
                }
            };
            map.insert(number.to_owned(), range);
        }
        targets
    }
}
