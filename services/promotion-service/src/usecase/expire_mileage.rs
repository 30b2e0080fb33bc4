//! 마일리지 소멸: lots past their time lose what is left of them.

use db::DbConnection;
use service_kit::error::Error;

use super::posting::Posting;
use crate::domain::booking_rules::BookingRules;
use crate::domain::mileage_ledger::Account;
use crate::store;

/// Accounts of which something lapses now.
pub fn find_accounts_to_expire(
    conn: &mut DbConnection,
    rules: BookingRules,
    limit: i64,
) -> Result<Vec<Account>, Error> {
    Ok(store::lot::find_accounts_with_expired(conn, rules.now, limit)?)
}

/// Books what lapses of one account, the first to expire first. Nothing happens where another replica was quicker.
pub fn expire_account(conn: &mut DbConnection, account: &Account, rules: BookingRules) -> Result<(), Error> {
    // The account is locked before its lots are read.
    store::account::lock(conn, account)?;
    let lots = store::lot::find_expired(conn, account, rules.now)?;
    let good = store::lot::sum_good(conn, account, rules.now)?;
    let mut posting = Posting::open(conn, account.clone(), rules)?;
    for lot in &lots {
        posting.lapse(lot, good)?;
    }
    posting.close()
}
