//! 운영: what an operator can ask of the claims, and have done about them.

use chrono::{DateTime, Utc};
use commerce::ClaimNo;
use db::outbox::Troubled;
use db::{Db, DbConnection, outbox};
use service_kit::error::Error;

use crate::domain::saga::{ATTENTION_AFTER, ClaimSaga};
use crate::store;
use crate::usecase::claim::retry::retry;
use crate::usecase::messages::Asked;

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

/// 확인필요 목록: what is open and has been refused, or tried too often. Tasks come first, then what has none: option
/// changes, imports, notices, payments and the coupons of returns.
pub async fn list_stuck(db: &Db) -> Result<Vec<Stuck>, Error> {
    let mut stuck = list_stuck_tasks(db).await?;
    for asked in Asked::ONCE {
        stuck.extend(list_stuck_messages(db, asked).await?);
    }
    Ok(stuck)
}

async fn list_stuck_tasks(db: &Db) -> Result<Vec<Stuck>, Error> {
    let mut stuck = Vec::new();
    let mut after: Option<ClaimNo> = None;
    loop {
        let from = after.clone();
        let page = db
            .read(move |conn| {
                let numbers = store::claim::task::list_in_trouble(
                    conn,
                    ATTENTION_AFTER,
                    from.as_ref(),
                    CLAIMS_AT_ONCE,
                )?;
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

async fn list_stuck_messages(db: &Db, asked: Asked) -> Result<Vec<Stuck>, Error> {
    let tries = i32::try_from(ATTENTION_AFTER).unwrap_or(i32::MAX);
    let mut stuck = Vec::new();
    let mut after = String::new();
    loop {
        let from = after.clone();
        let page = db
            .read(move |conn| {
                Ok::<_, Error>(outbox::list_troubled(conn, asked.topic(), tries, &from, CLAIMS_AT_ONCE)?)
            })
            .await?;
        let Some(last) = page.last() else { return Ok(stuck) };
        after.clone_from(&last.key);
        stuck.extend(page.into_iter().filter_map(|message| stuck_message(asked, message)));
    }
}

/// None of a message that names no claim, which is none of ours.
fn stuck_message(asked: Asked, message: Troubled) -> Option<Stuck> {
    Some(Stuck {
        claim_no: message.payload.parse().ok()?,
        asked,
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

fn find_saga(conn: &mut DbConnection, claim_no: &ClaimNo) -> Result<Option<ClaimSaga>, Error> {
    let Some(claim) = store::claim::accepted::find(conn, claim_no)? else { return Ok(None) };
    Ok(Some(claim.saga(store::claim::task::find(conn, claim_no)?)))
}

/// 재시도 at the console. Says how many messages will be tried; `None` when there is no such claim.
pub async fn retry_claim(db: &Db, claim_no: &ClaimNo, now: DateTime<Utc>) -> Result<Option<usize>, Error> {
    let claim_no = claim_no.clone();
    db.write(move |conn| Ok(retry(conn, &claim_no, None, now)?.map(|retried| retried.due))).await
}
