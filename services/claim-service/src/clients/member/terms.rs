use commerce::OrderMedia;
use dto::date_time::KstDateTime;
use dto::order::{DeliveryGroup, Order, OrderAccm, OrderGift, OrderLine, OrderPayment, OrderPromotion};
use serde::{Deserialize, Serialize};

/// 주문조건: what of an order was agreed once and says nothing about a person.
///
/// It is written field by field, so that a field added to the order is not kept without a thought.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Terms {
    pub(super) ord_media_cd: OrderMedia,
    pub(super) ord_dtm: KstDateTime,
    pub(super) deli_grp_list: Vec<DeliveryGroup>,
    pub(super) goods_list: Vec<OrderLine>,
    pub(super) ord_promotion_list: Vec<OrderPromotion>,
    pub(super) ord_accm_list: Vec<OrderAccm>,
    pub(super) gift_list: Vec<OrderGift>,
    /// Without card numbers; the provider's key names a payment, not a person.
    pub(super) pay_list: Vec<OrderPayment>,
}

impl Terms {
    pub(super) fn of(order: Order) -> Self {
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
