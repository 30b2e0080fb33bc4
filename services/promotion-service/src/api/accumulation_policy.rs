//! The policy document between wire and domain. What was put is what is read.

use commerce::{Rate, SiteNo};
use dto::promotion::{
    AccumulationPolicy, BaseAccumulation, GoodsMileage as MileageDto, GradeAccumulation, MileageTarget,
};
use platform::error::Problem;
use platform::form::Form;

use crate::domain::accrual_policy::{
    self, AccrualPolicy, AccrualRate, BaseAccrual, Fault, GoodsMileage, GradeAccrual, Place, Promotion,
    Reason, Target,
};
use crate::domain::burden::Burden;

pub(super) fn site(form: &mut Form, text: &str) -> Option<SiteNo> {
    form.required("siteNo", Some(text), SiteNo::parse)
}

/// Everything wrong with the document is named at once.
///
/// What can't be taken is put down in the form, and something else stands in its place: the policy is good only if the form is.
pub(super) fn accrual_policy(document: AccumulationPolicy, form: &mut Form) -> AccrualPolicy {
    let base = document.base.map(|base| base_accrual(base, form));
    let grades = document
        .grades
        .into_iter()
        .enumerate()
        .map(|(index, grade)| grade_accrual(index, grade, form))
        .collect();
    let goods_mileages = document
        .goods_mileages
        .into_iter()
        .enumerate()
        .map(|(index, mileage)| goods_mileage(index, mileage, form))
        .collect();
    let policy =
        AccrualPolicy { base, grades, goods_mileages, excluded_goods: document.mileage_excluded_goods };
    for fault in accrual_policy::faults(&policy) {
        if form.is_whole() || fault.reason.is_of_one_value() {
            form.reject(field(&fault), message(fault.reason));
        }
    }
    policy
}

fn base_accrual(base: BaseAccumulation, form: &mut Form) -> BaseAccrual {
    let burden = burden("base", (base.our_chrg_rate, base.entr_chrg_rate), form);
    let promotion = Promotion { no: base.promo_no, name: base.promo_nm, burden };
    BaseAccrual { promotion, rate: base.accm_rate }
}

fn grade_accrual(index: usize, grade: GradeAccumulation, form: &mut Form) -> GradeAccrual {
    let rates = (grade.our_chrg_rate, grade.entr_chrg_rate);
    let burden = burden(&format!("grades[{index}]"), rates, form);
    GradeAccrual {
        promotion: Promotion { no: grade.promo_no, name: grade.promo_nm, burden },
        grade: grade.mbr_grade_cd,
        threshold: grade.rsrv_std_amt,
        rate: grade.accm_rate,
    }
}

fn goods_mileage(index: usize, mileage: MileageDto, form: &mut Form) -> GoodsMileage {
    let place = format!("goodsMileages[{index}]");
    let burden = burden(&place, (mileage.our_chrg_rate, mileage.entr_chrg_rate), form);
    let rate = AccrualRate::of(mileage.fixamt_fxrt_gb_cd, mileage.accm_rate);
    if rate.is_none() && form.was_read(&format!("{place}.fixamtFxrtGbCd")) {
        form.reject(format!("{place}.accmRate"), "정률은 0에서 100까지, 정액은 1원 단위로 입력해 주세요.");
    }
    GoodsMileage {
        promotion: Promotion { no: mileage.promo_no, name: mileage.promo_nm, burden },
        starts_at: mileage.str_dtm.utc(),
        ends_at: mileage.end_dtm.utc(),
        rate: rate.unwrap_or(AccrualRate::Rate(Rate::ZERO)),
        most: mileage.max_accm_amt,
        grades: mileage.mbr_grade_cds,
        media: mileage.ord_media_cds,
        targets: mileage
            .targets
            .into_iter()
            .map(|target| Target { kind: target.target_typ_cd, number: target.target_no })
            .collect(),
    }
}

