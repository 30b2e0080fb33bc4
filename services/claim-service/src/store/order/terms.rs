//! 주문조건: the form in which an order is kept. It is that of the wire, field by field.

mod to_domain;

use std::collections::HashMap;

use commerce::{ItemNo, OrderMedia, PaymentNo, Won};
use dto::date_time::KstDateTime;
use dto::order::{DeliveryGroup, Order, OrderAccm, OrderGift, OrderLine, OrderPayment, OrderPromotion};
use serde::{Deserialize, Serialize};

use crate::domain::order::OrderFault;
use crate::domain::order::pinned::{OrderCopy, PinnedOrder};

/// Why a copy can't be reckoned with; member-service has taken the order, so it is a fault of ours.
#[derive(Debug, thiserror::Error)]
pub enum UnreadableOrder {
    #[error("the terms of an order can't be read")]
    Terms(#[from] serde_json::Error),
    #[error("an order contradicts itself")]
    Fault(#[from] OrderFault),
}

/// What is kept of an order.
pub fn write(order: Order) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Terms::of(order))
}

/// Reads what was kept of an order.
pub fn read_copy(copy: &OrderCopy) -> Result<PinnedOrder, UnreadableOrder> {
    to_domain::pinned(copy)
}

/// 결제키: of what was kept of an order, the payments that a provider took: number, amount, and the provider's key.
pub fn read_payments(copy: &OrderCopy) -> Result<Vec<(PaymentNo, Won, String)>, UnreadableOrder> {
    let Payments { pay_list } = serde_json::from_str(&copy.terms)?;
    let payments = pay_list.into_iter();
    Ok(payments.filter_map(|one| Some((one.pay_no, one.pay_amt, one.pg_pay_key?))).collect())
}

/// 상품명·단품명: of what was kept of an order, what its lines are called.
pub fn read_names(copy: &OrderCopy) -> Result<HashMap<i32, LineNames>, UnreadableOrder> {
    let Names { goods_list } = serde_json::from_str(&copy.terms)?;
    Ok(goods_list.into_iter().map(|line| (line.ord_seq, line)).collect())
}

/// 주문조건: what of an order was agreed once and says nothing about a person.
///
/// It is written field by field, so that a field added to the order is not kept without a thought.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Terms {
    ord_media_cd: OrderMedia,
    ord_dtm: KstDateTime,
    deli_grp_list: Vec<DeliveryGroup>,
    goods_list: Vec<OrderLine>,
    ord_promotion_list: Vec<OrderPromotion>,
    ord_accm_list: Vec<OrderAccm>,
    gift_list: Vec<OrderGift>,
    /// Without card numbers; the provider's key names a payment, not a person.
    pay_list: Vec<OrderPayment>,
}

impl Terms {
    fn of(order: Order) -> Self {
        let pay_list =
            order.pay_list.into_iter().map(|payment| OrderPayment { card_no: None, ..payment }).collect();
        Self {
            ord_media_cd: order.ord_media_cd,
            ord_dtm: order.ord_dtm,
            deli_grp_list: order.deli_grp_list,
            goods_list: order.goods_list,
            ord_promotion_list: order.ord_promotion_list,
            ord_accm_list: order.ord_accm_list,
            gift_list: order.gift_list,
            pay_list,
        }
    }
}

/// 결제: of the terms, how the order was paid.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payments {
    pay_list: Vec<OrderPayment>,
}

/// 상품명: of the terms, what was ordered.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Names {
    goods_list: Vec<LineNames>,
}

/// What a line is called, and the item it was ordered with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LineNames {
    ord_seq: i32,
    pub goods_nm: String,
    pub itm_no: ItemNo,
    pub itm_nm: String,
}
