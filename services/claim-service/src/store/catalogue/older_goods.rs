//! Goods whose names were put down before they were searched composed.

use commerce::text::search_form;
use db::{DbConnection, each_backend, for_update};
use diesel::prelude::*;

use crate::store::schema::{goods, goods_search_backlog as backlog};

/// Puts down anew how up to `limit` older goods are searched; says whether some are left. Call it inside a transaction.
///
/// They are locked in the order of their numbers, as a catalogue locks them.
pub fn prepare_search(conn: &mut DbConnection, limit: i64) -> QueryResult<bool> {
    // Locks by writing what stands there already: of several replicas one goes on at a time.
    let taken: Option<String> = each_backend!(conn, |inner| diesel::update(backlog::table)
        .set(backlog::after_goods_no.eq(backlog::after_goods_no))
        .returning(backlog::after_goods_no)
        .get_result(inner)
        .optional())?;
    let Some(after) = taken else { return Ok(false) };
    let batch = goods::table.filter(goods::goods_no.gt(after)).order(goods::goods_no).limit(limit).select((
        goods::goods_no,
        goods::goods_nm,
        goods::search_nm,
    ));
    let rows: Vec<(String, String, String)> = for_update!(conn, batch, |query, inner| query.load(inner))?;
    let Some((reached, ..)) = rows.last() else {
        diesel::delete(backlog::table).execute(conn)?;
        return Ok(false);
    };
    for (goods_no, name, known) in &rows {
        let search = search_form(name);
        if search != *known {
            diesel::update(goods::table.find(goods_no)).set(goods::search_nm.eq(search)).execute(conn)?;
        }
    }
    diesel::update(backlog::table).set(backlog::after_goods_no.eq(reached)).execute(conn)?;
    Ok(true)
}
