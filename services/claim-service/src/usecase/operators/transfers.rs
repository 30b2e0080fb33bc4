//! 이체환불: money that no provider gives back and a person sends, to the account the customer named.

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, OrderNo, PaymentNo, Won};
use db::Db;
use service_kit::error::Error;

use crate::domain::money::refund_account::RefundAccount;
use crate::secrets::Secrets;
use crate::store;
use crate::store::refund::Refund;
use crate::usecase::personal::archive_accounts::remove_of;

const ROWS_AT_ONCE: i64 = 100;

/// A refund that is still to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    pub claim_no: ClaimNo,
    pub order_no: OrderNo,
    pub payment_no: PaymentNo,
    pub amount: Won,
    /// None where none was given, or it has gone; then somebody has to ask the customer.
    pub account: Option<RefundAccount>,
}

/// 이체대상 목록: what stands in our book and nobody has said that it was sent, by claim.
pub async fn list_transfers(db: &Db, secrets: &Secrets) -> Result<Vec<Transfer>, Error> {
    let mut transfers = Vec::new();
    let mut after = String::new();
    loop {
        let from = after.clone();
        let page = db
            .snapshot(move |conn| {
                let mut page = Vec::new();
                for refund in store::refund::list_to_transfer(conn, &from, ROWS_AT_ONCE)? {
                    let sealed = store::personal::refund_account::find(conn, &refund.claim_no)?;
                    page.push((refund, sealed));
                }
                Ok::<_, Error>(page)
            })
            .await?;
        let Some((last, _)) = page.last() else { return Ok(transfers) };
        last.key.as_str().clone_into(&mut after);
        for (refund, sealed) in page {
            transfers.push(transfer_of(secrets, refund, sealed.as_deref())?);
        }
    }
}

fn transfer_of(secrets: &Secrets, refund: Refund, sealed: Option<&str>) -> Result<Transfer, Error> {
    let account = sealed.map(|sealed| secrets.open_account(&refund.claim_no, sealed)).transpose()?;
    let Refund { claim_no, order_no, payment_no, amount, .. } = refund;
    Ok(Transfer { claim_no, order_no, payment_no, amount, account })
}

/// 이체완료: everything that a claim has in our book was sent. Says how many refunds that were, none the second time; `None` when there
/// is no such claim. Then the account of a member who has left goes, if no other refund of the claim needs it.
pub async fn mark_done(db: &Db, claim_no: &ClaimNo, now: DateTime<Utc>) -> Result<Option<usize>, Error> {
    let claim_no = claim_no.clone();
    db.write(move |conn| {
        if store::claim::accepted::lock(conn, &claim_no)?.is_none() {
            return Ok(store::claim::head::find(conn, &claim_no)?.map(|_| 0));
        }
        let sent = store::refund::mark_transferred(conn, &claim_no, now)?;
        remove_of(conn, &claim_no)?;
        Ok(Some(sent))
    })
    .await
}
