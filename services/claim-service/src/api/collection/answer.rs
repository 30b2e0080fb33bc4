//! 접수 응답

use chrono::{DateTime, Utc};
use contract::ResultCode;
use dto::claim::{ClaimOrderAnswer, ClaimStanding};
use platform::answer::Answer;
use platform::error::Problem;
use service_kit::error::Error;

use crate::api::claim::cost;
use crate::domain::collection::CollectionClaim;
use crate::usecase::acceptance::quote::Quote;
use crate::usecase::collection::accept::Answered;

/// What became of a request.
pub(in crate::api) fn accepted(answered: Answered, now: DateTime<Utc>) -> Result<Answer, Error> {
    match answered {
        Answered::Accepted(requested) => {
            let answer = ClaimOrderAnswer {
                claim_no: requested.claim_no,
                claim_stat_cd: requested.status,
                rfd_prar_amt: requested.refund,
                add_pay_prar_amt: requested.additional_payment,
            };
            Ok(Answer::envelope(now, answer)?)
        }
        Answered::AmountChanged(quote) => Err(with_cost(ResultCode::AmountChanged, *quote)),
    }
}

/// Where the claim stands now.
pub(in crate::api) fn standing(claim: &CollectionClaim, now: DateTime<Utc>) -> Result<Answer, Problem> {
    let (claim_no, claim_stat_cd) = (claim.claim_no.clone(), claim.standing.status);
    Answer::envelope(now, ClaimStanding { claim_no, claim_stat_cd })
}

/// A refusal that says what it would come to.
pub(in crate::api) fn with_cost(code: ResultCode, quote: Quote) -> Error {
    match serde_json::to_value(cost::wire_of(quote, None)) {
        Ok(cost) => Problem::new(code).with_payload(cost).into(),
        Err(error) => Problem::internal(error).into(),
    }
}