/// Both rates or neither.
fn burden(place: &str, rates: (Option<i32>, Option<i32>), form: &mut Form) -> Option<Burden> {
    let wrong = match rates {
        (None, None) => return None,
        (None, Some(_)) => "ourChrgRate",
        (Some(_), None) => "entrChrgRate",
        (Some(ours), Some(vendors)) => match Burden::new(ours, vendors) {
            Some(burden) => return Some(burden),
            None if (0..=100).contains(&ours) => "entrChrgRate",
            None => "ourChrgRate",
        },
    };
    if ["ourChrgRate", "entrChrgRate"].iter().all(|rate| form.was_read(&format!("{place}.{rate}"))) {
        form.reject(format!("{place}.{wrong}"), "분담률은 0에서 100까지이며 합이 100이어야 합니다.");
    }
    None
}

fn field(fault: &Fault) -> String {
    match fault.place {
        Place::GradePromotion(index) => format!("grades[{index}].promoNo"),
        Place::Grade(index) => format!("grades[{index}].mbrGradeCd"),
        Place::Threshold(index) => format!("grades[{index}].rsrvStdAmt"),
        Place::MileagePromotion(index) => format!("goodsMileages[{index}].promoNo"),
        Place::MileageEnd(index) => format!("goodsMileages[{index}].endDtm"),
        Place::MileageCap(index) => format!("goodsMileages[{index}].maxAccmAmt"),
        Place::TargetNumber(index, target) => {
            format!("goodsMileages[{index}].targets[{target}].targetNo")
        }
    }
}

const fn message(reason: Reason) -> &'static str {
    match reason {
        Reason::PromotionTwice => "이미 사용한 프로모션번호입니다.",
        Reason::GradeTwice => "회원등급이 두 번 있습니다.",
        Reason::EndsBeforeItStarts => "종료일시가 시작일시보다 빠릅니다.",
        Reason::Negative => "0원 이상이어야 합니다.",
        Reason::TargetWithoutNumber => "적립대상 번호는 필수입니다.",
    }
}

pub(super) fn accumulation_policy(policy: AccrualPolicy) -> Result<AccumulationPolicy, Problem> {
    let goods_mileages = policy
        .goods_mileages
        .into_iter()
        .map(|mileage| {
            mileage_dto(mileage)
                .ok_or_else(|| Problem::internal("a stored amount is larger than any that was put"))
        })
        .collect::<Result<_, _>>()?;
    Ok(AccumulationPolicy {
        base: policy.base.map(|base| BaseAccumulation {
            our_chrg_rate: base.promotion.burden.map(Burden::our_rate),
            entr_chrg_rate: base.promotion.burden.map(Burden::vendor_rate),
            promo_no: base.promotion.no,
            promo_nm: base.promotion.name,
            accm_rate: base.rate,
        }),
        grades: policy
            .grades
            .into_iter()
            .map(|grade| GradeAccumulation {
                our_chrg_rate: grade.promotion.burden.map(Burden::our_rate),
                entr_chrg_rate: grade.promotion.burden.map(Burden::vendor_rate),
                promo_no: grade.promotion.no,
                promo_nm: grade.promotion.name,
                mbr_grade_cd: grade.grade,
                rsrv_std_amt: grade.threshold,
                accm_rate: grade.rate,
            })
            .collect(),
        goods_mileages,
        mileage_excluded_goods: policy.excluded_goods,
    })
}

fn mileage_dto(mileage: GoodsMileage) -> Option<MileageDto> {
    Some(MileageDto {
        our_chrg_rate: mileage.promotion.burden.map(Burden::our_rate),
        entr_chrg_rate: mileage.promotion.burden.map(Burden::vendor_rate),
        promo_no: mileage.promotion.no,
        promo_nm: mileage.promotion.name,
        str_dtm: mileage.starts_at.into(),
        end_dtm: mileage.ends_at.into(),
        fixamt_fxrt_gb_cd: mileage.rate.kind(),
        accm_rate: mileage.rate.value()?,
        max_accm_amt: mileage.most,
        mbr_grade_cds: mileage.grades,
        ord_media_cds: mileage.media,
        targets: mileage
            .targets
            .into_iter()
            .map(|target| MileageTarget { target_typ_cd: target.kind, target_no: target.number })
            .collect(),
    })
}
