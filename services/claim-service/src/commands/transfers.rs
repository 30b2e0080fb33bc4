//! `claim-service transfers` and `claim-service transfers done CLAIM_NO`: refunds that a person sends (docs/operations/refunds.md).

use clap::Subcommand;
use commerce::ClaimNo;
use db::Db;
use platform::clock::Clock;
use service_kit::error::Error;

use crate::secrets::Secrets;
use crate::usecase::operators::transfers::{Transfer, list_transfers, mark_done};

/// 이체환불 명령
#[derive(Debug, Subcommand)]
pub enum TransferCommand {
    /// Say that the refunds of a claim were sent
    Done { claim_no: ClaimNo },
}

/// What came of it, and whether it could be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub lines: Vec<String>,
    pub is_done: bool,
}

/// Lists what is to be sent, or notes that it was.
pub async fn run(
    db: &Db,
    secrets: &Secrets,
    clock: &Clock,
    command: Option<TransferCommand>,
) -> Result<Said, Error> {
    match command {
        None => {
            let transfers = list_transfers(db, secrets).await?;
            Ok(Said { lines: transfers.iter().map(line_of).collect(), is_done: true })
        }
        Some(TransferCommand::Done { claim_no }) => {
            let (line, is_done) = match mark_done(db, &claim_no, clock.now()).await? {
                None => (format!("there is no claim {claim_no}"), false),
                Some(0) => (format!("{claim_no}: nothing is to be transferred"), false),
                Some(sent) => (format!("{claim_no}: {sent} transferred"), true),
            };
            Ok(Said { lines: vec![line], is_done })
        }
    }
}

/// Claim, order, payment, amount, and bank, number and holder of the account.
fn line_of(transfer: &Transfer) -> String {
    let Transfer { claim_no, order_no, payment_no, amount, account } = transfer;
    let account = account.as_ref().map_or_else(
        || "no account".to_owned(),
        |account| format!("{}\t{}\t{}", account.bank_code, account.account_no, account.holder),
    );
    format!("{claim_no}\t{order_no}\t{payment_no}\t{amount}\t{account}")
}
