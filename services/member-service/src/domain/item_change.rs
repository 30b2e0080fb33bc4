//! 옵션변경 반영: a line moves to another item as a whole (contract, section 5, "ordChangeFO").

use commerce::{ItemNo, LineStatus};

use super::order_decision::Decision;
use super::standing_order::StandingLine;

/// 옵션변경
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemChange {
    pub line_seq: i32,
    /// The item the line held when the change was made.
    pub from: ItemNo,
    pub to: ItemNo,
    pub to_name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the order has no such line")]
pub struct UnknownLine;

/// Only a line that is ordered, not yet prepared and whole changes, and only away from the item it is thought to hold.
pub fn decide(lines: &[StandingLine], change: &ItemChange) -> Result<Decision, UnknownLine> {
    let line = lines.iter().find(|line| line.state.seq == change.line_seq).ok_or(UnknownLine)?;
    let is_untouched = line.quantity_cancelled == 0 && line.quantity_returned == 0;
    let may_change =
        line.state.status == LineStatus::OrderComplete && is_untouched && line.item_no == change.from;
    Ok(if may_change { Decision::Confirmed } else { Decision::Rejected })
}

#[cfg(test)]
mod tests {
    use commerce::Won;

    use super::*;
    use crate::domain::purchase_total::LineState;

    fn item(number: &str) -> ItemNo {
        ItemNo::parse(number).expect("an item number")
    }

    fn line(code: &str, gone: (i64, i64), item_no: &str) -> StandingLine {
        StandingLine {
            state: LineState {
                seq: 1,
                status: LineStatus::from_code(code).expect("a code"),
                unit_price: Won::new(100),
                quantity: 3,
                quantity_left: 3 - gone.0 - gone.1,
                discount: Won::ZERO,
                delivered_at: None,
            },
            item_no: item(item_no),
            item_name: "M".to_owned(),
            quantity_cancelled: gone.0,
            quantity_returned: gone.1,
        }
    }

    #[track_caller]
    fn check(line: StandingLine, line_seq: i32, expected: Result<Decision, UnknownLine>) {
        let change = ItemChange { line_seq, from: item("001"), to: item("002"), to_name: "L".to_owned() };
        assert_eq!(decide(&[line], &change), expected);
    }

    #[test]
    fn a_whole_line_in_11_leaves_the_item_it_is_thought_to_hold() {
        check(line("11", (0, 0), "001"), 1, Ok(Decision::Confirmed));
        check(line("11", (0, 0), "002"), 1, Ok(Decision::Rejected));
        check(line("11", (1, 0), "001"), 1, Ok(Decision::Rejected));
        check(line("11", (0, 1), "001"), 1, Ok(Decision::Rejected));
        for code in ["10", "12", "13", "15", "16", "19", "36", "37"] {
            check(line(code, (0, 0), "001"), 1, Ok(Decision::Rejected));
        }
        check(line("11", (0, 0), "001"), 2, Err(UnknownLine));
    }
}
