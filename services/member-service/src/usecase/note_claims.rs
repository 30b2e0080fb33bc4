//! 회원 클레임 반영: claim-service tells where the claims of members stand.

use db::Db;
use service_kit::error::Error;

use crate::domain::claim_standing::ClaimStanding;
use crate::domain::counted_claim::CountedClaim;
use crate::store::{claim_standing, counted_claim};

/// `are_all` says that there was nothing else to tell; from then on the claims of members are counted here.
pub async fn note_claims(db: &Db, claims: Vec<CountedClaim>, are_all: bool) -> Result<(), Error> {
    db.write(move |conn| {
        counted_claim::note(conn, &claims)?;
        if are_all {
            counted_claim::end_backlog(conn)?;
        }
        Ok(())
    })
    .await
}

/// 클레임 현황 반영: where claims of orders stand, whoever's they are.
pub async fn note_standings(db: &Db, claims: Vec<ClaimStanding>) -> Result<(), Error> {
    db.write(move |conn| Ok(claim_standing::note(conn, &claims)?)).await
}
