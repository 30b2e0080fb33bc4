//! Titles that were folded before folding composed them.

use db::{DbConnection, for_update};
use diesel::prelude::*;

use crate::domain::title_search::title_fold;
use crate::store::schema::{counsel, counsel_fold_backlog};

/// Folds the titles of up to `limit` older inquiries again; says whether some are left. Call it inside a transaction.
///
/// The inquiries are locked, in the order of their numbers, so that no edit is lost.
pub fn fold_older(conn: &mut DbConnection, limit: i64) -> QueryResult<bool> {
    // The lock: of several replicas one folds at a time.
    let taken: Option<(i64, i64)> =
        for_update!(conn, counsel_fold_backlog::table, |query, inner| query.first(inner).optional())?;
    let Some((next, last)) = taken else { return Ok(false) };
    let batch = counsel::table
        .filter(counsel::ccn_no.between(next, last))
        .order(counsel::ccn_no)
        .limit(limit)
        .select((counsel::ccn_no, counsel::title, counsel::title_fold));
    let rows: Vec<(i64, String, String)> = for_update!(conn, batch, |query, inner| query.load(inner))?;
    let Some((reached, ..)) = rows.last() else {
        diesel::delete(counsel_fold_backlog::table).execute(conn)?;
        return Ok(false);
    };
    let next = reached + 1;
    for (id, title, known) in rows {
        let fold = title_fold(&title);
        if fold != known {
            diesel::update(counsel::table.find(id)).set(counsel::title_fold.eq(fold)).execute(conn)?;
        }
    }
    diesel::update(counsel_fold_backlog::table)
        .set(counsel_fold_backlog::next_ccn_no.eq(next))
        .execute(conn)?;
    Ok(true)
}
