//! 송장번호: whoever has one finds the parcel, and the door it goes to.

use commerce::ClaimNo;
use commerce::masking::STARS;
use db::DbConnection;
use diesel::prelude::*;

use crate::store::collection::address::AddressUse;
use crate::store::schema::claim_rtn;

/// The number of a parcel on its way to us, or to the customer.
pub struct ClaimInvoice {
    pub claim_no: ClaimNo,
    pub way: AddressUse,
    pub number: String,
}

/// Those of these claims that are not masked. Who changes one holds the claims locked.
pub fn find_unmasked(conn: &mut DbConnection, claim_nos: &[ClaimNo]) -> QueryResult<Vec<ClaimInvoice>> {
    let numbers: Vec<&str> = claim_nos.iter().map(ClaimNo::as_str).collect();
    let rows: Vec<(ClaimNo, Option<String>, Option<String>)> = claim_rtn::table
        .filter(claim_rtn::claim_no.eq_any(numbers))
        .order(claim_rtn::claim_no)
        .select((claim_rtn::claim_no, claim_rtn::inv_no, claim_rtn::exch_inv_no))
        .load(conn)?;
    let mut invoices = Vec::new();
    for (claim_no, back, out) in rows {
        for (way, number) in [(AddressUse::Collection, back), (AddressUse::Exchange, out)] {
            if let Some(number) = number.filter(|number| number != STARS) {
                invoices.push(ClaimInvoice { claim_no: claim_no.clone(), way, number });
            }
        }
    }
    Ok(invoices)
}

/// Stars in its place. A parcel that has a number still has one.
pub fn mask(conn: &mut DbConnection, claim_no: &ClaimNo, way: AddressUse) -> QueryResult<usize> {
    let row = claim_rtn::table.find(claim_no.as_str());
    match way {
        AddressUse::Collection => diesel::update(row).set(claim_rtn::inv_no.eq(STARS)).execute(conn),
        AddressUse::Exchange => diesel::update(row).set(claim_rtn::exch_inv_no.eq(STARS)).execute(conn),
    }
}
