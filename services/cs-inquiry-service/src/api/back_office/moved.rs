//! What the four moves of an inquiry at the desk answer alike.

use commerce::InquiryStatus;
use db::DbConnection;
use dto::inquiry::CounselState;
use platform::answer::Answer;
use platform::error::Problem;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::domain::inquiry::InquiryId;
use crate::state::AppState;

/// Runs a move and answers where the inquiry now is.
pub(super) async fn moved(
    state: &AppState,
    once: &Once,
    status: InquiryStatus,
    work: impl Fn(&mut DbConnection) -> Result<InquiryId, Error> + Send + 'static,
) -> Result<Answer, Error> {
    let clock = state.clock.clone();
    let answer = once
        .write(&state.db, move |conn| {
            let state = CounselState { ccn_no: work(conn)?.counsel_no(), cnsl_stat_cd: status };
            Answer::envelope(clock.now(), state).map_err(|problem: Problem| Error::from(problem))
        })
        .await?;
    state.bell.ring();
    Ok(answer)
}
