//! How far an order has come by today, judged by its age in days.

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::dice::Dice;

/// 주문상세상태 moves of one order, sent after its intake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusMove {
    pub ord_no: String,
    pub status: &'static str,
    pub dtm: String,
    pub ord_seqs: Vec<usize>,
}

/// Intake status and the statuses reached since, in order.
pub(super) struct Progress {
    pub first_status: &'static str,
    pub reached: &'static [&'static str],
}

pub(super) fn by_age(dice: &mut Dice, age_days: i64) -> Progress {
    let (first_status, reached): (&str, &[&str]) = match age_days {
        ..=1 => *dice.pick(&[("10", &[][..]), ("11", &[]), ("11", &[]), ("12", &[])]),
        2 => *dice.pick(&[("10", &[][..]), ("11", &[]), ("11", &["12"]), ("12", &["13"]), ("11", &["13"])]),
        3..=5 => {
            *dice.pick(&[("11", &["12"][..]), ("11", &["13"]), ("12", &["13", "15"]), ("11", &["13", "15"])])
        }
        6..=10 => {
            *dice.pick(&[("11", &["13"][..]), ("11", &["13", "15"]), ("12", &["13", "15"]), ("11", &["15"])])
        }
        11..=30 => {
            *dice.pick(&[("11", &["13", "15"][..]), ("11", &["13", "15", "16"]), ("12", &["15", "16"])])
        }
        _ => *dice.pick(&[
            ("11", &["15", "16"][..]),
            ("11", &["15", "16"]),
            ("11", &["15", "16"]),
            ("11", &["15"]),
        ]),
    };
    Progress { first_status, reached }
}

/// The moves with times that all lie before today: an order of age n is at least n − 1 days old.
pub(super) fn moves(
    ord_no: &str,
    ordered_at: DateTime<FixedOffset>,
    progress: &Progress,
    groups: &[(usize, usize)],
) -> Vec<StatusMove> {
    let last_group = groups.iter().map(|(_, group)| *group).max().unwrap_or(1);
    let steps = progress.reached.len();
    progress
        .reached
        .iter()
        .enumerate()
        .map(|(step, status)| {
            // The last vendor of an order on its way is a step behind the others.
            let is_open = step + 1 == steps && *status != "16" && last_group > 1 && steps > 1;
            let ord_seqs = groups
                .iter()
                .filter(|(_, group)| !is_open || *group != last_group)
                .map(|(seq, _)| *seq)
                .collect();
            let at = ordered_at + time_since_order(status);
            StatusMove { ord_no: ord_no.to_owned(), status, dtm: at.to_rfc3339(), ord_seqs }
        })
        .collect()
}

fn time_since_order(status: &str) -> TimeDelta {
    match status {
        "12" => TimeDelta::hours(3),
        "13" => TimeDelta::hours(20),
        "15" => TimeDelta::hours(44),
        _ => TimeDelta::hours(9 * 24),
    }
}
