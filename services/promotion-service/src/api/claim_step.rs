//! What the steps of a claim have in common, which claim-service tells.

use commerce::{ClaimNo, OrderNo};
use platform::answer::Answer;
use platform::form::Form;
use service_kit::error::Error;

use crate::domain::order_effects::{ClaimStep, MileageClaim};
use crate::state::AppState;
use crate::usecase::settle_claim::settle_claim;

/// 이벤트키, in code points.
const LONGEST_KEY: usize = 200;

pub(super) async fn settle(
    state: &AppState,
    step: ClaimStep,
    claims: Vec<MileageClaim>,
) -> Result<Answer, Error> {
    let rules = state.booking_rules();
    state.db.write(move |conn| Ok::<_, Error>(settle_claim(conn, &step, &claims, rules)??)).await?;
    Ok(Answer::empty())
}

/// Steps of different kinds never share a key.
pub(super) fn claim_step(
    form: &mut Form,
    kind: &str,
    key: &str,
    claim_no: ClaimNo,
    order_no: OrderNo,
) -> Option<ClaimStep> {
    let key = event_key(form, key)?;
    Some(ClaimStep { key: format!("{kind}/{key}"), claim_no, order_no })
}

/// Names an event for programs: an index holds it, so its code points are counted.
pub(super) fn event_key(form: &mut Form, key: &str) -> Option<String> {
    form.required("evtKey", Some(key), |key| {
        let is_short = key.chars().count() <= LONGEST_KEY;
        if is_short { Ok(key.to_owned()) } else { Err("1자 이상 200자 이하로 입력해 주세요.") }
    })
}
