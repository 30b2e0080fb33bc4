//! 운영: what an operator can ask of the claims, and have done about them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, OrderNo};
use db::outbox::Troubled;
use db::{Db, DbConnection, outbox};
use platform::error::Problem;
use service_kit::error::Error;

use crate::clients::member::read_copy;
use crate::domain::cancel_saga::{ATTENTION_AFTER, CancelSaga};
use crate::domain::claim_audit::{self, KeptCancel};
use crate::store;

use super::claim_messages::{self, Asked, IMPORT_TOPIC, REJECTION_TOPIC, rejection_key};
use super::confirm_option::{OPTION_TOPIC, option_key};
use super::quote_cancel::hash_of;

const CLAIMS_AT_ONCE: i64 = 100;

/// Something of a claim that does not come to its end by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    pub claim_no: ClaimNo,
    pub asked: Asked,
    pub key: String,
    pub tries: u32,
    pub trouble: Trouble,
    /// Of the last try.
    pub reason: Option<String>,
}

/// Why somebody should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The receiver has said no.
    Refused,
    /// It was tried often, and nobody knows what became of it.
    NoAnswer,
    /// One of the two; of what has no task it is not kept which.
    Either,
}

impl Trouble {
    pub const fn text(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::NoAnswer => "no answer",
            Self::Either => "needs attention",
        }
    }
}

/// 확인필요 목록: what is open and has been refused, or tried too often. Cancels come first, then what has no tasks: option
/// changes, imports and notices of a rejection.
pub async fn list_stuck(db: &Db) -> Result<Vec<Stuck>, Error> {
    let mut stuck = list_stuck_cancels(db).await?;
    for topic in [OPTION_TOPIC, IMPORT_TOPIC, REJECTION_TOPIC] {
        stuck.extend(list_stuck_messages(db, topic).await?);
    }
    Ok(stuck)
}

async fn list_stuck_cancels(db: &Db) -> Result<Vec<Stuck>, Error> {
    let mut stuck = Vec::new();
    let mut after: Option<ClaimNo> = None;
    loop {
        let from = after.clone();
        let page = db
            .read(move |conn| {
                let numbers =
                    store::claim_task::list_in_trouble(conn, ATTENTION_AFTER, from.as_ref(), CLAIMS_AT_ONCE)?;
                let mut page = Vec::new();
                for claim_no in &numbers {
                    page.extend(stuck_tasks(conn, claim_no)?);
                }
                Ok::<_, Error>((numbers.last().cloned(), page))
            })
            .await?;
        let (last, found) = page;
        stuck.extend(found);
        match last {
            Some(last) => after = Some(last),
            None => return Ok(stuck),
        }
    }
}

async fn list_stuck_messages(db: &Db, topic: &'static str) -> Result<Vec<Stuck>, Error> {
    let tries = i32::try_from(ATTENTION_AFTER).unwrap_or(i32::MAX);
    let mut stuck = Vec::new();
    let mut after = String::new();
    loop {
        let from = after.clone();
        let page = db
            .read(move |conn| {
                Ok::<_, Error>(outbox::list_troubled(conn, topic, tries, &from, CLAIMS_AT_ONCE)?)
            })
            .await?;
        let Some(last) = page.last() else { return Ok(stuck) };
        after.clone_from(&last.key);
        stuck.extend(page.into_iter().filter_map(|message| stuck_message(topic, message)));
    }
}

/// None of a message that names no claim, which is none of ours.
fn stuck_message(topic: &str, message: Troubled) -> Option<Stuck> {
    Some(Stuck {
        claim_no: message.payload.parse().ok()?,
        asked: Asked::of(topic, &message.key)?,
        tries: u32::try_from(message.tries).unwrap_or(0),
        trouble: if message.needs_attention { Trouble::Either } else { Trouble::NoAnswer },
        reason: message.reason,
        key: message.key,
    })
}

fn stuck_tasks(conn: &mut DbConnection, claim_no: &ClaimNo) -> Result<Vec<Stuck>, Error> {
    let Some(saga) = find_saga(conn, claim_no)? else { return Ok(Vec::new()) };
    let open: Vec<String> = saga.open_commands().into_iter().map(|command| command.key.to_string()).collect();
    let mut stuck = Vec::new();
    for task in saga.tasks().iter().filter(|task| task.needs_attention()) {
        let key = task.effect.key(claim_no).to_string();
        if !open.contains(&key) {
            continue;
        }
        stuck.push(Stuck {
            claim_no: claim_no.clone(),
            asked: Asked::Step(task.effect.saga_step()),
            tries: task.tries,
            trouble: if task.is_refused { Trouble::Refused } else { Trouble::NoAnswer },
            reason: outbox::last_reason(conn, &key)?,
            key,
        });
    }
    Ok(stuck)
}

