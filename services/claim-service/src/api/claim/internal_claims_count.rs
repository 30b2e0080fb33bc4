use actix_web::web;
use dto::claim::{ClaimCountAnswer, ClaimCountQuery};
use dto::member;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Query;
use service_kit::error::Error;

use crate::state::AppState;
use crate::usecase;
use crate::usecase::claim::count::CountPurpose;

pub async fn internal_claims_count(
    state: web::Data<AppState>,
    query: Query<ClaimCountQuery>,
) -> Result<Answer, Error> {
    let query = query.checked()?;
    let purpose = match query.req_gubun {
        member::CountPurpose::MyPage => {
            CountPurpose::MyPage { complete_from: query.cmpl_after.map(|at| at.utc()) }
        }
        member::CountPurpose::Quit => CountPurpose::Quit,
    };
    let count = state
        .db
        .read(move |conn| usecase::claim::count::count_claims(conn, &query.mbr_no, &query.site_no, purpose))
        .await?;
    let claim_cnt = i32::try_from(count).map_err(Problem::internal)?;
    Ok(Answer::bare(&ClaimCountAnswer { claim_cnt })?)
}
