//! 단품구성: which items the units of a line are now. The order keeps what was ordered; exchanges move units on.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::claimable::reason::CollectionKind;
use crate::claimable::window::{ClaimDays, Window};
use crate::{ClaimNo, ClaimStatus, ItemNo};

/// 단품구성 of one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pieces {
    portions: BTreeMap<ItemNo, Portion>,
}

/// Units of a line that hold one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Portion {
    pub name: String,
    /// Units that are with the customer, claimed or not.
    pub quantity: i64,
    /// Of those, what open claims hold.
    pub held: i64,
    /// When the last of them that came in exchange was delivered.
    pub exchanged_at: Option<DateTime<Utc>>,
}

impl Portion {
    /// Units that may be claimed.
    pub const fn free(&self) -> i64 {
        let free = self.quantity.saturating_sub(self.held);
        if free > 0 { free } else { 0 }
    }

    /// 기간 of these units; none while nothing has been delivered.
    pub fn window(
        &self,
        kind: CollectionKind,
        delivered_at: Option<DateTime<Utc>>,
        days: ClaimDays,
    ) -> Option<Window> {
        Some(Window::of(self.exchanged_at.or(delivered_at)?, days.of(kind)))
    }
}

impl Pieces {
    /// A line as it was ordered, or as an option change left it.
    pub fn of(item_no: ItemNo, name: String, quantity: i64) -> Self {
        let portion = Portion { name, quantity, ..Portion::default() };
        Self { portions: [(item_no, portion)].into() }
    }

    /// By item number; those of which nothing is left are left out.
    pub fn portions(&self) -> impl Iterator<Item = (&ItemNo, &Portion)> {
        self.portions.iter().filter(|(_, portion)| portion.quantity > 0)
    }

    pub fn portion(&self, item_no: &ItemNo) -> Option<&Portion> {
        self.portions.get(item_no).filter(|portion| portion.quantity > 0)
    }

    /// The item that a request may leave unsaid.
    pub fn only_item(&self) -> Option<&ItemNo> {
        let mut items = self.portions().map(|(item_no, _)| item_no);
        let first = items.next()?;
        items.next().is_none().then_some(first)
    }

    /// 교환완료: units hold another item from now on.
    pub fn exchange(&mut self, from: &ItemNo, to: &ItemNo, name: &str, quantity: i64, at: DateTime<Utc>) {
        self.give_up(from, quantity);
        let portion = self.portions.entry(to.clone()).or_default();
        portion.quantity = portion.quantity.saturating_add(quantity);
        portion.exchanged_at = portion.exchanged_at.max(Some(at));
        if portion.name.is_empty() {
            name.clone_into(&mut portion.name);
        }
    }

    /// 반품·취소: units are no longer with the customer.
    pub fn give_up(&mut self, item_no: &ItemNo, quantity: i64) {
        if let Some(portion) = self.portions.get_mut(item_no) {
            portion.quantity = portion.quantity.saturating_sub(quantity);
        }
    }

    /// An open claim holds them.
    pub fn hold(&mut self, item_no: &ItemNo, quantity: i64) {
        if let Some(portion) = self.portions.get_mut(item_no) {
            portion.held = portion.held.saturating_add(quantity);
        }
    }

    /// 수신클레임: another system says how many, not which. Of the ordered item first, then by item number, and of what nobody
    /// holds before the rest.
    pub fn give_up_any(&mut self, ordered: &ItemNo, quantity: i64) {
        let mut rest = quantity;
        let mut items: Vec<ItemNo> = self.portions.keys().cloned().collect();
        items.sort_by_key(|item_no| item_no != ordered);
        for spare in [Portion::free, |portion: &Portion| portion.quantity] {
            for item_no in &items {
                let Some(portion) = self.portions.get_mut(item_no) else { continue };
                let taken = spare(portion).min(rest).max(0);
                portion.quantity = portion.quantity.saturating_sub(taken);
                rest = rest.saturating_sub(taken);
            }
        }
    }
}

/// 회수클레임, as far as it holds the units of its lines, or has made others of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Travelling {
    pub claim_no: ClaimNo,
    /// 이동일시: when its units became others; none while they have not.
    pub moved_at: Option<DateTime<Utc>>,
    pub goods: Vec<TravellingGoods>,
}

/// Its units of a line that hold one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TravellingGoods {
    pub line_seq: i32,
    pub item_no: ItemNo,
    /// 교환단품, and its name.
    pub exchanged_for: Option<(ItemNo, String)>,
    /// Units that count: what is not inspected is accepted whole.
    pub accepted: i64,
    /// Units it holds now.
    pub held: i64,
}

