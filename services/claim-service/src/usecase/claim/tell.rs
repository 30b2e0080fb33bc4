//! 건수 전달: member-service hears where the claims of members stand, many at once, and counts them itself. 클레임 현황 전달: and where all
//! claims stand, of which it shows the orders.
//!
//! A claim's own row says what is still to be told, whoever moved it, so that no cancel has a message more for this.

use db::DbConnection;
use diesel::QueryResult;
use service_kit::error::Error;

use crate::clients::member::CLAIMS_AT_ONCE;
use crate::state::AppState;
use crate::store::claim::{told, told_standing};

/// What is left to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    Something,
    Nothing,
}

/// Tells of some of the claims that have moved since they were told of. `says_nothing` has it say so even where there are none,
/// for one who may not know yet that it has heard of all.
pub async fn tell_claims(state: &AppState, says_nothing: bool) -> Result<Left, Error> {
    let claims = state.db.read(|conn| Ok::<_, Error>(told::list_untold(conn, CLAIMS_AT_ONCE)?)).await?;
    let are_all = claims.len() < CLAIMS_AT_ONCE;
    if claims.is_empty() && !says_nothing {
        return Ok(Left::Nothing);
    }
    state.clients.member.tell_claims(&claims, are_all).await?;
    if !claims.is_empty() {
        state.db.write(move |conn| Ok::<_, Error>(told::put_told(conn, &claims)?)).await?;
    }
    Ok(if are_all { Left::Nothing } else { Left::Something })
}

/// 클레임 현황 전달: the same of where claims stand, for whoever shows their orders.
pub async fn tell_standings(state: &AppState) -> Result<Left, Error> {
    let claims =
        state.db.snapshot(|conn| Ok::<_, Error>(told_standing::list_untold(conn, CLAIMS_AT_ONCE)?)).await?;
    if claims.is_empty() {
        return Ok(Left::Nothing);
    }
    let are_all = claims.len() < CLAIMS_AT_ONCE;
    state.clients.member.tell_standings(&claims).await?;
    state.db.write(move |conn| Ok::<_, Error>(told_standing::put_told(conn, &claims)?)).await?;
    Ok(if are_all { Left::Nothing } else { Left::Something })
}

/// How many claims are to be told of, up to a limit.
pub fn count_untold(conn: &mut DbConnection, limit: usize) -> QueryResult<u64> {
    let claims = told::list_untold(conn, limit)?;
    Ok(u64::try_from(claims.len()).unwrap_or(u64::MAX))
}

/// The same of those whose standing is to be told.
pub fn count_untold_standings(conn: &mut DbConnection, limit: usize) -> QueryResult<u64> {
    told_standing::count_untold(conn, limit)
}
