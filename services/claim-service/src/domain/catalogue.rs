//! 상품: goods and their items, as the shop's catalogue last told them.

pub mod today;

use std::collections::BTreeSet;

use commerce::{GoodsNo, ItemNo, SaleStatus, Won, text};

/// Amounts and quantities beyond this are a mistake.
const LARGEST: i64 = 1_000_000_000_000;
/// 상품명 and 단품명, in characters.
const LONGEST_NAME: usize = 300;
/// 상품이미지, in characters.
const LONGEST_IMAGE: usize = 1_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goods {
    pub no: GoodsNo,
    pub name: String,
    pub price: Won,
    pub status: SaleStatus,
    pub is_reserved: bool,
    pub image: Option<String>,
    pub items: Vec<Item>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub no: ItemNo,
    pub name: String,
    pub status: SaleStatus,
    pub price_addition: Won,
    pub stock: i64,
}

impl Goods {
    /// What an item costs: the goods' price and the item's addition.
    pub fn price_of(&self, item: &Item) -> Option<Won> {
        self.price.checked_add(item.price_addition)
    }
}

/// What is wrong with a value of a catalogue, by its JSON path and in Korean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub field: String,
    pub message: &'static str,
    /// Whether it is known without looking at other fields.
    pub is_of_one_field: bool,
}

/// Everything that keeps a catalogue from being taken over.
pub fn findings(goods: &[Goods]) -> Vec<Finding> {
    let mut found = Findings::default();
    let mut seen = BTreeSet::new();
    for (index, one) in goods.iter().enumerate() {
        let path = format!("goods[{index}]");
        if !seen.insert(&one.no) {
            found.add_between(format!("{path}.goodsNo"), "같은 상품번호가 두 번 있습니다.");
        }
        found.name(format!("{path}.goodsNm"), &one.name);
        found.amount(format!("{path}.salePrc"), one.price.amount());
        if one.image.as_ref().is_some_and(|image| image.chars().count() > LONGEST_IMAGE) {
            found.add(format!("{path}.goodsImg"), "1,000자까지 입력할 수 있습니다.");
        }
        found.items(&path, one);
    }
    found.0
}

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, field: String, message: &'static str) {
        self.0.push(Finding { field, message, is_of_one_field: true });
    }

    fn add_between(&mut self, field: String, message: &'static str) {
        self.0.push(Finding { field, message, is_of_one_field: false });
    }

    fn name(&mut self, field: String, name: &str) {
        if text::is_blank(name) || !text::is_within(name, LONGEST_NAME) {
            self.add(field, "1자 이상 300자 이하여야 합니다.");
        }
    }

    fn amount(&mut self, field: String, amount: i64) {
        if !(0..=LARGEST).contains(&amount) {
            self.add(field, "0 이상 1조 이하여야 합니다.");
        }
    }

    fn items(&mut self, path: &str, goods: &Goods) {
        let mut seen = BTreeSet::new();
        for (index, item) in goods.items.iter().enumerate() {
            let path = format!("{path}.itms[{index}]");
            if !seen.insert(&item.no) {
                self.add_between(format!("{path}.itmNo"), "같은 단품번호가 두 번 있습니다.");
            }
            self.name(format!("{path}.itmNm"), &item.name);
            self.amount(format!("{path}.stkQty"), item.stock);
            let is_payable = goods.price_of(item).is_some_and(|price| !price.is_negative());
            if !is_payable || item.price_addition.amount().checked_abs().is_none_or(|amount| amount > LARGEST)
            {
                self.add_between(format!("{path}.addPrc"), "판매가와 더한 값이 0 이상이어야 합니다.");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goods(no: &str, price: i64, items: &[(&str, i64, i64)]) -> Goods {
        Goods {
            no: GoodsNo::parse(no).unwrap(),
            name: "린넨 셔츠".into(),
            price: Won::new(price),
            status: SaleStatus::OnSale,
            is_reserved: false,
            image: None,
            items: items
                .iter()
                .map(|(no, addition, stock)| Item {
                    no: ItemNo::parse(no).unwrap(),
                    name: "화이트/M".into(),
                    status: SaleStatus::OnSale,
                    price_addition: Won::new(*addition),
                    stock: *stock,
                })
                .collect(),
        }
    }

    #[track_caller]
    fn check(goods: &[Goods], fields: &[&str]) {
        let found = findings(goods);
        let paths: Vec<&str> = found.iter().map(|finding| finding.field.as_str()).collect();
        assert_eq!(paths, fields);
    }

    #[test]
    fn every_bad_value_is_named_by_its_path() {
        check(&[], &[]);
        check(&[goods("1", 0, &[("001", 0, 0)])], &[]);
        check(&[goods("1", 1_000, &[("001", -1_000, 0)])], &[]);
        check(&[goods("1", -1, &[])], &["goods[0].salePrc"]);
        check(&[goods("1", 1, &[]), goods("1", 1, &[])], &["goods[1].goodsNo"]);
        check(&[goods("1", 1_000, &[("001", -1_001, 0)])], &["goods[0].itms[0].addPrc"]);
        check(&[goods("1", 1, &[("001", i64::MIN, 0)])], &["goods[0].itms[0].addPrc"]);
        check(&[goods("1", 1, &[("001", i64::MAX, 0)])], &["goods[0].itms[0].addPrc"]);
        check(&[goods("1", 1, &[("001", 0, -1)])], &["goods[0].itms[0].stkQty"]);
        check(&[goods("1", 1, &[("001", 0, 1), ("001", 0, 1)])], &["goods[0].itms[1].itmNo"]);
        let nameless = Goods { name: " ".into(), ..goods("1", 1, &[]) };
        check(&[nameless], &["goods[0].goodsNm"]);
    }
}
