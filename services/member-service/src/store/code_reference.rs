//! 코드 참조값: values of code tables that operators change.

use db::DbConnection;
use diesel::prelude::*;

use super::schema::cd_ref;

/// Reference-1 of a code, as it is written.
pub fn find_reference_1(conn: &mut DbConnection, group: &str, code: &str) -> QueryResult<Option<String>> {
    cd_ref::table
        .filter(cd_ref::cd_grp.eq(group))
        .filter(cd_ref::cd.eq(code))
        .select(cd_ref::ref1)
        .first(conn)
        .optional()
}