fn find_saga(conn: &mut DbConnection, claim_no: &ClaimNo) -> Result<Option<CancelSaga>, Error> {
    let Some(cancel) = store::cancel_claim::find(conn, claim_no)? else { return Ok(None) };
    Ok(Some(cancel.saga(store::claim_task::find(conn, claim_no)?)))
}

/// 재시도: everything open of a claim is due at once, and nothing of it counts as refused any more. Says how many
/// messages will be tried; `None` when there is no such claim.
pub async fn retry_claim(db: &Db, claim_no: &ClaimNo, now: DateTime<Utc>) -> Result<Option<usize>, Error> {
    let claim_no = claim_no.clone();
    db.write(move |conn| {
        let mut due = 0;
        let keys = [rejection_key(&claim_no), claim_messages::import_key(&claim_no), option_key(&claim_no)];
        for key in keys {
            due += usize::from(outbox::make_due(conn, &key, now)?);
        }
        let Some(cancel) = store::cancel_claim::lock(conn, &claim_no)? else {
            return Ok(store::claim::find(conn, &claim_no)?.map(|_| due));
        };
        let before = store::claim_task::find(conn, &claim_no)?;
        let saga = cancel.saga(before.clone()).without_refusals();
        store::claim_task::update(conn, &before, &saga)?;
        let commands = saga.open_commands();
        // One that was lost, which can't happen, is put down again.
        claim_messages::ask_for(conn, now, &claim_no, &commands, None)?;
        for command in &commands {
            due += usize::from(outbox::make_due(conn, command.key.as_str(), now)?);
        }
        Ok(Some(due))
    })
    .await
}

/// 검증 결과
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    pub checked: usize,
    pub differences: Vec<String>,
}

/// 검증: replays the ledger of every cancel and compares everything that is kept of it.
pub async fn verify_claims(db: &Db) -> Result<Audit, Error> {
    let mut audit = Audit::default();
    let mut after: Option<ClaimNo> = None;
    loop {
        let from = after.clone();
        let (last, page) = db
            .snapshot(move |conn| {
                let numbers = store::cancel_claim::list_after(conn, from.as_ref(), CLAIMS_AT_ONCE)?;
                let mut page = Audit::default();
                for claim_no in &numbers {
                    page.checked += 1;
                    let found = differences_of(conn, claim_no)?;
                    page.differences.extend(found.into_iter().map(|one| format!("{claim_no}: {one}")));
                }
                Ok::<_, Error>((numbers.last().cloned(), page))
            })
            .await?;
        audit.checked += page.checked;
        audit.differences.extend(page.differences);
        match last {
            Some(last) => after = Some(last),
            None => return Ok(audit),
        }
    }
}

fn differences_of(conn: &mut DbConnection, claim_no: &ClaimNo) -> Result<Vec<String>, Error> {
    let cancel = store::cancel_claim::find(conn, claim_no)?;
    let cancel = cancel.ok_or_else(|| Problem::internal("a claim has gone while it was looked at"))?;
    let kept = KeptCancel {
        saga: cancel.saga(store::claim_task::find(conn, claim_no)?),
        cost_rows: store::cancel_claim::find_cost_rows(conn, claim_no)?,
        lines: store::cancel_claim::find_lines(conn, claim_no)?.into_iter().collect(),
        postings: store::ledger::find(conn, claim_no)?,
        cancel,
    };
    let mut found = claim_audit::differences(&kept, &hash_of(&kept.cancel.accepted.cost))?;
    found.extend(over_refunds_of(conn, &kept.cancel.accepted.order_no)?);
    Ok(found)
}

fn over_refunds_of(conn: &mut DbConnection, order_no: &OrderNo) -> Result<Vec<String>, Error> {
    let copy = store::order_copy::find(conn, order_no)?;
    let copy = copy.ok_or_else(|| Problem::internal("the order of a claim is not pinned"))?;
    let mut histories: HashMap<_, _> = store::claim_line::find_history(conn, std::slice::from_ref(order_no))?;
    let history = histories.remove(order_no).unwrap_or_default();
    Ok(claim_audit::over_refunds(&read_copy(&copy)?.order, &history))
}
