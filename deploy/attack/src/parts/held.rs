//! Anonymous bodies that stop just before their end.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use contract::operations::{JSON_LIMIT, Operation, claim, member};
use local_stack::environment::Process;
use local_stack::failure::Failure;

use super::{Field, Goals, Row, all_of};
use crate::wire::{Answer, Ask, HOME};

const CROWD: usize = 450;
/// Shorter than the gateway waits for the next byte.
const HELD: Duration = Duration::from_secs(9);
/// So many of each address, which no quota of an address's stands against.
const OF_AN_ADDRESS: usize = 50;

impl Field<'_> {
    pub(super) async fn held(&self) -> Result<Vec<Row>, Failure> {
        let goals = Goals { memory: None, refusal: None, answers: false };
        let count = self.settings.scaled(CROWD);
        let mut rows = Vec::new();
        for (process, operation) in
            [(Process::Member, &member::NON_MBR_LOGIN), (Process::Claim, &claim::OTHER_ITMS)]
        {
            let name = format!("{count} bodies of {} held, through the gateway", operation.id);
            let attack = hold(body_of(operation), count, self.house.gateway());
            rows.push(self.against(process, name, goals, attack).await);

            let name = format!("{count} bodies of {} held, at its own door", operation.id);
            let ask = self.callers.vouched(body_of(operation), process);
            rows.push(
                self.against(process, name, goals, hold(ask, count, self.house.address(process))).await,
            );
        }
        Ok(rows)
    }
}

/// One text, as long as a body may be.
fn body_of(operation: &Operation) -> Ask {
    let mut body = br#"{"ordNo":""#.to_vec();
    body.resize(JSON_LIMIT - 2, b'1');
    body.extend_from_slice(br#""}"#);
    Ask::post(operation.path, HOME, body)
}

async fn hold(ask: Ask, count: usize, to: SocketAddr) -> Vec<Answer> {
    let holding = (0..count).map(|number| {
        let address = u8::try_from(1 + number / OF_AN_ADDRESS).unwrap_or(u8::MAX);
        let ask = ask.clone().coming_from(Ipv4Addr::new(127, 0, 2, address));
        tokio::spawn(async move { ask.hold(to, 2, HELD).await })
    });
    all_of(holding.collect()).await
}
