//! Very many guests' orders, and very many guesses at their passwords.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use local_stack::environment::Process;
use local_stack::failure::Failure;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::{Field, Goals, Row};
use crate::callers::{guest_number, guest_order, log_in, member_order};
use crate::goals;
use crate::honest::Honest;
use crate::wire::Answer;

const ORDERS: usize = 10_000;
/// Orders in one request: as many as it may have, and fewer in everyday runs, whose builds take their time.
const BATCH: usize = 500;
const SMALL_BATCH: usize = 100;
/// No more are sent after this.
const LONGEST: Duration = Duration::from_secs(300);
const SECONDS: usize = 60;
const ADDRESSES: u8 = 7;
/// Connections of each address.
const LINES: usize = 4;

impl Field<'_> {
    pub(super) async fn guests(&self) -> Result<Vec<Row>, Failure> {
        let goals = Goals { memory: Some(goals::adapted(goals::GUESTS)), refusal: None, answers: true };
        let count = self.settings.scaled(ORDERS);
        let size = if self.settings.is_full() { BATCH } else { SMALL_BATCH };
        let batches = async {
            let mut answers = Vec::new();
            let until = Instant::now() + LONGEST;
            for first in (1..=count).step_by(size).take_while(|_| Instant::now() < until) {
                let orders = (first..first + size).map(|number| guest_order(guest_number(number)));
                let orders: Vec<Value> = orders.collect();
                answers.push(self.callers.intake(json!({"orders": orders})).send(self.house.gateway()).await);
            }
            answers
        };
        let name = format!("{count} guest orders");
        let mut rows = vec![self.against(Process::Member, name, goals, batches).await];

        let seconds = self.settings.scaled(SECONDS);
        let until = Instant::now() + Duration::from_secs(1) * u32::try_from(seconds).unwrap_or(u32::MAX);
        let attack = async {
            // The shop goes on as well: an order every now and then, the same each time.
            let intake = self.callers.intake(json!({"orders": [member_order(2)]}));
            let shop = Honest::start(self.house.gateway(), vec![intake]);
            let guesses = self.guess(until, count).await;
            (guesses, shop.stop().await)
        };
        let name = format!("wrong logins from {ADDRESSES} addresses, {seconds} s");
        let mut of_shop = None;
        let guesses = async {
            let (answers, noticed) = attack.await;
            of_shop = Some(noticed);
            answers
        };
        let mut row = self.against(Process::Member, name, goals, guesses).await;
        if let Some(shop) = of_shop {
            let text =
                format!("intakes {} served, {} again, {} failed", shop.served, shop.again, shop.failed);
            row.aside = Some((text, shop.failed > 0 || shop.served + shop.again == 0));
        }
        rows.push(row);
        Ok(rows)
    }

    async fn guess(&self, until: Instant, orders: usize) -> Vec<Answer> {
        let to = self.house.gateway();
        let mut guessing = Vec::new();
        for address in 1..=ADDRESSES {
            for line in 0..LINES {
                let from = Ipv4Addr::new(127, 0, 1, address);
                let first = (usize::from(address) * LINES + line) * 131;
                guessing.push(tokio::spawn(guess_from(from, to, first, orders, until)));
            }
        }
        let mut answers = Vec::new();
        for one in guessing {
            answers.extend(one.await.unwrap_or_default());
        }
        answers
    }
}

/// One guess after another, each at another order.
async fn guess_from(
    from: Ipv4Addr,
    to: SocketAddr,
    first: usize,
    orders: usize,
    until: Instant,
) -> Vec<Answer> {
    let mut answers = Vec::new();
    for number in first.. {
        if Instant::now() >= until {
            break;
        }
        let order_no = guest_number(1 + number % orders);
        let answer = log_in(from, &order_no, "not-the-password-1").send(to).await;
        // Sent away, it comes back soon, and sooner than it is told.
        let wait = if answer.status == 429 { 50 } else { 0 };
        answers.push(Answer { body: Vec::new(), ..answer });
        sleep(Duration::from_millis(wait)).await;
    }
    answers
}
