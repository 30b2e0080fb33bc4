//! 수신클레임 반영: the order hears of a claim that another system has completed.

use commerce::ClaimNo;
use platform::error::Problem;
use service_kit::error::Error;

use crate::state::AppState;
use crate::store;
use crate::store::imported::KnownClaim;

pub async fn tell_imported_claim(state: &AppState, claim_no: &ClaimNo) -> Result<(), Error> {
    let no = claim_no.clone();
    let known = state
        .db
        .read(move |conn| Ok::<_, Error>(store::imported::find(conn, std::slice::from_ref(&no))?.remove(&no)))
        .await?;
    let Some(KnownClaim::Imported(imported)) = known else {
        return Err(Problem::internal("an imported claim is not there").into());
    };
    if state.clients.member.take_imported_claim(&imported).await? {
        Ok(())
    } else {
        Err(Problem::internal("the order does not take an imported claim").into())
    }
}
