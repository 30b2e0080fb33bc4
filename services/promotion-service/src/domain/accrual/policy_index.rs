//! A policy made ready for calculations: goods mileages are found by what they target, never by going through them.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::{DateTime, Utc};
use commerce::{AccrualTargetType, GoodsNo, MemberGrade, OrderMedia, PromotionNo, Rate, Won};

use super::text_key::TextMap;
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
    /// Beside `mileages`: what only an entry needs, out of the way of those that lose.
    promotions: Vec<Promotion>,
    place_by_number: TextMap<usize>,
    targets: Targets,
    excluded_goods: TextMap<()>,
    /// Caps of goods mileages that earlier versions had and this one has not.
    retired_caps: TextMap<Won>,
}

/// A goods mileage with what choosing asks of it.
#[derive(Debug)]
pub(super) struct ActiveMileage {
    pub(super) rate: AccrualRate,
    pub(super) cap: Option<Won>,
    starts_at: Instant,
    ends_at: Instant,
    grades: Bits,
    media: Bits,
    /// Its worth as a line: where it starts, how it rises with every won and where it ends.
    start: i64,
    rise: i64,
    top: i64,
}

/// Nanoseconds since 1970, which compare as one number.
type Instant = i128;

/// What of an order decides whether a goods mileage holds for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occasion {
    grade: u8,
    medium: u8,
    at: Instant,
}

impl Occasion {
    pub(super) fn of(order: &OrderToAccrue<'_>) -> Self {
        Self { grade: grade_bit(order.grade), medium: medium_bit(order.media), at: instant(order.base_at) }
    }
}

fn instant(at: DateTime<Utc>) -> Instant {
    i128::from(at.timestamp()) * 1_000_000_000 + i128::from(at.timestamp_subsec_nanos())
}

/// A set of codes of a small table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bits(u8);

/// For each kind of target, the goods mileages of a number, as a range of `members`.
#[derive(Debug, Default)]
struct Targets {
    goods: TextMap<Range<usize>>,
    brands: TextMap<Range<usize>>,
    standard_categories: TextMap<Range<usize>>,
    display_categories: TextMap<Range<usize>>,
    vendors: TextMap<Range<usize>>,
    sales_channels: TextMap<Range<usize>>,
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
        let mileages = policy.goods_mileages.iter().map(ActiveMileage::of).collect();
        let promotions: Vec<Promotion> =
            policy.goods_mileages.into_iter().map(|mileage| mileage.promotion).collect();
        let mut caps = TextMap::default();
        for (number, cap) in retired_caps {
            caps.insert(number.as_str(), cap);
        }
        Self {
            base: policy.base,
            grades: policy.grades,
            mileages,
            place_by_number: promotions.iter().map(|promotion| promotion.no.as_str()).zip(0..).collect(),
            promotions,
            targets,
            excluded_goods: policy.excluded_goods.iter().map(|goods_no| (goods_no.as_str(), ())).collect(),
            retired_caps: caps,
        }
    }

    pub(super) fn base(&self) -> Option<&BaseAccrual> {
        self.base.as_ref()
    }

    pub(super) fn grade(&self, grade: MemberGrade) -> Option<&GradeAccrual> {
        self.grades.iter().find(|accrual| accrual.grade == grade)
    }

    pub(super) fn is_excluded(&self, goods_no: &GoodsNo) -> bool {
        self.excluded_goods.get(goods_no.as_str()).is_some()
    }

    pub(super) fn has_goods_mileages(&self) -> bool {
        !self.mileages.is_empty()
    }

    pub(super) fn mileage(&self, place: usize) -> Option<&ActiveMileage> {
        self.mileages.get(place)
    }

    pub(super) fn promotion(&self, place: usize) -> Option<&Promotion> {
        self.promotions.get(place)
    }

    pub(super) fn place_of(&self, number: &PromotionNo) -> Option<usize> {
        self.place_by_number.get(number.as_str()).copied()
    }

    /// The cap of the stored goods mileage of this number, of this version or the last one that had it.
    pub(super) fn cap_of(&self, number: &PromotionNo) -> Option<Won> {
        match self.place_of(number) {
            Some(place) => self.mileage(place)?.cap,
            None => self.retired_caps.get(number.as_str()).copied(),
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
    fn of(mileage: &GoodsMileage) -> Self {
        let (start, rise) = match mileage.rate {
            AccrualRate::Rate(rate) => (0, rate.basis_points()),
            AccrualRate::Fixed(each) => (each.amount().saturating_mul(Rate::WHOLE), 0),
        };
        let top = mileage.cap().map_or(i64::MAX, |cap| cap.amount().saturating_mul(Rate::WHOLE));
        Self {
            start,
            rise,
            top,
            rate: mileage.rate,
            cap: mileage.cap(),
            starts_at: instant(mileage.starts_at),
            ends_at: instant(mileage.ends_at),
            grades: Bits::of(mileage.grades.iter().copied().map(grade_bit)),
            media: Bits::of(mileage.media.iter().copied().map(medium_bit)),
        }
    }

    /// Whether it holds for this order at all, whatever its goods.
    pub(super) fn holds_on(&self, occasion: Occasion) -> bool {
        self.grades.has(occasion.grade)
            && self.media.has(occasion.medium)
            && (self.starts_at..=self.ends_at).contains(&occasion.at)
    }

    /// What it is worth for one goods, in ten-thousandths of a won, so that nothing is rounded. Exact for every base up
    /// to [`Won`]'s ten-thousandth, which no goods exceeds.
    pub(super) fn worth(&self, base: Won) -> i64 {
        base.amount().saturating_mul(self.rise).saturating_add(self.start).min(self.top)
    }
}

/// The largest base whose worth is exact.
pub(super) const LARGEST_BASE: Won = Won::new(i64::MAX / Rate::WHOLE);

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
        let mut places: BTreeMap<(AccrualTargetType, &str), Vec<usize>> = BTreeMap::new();
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
            map.insert(number, range);
        }
        targets
    }
}
