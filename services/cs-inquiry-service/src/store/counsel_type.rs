//! 상담유형

use chrono::{DateTime, Utc};
use commerce::Yn;
use db::{DbConnection, each_backend, for_update};
use diesel::prelude::*;

use crate::domain::counsel_type_tree::CounselType;
use crate::domain::inquiry_rules::Requirements;
use crate::store::schema::counsel_type;

/// All types; there are dozens at most.
pub fn find_all(conn: &mut DbConnection) -> QueryResult<Vec<CounselType>> {
    let rows: Vec<TypeRow> =
        counsel_type::table.order(counsel_type::cnsl_typ_no).select(TypeRow::as_select()).load(conn)?;
    Ok(rows.into_iter().map(CounselType::from).collect())
}

/// Reads all types and keeps them as they are until the transaction ends: the tree changes as a whole.
pub fn lock_all(conn: &mut DbConnection) -> QueryResult<Vec<CounselType>> {
    // Written out inside: `as_select` is typed by its database.
    let rows: Vec<TypeRow> = for_update!(
        conn,
        counsel_type::table.order(counsel_type::cnsl_typ_no).select(TypeRow::as_select()),
        |query, inner| query.load(inner)
    )?;
    Ok(rows.into_iter().map(CounselType::from).collect())
}

/// Adds a type and gives it a number; the one it brings is not looked at.
pub fn insert(conn: &mut DbConnection, new: &CounselType, now: DateTime<Utc>) -> QueryResult<i64> {
    let row = NewTypeRow::of(new, now);
    each_backend!(conn, |inner| diesel::insert_into(counsel_type::table)
        .values(&row)
        .returning(counsel_type::cnsl_typ_no)
        .get_result(inner))
}

pub fn update(conn: &mut DbConnection, changed: &CounselType, now: DateTime<Utc>) -> QueryResult<bool> {
    let updated = diesel::update(counsel_type::table.find(changed.id))
        .set(NewTypeRow::of(changed, now))
        .execute(conn)?;
    Ok(updated == 1)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = counsel_type)]
struct TypeRow {
    cnsl_typ_no: i64,
    cnsl_typ_nm: String,
    upr_cnsl_typ_no: Option<i64>,
    sort_seq: i32,
    use_yn: Yn,
    goods_sel_mdty_yn: Yn,
    ord_sel_mdty_yn: Yn,
}

impl From<TypeRow> for CounselType {
    fn from(row: TypeRow) -> Self {
        Self {
            id: row.cnsl_typ_no,
            name: row.cnsl_typ_nm,
            parent: row.upr_cnsl_typ_no,
            sort_seq: row.sort_seq,
            is_used: row.use_yn.is_yes(),
            requirements: Requirements {
                goods: row.goods_sel_mdty_yn.is_yes(),
                order: row.ord_sel_mdty_yn.is_yes(),
            },
        }
    }
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = counsel_type, treat_none_as_default_value = false, treat_none_as_null = true)]
struct NewTypeRow<'a> {
    cnsl_typ_nm: &'a str,
    upr_cnsl_typ_no: Option<i64>,
    sort_seq: i32,
    use_yn: Yn,
    goods_sel_mdty_yn: Yn,
    ord_sel_mdty_yn: Yn,
    mod_dtm: chrono::NaiveDateTime,
}

impl<'a> NewTypeRow<'a> {
    fn of(counsel_type: &'a CounselType, now: DateTime<Utc>) -> Self {
        Self {
            cnsl_typ_nm: &counsel_type.name,
            upr_cnsl_typ_no: counsel_type.parent,
            sort_seq: counsel_type.sort_seq,
            use_yn: counsel_type.is_used.into(),
            goods_sel_mdty_yn: counsel_type.requirements.goods.into(),
            ord_sel_mdty_yn: counsel_type.requirements.order.into(),
            mod_dtm: now.naive_utc(),
        }
    }
}
