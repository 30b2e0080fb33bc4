//! 잔여수량: what was left of the lines of a return before each of its units.

use std::collections::HashMap;

use commerce::ItemNo;

use crate::domain::collection::CollectedGoods;
use crate::domain::history::ClaimHistory;
use crate::domain::money::claimed_left;
use crate::domain::order::PaidOrder;

/// By line, then by item, as the cost of a return is reckoned; what is not accepted takes nothing and is left out.
pub fn left_before<'a>(
    order: &PaidOrder,
    history: &ClaimHistory,
    goods: &'a [CollectedGoods],
) -> Vec<(i32, &'a ItemNo, i64)> {
    let mut accepted: Vec<&CollectedGoods> = goods.iter().filter(|goods| goods.accepted() > 0).collect();
    accepted.sort_by(|one, other| (one.line_seq, &one.item_no).cmp(&(other.line_seq, &other.item_no)));
    let mut left: HashMap<i32, i64> = HashMap::new();
    let mut before = Vec::with_capacity(accepted.len());
    for goods in accepted {
        let Some(line) = order.line(goods.line_seq) else { continue };
        let left = left.entry(line.seq).or_insert_with(|| claimed_left(line, history));
        before.push((line.seq, &goods.item_no, *left));
        *left = left.saturating_sub(goods.accepted());
    }
    before
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::collection::Inspected;
    use crate::domain::testing::{line, order, parsed};

    fn goods(line_seq: i32, item_no: &str, quantity: i64, accepted: Option<i64>) -> CollectedGoods {
        CollectedGoods {
            line_seq,
            item_no: parsed(item_no),
            goods_no: parsed("10002552"),
            vendor_no: "E0001".to_owned(),
            exchanged_for: None,
            quantity,
            inspected: accepted.map(|accepted| Inspected {
                accepted,
                refused: quantity - accepted,
                resellable: 0,
                refusal: None,
            }),
        }
    }

    #[test]
    fn items_of_a_line_go_one_after_the_other_and_refused_units_stay() {
        let order = order(|facts| {
            facts.lines[0].quantity = 9;
            facts.lines.push(line(2, 1, 5, 10_000));
        });
        let mut history = ClaimHistory::default();
        history.add_claimed(1, 2);
        let goods = [
            goods(2, "001", 2, Some(0)),
            goods(1, "002", 3, Some(1)),
            goods(1, "001", 2, None),
            goods(2, "002", 1, None),
        ];
        let (first, second) = (parsed("001"), parsed("002"));
        assert_eq!(left_before(&order, &history, &goods), [(1, &first, 7), (1, &second, 5), (2, &second, 5)]);
    }
}
