//! 열린 단계: what of claims is still to be asked for, as conditions of a query.
//!
//! The outbox is a table of `shared/db`, so they are written out.

use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::sql_types::Bool;

use crate::domain::claim_list::OpenFilter;
use crate::domain::saga::ATTENTION_AFTER;

/// Whether a claim has something open of this kind, or has not. What is open has a message, and those are few beside the claims,
/// so they are found first. How a task goes is known to the task; its message says how that goes which has none.
pub(super) fn is_open(open: OpenFilter, wanted: bool) -> SqlLiteral<Bool> {
    let negated = if wanted { "" } else { "NOT " };
    let mut narrowed = String::new();
    if let Some((topic, step)) = open.step {
        narrowed += &format!(" AND m.topic = '{topic}'");
        if let Some(step) = step {
            narrowed += &format!(" AND t.step_cd = '{}'", step.code());
        }
    }
    if let Some(needs_attention) = open.needs_attention {
        narrowed += if needs_attention { " AND " } else { " AND NOT " };
        narrowed += &needs_attention_sql();
    }
    sql(&format!("claim.claim_no {negated}IN (SELECT m.payload FROM {OPEN}{narrowed})"))
}

/// Messages of claims, with the tasks of those that have one; one whose task is done is about to go.
pub(super) const OPEN: &str =
    "outbox_message m LEFT JOIN claim_task t ON t.eff_key = m.message_key WHERE t.rslt_cd IS NULL";

/// Whether one of them was refused, or tried too often.
pub(super) fn needs_attention_sql() -> String {
    format!(
        "(CASE WHEN t.claim_no IS NULL THEN m.needs_attention OR (m.last_reason IS NOT NULL AND m.try_cnt >= \
         {ATTENTION_AFTER}) ELSE t.rfsd_yn = 'Y' OR t.try_cnt >= {ATTENTION_AFTER} END)"
    )
}
