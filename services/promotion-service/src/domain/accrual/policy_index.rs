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
    terms: Vec<MileageTerms>,
    place_by_number: TextMap<usize>,
    targets: Targets,
    excluded_goods: TextMap<()>,
    /// Caps of goods mileages that earlier versions had and this one has not.
    retired_caps: TextMap<Won>,
}

/// What choosing asks of a goods mileage. It lies in every list of its targets, so that a list is read in one go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// Its place among the policy's goods mileages.
    pub(super) place: usize,
    /// Its worth for one goods as a line: where it starts, how it rises with every won and where it ends, in
    /// ten-thousandths of a won.
    pub(super) start: i64,
    pub(super) rise: i64,
    pub(super) top: i64,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    grades: Bits,
    media: Bits,
}

/// What an entry says of its goods mileage.
#[derive(Debug)]
pub(super) struct MileageTerms {
    pub(super) promotion: Promotion,
    pub(super) rate: AccrualRate,
    pub(super) cap: Option<Won>,
}

/// What of an order decides whether a goods mileage holds for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occasion {
    grade: u8,
    medium: u8,
    at: DateTime<Utc>,
}

impl Occasion {
    pub(super) fn of(order: &OrderToAccrue<'_>) -> Self {
        Self { grade: grade_bit(order.grade), medium: medium_bit(order.media), at: order.base_at }
    }
}

/// A set of codes of a small table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bits(u8);

/// For each kind of target, the goods mileages of a number, as a run of `candidates`.
#[derive(Debug, Default)]
struct Targets {
    goods: TextMap<Run>,
    brands: TextMap<Run>,
    standard_categories: TextMap<Run>,
    display_categories: TextMap<Run>,
    vendors: TextMap<Run>,
    sales_channels: TextMap<Run>,
    everything: Run,
    /// By place within each run.
    candidates: Vec<Candidate>,
}

/// A range of `candidates`, half as wide as one of `usize`: with its key it fills half a cache line of a map.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    start: u32,
    end: u32,
}

impl Run {
    /// A policy of more candidates than this can count would not fit into a request.
    fn of(range: &Range<usize>) -> Self {
        let narrow = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        Self { start: narrow(range.start), end: narrow(range.end) }
    }

    fn range(self) -> Range<usize> {
        let wide = |place: u32| usize::try_from(place).unwrap_or(usize::MAX);
        wide(self.start)..wide(self.end)
    }
}

/// The goods mileages of one target.
#[derive(Debug, Clone, Copy)]
pub(super) struct TargetList<'a> {
    /// Tells lists apart.
    pub(super) start: usize,
    pub(super) candidates: &'a [Candidate],
}

impl CompiledPolicy {
    /// `retired_caps`: the caps of goods mileages that only earlier versions had.
    pub fn compile(
        mut policy: AccrualPolicy,
        retired_caps: impl IntoIterator<Item = (PromotionNo, Won)>,
    ) -> Self {
        policy.goods_mileages.sort_by(|one, other| one.promotion.no.cmp(&other.promotion.no));
        let targets = Targets::of(&policy.goods_mileages);
        let terms: Vec<MileageTerms> = policy.goods_mileages.into_iter().map(MileageTerms::from).collect();
        let numbers = terms.iter().map(|terms| terms.promotion.no.as_str());
        let mut caps = TextMap::default();
        for (number, cap) in retired_caps {
            caps.insert(number.as_str(), cap);
        }
        Self {
            base: policy.base,
            grades: policy.grades,
            place_by_number: numbers.zip(0..).collect(),
            terms,
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
        !self.terms.is_empty()
    }

    pub(super) fn terms(&self, place: usize) -> Option<&MileageTerms> {
        self.terms.get(place)
    }

    pub(super) fn place_of(&self, number: &PromotionNo) -> Option<usize> {
        self.place_by_number.get(number.as_str()).copied()
    }

    /// The cap of the stored goods mileage of this number, of this version or the last one that had it.
    pub(super) fn cap_of(&self, number: &PromotionNo) -> Option<Won> {
        match self.place_of(number) {
            Some(place) => self.terms(place)?.cap,
            None => self.retired_caps.get(number.as_str()).copied(),
        }
    }

    /// Visits everything that targets this goods, whether it holds now or not.
    pub(super) fn for_each_list<'a>(&'a self, line: &AccrualLine<'_>, mut visit: impl FnMut(TargetList<'a>)) {
        let targets = &self.targets;
        let mut visit_run = |run: Run| {
            let range = run.range();
            let start = range.start;
            visit(TargetList { start, candidates: targets.candidates.get(range).unwrap_or_default() });
        };
        for (map, number) in [
            (&targets.goods, line.goods_no.as_str()),
            (&targets.brands, line.brand),
            (&targets.standard_categories, line.standard_category),
            (&targets.display_categories, line.display_category),
            (&targets.vendors, line.vendor),
            (&targets.sales_channels, line.sales_channel),
        ] {
            if let Some(run) = map.get(number) {
                visit_run(*run);
            }
        }
        visit_run(targets.everything);
    }
}

impl From<GoodsMileage> for MileageTerms {
    fn from(mileage: GoodsMileage) -> Self {
        Self { cap: mileage.cap(), promotion: mileage.promotion, rate: mileage.rate }
    }
}

impl Candidate {
    fn of(place: usize, mileage: &GoodsMileage) -> Self {
        let (start, rise) = match mileage.rate {
            AccrualRate::Rate(rate) => (0, rate.basis_points()),
            AccrualRate::Fixed(each) => (each.amount().saturating_mul(Rate::WHOLE), 0),
        };
        Self {
            place,
            start,
            rise,
            top: mileage.cap().map_or(i64::MAX, |cap| cap.amount().saturating_mul(Rate::WHOLE)),
            starts_at: mileage.starts_at,
            ends_at: mileage.ends_at,
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

    /// What it is worth for one goods, in ten-thousandths of a won, so that nothing is rounded. Exact up to
    /// [`LARGEST_BASE`].
    pub(super) fn worth(&self, base: Won) -> i64 {
        // A line that starts above 0 does not rise, so the sum fits as well.
        (base.amount() * self.rise + self.start).min(self.top)
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
        let mut lists: BTreeMap<(AccrualTargetType, &str), Vec<Candidate>> = BTreeMap::new();
        for (place, mileage) in mileages.iter().enumerate() {
            let candidate = Candidate::of(place, mileage);
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
                let list = lists.entry((target.kind, number)).or_default();
                // Places only rise, so a target that a promotion names twice is the last one.
                if list.last().is_none_or(|last| last.place != place) {
                    list.push(candidate);
                }
            }
        }
        let mut targets = Self::default();
        for ((kind, number), list) in lists {
            let start = targets.candidates.len();
            targets.candidates.extend(list);
            let run = Run::of(&(start..targets.candidates.len()));
            let map = match kind {
                AccrualTargetType::Goods => &mut targets.goods,
                AccrualTargetType::Brand => &mut targets.brands,
                AccrualTargetType::StandardCategory => &mut targets.standard_categories,
                AccrualTargetType::DisplayCategory => &mut targets.display_categories,
                AccrualTargetType::Vendor => &mut targets.vendors,
                AccrualTargetType::SalesChannel => &mut targets.sales_channels,
                AccrualTargetType::All => {
                    targets.everything = run;
                    continue;
                }
            };
            map.insert(number, run);
        }
        targets
    }
}
