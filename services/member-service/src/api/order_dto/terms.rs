//! 주문 조건: what an order agreed on, with nothing personal in it and never changed.

use dto::order::{DeliveryGroup, Order, OrderAccm, OrderGift, OrderLine, OrderPromotion};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The part of the order that is kept as one document.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Terms<'a> {
    pub(super) deli_grp_list: Cow<'a, [DeliveryGroup]>,
    pub(super) goods_list: Cow<'a, [OrderLine]>,
    pub(super) ord_promotion_list: Cow<'a, [OrderPromotion]>,
    pub(super) ord_accm_list: Cow<'a, [OrderAccm]>,
    pub(super) gift_list: Cow<'a, [OrderGift]>,
}

impl<'a> Terms<'a> {
    pub(super) fn of(order: &'a Order) -> Self {
        Self {
            deli_grp_list: Cow::Borrowed(&order.deli_grp_list),
            goods_list: Cow::Borrowed(&order.goods_list),
            ord_promotion_list: Cow::Borrowed(&order.ord_promotion_list),
            ord_accm_list: Cow::Borrowed(&order.ord_accm_list),
            gift_list: Cow::Borrowed(&order.gift_list),
        }
    }
}
