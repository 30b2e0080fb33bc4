//! 클레임 반영: what a claim takes out of an order's lines, all of it or nothing (contract, section 5).

#[cfg(test)]
mod tests;

use commerce::{LineStatus, Won};

use super::standing_order::StandingLine;

/// 클레임
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub kind: ClaimKind,
    pub origin: Origin,
    /// 입금대기: whether it is a cancel that was reckoned on an order that waits for payment, and so gives nothing back.
    pub is_unpaid: bool,
    /// Each line once.
    pub lines: Vec<ClaimedLine>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimKind {
    /// 취소
    Cancel,
    /// 반품
    Return,
}

/// Who has carried the claim out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// We do: it must find the order as it was when the claim was made.
    Ours,
    /// 외부 접수: another system has done it already, wherever the lines stand.
    Imported,
}

/// 클레임 상품
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimedLine {
    pub line_seq: i32,
    /// Units taken out; 0 where a line only loses a discount.
    pub quantity: i64,
    /// 할인회수: of the line's discounts as ordered, what counts no longer.
    pub discount_taken_back: Won,
}

/// What becomes of the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// All lines of the order, as they stand from now on.
    Confirmed(Vec<StandingLine>),
    Rejected,
}

/// A claim that contradicts the order it names. Every variant names the places in the request that are to blame.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClaimRefusal {
    #[error("the order has no such line")]
    UnknownLine { places: Vec<usize> },
    #[error("more comes back than is left")]
    MoreThanLeft { places: Vec<usize> },
    #[error("goods come back that were never sent")]
    NotSent { places: Vec<usize> },
    #[error("more of a discount is taken back than stands")]
    DiscountNotThere { places: Vec<usize> },
}

/// A cancel of ours that comes too late is rejected; a claim that can't be right is refused, and may be asked again.
///
/// 반품: the units of a return of ours are held from its request on, and no line goes back behind shipping. One that doesn't
/// fit can't be right, and is never rejected: its money is to be looked at by a person.
pub fn decide(lines: &[StandingLine], claim: &Claim) -> Result<Outcome, ClaimRefusal> {
    let pairs = paired(lines, claim)?;
    match (claim.origin, claim.kind) {
        (Origin::Ours, ClaimKind::Cancel) => {
            let was_paid_since = claim.is_unpaid && !awaits_payment(lines);
            let comes_too_late = pairs.iter().any(|(line, one)| comes_too_late(line, one));
            if was_paid_since || comes_too_late || leaves_unpaid_rest(lines, claim) {
                return Ok(Outcome::Rejected);
            }
        }
        (Origin::Ours, ClaimKind::Return) => {
            refuse_more_than_left(&pairs)?;
            refuse(
                &pairs,
                |(line, one)| one.quantity > 0 && !is_sent(line.state.status),
                |places| ClaimRefusal::NotSent { places },
            )?;
        }
        (Origin::Imported, ClaimKind::Cancel | ClaimKind::Return) => refuse_more_than_left(&pairs)?,
    }
    refuse(
        &pairs,
        |(line, one)| line.state.discount < one.discount_taken_back,
        |places| ClaimRefusal::DiscountNotThere { places },
    )?;
    Ok(Outcome::Confirmed(lines.iter().map(|line| line_after(line, claim)).collect()))
}

/// Every claimed line with the order's own.
fn paired<'a>(
    lines: &'a [StandingLine],
    claim: &'a Claim,
) -> Result<Vec<(&'a StandingLine, &'a ClaimedLine)>, ClaimRefusal> {
    let find = |one: &ClaimedLine| lines.iter().find(|line| line.state.seq == one.line_seq);
    let unknown: Vec<usize> = claim
        .lines
        .iter()
        .enumerate()
        .filter(|(_, one)| find(one).is_none())
        .map(|(place, _)| place)
        .collect();
    if unknown.is_empty() {
        Ok(claim.lines.iter().filter_map(|one| Some((find(one)?, one))).collect())
    } else {
        Err(ClaimRefusal::UnknownLine { places: unknown })
    }
}

/// Shipped, or not enough left. A line that only loses a discount may stand anywhere.
fn comes_too_late(line: &StandingLine, one: &ClaimedLine) -> bool {
    let state = &line.state;
    one.quantity > 0 && (!state.status.is_before_shipping() || state.quantity_left < one.quantity)
}

/// Shipped, delivered or confirmed.
fn is_sent(status: LineStatus) -> bool {
    status == LineStatus::Shipped || status.is_delivered()
}

/// 입금대기: an unpaid order is cancelled whole (contract, section 5, rule 6).
fn leaves_unpaid_rest(lines: &[StandingLine], claim: &Claim) -> bool {
    let taken = |seq: i32| claim.lines.iter().find(|one| one.line_seq == seq).map_or(0, |one| one.quantity);
    awaits_payment(lines) && lines.iter().any(|line| line.state.quantity_left > taken(line.state.seq))
}

fn awaits_payment(lines: &[StandingLine]) -> bool {
    lines.iter().any(|line| line.state.is_live() && line.state.status.awaits_payment())
}

/// A line stays in its status until nothing of it is left; then it is returned if any unit of it was, whichever claim took the
/// last. There is enough of everything, or we would not be here.
fn line_after(line: &StandingLine, claim: &Claim) -> StandingLine {
    let mut line = line.clone();
    let Some(one) = claim.lines.iter().find(|one| one.line_seq == line.state.seq) else { return line };
    line.state.quantity_left -= one.quantity;
    match claim.kind {
        ClaimKind::Cancel => line.quantity_cancelled += one.quantity,
        ClaimKind::Return => line.quantity_returned += one.quantity,
    }
    if one.quantity > 0 && line.state.quantity_left == 0 {
        let was_returned = line.quantity_returned > 0;
        line.state.status = if was_returned { LineStatus::ReturnComplete } else { LineStatus::Cancelled };
    }
    line.state.discount = Won::new(line.state.discount.amount() - one.discount_taken_back.amount());
    line
}

fn refuse_more_than_left(pairs: &[(&StandingLine, &ClaimedLine)]) -> Result<(), ClaimRefusal> {
    refuse(
        pairs,
        |(line, one)| line.state.quantity_left < one.quantity,
        |places| ClaimRefusal::MoreThanLeft { places },
    )
}

fn refuse(
    pairs: &[(&StandingLine, &ClaimedLine)],
    is_bad: impl Fn(&(&StandingLine, &ClaimedLine)) -> bool,
    refusal: impl FnOnce(Vec<usize>) -> ClaimRefusal,
) -> Result<(), ClaimRefusal> {
    let places: Vec<usize> =
        pairs.iter().enumerate().filter(|(_, pair)| is_bad(pair)).map(|(place, _)| place).collect();
    if places.is_empty() { Ok(()) } else { Err(refusal(places)) }
}
