//! A policy as it is written into a row. Documents of every version ever put must stay readable: fields may be added with
//! a default, never renamed.

use chrono::{DateTime, Utc};
use commerce::{AccrualTargetType, GoodsNo, MemberGrade, OrderMedia, PromotionNo, Rate, Won};
use serde::{Deserialize, Serialize};

use crate::domain::accrual_policy::{
    AccrualPolicy, AccrualRate, BaseAccrual, GoodsMileage, GradeAccrual, Promotion, Target,
};
use crate::domain::burden::Burden;

#[derive(Serialize, Deserialize)]
pub(super) struct PolicyDocument {
    base: Option<BaseDocument>,
    grades: Vec<GradeDocument>,
    goods_mileages: Vec<MileageDocument>,
    excluded_goods: Vec<GoodsNo>,
}

#[derive(Serialize, Deserialize)]
struct PromotionDocument {
    no: PromotionNo,
    name: String,
    /// The vendor's percentage.
    vendor_rate: Option<i32>,
}

#[derive(Serialize, Deserialize)]
struct BaseDocument {
    promotion: PromotionDocument,
    rate: Rate,
}

#[derive(Serialize, Deserialize)]
struct GradeDocument {
    promotion: PromotionDocument,
    grade: MemberGrade,
    threshold: Won,
    rate: Rate,
}

#[derive(Serialize, Deserialize)]
struct MileageDocument {
    promotion: PromotionDocument,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    rate: Option<Rate>,
    fixed_amount: Option<Won>,
    most: Option<Won>,
    grades: Vec<MemberGrade>,
    media: Vec<OrderMedia>,
    targets: Vec<(AccrualTargetType, Option<String>)>,
}

impl From<&AccrualPolicy> for PolicyDocument {
    fn from(policy: &AccrualPolicy) -> Self {
        Self {
            base: policy.base.as_ref().map(|base| BaseDocument {
                promotion: PromotionDocument::from(&base.promotion),
                rate: base.rate,
            }),
            grades: policy
                .grades
                .iter()
                .map(|grade| GradeDocument {
                    promotion: PromotionDocument::from(&grade.promotion),
                    grade: grade.grade,
                    threshold: grade.threshold,
                    rate: grade.rate,
                })
                .collect(),
            goods_mileages: policy.goods_mileages.iter().map(MileageDocument::from).collect(),
            excluded_goods: policy.excluded_goods.clone(),
        }
    }
}

impl From<&Promotion> for PromotionDocument {
    fn from(promotion: &Promotion) -> Self {
        Self {
            no: promotion.no.clone(),
            name: promotion.name.clone(),
            vendor_rate: promotion.burden.map(Burden::vendor_rate),
        }
    }
}

impl From<&GoodsMileage> for MileageDocument {
    fn from(mileage: &GoodsMileage) -> Self {
        let (rate, fixed_amount) = match mileage.rate {
            AccrualRate::Rate(rate) => (Some(rate), None),
            AccrualRate::Fixed(amount) => (None, Some(amount)),
        };
        Self {
            promotion: PromotionDocument::from(&mileage.promotion),
            starts_at: mileage.starts_at,
            ends_at: mileage.ends_at,
            rate,
            fixed_amount,
            most: mileage.most,
            grades: mileage.grades.clone(),
            media: mileage.media.clone(),
            targets: mileage.targets.iter().map(|target| (target.kind, target.number.clone())).collect(),
        }
    }
}

impl From<PolicyDocument> for AccrualPolicy {
    fn from(document: PolicyDocument) -> Self {
        Self {
            base: document.base.map(|base| BaseAccrual { promotion: base.promotion.into(), rate: base.rate }),
            grades: document
                .grades
                .into_iter()
                .map(|grade| GradeAccrual {
                    promotion: grade.promotion.into(),
                    grade: grade.grade,
                    threshold: grade.threshold,
                    rate: grade.rate,
                })
                .collect(),
            goods_mileages: document.goods_mileages.into_iter().map(GoodsMileage::from).collect(),
            excluded_goods: document.excluded_goods,
        }
    }
}

impl From<PromotionDocument> for Promotion {
    fn from(document: PromotionDocument) -> Self {
        let burden = document.vendor_rate.map(|vendor_rate| Burden::of_order(None, Some(vendor_rate)));
        Self { no: document.no, name: document.name, burden }
    }
}

impl From<MileageDocument> for GoodsMileage {
    fn from(document: MileageDocument) -> Self {
        Self {
            promotion: document.promotion.into(),
            starts_at: document.starts_at,
            ends_at: document.ends_at,
            rate: match document.rate {
                Some(rate) => AccrualRate::Rate(rate),
                None => AccrualRate::Fixed(document.fixed_amount.unwrap_or(Won::ZERO)),
            },
            most: document.most,
            grades: document.grades,
            media: document.media,
            targets: document.targets.into_iter().map(|(kind, number)| Target { kind, number }).collect(),
        }
    }
}
