//! From the kept terms to the order the rules reckon with.

use std::collections::HashMap;

use dto::order;

use super::terms::Terms;
use crate::domain::order::{
    AccrualRow, DeliveryCoupon, DeliveryGroup, DiscountTerms, Gift, LineDiscount, LineShare, OrderFacts,
    OrderFault, OrderLine, OrderPromotion, PaidOrder, Payment,
};
use crate::domain::pinned_order::{OrderCopy, PinnedOrder};

/// Why a copy can't be reckoned with; member-service has taken the order, so it is a fault of ours.
#[derive(Debug, thiserror::Error)]
pub enum UnreadableOrder {
    #[error("the terms of an order can't be read")]
    Terms(#[from] serde_json::Error),
    #[error("an order contradicts itself")]
    Fault(#[from] OrderFault),
}

pub(super) fn pinned(copy: &OrderCopy) -> Result<PinnedOrder, UnreadableOrder> {
    let terms: Terms = serde_json::from_str(&copy.terms)?;
    let images: HashMap<i32, String> =
        terms.goods_list.iter().filter_map(|line| Some((line.ord_seq, line.goods_img.clone()?))).collect();
    let provider_keys = terms
        .pay_list
        .iter()
        .filter_map(|payment| Some((payment.pay_no.clone(), payment.pg_pay_key.clone()?)))
        .collect();
    let media = terms.ord_media_cd;
    let facts = OrderFacts {
        number: copy.number.clone(),
        ordered_at: terms.ord_dtm.utc(),
        lines: terms.goods_list.into_iter().map(line).collect(),
        promotions: terms.ord_promotion_list.into_iter().map(promotion).collect(),
        groups: terms.deli_grp_list.into_iter().map(group).collect(),
        payments: terms.pay_list.into_iter().map(payment).collect(),
        gifts: terms.gift_list.into_iter().map(gift).collect(),
        accruals: terms.ord_accm_list.into_iter().flat_map(accruals).collect(),
    };
    Ok(PinnedOrder { media, images, provider_keys, order: PaidOrder::new(facts)? })
}

fn line(line: order::OrderLine) -> OrderLine {
    OrderLine {
        seq: line.ord_seq,
        goods_no: line.goods_no,
        item_no: line.itm_no,
        goods_name: line.goods_nm,
        item_name: line.itm_nm,
        vendor_no: line.entr_no,
        group_no: line.deli_grp_no,
        quantity: line.ord_qty,
        unit_price: line.sale_prc,
        status: line.ord_dtl_stat_cd,
        is_cancelable: line.ord_cncl_psb_yn.is_yes(),
        is_reserved: line.rsv_goods_yn.is_yes(),
        discounts: line.benefit_list.into_iter().map(line_discount).collect(),
    }
}

fn line_discount(benefit: order::LineBenefit) -> LineDiscount {
    LineDiscount {
        terms: DiscountTerms {
            promotion_no: benefit.promo_no,
            promotion_name: benefit.promo_nm,
            promotion_type: benefit.promo_typ_cd,
            coupon_no: benefit.cpn_isu_no,
            minimum: benefit.min_buy_amt,
            vendor_percent: benefit.entr_chrg_rate,
        },
        amount: benefit.dc_amt,
    }
}

fn promotion(promotion: order::OrderPromotion) -> OrderPromotion {
    let shares = promotion.goods.iter();
    OrderPromotion {
        shares: shares.map(|one| LineShare { line_seq: one.ord_seq, amount: one.dc_amt }).collect(),
        terms: DiscountTerms {
            promotion_no: promotion.promo_no,
            promotion_name: promotion.promo_nm,
            promotion_type: promotion.promo_typ_cd,
            coupon_no: promotion.cpn_isu_no,
            minimum: promotion.min_buy_amt,
            vendor_percent: promotion.entr_chrg_rate,
        },
        amount: promotion.dc_amt,
    }
}

fn group(group: order::DeliveryGroup) -> DeliveryGroup {
    DeliveryGroup {
        number: group.deli_grp_no,
        vendor_no: group.entr_no,
        base_fee: group.base_deli_amt,
        free_from: group.free_std_amt,
        fee_charged: group.chrg_deli_amt,
        coupon: group.dlv_cpn.map(|coupon| DeliveryCoupon {
            promotion_no: coupon.promo_no,
            promotion_name: coupon.promo_nm,
            promotion_type: coupon.promo_typ_cd,
            coupon_no: coupon.cpn_isu_no,
            amount: coupon.dc_amt,
        }),
    }
}

fn payment(payment: order::OrderPayment) -> Payment {
    Payment {
        number: payment.pay_no,
        means: payment.pay_means_cd,
        amount: payment.pay_amt,
        is_partly_refundable: payment.sctn_cncl_psb_yn.is_yes(),
    }
}

fn gift(gift: order::OrderGift) -> Gift {
    Gift {
        event_type: gift.add_evt_typ_cd,
        event_no: gift.ae_no,
        goods_no: gift.ae_goods_no,
        item_no: gift.ae_goods_itm_no,
        goods_name: gift.ae_goods_nm,
        minimum: gift.aply_min_amt,
        line_seq: gift.ord_seq,
        quantity: gift.qty,
    }
}

fn accruals(entry: order::OrderAccm) -> impl Iterator<Item = AccrualRow> {
    let (reason, promotion_no) = (entry.accm_gb_cd, entry.promo_no);
    entry.goods_accm_list.into_iter().map(move |goods| AccrualRow {
        reason,
        promotion_no: promotion_no.clone(),
        line_seq: goods.ord_seq,
        amount: goods.accm_amt,
    })
}
