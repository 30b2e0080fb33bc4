//! 클레임 반영: an order takes a claim's units out, all of them or none.

use commerce::OrderNo;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::order_claim::{self, Claim, Origin, Outcome};
use crate::domain::order_decision::{Decision, Question};
use crate::domain::purchase_total::{LineState, summarise};
use crate::state::AppState;
use crate::store::{counted_claim, order, order_line};
use crate::usecase::decide_once::decide_once;

pub async fn apply_claim(
    state: &AppState,
    order_no: OrderNo,
    question: Question,
    claim: Claim,
) -> Result<Decision, Error> {
    let now = state.clock.now();
    state
        .db
        .write(move |conn| {
            decide_once(conn, &order_no, &question, now, |conn| {
                let before = order_line::find(conn, &order_no)?;
                let after = match order_claim::decide(&before, &claim)? {
                    Outcome::Rejected => return Ok(Decision::Rejected),
                    Outcome::Confirmed(after) => after,
                };
                for line in after.iter().filter(|line| !before.contains(line)) {
                    order_line::update_claimed(conn, &order_no, line)?;
                }
                let states: Vec<LineState> = after.into_iter().map(|line| line.state).collect();
                let summary = summarise(&states)
                    .ok_or_else(|| Problem::internal("the lines of an order do not add up"))?;
                order::update_summary(conn, &order_no, &summary)?;
                if claim.origin == Origin::Ours {
                    // Claim-service tells of it too, a moment later; who has cancelled looks at the counts at once.
                    counted_claim::note_open(conn, &question.claim_no, &order_no)?;
                }
                Ok(Decision::Confirmed)
            })
        })
        .await
}
