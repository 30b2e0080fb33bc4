//! 클레임가능일수: rows that operators change.

use commerce::claimable::window::ClaimDays;
use db::DbConnection;
use diesel::QueryResult;

use crate::domain::order_windows::DEFAULT_CLAIM_DAYS;
use crate::store::code_reference;

/// 클레임가능일수, and in it the return and the exchange.
const GROUP: &str = "ST006";
const RETURN: &str = "10";
const EXCHANGE: &str = "20";

pub(super) fn find_return_days(conn: &mut DbConnection) -> QueryResult<u32> {
    Ok(days(RETURN, code_reference::find_reference_1(conn, GROUP, RETURN)?.as_deref()))
}

pub(super) fn find_claim_days(conn: &mut DbConnection) -> QueryResult<ClaimDays> {
    let kept = code_reference::list_reference_1(conn, GROUP)?;
    let of = |code: &str| {
        let text = kept.iter().find(|(known, _)| known == code).map(|(_, text)| text.as_str());
        days(code, text)
    };
    Ok(ClaimDays { returns: of(RETURN), exchanges: of(EXCHANGE) })
}

fn days(code: &str, text: Option<&str>) -> u32 {
    let Some(text) = text else { return DEFAULT_CLAIM_DAYS };
    text.trim().parse().unwrap_or_else(|_| {
        tracing::warn!(code.group = GROUP, code, "the claim days are no number; the default holds");
        DEFAULT_CLAIM_DAYS
    })
}