/// Whether a claim holds units: from its acceptance to its end. Those of a return count as claimed once its cost is final.
pub const fn holds_units(kind: CollectionKind, status: ClaimStatus, is_final: bool) -> bool {
    match status {
        ClaimStatus::Requested | ClaimStatus::InProgress => match kind {
            CollectionKind::Return => !is_final,
            CollectionKind::Exchange => true,
        },
        ClaimStatus::Complete | ClaimStatus::Rejected => false,
    }
}

/// When the units of a claim became others: a return's when its cost is final, an exchange's when it arrives.
pub fn moved_at(
    kind: CollectionKind,
    status: ClaimStatus,
    (final_at, delivered_at): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
) -> Option<DateTime<Utc>> {
    if status == ClaimStatus::Rejected {
        return None;
    }
    match kind {
        CollectionKind::Return => final_at,
        CollectionKind::Exchange => delivered_at,
    }
}

/// 주문상품 of which the pieces are sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderedPiece<'a> {
    pub line_seq: i32,
    /// What the line holds, option changes included.
    pub item_no: &'a ItemNo,
    pub item_name: &'a str,
    pub quantity: i64,
    /// 취소수량: everything that claims have taken of it.
    pub claimed: i64,
}

/// 단품구성 of a line, as the claims of its order have left it.
pub fn pieces_of(line: OrderedPiece<'_>, claims: &[Travelling]) -> Pieces {
    let mut pieces = Pieces::of(line.item_no.clone(), line.item_name.to_owned(), line.quantity);
    let mut moves: Vec<(DateTime<Utc>, &Travelling)> =
        claims.iter().filter_map(|claim| Some((claim.moved_at?, claim))).collect();
    moves.sort_by(|(one, left), (other, right)| {
        one.cmp(other).then_with(|| left.claim_no.cmp(&right.claim_no))
    });
    let of_line = |goods: &&TravellingGoods| goods.line_seq == line.line_seq;
    // Cancels left before anything was exchanged, and imports don't say which item they took.
    let mut taken_by_others = line.claimed;
    for (at, claim) in moves {
        for goods in claim.goods.iter().filter(of_line) {
            let accepted = goods.accepted;
            match &goods.exchanged_for {
                Some((item_no, name)) => pieces.exchange(&goods.item_no, item_no, name, accepted, at),
                None => {
                    pieces.give_up(&goods.item_no, accepted);
                    taken_by_others = taken_by_others.saturating_sub(accepted);
                }
            }
        }
    }
    for goods in claims.iter().flat_map(|claim| &claim.goods).filter(of_line) {
        pieces.hold(&goods.item_no, goods.held);
    }
    pieces.give_up_any(line.item_no, taken_by_others);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(no: &str) -> ItemNo {
        ItemNo::parse(no).unwrap()
    }

    fn at() -> DateTime<Utc> {
        "2026-08-10T00:00:00Z".parse().unwrap()
    }

    #[track_caller]
    fn check(pieces: &Pieces, expected: &[(&str, i64, i64)]) {
        let found: Vec<_> =
            pieces.portions().map(|(no, one)| (no.as_str().to_owned(), one.quantity, one.free())).collect();
        let expected: Vec<_> =
            expected.iter().map(|(no, left, free)| ((*no).to_owned(), *left, *free)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_exchange_moves_units_and_says_since_when() {
        let mut pieces = Pieces::of(item("001"), "M".to_owned(), 3);
        assert_eq!(pieces.only_item(), Some(&item("001")));
        pieces.exchange(&item("001"), &item("002"), "L", 2, at());
        check(&pieces, &[("001", 1, 1), ("002", 2, 2)]);
        assert_eq!(pieces.only_item(), None);
        assert_eq!(pieces.portion(&item("002")).unwrap().exchanged_at, Some(at()));
        pieces.give_up(&item("001"), 1);
        check(&pieces, &[("002", 2, 2)]);
        assert_eq!(pieces.only_item(), Some(&item("002")));
        // For the same item: it is another piece of it.
        pieces.exchange(&item("002"), &item("002"), "L", 2, at());
        check(&pieces, &[("002", 2, 2)]);
    }

    #[test]
    fn an_import_takes_what_was_ordered_first_and_what_is_held_last() {
        let mut pieces = Pieces::of(item("005"), "M".to_owned(), 5);
        pieces.exchange(&item("005"), &item("002"), "L", 2, at());
        pieces.hold(&item("005"), 2);
        pieces.give_up_any(&item("005"), 2);
        check(&pieces, &[("002", 1, 1), ("005", 2, 0)]);
        pieces.give_up_any(&item("005"), 2);
        check(&pieces, &[("005", 1, 0)]);
    }
}
