//! 마일리지 조회

use commerce::{MemberNo, SiteNo, Won};
use db::DbConnection;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::mileage_ledger::Movement;
use crate::store;

/// A member's balance and the movements it is the sum of, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MileageBook {
    pub balance: Won,
    pub movements: Vec<Movement>,
}

/// Of one site, or for those who see every site of all of them. Both parts are read from one state.
pub fn mileage_of_member(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    site_no: Option<&SiteNo>,
) -> Result<MileageBook, Error> {
    let balances = store::account::find_balances(conn, member_no, site_no)?;
    let balance = Won::sum(balances.into_iter().map(|(_, balance)| balance))
        .ok_or_else(|| Problem::internal("a member's balances do not fit"))?;
    let movements = store::ledger::find_of_member(conn, member_no, site_no)?;
    Ok(MileageBook { balance, movements })
}
