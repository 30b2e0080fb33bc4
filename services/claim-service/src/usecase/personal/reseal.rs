//! 재봉인: after a change of the data key, what the earlier one has sealed is sealed with the current one.

use db::Db;
use service_kit::error::Error;
use service_kit::personal::reseal;

use crate::secrets::Secrets;
use crate::store::personal::claim_address::SealedAddresses;
use crate::store::personal::refund_account::SealedAccounts;
use crate::store::personal::{ACCOUNT_ARCHIVE, PARCEL_ARCHIVE, REASON_ARCHIVE};

/// Seals accounts and addresses anew, those in use and those of the archive, and archived reasons and numbers of parcels; says how
/// many it changed.
pub async fn reseal(db: &Db, secrets: &Secrets) -> Result<usize, Error> {
    let in_use = reseal::reseal(db, &secrets.accounts, SealedAccounts).await?;
    let archived = reseal::reseal(db, &secrets.accounts, ACCOUNT_ARCHIVE).await?;
    let reasons = reseal::reseal(db, &secrets.reasons, REASON_ARCHIVE).await?;
    let addresses = reseal::reseal(db, &secrets.addresses, SealedAddresses).await?;
    let parcels = reseal::reseal(db, &secrets.addresses, PARCEL_ARCHIVE).await?;
    Ok(in_use + archived + reasons + addresses + parcels)
}
