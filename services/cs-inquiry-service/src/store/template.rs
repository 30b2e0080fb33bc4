//! 답변 템플릿

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{Yn, text};
use db::{DbBackend, DbConnection, each_backend, for_update};
use diesel::prelude::*;

use crate::domain::template::{Template, TemplateFilter, TemplateText};
use crate::store::schema::counsel_template;

/// Names read at once where a part of one is looked for.
const NAMES_AT_ONCE: i64 = 500;

/// Those an agent may use that fit: the number of all and a page, by their names.
pub fn find_page(
    conn: &mut DbConnection,
    agent: &str,
    filter: &TemplateFilter,
    limit: i64,
    offset: i64,
) -> QueryResult<(i64, Vec<Template>)> {
    let Some(part) = &filter.name_part else {
        let count = usable(agent, filter).count().get_result(conn)?;
        let page = usable(agent, filter).limit(limit).offset(offset);
        return Ok((count, load(conn, page)?));
    };
    let found = find_named(conn, agent, filter, part)?;
    let [skip, most] = [offset, limit].map(|rows| usize::try_from(rows).unwrap_or(usize::MAX));
    let ids: Vec<i64> = found.iter().skip(skip).take(most).copied().collect();
    let page = usable(agent, filter).filter(counsel_template::tmpl_no.eq_any(ids));
    Ok((i64::try_from(found.len()).unwrap_or(i64::MAX), load(conn, page)?))
}

/// The numbers of those whose names hold a part. Databases fold names each in its own way, and there are few templates.
fn find_named(
    conn: &mut DbConnection,
    agent: &str,
    filter: &TemplateFilter,
    part: &str,
) -> QueryResult<Vec<i64>> {
    let mut found = Vec::new();
    let mut offset = 0;
    loop {
        let names: Vec<(i64, String)> = usable(agent, filter)
            .order((counsel_template::tmpl_nm, counsel_template::tmpl_no))
            .limit(NAMES_AT_ONCE)
            .offset(offset)
            .select((counsel_template::tmpl_no, counsel_template::tmpl_nm))
            .load(conn)?;
        if names.is_empty() {
            return Ok(found);
        }
        offset += NAMES_AT_ONCE;
        let fits = |(_, name): &(i64, String)| text::search_form(name).contains(part);
        found.extend(names.into_iter().filter(fits).map(|(id, _)| id));
    }
}

fn load(
    conn: &mut DbConnection,
    query: counsel_template::BoxedQuery<'_, DbBackend>,
) -> QueryResult<Vec<Template>> {
    let rows: Vec<TemplateRow> = query
        .order((counsel_template::tmpl_nm, counsel_template::tmpl_no))
        .select(TemplateRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Template::from).collect())
}

fn usable<'a>(agent: &'a str, filter: &TemplateFilter) -> counsel_template::BoxedQuery<'a, DbBackend> {
    let is_common = counsel_template::cmn_yn.eq(Yn::Yes);
    let is_own = counsel_template::cmn_yn.eq(Yn::No).and(counsel_template::reg_user_id.eq(agent));
    let query = counsel_template::table.into_boxed();
    let query = match filter.is_common {
        None => query.filter(is_common.or(is_own)),
        Some(true) => query.filter(is_common),
        Some(false) => query.filter(is_own),
    };
    match filter.type_ids.as_slice() {
        [] => query,
        types => query.filter(
            counsel_template::cnsl_typ_no.eq_any(types.iter().copied().map(Some).collect::<Vec<_>>()),
        ),
    }
}

pub fn find(conn: &mut DbConnection, id: i64) -> QueryResult<Option<Template>> {
    let row: Option<TemplateRow> =
        counsel_template::table.find(id).select(TemplateRow::as_select()).first(conn).optional()?;
    Ok(row.map(Template::from))
}

pub fn lock(conn: &mut DbConnection, id: i64) -> QueryResult<Option<Template>> {
    let row: Option<TemplateRow> = for_update!(
        conn,
        counsel_template::table.find(id).select(TemplateRow::as_select()),
        |query, inner| query.first(inner).optional()
    )?;
    Ok(row.map(Template::from))
}

pub fn insert(
    conn: &mut DbConnection,
    agent: &str,
    new: &TemplateText<'_>,
    now: DateTime<Utc>,
) -> QueryResult<i64> {
    let values = (
        counsel_template::tmpl_nm.eq(new.name),
        counsel_template::tmpl_cont.eq(new.text),
        counsel_template::cmn_yn.eq(Yn::from(new.is_common)),
        counsel_template::reg_user_id.eq(agent),
        counsel_template::mod_dtm.eq(now.naive_utc()),
        counsel_template::cnsl_typ_no.eq(new.type_id),
    );
    each_backend!(conn, |inner| diesel::insert_into(counsel_template::table)
        .values(values)
        .returning(counsel_template::tmpl_no)
        .get_result(inner))
}

pub fn update(
    conn: &mut DbConnection,
    id: i64,
    changed: &TemplateText<'_>,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let updated = diesel::update(counsel_template::table.find(id))
        .set((
            counsel_template::tmpl_nm.eq(changed.name),
            counsel_template::tmpl_cont.eq(changed.text),
            counsel_template::cmn_yn.eq(Yn::from(changed.is_common)),
            counsel_template::mod_dtm.eq(now.naive_utc()),
            counsel_template::cnsl_typ_no.eq(changed.type_id),
        ))
        .execute(conn)?;
    Ok(updated == 1)
}

pub fn delete(conn: &mut DbConnection, id: i64) -> QueryResult<bool> {
    Ok(diesel::delete(counsel_template::table.find(id)).execute(conn)? == 1)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = counsel_template)]
struct TemplateRow {
    tmpl_no: i64,
    tmpl_nm: String,
    tmpl_cont: String,
    cmn_yn: Yn,
    reg_user_id: String,
    mod_dtm: NaiveDateTime,
    cnsl_typ_no: Option<i64>,
}

impl From<TemplateRow> for Template {
    fn from(row: TemplateRow) -> Self {
        Self {
            id: row.tmpl_no,
            name: row.tmpl_nm,
            text: row.tmpl_cont,
            is_common: row.cmn_yn.is_yes(),
            written_by: row.reg_user_id,
            changed_at: row.mod_dtm.and_utc(),
            type_id: row.cnsl_typ_no,
        }
    }
}
