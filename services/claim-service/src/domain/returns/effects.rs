//! 정산효과: what settling a return calls for.

use std::collections::BTreeMap;

use commerce::{GoodsNo, ItemNo};

use crate::domain::collection::CollectionClaim;
use crate::domain::collection::effects::advance_refunds;
use crate::domain::collection::inspection::resellable_of;
use crate::domain::money::ClaimCost;
use crate::domain::order::PaidOrder;
use crate::domain::saga::{Effect, of_cost};

/// Everything the final cost of a return calls for; what would move nothing is left out. Goods whose stock an exchange's inspection
/// moved before stay where they are.
pub fn effects_of(order: &PaidOrder, claim: &CollectionClaim, cost: &ClaimCost) -> Vec<Effect> {
    let mut effects = vec![Effect::TakeOutReturned];
    effects.extend(of_cost::refunds(cost));
    effects.extend(advance_refunds(cost));
    effects.extend(
        stock(order, claim, cost).into_iter().map(|((goods_no, item_no), quantity)| Effect::ReturnStock {
            goods_no,
            item_no,
            quantity,
        }),
    );
    let held = claim.free_return_coupon.as_ref().map(|coupon| &coupon.coupon_no);
    effects.extend(cost.restored_coupons.iter().map(|coupon| {
        let coupon_no = coupon.coupon_no.clone();
        if held == Some(&coupon_no) {
            Effect::ReleaseCoupon { coupon_no }
        } else {
            Effect::RestoreCoupon { coupon_no }
        }
    }));
    effects.extend(of_cost::points_and_word(cost));
    effects
}

/// 재입고: accepted goods as far as they can be sold again, and gifts that came back.
fn stock(order: &PaidOrder, claim: &CollectionClaim, cost: &ClaimCost) -> BTreeMap<(GoodsNo, ItemNo), i64> {
    let mut stock: BTreeMap<(GoodsNo, ItemNo), i64> = BTreeMap::new();
    let mut add = |goods_no: GoodsNo, item_no: ItemNo, quantity: i64| {
        if quantity > 0 {
            let pieces = stock.entry((goods_no, item_no)).or_default();
            *pieces = pieces.saturating_add(quantity);
        }
    };
    for goods in claim.goods.iter().filter(|_| !claim.has_moved_stock) {
        let resellable = goods.inspected.as_ref().map_or_else(
            || resellable_of(claim.method, order.line(goods.line_seq), goods.quantity),
            |inspected| inspected.resellable,
        );
        add(goods.goods_no.clone(), goods.item_no.clone(), resellable);
    }
    let came_back = cost
        .cancelled_gifts
        .iter()
        .filter(|gift| gift.is_to_be_sent_back == Some(true) && !claim.gifts_kept.contains(&gift.place));
    for gift in came_back {
        // What is no number of the catalogue is not in it.
        if let (Ok(goods_no), Ok(item_no)) = (GoodsNo::parse(&gift.goods_no), ItemNo::parse(&gift.item_no)) {
            add(goods_no, item_no, gift.quantity);
        }
    }
    stock
}
