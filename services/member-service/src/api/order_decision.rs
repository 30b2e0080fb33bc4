//! A claim's question and the order's answer on the wire.

use commerce::{ClaimNo, ClaimType, OrderNo};
use dto::internal::{Decided, OrderDecision};
use platform::answer::Answer;
use platform::error::Problem;
use service_kit::once::digest_of;

use crate::domain::order_decision::{Decision, Question};

/// `facts` is everything the claim asks for, in one order for all ways to write it.
pub(crate) fn question(
    claim_no: ClaimNo,
    claim_type: ClaimType,
    order_no: &OrderNo,
    facts: &str,
) -> Question {
    let digest = digest_of(&[order_no.as_str().as_bytes(), claim_type.code().as_bytes(), facts.as_bytes()]);
    Question { claim_no, claim_type, digest }
}

pub(crate) fn answer(decision: Decision) -> Result<Answer, Problem> {
    let decision = match decision {
        Decision::Confirmed => Decided::Confirmed,
        Decision::Rejected => Decided::Rejected,
    };
    Answer::bare(&OrderDecision { decision })
}
