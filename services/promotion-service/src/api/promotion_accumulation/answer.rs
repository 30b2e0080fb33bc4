use commerce::{MileageReason, PromotionType};
use dto::promotion::{AccmInfo, AccmPromotionInfo, AccmResponse};
use platform::error::Problem;

use crate::domain::accrual::{Accrual, AccrualKind, Entry, OrderToAccrue};

pub(super) fn accm_response(
    accrual: &Accrual<'_>,
    order: &OrderToAccrue<'_>,
) -> Result<AccmResponse, Problem> {
    let accm_list = accrual
        .entries
        .iter()
        .map(|entry| {
            accm_promotion(accrual, entry, order)
                .ok_or_else(|| Problem::internal("an entry has no form on the wire"))
        })
        .collect::<Result<_, _>>()?;
    Ok(AccmResponse { total_accm_amt: accrual.total, accm_list })
}

fn accm_promotion(
    accrual: &Accrual<'_>,
    entry: &Entry<'_>,
    order: &OrderToAccrue<'_>,
) -> Option<AccmPromotionInfo> {
    let (accm_gb_cd, promo_typ_cd) = match entry.kind {
        AccrualKind::Order => (MileageReason::Order, None),
        AccrualKind::Grade => (MileageReason::Grade, None),
        AccrualKind::GoodsMileage => (MileageReason::Promotion, Some(PromotionType::GoodsMileage)),
    };
    let promise = entry.promise;
    let goods_accm_list = accrual
        .shares_of(entry)
        .iter()
        .map(|share| {
            let line = order.lines.get(share.place)?;
            Some(AccmInfo {
                goods_no: line.goods_no.clone(),
                itm_no: line.item_no.clone(),
                accm_amt: share.amount,
            })
        })
        .collect::<Option<_>>()?;
    Some(AccmPromotionInfo {
        accm_gb_cd,
        accm_rate: promise.rate.value()?,
        accm_amt: entry.amount,
        promo_no: promise.promotion_no.clone(),
        promo_nm: promise.name.to_owned(),
        promo_typ_cd,
        our_chrg_rate: Some(promise.our_rate),
        entr_chrg_rate: Some(promise.vendor_rate),
        fixamt_fxrt_gb_cd: promise.rate.kind(),
        rsrv_std_amt: Some(entry.standard),
        goods_accm_list,
    })
}
