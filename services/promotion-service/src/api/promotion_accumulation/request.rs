use std::collections::HashSet;

use commerce::{MileageReason, Won};
use dto::promotion::{AccmRequest, BenefitOrderPromotionInfo, OrderAccmInfo};
use platform::error::Problem;
use platform::form::Form;

use crate::domain::accrual::{
    AccrualKind, AccrualLine, OrderToAccrue, Promise, PromisedAccrual, PromotionShare,
};
use crate::domain::accrual_policy::AccrualRate;

const MOST_PAID: Won = Won::new(1_000_000_000_000);

/// Everything wrong with the request is named at once.
pub(super) fn order_to_accrue(body: &AccmRequest, mut form: Form) -> Result<OrderToAccrue<'_>, Problem> {
    let order = OrderToAccrue {
        grade: body.mbr_grade_cd,
        media: body.ord_media_cd,
        base_at: body.base_dtm.utc(),
        lines: lines(body, &mut form),
        promotion_shares: body
            .benefit_order_promotion_info
            .as_ref()
            .map(|promotion| shares(promotion, &mut form))
            .unwrap_or_default(),
        promised: body.ord_accm_list.as_deref().map(|entries| promised(entries, &mut form)),
    };
    form.finish()?;
    Ok(order)
}

fn lines<'a>(body: &'a AccmRequest, form: &mut Form) -> Vec<AccrualLine<'a>> {
    let mut seen = HashSet::with_capacity(body.goods_list.len());
    let mut lines = Vec::with_capacity(body.goods_list.len());
    for (place, goods) in body.goods_list.iter().enumerate() {
        if !seen.insert((&goods.goods_no, &goods.itm_no)) {
            form.reject(format!("goodsList[{place}]"), "같은 상품과 단품이 두 번 있습니다.");
        }
        if !(Won::ZERO..=MOST_PAID).contains(&goods.purchase_amt) {
            form.reject(format!("goodsList[{place}].purchaseAmt"), "0원 이상 1조원 이하여야 합니다.");
        }
        lines.push(AccrualLine {
            goods_no: &goods.goods_no,
            item_no: &goods.itm_no,
            amount_paid: goods.purchase_amt,
            standard_category: &goods.std_ctg_no,
            display_category: &goods.disp_ctg_no,
            brand: &goods.brand_no,
            vendor: &goods.entr_no,
            sales_channel: &goods.chl_no,
            named: goods.promo_no.as_ref(),
        });
    }
    lines
}

fn shares<'a>(promotion: &'a BenefitOrderPromotionInfo, form: &mut Form) -> Vec<PromotionShare<'a>> {
    let mut shares = Vec::with_capacity(promotion.goods.len());
    for (place, goods) in promotion.goods.iter().enumerate() {
        if !(Won::ZERO..=MOST_PAID).contains(&goods.dc_amt) {
            form.reject(
                format!("benefitOrderPromotionInfo.goods[{place}].dcAmt"),
                "0원 이상 1조원 이하여야 합니다.",
            );
        }
        shares.push(PromotionShare {
            goods_no: &goods.goods_no,
            item_no: &goods.itm_no,
            amount: goods.dc_amt,
        });
    }
    shares
}

/// What the order was promised; entries that are no accumulation of an order are passed over.
fn promised<'a>(entries: &'a [OrderAccmInfo], form: &mut Form) -> Vec<PromisedAccrual<'a>> {
    let mut seen = HashSet::new();
    let mut promised = Vec::with_capacity(entries.len());
    for (place, entry) in entries.iter().enumerate() {
        let Some(kind) = kind_of(entry.accm_gb_cd) else { continue };
        let field = |name: &str| format!("ordAccmList[{place}].{name}");
        // An order has one entry of 21, one of 22, and one of each goods mileage.
        let of_mileage = (kind == AccrualKind::GoodsMileage).then_some(&entry.promo_no);
        if !seen.insert((kind, of_mileage)) {
            form.reject(format!("ordAccmList[{place}]"), "같은 적립정보가 두 번 있습니다.");
        }
        let rate = AccrualRate::of(entry.fixamt_fxrt_gb_cd, entry.accm_rate);
        let Some(rate) = rate else {
            if form.was_read(&field("fixamtFxrtGbCd")) {
                form.reject(field("accmRate"), "정률은 0에서 100까지, 정액은 1원 단위로 입력해 주세요.");
            }
            continue;
        };
        if kind != AccrualKind::GoodsMileage && matches!(rate, AccrualRate::Fixed(_)) {
            form.reject(field("fixamtFxrtGbCd"), "주문적립과 회원등급적립은 정률이어야 합니다.");
        }
        promised.push(PromisedAccrual {
            kind,
            promise: Promise {
                promotion_no: &entry.promo_no,
                name: &entry.promo_nm,
                rate,
                our_rate: entry.our_chrg_rate,
                vendor_rate: entry.entr_chrg_rate,
            },
            threshold: entry.rsrv_std_amt,
        });
    }
    promised
}

const fn kind_of(reason: MileageReason) -> Option<AccrualKind> {
    match reason {
        MileageReason::Order => Some(AccrualKind::Order),
        MileageReason::Grade => Some(AccrualKind::Grade),
        MileageReason::Promotion => Some(AccrualKind::GoodsMileage),
        MileageReason::ReservedGoods
        | MileageReason::Refund
        | MileageReason::UsedInOrder
        | MileageReason::UsedForDelivery => None,
    }
}
