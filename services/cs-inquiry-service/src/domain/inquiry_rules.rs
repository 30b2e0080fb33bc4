//! What an inquiry must say, depending on its type, and what its order line settles.

use commerce::{GoodsNo, ItemNo};

use super::inquiry::{AboutGoods, AboutOrder};

/// 필수 선택: what a type makes required.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requirements {
    /// 상품선택 필수여부
    pub goods: bool,
    /// 주문선택 필수여부
    pub order: bool,
}

/// A choice that is missing or does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChoiceRefusal {
    #[error("the type needs an order")]
    OrderMissing,
    #[error("the type needs goods")]
    GoodsMissing,
    #[error("a line needs its order")]
    LineWithoutOrder,
    #[error("an item needs its goods")]
    ItemWithoutGoods,
    #[error("the order has no such line")]
    NoSuchLine,
    #[error("the goods are not those of the line")]
    OtherGoodsThanLine,
    #[error("the item is not that of the line")]
    OtherItemThanLine,
}

/// What the member named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    pub order: Option<AboutOrder>,
    pub goods_no: Option<GoodsNo>,
    pub item_no: Option<ItemNo>,
}

/// 주문상품: a line of the member's order, as member-service knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    pub line: i32,
    pub goods_no: GoodsNo,
    pub goods_name: String,
    pub item_no: ItemNo,
}

/// Judges what is named before anybody else is asked. A line brings its goods with it.
pub fn check_choice(choice: &Choice, requirements: Requirements) -> Vec<ChoiceRefusal> {
    let has_line = choice.order.as_ref().is_some_and(|order| order.line.is_some());
    let mut refusals = Vec::new();
    if requirements.order && choice.order.is_none() {
        refusals.push(ChoiceRefusal::OrderMissing);
    }
    if requirements.goods && choice.goods_no.is_none() && !has_line {
        refusals.push(ChoiceRefusal::GoodsMissing);
    }
    if choice.item_no.is_some() && choice.goods_no.is_none() && !has_line {
        refusals.push(ChoiceRefusal::ItemWithoutGoods);
    }
    refusals
}

/// The goods an inquiry is about, once the lines of its order are known: those of the line, if one is named, else those
/// named, which take their name from a line of the order that has them.
pub fn settle_goods(choice: &Choice, lines: &[OrderLine]) -> Result<Option<AboutGoods>, ChoiceRefusal> {
    let named_line = choice.order.as_ref().and_then(|order| order.line);
    let Some(named_line) = named_line else {
        return Ok(choice.goods_no.as_ref().map(|goods_no| AboutGoods {
            goods_no: goods_no.clone(),
            item_no: choice.item_no.clone(),
            name: lines.iter().find(|line| line.goods_no == *goods_no).map(|line| line.goods_name.clone()),
        }));
    };
    let line = lines.iter().find(|line| line.line == named_line).ok_or(ChoiceRefusal::NoSuchLine)?;
    if choice.goods_no.as_ref().is_some_and(|goods_no| *goods_no != line.goods_no) {
        return Err(ChoiceRefusal::OtherGoodsThanLine);
    }
    if choice.item_no.as_ref().is_some_and(|item_no| *item_no != line.item_no) {
        return Err(ChoiceRefusal::OtherItemThanLine);
    }
    Ok(Some(AboutGoods {
        goods_no: line.goods_no.clone(),
        item_no: Some(line.item_no.clone()),
        name: Some(line.goods_name.clone()),
    }))
}

#[cfg(test)]
mod tests {
    use commerce::OrderNo;

    use super::*;

    fn order(line: Option<i32>) -> Option<AboutOrder> {
        Some(AboutOrder { order_no: OrderNo::parse("20260801O000001").unwrap(), line })
    }

    fn goods(no: &str) -> Option<GoodsNo> {
        Some(GoodsNo::parse(no).unwrap())
    }

    fn lines() -> Vec<OrderLine> {
        vec![OrderLine {
            line: 1,
            goods_no: GoodsNo::parse("10002552").unwrap(),
            goods_name: "린넨 셔츠".to_owned(),
            item_no: ItemNo::parse("001").unwrap(),
        }]
    }

    const BOTH: Requirements = Requirements { goods: true, order: true };

    #[test]
    fn a_type_can_require_goods_and_order() {
        let nothing = Choice::default();
        assert_eq!(check_choice(&nothing, Requirements { goods: false, order: false }), []);
        assert_eq!(check_choice(&nothing, BOTH), [ChoiceRefusal::OrderMissing, ChoiceRefusal::GoodsMissing]);
        let order_only = Choice { order: order(None), ..Choice::default() };
        assert_eq!(check_choice(&order_only, BOTH), [ChoiceRefusal::GoodsMissing]);
        let with_line = Choice { order: order(Some(1)), ..Choice::default() };
        assert_eq!(check_choice(&with_line, BOTH), [], "a line brings its goods");
        let item_alone = Choice { item_no: Some(ItemNo::parse("001").unwrap()), ..Choice::default() };
        let none = Requirements { goods: false, order: false };
        assert_eq!(check_choice(&item_alone, none), [ChoiceRefusal::ItemWithoutGoods]);
    }

    #[test]
    fn the_line_settles_the_goods() {
        let settled = settle_goods(&Choice { order: order(Some(1)), ..Choice::default() }, &lines()).unwrap();
        let settled = settled.unwrap();
        assert_eq!(settled.goods_no.as_str(), "10002552");
        assert_eq!(settled.name.as_deref(), Some("린넨 셔츠"));
        let refused = |choice: Choice| settle_goods(&choice, &lines()).unwrap_err();
        assert_eq!(refused(Choice { order: order(Some(2)), ..Choice::default() }), ChoiceRefusal::NoSuchLine);
        assert_eq!(
            refused(Choice { order: order(Some(1)), goods_no: goods("9"), item_no: None }),
            ChoiceRefusal::OtherGoodsThanLine
        );
        let other_item = Some(ItemNo::parse("002").unwrap());
        assert_eq!(
            refused(Choice { order: order(Some(1)), goods_no: None, item_no: other_item }),
            ChoiceRefusal::OtherItemThanLine
        );
    }

    #[test]
    fn goods_beside_an_order_need_not_be_in_it() {
        let choice = Choice { order: order(None), goods_no: goods("7"), item_no: None };
        let settled = settle_goods(&choice, &lines()).unwrap().unwrap();
        assert_eq!((settled.goods_no.as_str(), settled.name), ("7", None));
        assert_eq!(settle_goods(&Choice::default(), &lines()).unwrap(), None);
    }
}
