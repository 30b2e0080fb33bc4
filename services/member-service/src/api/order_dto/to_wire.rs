//! From what is kept to the wire.

use std::collections::HashMap;

use commerce::claimable::window::ClaimDays;
use dto::date_time::KstDateTime;
use dto::order::{DeliveryAddress, EtcGiftDelivery, Order, OrderLineState, OrderPayment, OrderSnapshot};
use platform::error::Problem;

use super::terms::Terms;
use crate::domain::order_intake::Payment;
use crate::domain::personal::{Delivery, GiftDelivery, PersonalData};
use crate::domain::standing_order::{StandingLine, StandingOrder};

/// 주문 스냅샷: the order as it was taken, masked or not, and what has become of its lines.
pub(crate) fn snapshot(order: StandingOrder, days: ClaimDays) -> Result<OrderSnapshot, Problem> {
    let terms: Terms<'static> = serde_json::from_str(&order.terms).map_err(Problem::internal)?;
    let PersonalData { orderer, deliveries, gift_deliveries, cards } = order.personal;
    let mut card_numbers: HashMap<_, _> =
        cards.into_iter().map(|card| (card.payment_no, card.number)).collect();
    let pay_list = order
        .payments
        .into_iter()
        .map(|one| {
            let card_no = card_numbers.remove(&one.number).flatten();
            payment(one, card_no)
        })
        .collect();
    Ok(OrderSnapshot {
        line_list: order.lines.into_iter().map(line_state).collect(),
        masked: order.is_masked,
        rtn_days: days.returns,
        exch_days: days.exchanges,
        order: Order {
            ord_no: order.number,
            site_no: order.site_no,
            mbr_no: order.member_no,
            mbr_grade_cd: order.grade,
            ord_man_nm: orderer.name,
            cell_sct_no: orderer.phone.first,
            cell_txno_no: orderer.phone.middle,
            cell_end_no: orderer.phone.last,
            email_addr: orderer.email,
            ord_pwd: None,
            ord_media_cd: order.media,
            ord_dtm: KstDateTime(order.ordered_at),
            dlvp_list: deliveries.into_iter().map(delivery).collect(),
            deli_grp_list: terms.deli_grp_list.into_owned(),
            goods_list: terms.goods_list.into_owned(),
            ord_promotion_list: terms.ord_promotion_list.into_owned(),
            ord_accm_list: terms.ord_accm_list.into_owned(),
            gift_list: terms.gift_list.into_owned(),
            etc_gft_dlvp_list: gift_deliveries.into_iter().map(gift_delivery).collect(),
            pay_list,
        },
    })
}

fn delivery(delivery: Delivery) -> DeliveryAddress {
    DeliveryAddress {
        dlvp_seq: delivery.seq,
        rcvmn_nm: delivery.receiver,
        cell_sct_no: delivery.phone.first,
        cell_txno_no: delivery.phone.middle,
        cell_end_no: delivery.phone.last,
        zip_no: delivery.address.zip_code,
        zip_addr: delivery.address.street,
        dtl_addr: delivery.address.detail,
        deli_msg: delivery.message,
        pers_cstm_cd: delivery.customs_number,
    }
}

fn gift_delivery(gift: GiftDelivery) -> EtcGiftDelivery {
    EtcGiftDelivery {
        etc_gft_dlvp_no: gift.number,
        etc_gft_nm: gift.gift_name,
        rcvmn_nm: gift.receiver,
        zip_no: gift.address.zip_code,
        zip_addr: gift.address.street,
        dtl_addr: gift.address.detail,
        cell_sct_no: gift.phone.first,
        cell_txno_no: gift.phone.middle,
        cell_end_no: gift.phone.last,
        deli_msg: gift.message,
    }
}

fn payment(payment: Payment, card_no: Option<String>) -> OrderPayment {
    OrderPayment {
        pay_no: payment.number,
        pay_means_cd: payment.means,
        pay_amt: payment.amount,
        sctn_cncl_psb_yn: payment.is_partly_refundable.into(),
        pg_pay_key: payment.provider_key,
        card_no,
    }
}

fn line_state(line: StandingLine) -> OrderLineState {
    OrderLineState {
        ord_seq: line.state.seq,
        ord_dtl_stat_cd: line.state.status,
        itm_no: line.item_no,
        itm_nm: line.item_name,
        cncl_qty: line.quantity_cancelled,
        rtn_qty: line.quantity_returned,
        dlvd_dtm: line.state.delivered_at.map(KstDateTime),
    }
}
