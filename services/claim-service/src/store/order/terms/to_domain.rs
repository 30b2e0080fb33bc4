//! From the kept terms to the order the rules reckon with.

use std::collections::HashMap;

use commerce::{DeliveryProcess, Won, Yn};
use dto::order;

use super::{Terms, UnreadableOrder};
use crate::domain::order::pinned::{OrderCopy, PinnedOrder};
use crate::domain::order::{
    AccrualRow, DeliveryCoupon, DeliveryGroup, DiscountTerms, Gift, LineDiscount, LineShare, OrderFacts,
    OrderLine, OrderPromotion, PaidOrder, Payment,
};

pub(super) fn pinned(copy: &OrderCopy) -> Result<PinnedOrder, UnreadableOrder> {
    let terms: Terms = serde_json::from_str(&copy.terms)?;
    let images: HashMap<i32, String> =
        terms.goods_list.iter().filter_map(|line| Some((line.ord_seq, line.goods_img.clone()?))).collect();
    let provider_keys = terms
        .pay_list
        .iter()
        .filter_map(|payment| Some((payment.pay_no.clone(), payment.pg_pay_key.clone()?)))
        .collect();
    let group_addresses =
        terms.deli_grp_list.iter().map(|group| (group.deli_grp_no, group.dlvp_seq)).collect();
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
    Ok(PinnedOrder {
        member_no: copy.member_no.clone(),
        media,
        images,
        provider_keys,
        group_addresses,
        order: PaidOrder::new(facts)?,
    })
}

fn line(line: order::OrderLine) -> OrderLine {
    let is_e_coupon = line.deli_proc_typ_cd == DeliveryProcess::ECoupon;
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
        is_returnable: is_yes_or_missing(line.rtn_psb_yn),
        is_exchangeable: is_yes_or_missing(line.exch_psb_yn),
        is_collected: is_yes_or_missing(line.wthd_yn) && !is_e_coupon,
        is_e_coupon,
        discounts: line.benefit_list.into_iter().map(line_discount).collect(),
    }
}

/// An order from before returns says nothing of them.
fn is_yes_or_missing(flag: Option<Yn>) -> bool {
    flag.is_none_or(Yn::is_yes)
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
    let return_fee = group.rtn_deli_amt.unwrap_or(group.base_deli_amt);
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
        return_fee,
        // One that can't be written is refused with all amounts that are too large.
        exchange_fee: group
            .exch_deli_amt
            .unwrap_or_else(|| return_fee.checked_mul(2).unwrap_or(Won::new(i64::MAX))),
        first_fee: group.frst_deli_amt.unwrap_or(Won::ZERO),
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
        value: gift.ae_amt.unwrap_or(Won::ZERO),
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[track_caller]
    fn check_fees(sent: &Value, expected: [i64; 3]) {
        let mut document = json!({"deliGrpNo": 1, "deliPolcNo": "D1", "entrNo": "E0001", "dlvpSeq": 1,
            "baseDeliAmt": 3_000, "freeStdAmt": null, "chrgDeliAmt": 0, "dlvCpn": null});
        let fields = document.as_object_mut().unwrap();
        fields.extend(sent.as_object().unwrap().clone());
        let group = group(serde_json::from_value(document).unwrap());
        let fees = [group.return_fee, group.exchange_fee, group.first_fee].map(Won::amount);
        assert_eq!(fees, expected);
    }

    #[test]
    fn a_group_that_says_nothing_of_returns_costs_its_base_fee_each_way() {
        check_fees(&json!({}), [3_000, 6_000, 0]);
        check_fees(&json!({"rtnDeliAmt": null, "exchDeliAmt": null, "frstDeliAmt": null}), [3_000, 6_000, 0]);
        check_fees(&json!({"rtnDeliAmt": 2_500}), [2_500, 5_000, 0]);
        check_fees(&json!({"rtnDeliAmt": 0}), [0, 0, 0]);
        let all = json!({"rtnDeliAmt": 2_500, "exchDeliAmt": 4_000, "frstDeliAmt": 3_500});
        check_fees(&all, [2_500, 4_000, 3_500]);
    }

    #[track_caller]
    fn check_line(sent: &Value, expected: [bool; 4]) {
        let mut document = json!({"ordSeq": 1, "goodsNo": "G1", "itmNo": "001", "goodsNm": "셔츠", "itmNm": "M",
            "goodsImg": null, "entrNo": "E0001", "brandNo": "B1", "stdCtgNo": "1", "dispCtgNo": "1", "chlNo": "1",
            "deliGrpNo": 1, "deliProcTypCd": "CORP_DLV", "ordQty": 1, "salePrc": 100, "ordDtlStatCd": "11",
            "ordCnclPsbYn": "Y", "rsvGoodsYn": "N"});
        let fields = document.as_object_mut().unwrap();
        fields.extend(sent.as_object().unwrap().clone());
        let line = line(serde_json::from_value(document).unwrap());
        let seen = [line.is_returnable, line.is_exchangeable, line.is_collected, line.is_e_coupon];
        assert_eq!(seen, expected);
    }

    #[test]
    fn a_line_that_says_nothing_of_returns_can_come_back_and_an_e_coupon_has_nothing_to_collect() {
        check_line(&json!({}), [true, true, true, false]);
        check_line(&json!({"rtnPsbYn": null, "exchPsbYn": null, "wthdYn": null}), [true, true, true, false]);
        check_line(&json!({"rtnPsbYn": "N"}), [false, true, true, false]);
        check_line(&json!({"exchPsbYn": "N"}), [true, false, true, false]);
        check_line(&json!({"wthdYn": "N"}), [true, true, false, false]);
        check_line(&json!({"deliProcTypCd": "E_COUPON_DLV", "wthdYn": "Y"}), [true, true, false, true]);
    }
}
