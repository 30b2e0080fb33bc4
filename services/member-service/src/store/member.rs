//! Members as far as orders go. Taking an order and withdrawing both lock a member's row first.

use std::collections::BTreeSet;

use commerce::MemberNo;
use db::DbConnection;
use db::kept_apart::Members;
use diesel::prelude::*;

pub const MEMBERS: Members = Members::in_table("ord_mbr");

/// Locks the members' rows until the transaction ends and says which of them have withdrawn.
///
/// The numbers come sorted, so two transactions never wait for each other in a circle.
pub fn lock_members(
    conn: &mut DbConnection,
    member_nos: &BTreeSet<MemberNo>,
) -> QueryResult<BTreeSet<MemberNo>> {
    let mut withdrawn = BTreeSet::new();
    for member_no in member_nos {
        if MEMBERS.lock(conn, member_no.as_str())? {
            withdrawn.insert(member_no.clone());
        }
    }
    Ok(withdrawn)
}
