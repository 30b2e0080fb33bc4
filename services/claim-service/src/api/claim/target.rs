//! 클레임대상 on the wire: what that of a cancel, a return and an exchange have alike.

use commerce::claimable::reason::{Asker, ClaimKind, reasons_for};
use dto::claim::{ClaimReasonChoice, ClaimTargetGoods, ClaimTargetPayment};

use crate::domain::money::settlement::PaymentLeft;
use crate::domain::order::OrderLine;
use crate::domain::order::pinned::PinnedOrder;

/// What may become of a line.
pub(in crate::api) struct Claimable {
    pub quantity_claimed: i64,
    pub quantity_claimable: i64,
    /// Why nothing may be claimed, if so.
    pub refusal: Option<&'static str>,
    pub may_change_option: bool,
}

/// None where what the order says of its discounts can't be summed.
pub(in crate::api) fn goods(
    pinned: &PinnedOrder,
    line: &OrderLine,
    claimable: &Claimable,
) -> Option<ClaimTargetGoods> {
    Some(ClaimTargetGoods {
        ord_seq: line.seq,
        goods_no: line.goods_no.clone(),
        itm_no: line.item_no.clone(),
        goods_nm: line.goods_name.clone(),
        itm_nm: line.item_name.clone(),
        goods_img: pinned.images.get(&line.seq).cloned(),
        entr_no: line.vendor_no.clone(),
        ord_qty: line.quantity,
        cncl_qty: claimable.quantity_claimed,
        claim_psb_qty: claimable.quantity_claimable,
        sale_prc: line.unit_price,
        dc_amt: pinned.discount_of(line.seq)?,
        ord_dtl_stat_cd: line.status,
        ord_dtl_stat_nm: line.status.label().to_owned(),
        claim_psb_yn: claimable.refusal.is_none().into(),
        claim_impsb_rsn: claimable.refusal.map(str::to_owned),
        opt_chg_psb_yn: claimable.may_change_option.into(),
    })
}

/// Those that whoever asks may give.
pub(in crate::api) fn reasons(asker: Asker, kind: ClaimKind) -> Vec<ClaimReasonChoice> {
    reasons_for(asker, kind)
        .map(|reason| ClaimReasonChoice {
            claim_rsn_cd: reason,
            claim_rsn_nm: reason.label().to_owned(),
            impt_div_cd: reason.blame(),
        })
        .collect()
}

pub(in crate::api) fn payments(payments: Vec<PaymentLeft>) -> Vec<ClaimTargetPayment> {
    payments
        .into_iter()
        .map(|payment| ClaimTargetPayment {
            pay_no: payment.number,
            pay_means_cd: payment.means,
            pay_means_nm: payment.means.label().to_owned(),
            pay_amt: payment.amount,
            rfd_psb_amt: payment.left,
            sctn_cncl_psb_yn: payment.is_partly_refundable.into(),
        })
        .collect()
}
