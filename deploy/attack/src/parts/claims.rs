//! Previews and cancels with as many lines as a body has room for, none of which says anything.

use std::time::Duration;

use contract::operations::{JSON_LIMIT, claim};
use local_stack::environment::Process;
use local_stack::failure::Failure;
use tokio::time::Instant;

use super::lists::full;
use super::{Field, Goals, Row};
use crate::callers::member_number;
use crate::goals;
use crate::wire::{Answer, Ask, HOME};

const AT_ONCE: usize = 3;
const IN_A_ROW: usize = 20;
/// No more are sent after this: what they do has been seen by then.
const LONGEST: Duration = Duration::from_secs(90);

impl Field<'_> {
    pub(super) async fn claims(&self) -> Result<Vec<Row>, Failure> {
        let goals = Goals { memory: None, refusal: Some(goals::REFUSAL_BYTES), answers: true };
        let mut rows = Vec::new();
        for operation in [&claim::CLAIM_CALCULATE_COST_FO, &claim::CANCEL_FO] {
            let front = format!(r#"{{"ordNo":"{}","claimRsnCd":"251","claimGoodsList":["#, member_number(1));
            let body = full(&front, "{}", "]}", JSON_LIMIT);
            let ask = |number: usize| {
                let ask = Ask::post(operation.path, HOME, body.clone()).by(&self.callers.attacking_member);
                // A new one each time: the answer to a repeat would be known.
                ask.with("idempotency-key", &format!("attack-{}-{number}", operation.id))
            };
            let name = format!("{}, {AT_ONCE} at once", operation.id);
            let attack = self.all_at_once((0..AT_ONCE).map(ask).collect());
            rows.push(self.against(Process::Claim, name, goals, attack).await);

            let count = self.settings.scaled(IN_A_ROW);
            let attack = async {
                let mut answers = Vec::new();
                let until = Instant::now() + LONGEST;
                for number in (0..count).take_while(|_| Instant::now() < until) {
                    answers.push(ask(AT_ONCE + number).send(self.house.gateway()).await);
                }
                answers
            };
            let name = format!("{}, {count} in a row", operation.id);
            rows.push(self.against(Process::Claim, name, goals, attack).await);
        }
        Ok(rows)
    }

    pub(super) async fn all_at_once(&self, asks: Vec<Ask>) -> Vec<Answer> {
        let to = self.house.gateway();
        let sending: Vec<_> =
            asks.into_iter().map(|ask| tokio::spawn(async move { ask.send(to).await })).collect();
        super::all_of(sending).await
    }
}
