//! 코드 참조값: values of code tables that operators change.

use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::store::schema::cd_ref;

/// Reference-1 of a code, as it is written.
pub fn find_reference_1(conn: &mut DbConnection, group: &str, code: &str) -> QueryResult<Option<String>> {
    let row: Option<(String,)> = FindReference1 { group, code }.get_result(conn).optional()?;
    Ok(row.map(|(text,)| text))
}

/// Reference-1 of every code of a group; a group has a handful.
pub fn list_reference_1(conn: &mut DbConnection, group: &str) -> QueryResult<Vec<(String, String)>> {
    cd_ref::table
        .filter(cd_ref::cd_grp.eq(group))
        .order(cd_ref::cd)
        .select((cd_ref::cd, cd_ref::ref1))
        .load(conn)
}

// `members` of `make bench` measures it.
db::statement! {
    struct FindReference1<'a> {
        group: &'a str = Text,
        code: &'a str = Text,
    } -> (Text)
    sql { "SELECT ref1 FROM cd_ref WHERE cd_grp = " {group} " AND cd = " {code} }
}
