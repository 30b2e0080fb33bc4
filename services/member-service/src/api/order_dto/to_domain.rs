//! From the wire to the rules.

use chrono::SubsecRound as _;
use dto::order as wire;

use crate::domain::order_intake::{
    Accrual, BurdenShares, DeliveryCoupon, DeliveryGroup, Discount, Gift, LineAmount, OrderPromotion,
    OrderToTake, OrderedLine, Payment,
};
use crate::domain::personal::{Address, Card, Delivery, GiftDelivery, Orderer, PersonalData, Phone};

pub(super) fn order(order: &wire::Order) -> OrderToTake {
    OrderToTake {
        number: order.ord_no.clone(),
        site_no: order.site_no.clone(),
        member_no: order.mbr_no.clone(),
        grade: order.mbr_grade_cd,
        password: order.ord_pwd.clone(),
        media: order.ord_media_cd,
        // Orders are kept in microseconds.
        ordered_at: order.ord_dtm.utc().trunc_subsecs(6),
        personal: personal(order),
        groups: order.deli_grp_list.iter().map(group).collect(),
        lines: order.goods_list.iter().map(line).collect(),
        promotions: order.ord_promotion_list.iter().map(promotion).collect(),
        accruals: order.ord_accm_list.iter().map(accrual).collect(),
        gifts: order.gift_list.iter().map(gift).collect(),
        payments: order.pay_list.iter().map(payment).collect(),
    }
}

fn personal(order: &wire::Order) -> PersonalData {
    PersonalData {
        orderer: Orderer {
            name: order.ord_man_nm.clone(),
            phone: phone([&order.cell_sct_no, &order.cell_txno_no, &order.cell_end_no]),
            email: order.email_addr.clone(),
        },
        deliveries: order.dlvp_list.iter().map(delivery).collect(),
        gift_deliveries: order.etc_gft_dlvp_list.iter().map(gift_delivery).collect(),
        cards: order
            .pay_list
            .iter()
            .map(|payment| Card { payment_no: payment.pay_no.clone(), number: payment.card_no.clone() })
            .collect(),
    }
}

fn phone([first, middle, last]: [&String; 3]) -> Phone {
    Phone { first: first.clone(), middle: middle.clone(), last: last.clone() }
}

fn address([zip_code, street, detail]: [&String; 3]) -> Address {
    Address { zip_code: zip_code.clone(), street: street.clone(), detail: detail.clone() }
}

fn delivery(row: &wire::DeliveryAddress) -> Delivery {
    Delivery {
        seq: row.dlvp_seq,
        receiver: row.rcvmn_nm.clone(),
        phone: phone([&row.cell_sct_no, &row.cell_txno_no, &row.cell_end_no]),
        address: address([&row.zip_no, &row.zip_addr, &row.dtl_addr]),
        message: row.deli_msg.clone(),
        customs_number: row.pers_cstm_cd.clone(),
    }
}

fn gift_delivery(row: &wire::EtcGiftDelivery) -> GiftDelivery {
    GiftDelivery {
        number: row.etc_gft_dlvp_no.clone(),
        gift_name: row.etc_gft_nm.clone(),
        receiver: row.rcvmn_nm.clone(),
        phone: phone([&row.cell_sct_no, &row.cell_txno_no, &row.cell_end_no]),
        address: address([&row.zip_no, &row.zip_addr, &row.dtl_addr]),
        message: row.deli_msg.clone(),
    }
}

fn group(row: &wire::DeliveryGroup) -> DeliveryGroup {
    DeliveryGroup {
        number: row.deli_grp_no,
        delivery_seq: row.dlvp_seq,
        base_fee: row.base_deli_amt,
        free_from: row.free_std_amt,
        fee_charged: row.chrg_deli_amt,
        coupon: row.dlv_cpn.as_ref().map(|coupon| DeliveryCoupon {
            promotion_type: coupon.promo_typ_cd,
            coupon_no: coupon.cpn_isu_no.clone(),
            shares: BurdenShares { ours: coupon.our_chrg_rate, vendors: coupon.entr_chrg_rate },
            amount: coupon.dc_amt,
        }),
        return_fee: row.rtn_deli_amt,
        exchange_fee: row.exch_deli_amt,
        first_fee: row.frst_deli_amt,
    }
}

fn line(row: &wire::OrderLine) -> OrderedLine {
    OrderedLine {
        seq: row.ord_seq,
        goods_no: row.goods_no.clone(),
        goods_name: row.goods_nm.clone(),
        goods_image: row.goods_img.clone(),
        item_no: row.itm_no.clone(),
        item_name: row.itm_nm.clone(),
        vendor_no: row.entr_no.clone(),
        group_no: row.deli_grp_no,
        quantity: row.ord_qty,
        unit_price: row.sale_prc,
        status: row.ord_dtl_stat_cd,
        discounts: row
            .benefit_list
            .iter()
            .map(|benefit| Discount {
                promotion_no: benefit.promo_no.clone(),
                promotion_type: benefit.promo_typ_cd,
                coupon_no: benefit.cpn_isu_no.clone(),
                shares: BurdenShares { ours: benefit.our_chrg_rate, vendors: benefit.entr_chrg_rate },
                rate_or_amount: benefit.dc_rate_amt,
                minimum: benefit.min_buy_amt,
                most: benefit.max_dc_amt,
                amount: benefit.dc_amt,
            })
            .collect(),
    }
}

fn promotion(row: &wire::OrderPromotion) -> OrderPromotion {
    OrderPromotion {
        discount: Discount {
            promotion_no: row.promo_no.clone(),
            promotion_type: row.promo_typ_cd,
            coupon_no: row.cpn_isu_no.clone(),
            shares: BurdenShares { ours: row.our_chrg_rate, vendors: row.entr_chrg_rate },
            rate_or_amount: row.dc_rate_amt,
            minimum: row.min_buy_amt,
            most: row.max_dc_amt,
            amount: row.dc_amt,
        },
        line_amounts: row
            .goods
            .iter()
            .map(|goods| LineAmount { line_seq: goods.ord_seq, amount: goods.dc_amt })
            .collect(),
    }
}

fn accrual(row: &wire::OrderAccm) -> Accrual {
    Accrual {
        amount: row.accm_amt,
        line_amounts: row
            .goods_accm_list
            .iter()
            .map(|goods| LineAmount { line_seq: goods.ord_seq, amount: goods.accm_amt })
            .collect(),
    }
}

fn gift(row: &wire::OrderGift) -> Gift {
    Gift {
        kind: row.add_evt_typ_cd,
        line_seq: row.ord_seq,
        minimum: row.aply_min_amt,
        quantity: row.qty,
        value: row.ae_amt,
    }
}

fn payment(row: &wire::OrderPayment) -> Payment {
    Payment {
        number: row.pay_no.clone(),
        means: row.pay_means_cd,
        amount: row.pay_amt,
        is_partly_refundable: row.sctn_cncl_psb_yn.into(),
        provider_key: row.pg_pay_key.clone(),
    }
}
