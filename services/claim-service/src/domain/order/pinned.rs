//! 주문사본: an order as it was placed, kept here from the first time it is asked for.

use std::collections::HashMap;

use commerce::{MemberNo, OrderMedia, OrderNo, PaymentNo, SiteNo, Won};

use crate::domain::order::PaidOrder;

/// 주문사본 원본: what is kept of an order. It holds nothing personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderCopy {
    pub number: OrderNo,
    pub site_no: SiteNo,
    /// None for a guest's order.
    pub member_no: Option<MemberNo>,
    /// The agreed terms, in the form their reader wrote them.
    pub terms: String,
}

/// An order copy that has been read: what the rules need, and what is only shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedOrder {
    /// None for a guest's order.
    pub member_no: Option<MemberNo>,
    pub media: OrderMedia,
    /// 상품이미지, by line.
    pub images: HashMap<i32, String>,
    /// The provider's own names of the payments, where a provider took them.
    pub provider_keys: HashMap<PaymentNo, String>,
    /// 배송지순번, by delivery group.
    pub group_addresses: HashMap<i32, i32>,
    pub order: PaidOrder,
}

impl PinnedOrder {
    /// 할인금액: everything taken off a line as ordered, its shares of the order's promotions included.
    pub fn discount_of(&self, line_seq: i32) -> Option<Won> {
        let place = self.order.place(line_seq)?;
        let shares = self.order.discounts().iter().flat_map(|discount| &discount.shares);
        Won::sum(shares.filter(|share| share.place == place).map(|share| share.amount))
    }
}
