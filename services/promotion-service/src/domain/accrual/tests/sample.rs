//! Orders and policies in few words.

use chrono::{DateTime, Utc};
use commerce::{AccrualTargetType, GoodsNo, ItemNo, MemberGrade, OrderMedia, PromotionNo, Rate, Won};

use super::super::*;
use crate::domain::accrual_policy::{
    AccrualPolicy, AccrualRate, BaseAccrual, GoodsMileage, GradeAccrual, Promotion, Target,
};

pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(super) fn no(text: &str) -> PromotionNo {
    PromotionNo::parse(text).unwrap()
}

fn promotion(number: &str) -> Promotion {
    Promotion { no: no(number), name: format!("{number} 적립"), burden: None }
}

/// A rate by its percent text.
pub(super) fn percent(text: &str) -> AccrualRate {
    AccrualRate::Rate(Rate::from_percent_text(text).unwrap())
}

pub(super) fn fixed(amount: i64) -> AccrualRate {
    AccrualRate::Fixed(Won::new(amount))
}

pub(super) fn base(rate: &str) -> BaseAccrual {
    BaseAccrual { promotion: promotion("A21"), rate: Rate::from_percent_text(rate).unwrap() }
}

pub(super) fn grade(grade: MemberGrade, threshold: i64, rate: &str) -> GradeAccrual {
    GradeAccrual {
        promotion: promotion("A22"),
        grade,
        threshold: Won::new(threshold),
        rate: Rate::from_percent_text(rate).unwrap(),
    }
}

/// Holds for everybody during August 2026.
pub(super) fn mileage(
    number: &str,
    rate: AccrualRate,
    targets: &[(AccrualTargetType, &str)],
) -> GoodsMileage {
    GoodsMileage {
        promotion: promotion(number),
        starts_at: at("2026-07-31T15:00:00Z"),
        ends_at: at("2026-08-31T14:59:59Z"),
        rate,
        most: None,
        grades: Vec::new(),
        media: Vec::new(),
        targets: targets
            .iter()
            .map(|(kind, number)| Target { kind: *kind, number: Some((*number).to_owned()) })
            .collect(),
    }
}

pub(super) fn capped(mileage: GoodsMileage, most: i64) -> GoodsMileage {
    GoodsMileage { most: Some(Won::new(most)), ..mileage }
}

pub(super) fn goods_mileages(goods_mileages: Vec<GoodsMileage>) -> AccrualPolicy {
    AccrualPolicy { goods_mileages, ..AccrualPolicy::default() }
}

/// A goods of the request, owned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Goods {
    pub(super) goods_no: GoodsNo,
    pub(super) item_no: ItemNo,
    pub(super) amount: i64,
    pub(super) share: i64,
    pub(super) brand: String,
    pub(super) category: String,
    pub(super) vendor: String,
    pub(super) named: Option<PromotionNo>,
}

pub(super) fn goods(number: &str, amount: i64) -> Goods {
    Goods {
        goods_no: GoodsNo::parse(number).unwrap(),
        item_no: ItemNo::parse("001").unwrap(),
        amount,
        share: 0,
        brand: "B01".to_owned(),
        category: "C01".to_owned(),
        vendor: "E01".to_owned(),
        named: None,
    }
}

impl Goods {
    pub(super) fn of_brand(self, brand: &str) -> Self {
        Self { brand: brand.to_owned(), ..self }
    }

    pub(super) fn less(self, share: i64) -> Self {
        Self { share, ..self }
    }

    pub(super) fn naming(self, number: &str) -> Self {
        Self { named: Some(no(number)), ..self }
    }
}

/// An order of a gold member on a PC, on the morning of 1 August 2026.
pub(super) fn order(goods: &[Goods]) -> OrderToAccrue<'_> {
    OrderToAccrue {
        grade: MemberGrade::Gold,
        media: OrderMedia::Pc,
        base_at: at("2026-08-01T01:00:00Z"),
        lines: goods
            .iter()
            .map(|goods| AccrualLine {
                goods_no: &goods.goods_no,
                item_no: &goods.item_no,
                amount_paid: Won::new(goods.amount),
                standard_category: "S01",
                display_category: &goods.category,
                brand: &goods.brand,
                vendor: &goods.vendor,
                sales_channel: "1000001",
                named: goods.named.as_ref(),
            })
            .collect(),
        promotion_shares: goods
            .iter()
            .filter(|goods| goods.share != 0)
            .map(|goods| PromotionShare {
                goods_no: &goods.goods_no,
                item_no: &goods.item_no,
                amount: Won::new(goods.share),
            })
            .collect(),
        promised: None,
    }
}

/// An entry with its promotion, amount, standard amount, and (place, amount) per goods.
pub(super) type Row = (AccrualKind, String, i64, i64, Vec<(usize, i64)>);

pub(super) fn rows(accrual: &Accrual<'_>) -> Vec<Row> {
    accrual
        .entries
        .iter()
        .map(|entry| {
            let shares = accrual.shares_of(entry).iter();
            (
                entry.kind,
                entry.promise.promotion_no.to_string(),
                entry.amount.amount(),
                entry.standard.amount(),
                shares.map(|share| (share.place, share.amount.amount())).collect(),
            )
        })
        .collect()
}

pub(super) fn earned(policy: &AccrualPolicy, order: &OrderToAccrue<'_>) -> (i64, Vec<Row>) {
    let policy = CompiledPolicy::compile(policy.clone(), []);
    let accrual = accrue(&policy, order).unwrap();
    (accrual.total.amount(), rows(&accrual))
}
