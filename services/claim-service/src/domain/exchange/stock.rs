//! 교환재고: what comes on the stock when an exchange is inspected.

use std::collections::BTreeMap;

use commerce::{GoodsNo, ItemNo};

use crate::domain::collection::CollectionClaim;
use crate::domain::collection::effects::Released;

/// 검수재고: what came back and can be sold again, and what was reserved for units that were not accepted. Each item once, in the
/// order everyone takes the catalogue in.
pub fn stock_of_inspection(claim: &CollectionClaim) -> Vec<Released> {
    let mut pieces: BTreeMap<(&GoodsNo, &ItemNo), i64> = BTreeMap::new();
    let mut add = |goods_no, item_no, quantity: i64| {
        if quantity > 0 {
            let of_item = pieces.entry((goods_no, item_no)).or_default();
            *of_item = of_item.saturating_add(quantity);
        }
    };
    for goods in &claim.goods {
        let resellable = goods.inspected.as_ref().map_or(0, |inspected| inspected.resellable);
        add(&goods.goods_no, &goods.item_no, resellable);
        if let Some((item_no, _)) = &goods.exchanged_for {
            add(&goods.goods_no, item_no, goods.quantity.saturating_sub(goods.accepted()));
        }
    }
    let released = pieces.into_iter().map(|((goods_no, item_no), quantity)| Released {
        goods_no: goods_no.clone(),
        item_no: item_no.clone(),
        quantity,
    });
    released.collect()
}

#[cfg(test)]
mod tests {
    use commerce::Blame;

    use super::*;
    use crate::domain::collection::testing::return_of;
    use crate::domain::collection::{CollectionKind, Inspected};
    use crate::domain::testing::{Story, order, parsed};

    /// Three units of item 001 for as many of another, as they were found: accepted and sold again.
    #[track_caller]
    fn check(exchanged_for: &str, (accepted, resellable): (i64, i64), expected: &[(&str, i64)]) {
        let story = Story::of(order(|_| {}));
        let terms = story.terms(Blame::Customer, &[(1, 3)]);
        let mut claim = return_of(&story.order, &terms, story.quote_return(&terms).unwrap());
        claim.kind = CollectionKind::Exchange;
        claim.goods[0].exchanged_for = Some((parsed(exchanged_for), "L".to_owned()));
        claim.goods[0].inspected = Some(Inspected { accepted, refused: 0, resellable, refusal: None });
        let stock = stock_of_inspection(&claim);
        let found: Vec<_> = stock.iter().map(|one| (one.item_no.as_str(), one.quantity)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_came_back_is_sold_again_and_what_is_not_sent_goes_back() {
        check("002", (3, 3), &[("001", 3)]);
        check("002", (3, 0), &[]);
        check("002", (2, 1), &[("001", 1), ("002", 1)]);
        check("001", (2, 2), &[("001", 3)]);
        check("001", (3, 0), &[]);
    }
}
