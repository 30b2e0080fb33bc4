//! 클레임 관리 상세: the details of a claim, and what only agents see of it.

use commerce::ClaimNo;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::domain::actor::Acted;
use crate::domain::money::ledger::BookedPosting;
use crate::state::AppState;
use crate::store;
use crate::usecase::claim::find_details::{FoundDetails, find_claim_details};
use crate::usecase::claim::open_steps::{OpenStep, find_open};

pub struct ManagedClaim {
    pub details: FoundDetails,
    pub open: Vec<OpenStep>,
    pub postings: Vec<BookedPosting>,
    /// What was done about it after it was asked for.
    pub history: Vec<Acted>,
}

pub async fn find_managed_claim(
    state: &AppState,
    caller: &Caller,
    claim_no: &ClaimNo,
) -> Result<ManagedClaim, Error> {
    let details = find_claim_details(state, caller, None, claim_no).await?;
    let no = claim_no.clone();
    let (open, postings, history) = state
        .db
        .snapshot(move |conn| {
            let open = find_open(conn, &[no.as_str()])?;
            let postings = store::ledger::list(conn, &no)?;
            Ok::<_, Error>((open, postings, store::claim::history::find(conn, &no)?))
        })
        .await?;
    Ok(ManagedClaim { details, open, postings, history })
}
