//! 답변 템플릿

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::Yn;
use db::{DbBackend, DbConnection, each_backend, for_update};
use diesel::prelude::*;

use crate::domain::template::{Template, TemplateText};
use crate::store::schema::counsel_template;

/// Those an agent may use: the common ones and its own, or one of the two kinds; the number of all and a page.
pub fn find_page(
    conn: &mut DbConnection,
    agent: &str,
    common: Option<bool>,
    limit: i64,
    offset: i64,
) -> QueryResult<(i64, Vec<Template>)> {
    let count = usable(agent, common).count().get_result(conn)?;
    let rows: Vec<TemplateRow> = usable(agent, common)
        .order((counsel_template::tmpl_nm, counsel_template::tmpl_no))
        .limit(limit)
        .offset(offset)
        .select(TemplateRow::as_select())
        .load(conn)?;
    Ok((count, rows.into_iter().map(Template::from).collect()))
}

fn usable(agent: &str, common: Option<bool>) -> counsel_template::BoxedQuery<'_, DbBackend> {
    let is_common = counsel_template::cmn_yn.eq(Yn::Yes);
    let is_own = counsel_template::cmn_yn.eq(Yn::No).and(counsel_template::reg_user_id.eq(agent));
    let query = counsel_template::table.into_boxed();
    match common {
        None => query.filter(is_common.or(is_own)),
        Some(true) => query.filter(is_common),
        Some(false) => query.filter(is_own),
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
        }
    }
}
