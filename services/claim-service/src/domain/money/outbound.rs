//! Rule 10: what returns do to the fee of the way out.

use commerce::Blame;

use crate::domain::history::ClaimHistory;
use crate::domain::money::claimed_lines::LineMove;
use crate::domain::policy::ReturnOutbound;

/// 출고배송 사용여부: who returned goods for a reason of its own has used the delivery that brought them.
pub(super) struct Outbound<'a> {
    history: &'a ClaimHistory,
    choice: ReturnOutbound,
    used_now: Option<i32>,
    is_return: bool,
}

impl<'a> Outbound<'a> {
    pub(super) const fn of_cancel(history: &'a ClaimHistory, choice: ReturnOutbound) -> Self {
        Self { history, choice, used_now: None, is_return: false }
    }

    pub(super) fn of_return(
        history: &'a ClaimHistory,
        choice: ReturnOutbound,
        blame: Blame,
        group_no: i32,
    ) -> Self {
        Self { history, choice, used_now: (blame == Blame::Customer).then_some(group_no), is_return: true }
    }

    pub(super) const fn is_return(&self) -> bool {
        self.is_return
    }

    /// Whether a unit of the group was returned for a reason of the customer's, by this claim or before.
    pub(super) fn is_used(&self, group_no: i32) -> bool {
        match self.choice {
            ReturnOutbound::Used => self.used_now == Some(group_no) || self.history.is_used(group_no),
            ReturnOutbound::NeverUsed => false,
        }
    }

    /// The units of a line that count as kept where the way out is judged.
    pub(super) fn units_kept(&self, line_move: &LineMove<'_>) -> i64 {
        match self.choice {
            ReturnOutbound::Used => line_move.left_after,
            ReturnOutbound::NeverUsed => {
                let returned_now = if self.is_return { line_move.quantity() } else { 0 };
                let returned = self.history.returned(line_move.line.seq).saturating_add(returned_now);
                line_move.left_after.saturating_add(returned).min(line_move.line.quantity)
            }
        }
    }
}
