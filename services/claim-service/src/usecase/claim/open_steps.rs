//! 열린 단계: what of claims is still to be asked for, and how the asking goes.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, SagaStepStatus};
use db::DbConnection;
use db::outbox::{self, Unsent};
use service_kit::error::Error;

use crate::domain::saga::ATTENTION_AFTER;
use crate::store;
use crate::store::claim::task::KnownTask;
use crate::usecase::messages::Asked;

/// 열린 단계
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenStep {
    pub claim_no: ClaimNo,
    pub asked: Asked,
    /// Of its message.
    pub key: String,
    /// Tries that brought no result.
    pub tries: u32,
    /// Its receiver has said no. Of what has no task that is not kept.
    pub is_refused: bool,
    pub status: SagaStepStatus,
    pub next_try: DateTime<Utc>,
    /// Why the last try came to nothing; nothing personal.
    pub reason: Option<String>,
}

/// Of these claims, by the keys of what is asked for.
pub fn find_open(conn: &mut DbConnection, claims: &[&str]) -> Result<Vec<OpenStep>, Error> {
    let unsent = outbox::list_unsent(conn, claims)?;
    let keys: Vec<&str> = unsent.iter().map(|message| message.key.as_str()).collect();
    let tasks = store::claim::task::find_known(conn, &keys)?;
    Ok(unsent.into_iter().filter_map(|message| open_step(message, &tasks)).collect())
}

/// None of a message whose task is done: it is about to go. Where there is a task it says how often it was tried.
fn open_step(message: Unsent, tasks: &HashMap<String, KnownTask>) -> Option<OpenStep> {
    let asked = Asked::of(&message.topic, &message.key)?;
    let has_failed = message.reason.is_some();
    let of_message = || KnownTask {
        is_done: false,
        tries: if has_failed { u32::try_from(message.tries).unwrap_or(0) } else { 0 },
        is_refused: false,
    };
    let task = tasks.get(&message.key).cloned();
    let attention = task.is_none() && message.needs_attention;
    let task = task.unwrap_or_else(of_message);
    let needs_attention = attention || task.is_refused || task.tries >= ATTENTION_AFTER;
    (!task.is_done).then_some(OpenStep {
        claim_no: message.payload.parse().ok()?,
        asked,
        tries: task.tries,
        is_refused: task.is_refused,
        status: if needs_attention { SagaStepStatus::NeedsAttention } else { SagaStepStatus::Waiting },
        next_try: message.next_try,
        reason: message.reason,
        key: message.key,
    })
}
