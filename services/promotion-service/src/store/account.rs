//! 마일리지 계정

use commerce::{MemberNo, SiteNo, Won};
use db::{DbConnection, each_backend, for_update};
use diesel::prelude::*;

use crate::domain::mileage_ledger::Account;
use crate::store::schema::mlg_acct;

/// The account's balance; nobody else books on it before this transaction ends.
pub fn lock(conn: &mut DbConnection, account: &Account) -> QueryResult<Won> {
    each_backend!(conn, |inner| diesel::insert_into(mlg_acct::table)
        .values((
            mlg_acct::mbr_no.eq(&account.member_no),
            mlg_acct::site_no.eq(&account.site_no),
            mlg_acct::balance.eq(Won::ZERO),
        ))
        .on_conflict_do_nothing()
        .execute(inner))?;
    for_update!(
        conn,
        mlg_acct::table.find((&account.member_no, &account.site_no)).select(mlg_acct::balance),
        |query, inner| query.first(inner)
    )
}

pub fn update_balance(conn: &mut DbConnection, account: &Account, balance: Won) -> QueryResult<()> {
    diesel::update(mlg_acct::table.find((&account.member_no, &account.site_no)))
        .set(mlg_acct::balance.eq(balance))
        .execute(conn)?;
    Ok(())
}

/// A member's balances by site, of one site or of all.
pub fn find_balances(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    site_no: Option<&SiteNo>,
) -> QueryResult<Vec<(SiteNo, Won)>> {
    let of_member = mlg_acct::table.filter(mlg_acct::mbr_no.eq(member_no));
    let columns = (mlg_acct::site_no, mlg_acct::balance);
    match site_no {
        Some(site_no) => of_member.filter(mlg_acct::site_no.eq(site_no)).select(columns).load(conn),
        None => of_member.order(mlg_acct::site_no).select(columns).load(conn),
    }
}
