use commerce::{LineStatus, SaleStatus};

use super::*;
use crate::domain::catalogue::today::CatalogueItem;
use crate::domain::testing::{line, parsed};

/// Two pieces of item 001 at 100, and a catalogue that would let them change to 002.
struct Case {
    line: OrderLine,
    history: ClaimHistory,
    wanted: WantedOption,
    catalogue: Option<CatalogueGoods>,
}

fn item(number: &str) -> CatalogueItem {
    CatalogueItem { item_no: parsed(number), status: SaleStatus::OnSale, price: Won::new(120), stock: 2 }
}

fn case(edit: impl FnOnce(&mut Case)) -> Result<StockMove, OptionRefusal> {
    let line = line(1, 1, 2, 100);
    let goods_no = line.goods_no.clone();
    let mut case = Case {
        history: ClaimHistory::default(),
        wanted: WantedOption { goods_no: goods_no.clone(), item_no: parsed("002") },
        catalogue: Some(CatalogueGoods {
            goods_no,
            status: SaleStatus::OnSale,
            is_reserved: false,
            held: Some(item("001")),
            wanted: Some(item("002")),
        }),
        line,
    };
    edit(&mut case);
    change(&case.line, &case.history, &case.wanted, case.catalogue.as_ref())
}

fn goods(case: &mut Case) -> &mut CatalogueGoods {
    case.catalogue.as_mut().expect("known goods")
}

fn wanted(case: &mut Case) -> &mut CatalogueItem {
    goods(case).wanted.as_mut().expect("a known item")
}

#[track_caller]
fn check(edit: impl FnOnce(&mut Case), expected: OptionRefusal) {
    assert_eq!(case(edit), Err(expected));
}

#[test]
fn the_whole_line_moves_from_one_item_to_the_other() {
    let moved = case(|_| {}).unwrap();
    assert_eq!((moved.given_back.as_str(), moved.taken.as_str(), moved.quantity), ("001", "002", 2));
    // What the customer paid does not matter as long as both cost the same today.
    assert!(case(|case| case.line.unit_price = Won::new(1)).is_ok());
    assert!(case(|case| wanted(case).stock = 2).is_ok());
}

#[test]
fn each_refusal_has_its_reason() {
    for status in LineStatus::ALL.iter().filter(|status| **status != LineStatus::OrderComplete) {
        check(|case| case.line.status = *status, OptionRefusal::LineStatus);
    }
    check(|case| case.history.add_claimed(1, 1), OptionRefusal::PartlyClaimed);
    check(|case| case.history.add_claimed(1, 2), OptionRefusal::PartlyClaimed);
    check(|case| case.wanted.goods_no = parsed("G9"), OptionRefusal::OtherGoods);
    check(|case| case.wanted.item_no = parsed("001"), OptionRefusal::SameItem);
    check(|case| wanted(case).price = Won::new(121), OptionRefusal::PriceDiffers);
    for status in [SaleStatus::SoldOut, SaleStatus::Suspended, SaleStatus::Ended] {
        check(|case| wanted(case).status = status, OptionRefusal::NotOnSale);
        check(|case| goods(case).status = status, OptionRefusal::NotOnSale);
    }
    check(|case| goods(case).wanted = None, OptionRefusal::NotOnSale);
    check(|case| case.catalogue = None, OptionRefusal::NotOnSale);
    check(|case| wanted(case).stock = 1, OptionRefusal::StockShort);
    check(|case| case.line.is_reserved = true, OptionRefusal::ReservedGoods);
    check(|case| goods(case).is_reserved = true, OptionRefusal::ReservedGoods);
}

#[test]
fn an_item_that_left_the_catalogue_is_compared_by_what_was_paid_for_it() {
    check(|case| goods(case).held = None, OptionRefusal::PriceDiffers);
    let same = |case: &mut Case| {
        goods(case).held = None;
        wanted(case).price = Won::new(100);
    };
    assert!(case(same).is_ok());
}

#[test]
fn refusals_come_in_the_contracts_order() {
    type Breaking = fn(&mut Case);
    let mut breakings: Vec<(Breaking, OptionRefusal)> = vec![
        (|case| case.line.is_reserved = true, OptionRefusal::ReservedGoods),
        (|case| wanted(case).stock = 0, OptionRefusal::StockShort),
        (|case| wanted(case).status = SaleStatus::Ended, OptionRefusal::NotOnSale),
        (|case| wanted(case).price = Won::ZERO, OptionRefusal::PriceDiffers),
        (|case| case.line.item_no = parsed("002"), OptionRefusal::SameItem),
        (|case| case.wanted.goods_no = parsed("G9"), OptionRefusal::OtherGoods),
        (|case| case.history.add_claimed(1, 1), OptionRefusal::PartlyClaimed),
        (|case| case.line.status = LineStatus::Shipped, OptionRefusal::LineStatus),
    ];
    while let Some((_, expected)) = breakings.last() {
        check(|case| breakings.iter().for_each(|(breaking, _)| breaking(case)), *expected);
        breakings.pop();
    }
}
