//! 클레임비용 on the wire, the same for preview, execution and details.

use commerce::{ClaimNo, RefundMethod, Won};
use dto::claim::{
    AdditionalCost, BenefitInfo, CalcRow, CancelledGift, ClaimCost, ClaimedGoods, CostRow, PayInfo,
    PlannedRefund, RestoredCoupon, RevokedDiscount, SentBackCost,
};

use crate::domain::money;
use crate::usecase::acceptance::quote::Quote;

/// Of a cancel, and of a claim whose cost is final.
pub(in crate::api) fn wire(quote: Quote) -> ClaimCost {
    wire_as(quote, None, false)
}

/// Of a return or an exchange that is not settled yet, under its number where it has one.
pub(in crate::api) fn wire_of(quote: Quote, claim_no: Option<ClaimNo>) -> ClaimCost {
    wire_as(quote, claim_no, true)
}

/// Of a return or an exchange whose cost is final, under its number.
pub(in crate::api) fn wire_final(quote: Quote, claim_no: ClaimNo) -> ClaimCost {
    wire_as(quote, Some(claim_no), false)
}

fn wire_as(quote: Quote, claim_no: Option<ClaimNo>, is_estimate: bool) -> ClaimCost {
    let Quote { cost, hash } = quote;
    let sent_back = cost.sent_back.as_ref().map(|sent_back| SentBackCost {
        claim_no,
        estm_yn: is_estimate.into(),
        impt_div_cd: sent_back.blame,
        wthd_mthd_cd: sent_back.method,
        rtn_cpn_isu_no: sent_back.free_return_coupon.clone(),
    });
    let prepaid = cost.sent_back.as_ref().map(|sent_back| {
        let back = sent_back.advance_refunds.iter().map(|refund| refund.amount);
        (sent_back.paid_in_advance, Won::sum(back).unwrap_or(Won::ZERO))
    });
    let is_sent_back = sent_back.is_some();
    let revoke_dc_list = cost.revoked_discounts().map(revoked).collect();
    ClaimCost {
        ord_no: cost.order_no,
        claim_goods_list: cost.goods.into_iter().map(goods).collect(),
        addtn_cost_list: cost.additional_costs.into_iter().map(additional_cost).collect(),
        bnf_info: BenefitInfo {
            restore_cpn_list: cost.restored_coupons.into_iter().map(restored_coupon).collect(),
            revoke_dc_list,
            cncl_gift_list: cost
                .cancelled_gifts
                .into_iter()
                .map(|gift| CancelledGift {
                    ae_no: gift.event_no,
                    ae_goods_no: gift.goods_no,
                    ae_goods_nm: gift.goods_name,
                    wthd_yn: gift.is_to_be_sent_back.map(Into::into),
                })
                .collect(),
            accm_rtrv_amt: cost.accrual_taken_back,
            mlg_restore_amt: cost.mileage_restored,
        },
        pay_info: PayInfo {
            rfd_prar_amt: cost.refund,
            add_pay_prar_amt: cost.additional_payment,
            rfd_acct_req_yn: cost.needs_refund_account.into(),
            rfd_list: cost.refunds.into_iter().map(|one| refund(one, is_sent_back)).collect(),
            prepay_amt: prepaid.map(|(paid, _)| paid),
            prepay_rfd_amt: prepaid.map(|(_, back)| back),
        },
        cost_row_list: cost.cost_rows.into_iter().map(cost_row).collect(),
        calc_list: cost.calculation.iter().map(calc_row).collect(),
        cost_hash: hash,
        sent_back,
    }
}

fn goods(goods: money::ClaimedGoods) -> ClaimedGoods {
    ClaimedGoods {
        ord_seq: goods.line_seq,
        goods_no: goods.goods_no,
        itm_no: goods.item_no,
        claim_qty: goods.quantity,
        goods_amt: goods.goods_amount,
        dc_amt: goods.discount_amount,
        net_amt: goods.net_amount,
        goods_nm: None,
        itm_nm: None,
    }
}

fn additional_cost(cost: money::AdditionalCost) -> AdditionalCost {
    AdditionalCost {
        ord_cost_gb_cd: cost.kind,
        ord_cost_gb_nm: cost.kind.label().to_owned(),
        deli_grp_no: cost.group_no,
        entr_no: cost.vendor_no,
        amt: cost.amount,
        chrg_sub_cd: cost.bearer,
        rsn: cost.reason.text_ko(),
    }
}

fn restored_coupon(coupon: money::RestoredCoupon) -> RestoredCoupon {
    RestoredCoupon {
        cpn_isu_no: coupon.coupon_no,
        promo_no: coupon.promotion_no,
        promo_nm: coupon.promotion_name,
        promo_typ_cd: coupon.promotion_type,
    }
}

fn revoked(taken_back: &money::DiscountTakenBack) -> RevokedDiscount {
    RevokedDiscount {
        promo_no: taken_back.id.promotion_no.clone(),
        promo_nm: taken_back.promotion_name.clone(),
        cpn_isu_no: taken_back.id.coupon_no.clone(),
        dc_amt: taken_back.amount,
        rsn: taken_back.reason.text_ko(),
    }
}

/// 환불방법: a cancel says which way only where it is not the usual one.
pub(in crate::api) fn refund_method(refund: &money::Refund, is_sent_back: bool) -> Option<RefundMethod> {
    let method = if refund.by_transfer { RefundMethod::ByTransfer } else { RefundMethod::ByPayment };
    Some(method).filter(|_| is_sent_back || refund.by_transfer)
}

fn refund(refund: money::Refund, is_sent_back: bool) -> PlannedRefund {
    PlannedRefund {
        rfd_meth_cd: refund_method(&refund, is_sent_back),
        pay_no: refund.payment_no,
        pay_means_cd: refund.means,
        pay_means_nm: refund.means.label().to_owned(),
        rfd_amt: refund.amount,
    }
}

fn cost_row(row: money::CostRow) -> CostRow {
    let (promo_no, cpn_isu_no) =
        row.discount.map_or((None, None), |discount| (Some(discount.promotion_no), discount.coupon_no));
    CostRow {
        seq: row.seq,
        ord_cost_gb_cd: row.kind,
        deli_grp_no: row.group_no,
        ord_seq: row.line_seq,
        promo_no,
        cpn_isu_no,
        amt: row.amount,
        chrg_sub_cd: row.bearer,
    }
}

fn calc_row(line: &money::CalcLine) -> CalcRow {
    let calculation = line.calculation();
    CalcRow {
        seq: line.seq(),
        rule_id: calculation.rule_id().to_owned(),
        title: calculation.title(),
        formula: calculation.formula(),
        amt: line.amount(),
    }
}
