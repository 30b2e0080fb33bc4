//! 주문상세상태 변경: lines move forward, together or not at all (contract, section 2, "Status").

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use commerce::LineStatus;

use super::purchase_total::LineState;

/// What a line is told to become, and when it became so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusMove {
    pub line_seq: i32,
    pub status: LineStatus,
    pub at: DateTime<Utc>,
}

/// Why none of the lines moves. Every variant names the places in the request that are to blame.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoveRefusal {
    #[error("no line is named")]
    NoLines,
    #[error("a line is named twice")]
    Repeated { places: Vec<usize> },
    #[error("no status of the way from payment to confirmation")]
    NotOnTheWay { places: Vec<usize> },
    #[error("the order has no such line")]
    UnknownLine { places: Vec<usize> },
    #[error("a line would move backward, or nothing of it is left")]
    NotForward { places: Vec<usize> },
    #[error("some lines would wait for payment and others not")]
    PaymentMixed { places: Vec<usize> },
}

/// Moves the lines; afterwards those that changed are told from those that did not by comparing.
pub fn move_lines(lines: &[LineState], moves: &[StatusMove]) -> Result<Vec<LineState>, MoveRefusal> {
    if moves.is_empty() {
        return Err(MoveRefusal::NoLines);
    }
    let mut named = HashSet::new();
    refuse(moves, |one| !named.insert(one.line_seq), |places| MoveRefusal::Repeated { places })?;
    refuse(moves, |one| one.status.delivery_step().is_none(), |places| MoveRefusal::NotOnTheWay { places })?;
    let find = |seq: i32| lines.iter().find(|line| line.seq == seq);
    refuse(moves, |one| find(one.line_seq).is_none(), |places| MoveRefusal::UnknownLine { places })?;
    let is_stuck = |one: &StatusMove| {
        find(one.line_seq).is_some_and(|line| !line.is_live() || !line.status.may_move_to(one.status))
    };
    refuse(moves, is_stuck, |places| MoveRefusal::NotForward { places })?;

    let moved: Vec<LineState> = lines
        .iter()
        .map(|line| match moves.iter().find(|one| one.line_seq == line.seq) {
            Some(one) => moved_line(line, one),
            None => line.clone(),
        })
        .collect();
    let waits = |line: &&LineState| line.is_live() && line.status.awaits_payment();
    let is_mixed =
        moved.iter().any(|line| waits(&line)) && moved.iter().any(|line| line.is_live() && !waits(&line));
    if is_mixed {
        refuse(moves, |one| !one.status.awaits_payment(), |places| MoveRefusal::PaymentMixed { places })?;
    }
    Ok(moved)
}

/// The same status again changes nothing, its time included. A line that is confirmed without having been seen
/// delivered was delivered then at the latest.
fn moved_line(line: &LineState, to: &StatusMove) -> LineState {
    if line.status == to.status {
        return line.clone();
    }
    let delivered_at =
        if to.status.is_delivered() { line.delivered_at.or(Some(to.at)) } else { line.delivered_at };
    LineState { status: to.status, delivered_at, ..line.clone() }
}

fn refuse(
    moves: &[StatusMove],
    mut is_bad: impl FnMut(&StatusMove) -> bool,
    refusal: impl FnOnce(Vec<usize>) -> MoveRefusal,
) -> Result<(), MoveRefusal> {
    let places: Vec<usize> =
        moves.iter().enumerate().filter(|(_, one)| is_bad(one)).map(|(place, _)| place).collect();
    if places.is_empty() { Ok(()) } else { Err(refusal(places)) }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;
    use commerce::Won;

    use super::*;

    fn at(hour: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 8, 1, hour, 0, 0).single().expect("a time")
    }

    fn line(seq: i32, code: &str, left: i64) -> LineState {
        LineState {
            seq,
            status: LineStatus::from_code(code).expect("a code"),
            unit_price: Won::new(100),
            quantity: 2,
            quantity_left: left,
            discount: Won::ZERO,
            delivered_at: None,
        }
    }

    fn to(line_seq: i32, code: &str, hour: u32) -> StatusMove {
        StatusMove { line_seq, status: LineStatus::from_code(code).expect("a code"), at: at(hour) }
    }

    #[track_caller]
    fn check(lines: &[LineState], moves: &[StatusMove], codes: &[&str]) {
        let moved = move_lines(lines, moves).expect("these may move");
        let statuses: Vec<&str> = moved.iter().map(|line| line.status.code()).collect();
        assert_eq!(statuses, codes);
    }

    #[test]
    fn lines_move_forward_and_may_skip() {
        check(&[line(1, "11", 2), line(2, "11", 2)], &[to(1, "13", 1)], &["13", "11"]);
        check(&[line(1, "10", 2)], &[to(1, "16", 1)], &["16"]);
        check(&[line(1, "10", 2), line(2, "10", 1)], &[to(1, "11", 1), to(2, "12", 1)], &["11", "12"]);
        check(&[line(1, "13", 2), line(2, "19", 0)], &[to(1, "15", 1)], &["15", "19"]);
    }

    #[test]
    fn the_same_status_again_keeps_its_time() {
        let first = move_lines(&[line(1, "13", 2)], &[to(1, "15", 1)]).expect("forward");
        assert_eq!(move_lines(&first, &[to(1, "15", 9)]).expect("the same again"), first);
        let confirmed = move_lines(&first, &[to(1, "16", 9)]).expect("forward");
        assert!(confirmed.iter().all(|line| line.delivered_at == Some(at(1))));
        let straight = move_lines(&[line(1, "13", 2)], &[to(1, "16", 9)]).expect("forward");
        assert!(straight.iter().all(|line| line.delivered_at == Some(at(9))));
    }

    #[track_caller]
    fn refused(lines: &[LineState], moves: &[StatusMove], expected: &MoveRefusal) {
        assert_eq!(move_lines(lines, moves).as_ref(), Err(expected));
    }

    #[test]
    fn a_refusal_names_every_line_to_blame_and_moves_none() {
        let lines = [line(1, "13", 2), line(2, "11", 0), line(3, "11", 1)];
        refused(&lines, &[], &MoveRefusal::NoLines);
        refused(&lines, &[to(3, "12", 1), to(3, "13", 1)], &MoveRefusal::Repeated { places: vec![1] });
        refused(&lines, &[to(1, "19", 1), to(3, "36", 1)], &MoveRefusal::NotOnTheWay { places: vec![0, 1] });
        refused(&lines, &[to(3, "12", 1), to(4, "12", 1)], &MoveRefusal::UnknownLine { places: vec![1] });
        refused(
            &lines,
            &[to(1, "12", 1), to(2, "12", 1), to(3, "12", 1)],
            &MoveRefusal::NotForward { places: vec![0, 1] },
        );
        refused(&[line(1, "19", 0)], &[to(1, "16", 1)], &MoveRefusal::NotForward { places: vec![0] });
    }

    #[test]
    fn either_all_lines_wait_for_payment_or_none() {
        let lines = [line(1, "10", 2), line(2, "10", 2)];
        refused(&lines, &[to(1, "11", 1)], &MoveRefusal::PaymentMixed { places: vec![0] });
        refused(&lines, &[to(1, "10", 1), to(2, "11", 1)], &MoveRefusal::PaymentMixed { places: vec![1] });
        // A line of which nothing is left waits for nothing.
        check(&[line(1, "10", 2), line(2, "19", 0)], &[to(1, "11", 1)], &["11", "19"]);
    }
}
