//! 취소: what a cancel calls for.

use std::collections::BTreeMap;

use commerce::{GoodsNo, ItemNo};

use crate::domain::money::ClaimCost;
use crate::domain::saga::{Effect, of_cost};

/// Everything a cost calls for, rejection included; what would move nothing is left out.
pub fn effects_of(cost: &ClaimCost) -> Vec<Effect> {
    let mut effects = vec![Effect::ConfirmOrder];
    if cost.additional_payment.is_positive() {
        effects.push(Effect::ReturnAdditionalPayment { amount: cost.additional_payment });
    }
    effects.extend(of_cost::refunds(cost));
    let mut stock: BTreeMap<(&GoodsNo, &ItemNo), i64> = BTreeMap::new();
    for goods in &cost.goods {
        let quantity = stock.entry((&goods.goods_no, &goods.item_no)).or_default();
        *quantity = quantity.saturating_add(goods.quantity);
    }
    effects.extend(stock.into_iter().map(|((goods_no, item_no), quantity)| Effect::ReturnStock {
        goods_no: goods_no.clone(),
        item_no: item_no.clone(),
        quantity,
    }));
    effects.extend(
        cost.restored_coupons
            .iter()
            .map(|coupon| Effect::RestoreCoupon { coupon_no: coupon.coupon_no.clone() }),
    );
    effects.extend(of_cost::points_and_word(cost));
    effects
}
