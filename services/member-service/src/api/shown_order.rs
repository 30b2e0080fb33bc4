//! 주문내역 on the wire

use commerce::Yn;
use dto::date_time::KstDateTime;
use dto::order::{ClaimPossibility, OrderClaimRow, OrderGoodsRow, OrderRow};

use crate::domain::shown_order::{ShownClaim, ShownGoods, ShownOrder};

pub(super) fn row(order: ShownOrder) -> OrderRow {
    OrderRow {
        ord_no: order.head.number,
        ord_dtm: KstDateTime(order.head.ordered_at),
        ord_media_cd: order.head.media,
        pay_amt: order.amount_paid,
        ord_amt: order.head.amount_counted,
        mask_yn: order.head.is_masked.into(),
        goods_list: order.goods.into_iter().map(goods).collect(),
        claim_list: order.claims.into_iter().map(claim).collect(),
    }
}

fn goods(ShownGoods { goods, claimable }: ShownGoods) -> OrderGoodsRow {
    let quantity_gone = goods.quantity_cancelled.saturating_add(goods.quantity_returned);
    OrderGoodsRow {
        ord_seq: goods.seq,
        goods_no: goods.goods_no,
        goods_nm: goods.goods_name,
        itm_no: goods.item_no,
        itm_nm: goods.item_name,
        goods_img: goods.goods_image,
        ord_qty: goods.quantity,
        left_qty: goods.quantity.saturating_sub(quantity_gone),
        cncl_qty: goods.quantity_cancelled,
        rtn_qty: goods.quantity_returned,
        sale_prc: goods.unit_price,
        dc_amt: goods.discount,
        ord_dtl_stat_cd: goods.status,
        ord_dtl_stat_nm: goods.status.label().to_owned(),
        stat_dtm: goods.delivered_at.filter(|_| goods.status.is_delivered()).map(KstDateTime),
        claim_psb: ClaimPossibility {
            cncl_yn: Yn::from(claimable.cancel.is_ok()),
            opt_chg_yn: Yn::from(claimable.option_change.is_ok()),
            rtn_yn: Yn::from(claimable.returns.is_ok()),
            exch_yn: Yn::from(claimable.exchange.is_ok()),
            impsb_rsn: claimable.refusal_ko().map(str::to_owned),
        },
    }
}

fn claim(claim: ShownClaim) -> OrderClaimRow {
    OrderClaimRow {
        claim_no: claim.claim_no,
        claim_business_type: claim.claim_type,
        claim_stat_cd: claim.status,
        claim_stat_nm: claim.status.label().to_owned(),
        req_dtm: KstDateTime(claim.requested_at),
    }
}
