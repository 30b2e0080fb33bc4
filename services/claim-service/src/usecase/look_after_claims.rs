//! 운영: what an operator can ask of the claims, and have done about them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, OrderNo};
use db::{Db, DbConnection, outbox};
use platform::error::Problem;
use service_kit::error::Error;

use crate::clients::member::read_copy;
use crate::domain::cancel_saga::{ATTENTION_AFTER, CancelSaga};
use crate::domain::claim_audit::{self, KeptCancel};
use crate::store;

use super::claim_messages::{self, rejection_key};
use super::confirm_option::option_key;
use super::quote_cancel::hash_of;

const CLAIMS_AT_ONCE: i64 = 100;

/// A task that does not come to its end by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    pub claim_no: ClaimNo,
    pub step: commerce::SagaStep,
    pub key: String,
    pub tries: u32,
    pub is_refused: bool,
    /// Of the last try.
    pub reason: Option<String>,
}

/// 확인필요 목록: tasks that are open and have been refused, or tried too often.
pub async fn list_stuck(db: &Db) -> Result<Vec<Stuck>, Error> {
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
            step: task.effect.saga_step(),
            tries: task.tries,
            is_refused: task.is_refused,
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
        claim_messages::ask_for(conn, now, &claim_no, &commands)?;
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
