//! Takes out of the books what is past its time, now and then.

use std::num::NonZeroU32;
use std::time::Duration;

use db::Db;
use platform::clock::Clock;
use service_kit::error::Error;
use tokio_util::sync::CancellationToken;

use crate::domain::booking_rules::BookingRules;
use crate::usecase::expire_mileage::expire_account;
use crate::usecase::expire_mileage::find_accounts_to_expire;

/// Accounts looked up at once; each is booked in a transaction of its own.
const ACCOUNTS: i64 = 100;

/// Works until told to stop. Replicas may do it side by side: an account is locked before its lots are read.
pub async fn run(db: Db, clock: Clock, valid_days: NonZeroU32, every: Duration, stop: CancellationToken) {
    loop {
        let rules = BookingRules { now: clock.now(), valid_days: Some(valid_days) };
        match expire_all(&db, rules, &stop).await {
            Ok(0) => {}
            Ok(accounts) => tracing::info!(accounts, "expired mileage is out of the books"),
            Err(error) => tracing::warn!(%error, "expired mileage stays until the next round"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(every) => {}
        }
    }
}

/// Says how many accounts lost something.
pub async fn expire_all(db: &Db, rules: BookingRules, stop: &CancellationToken) -> Result<usize, Error> {
    let mut count = 0;
    while !stop.is_cancelled() {
        let accounts = db.read(move |conn| find_accounts_to_expire(conn, rules, ACCOUNTS)).await?;
        if accounts.is_empty() {
            break;
        }
        for account in accounts {
            db.write(move |conn| expire_account(conn, &account, rules)).await?;
            count += 1;
        }
    }
    Ok(count)
}
