//! 회원 클레임: the claims of a member, for what is done with all of them.

use commerce::{ClaimNo, MemberNo, OrderNo, Yn};
use db::{DbConnection, for_update};
use diesel::prelude::*;

use crate::store::schema::{claim, claim_rtn};

/// Up to `limit` of a member's claims behind `after`, locked in the order of their numbers; another system's are left out, of which
/// nothing personal is kept.
pub fn lock_page(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    after: &str,
    limit: i64,
) -> QueryResult<Vec<(ClaimNo, OrderNo)>> {
    let page = claim::table
        .filter(claim::mbr_no.eq(member_no))
        .filter(claim::rcv_yn.eq(Yn::No))
        .filter(claim::claim_no.gt(after))
        .order(claim::claim_no)
        .limit(limit)
        .select((claim::claim_no, claim::ord_no));
    for_update!(conn, page, |query, inner| query.load(inner))
}

/// Returns and exchanges of one order: there are never more than the order has units.
pub fn list_of_order(conn: &mut DbConnection, order_no: &OrderNo) -> QueryResult<Vec<(ClaimNo, OrderNo)>> {
    claim::table
        .inner_join(claim_rtn::table)
        .filter(claim::ord_no.eq(order_no.as_str()))
        .order(claim::claim_no)
        .select((claim::claim_no, claim::ord_no))
        .load(conn)
}
