//! What a claim has to tell the world after its transaction, as outbox messages.

use std::fmt;

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, SagaStep};
use db::DbConnection;
use db::outbox::{self, Hold, NewMessage};
use diesel::QueryResult;
use platform::http_client::current_traceparent;

use crate::domain::cancel_saga::{Command, EffectKey};

use super::confirm_option::OPTION_TOPIC;

/// One effect of a cancel, under the key that makes it happen once; the payload is the claim's number.
pub const EFFECT_TOPIC: &str = "claim.effect";
/// The customer hears that a cancel was rejected; the payload is the claim's number.
pub const REJECTION_TOPIC: &str = "claim.rejected";
/// The order hears that a claim another system took is complete; the payload is the claim's number.
pub const IMPORT_TOPIC: &str = "claim.imported";
/// Every topic a claim has.
pub const TOPICS: [&str; 4] = [EFFECT_TOPIC, OPTION_TOPIC, IMPORT_TOPIC, REJECTION_TOPIC];

/// 처리내용: what a message of a claim asks for, as operators see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asked {
    /// A step of a cancel.
    Step(SagaStep),
    /// 옵션변경: the order decides on it.
    OptionChange,
    /// 수신클레임 반영
    Import,
    /// 클레임 거절 안내
    RejectionNotice,
}

impl Asked {
    /// Everything there is, in the order it is shown.
    pub fn all() -> impl Iterator<Item = Self> {
        let steps = SagaStep::ALL.iter().map(|step| Self::Step(*step));
        steps.chain([Self::OptionChange, Self::Import, Self::RejectionNotice])
    }

    /// None of a topic or a key that is not a claim's.
    pub fn of(topic: &str, key: &str) -> Option<Self> {
        match topic {
            EFFECT_TOPIC => EffectKey::kept(key).step().map(Self::Step),
            OPTION_TOPIC => Some(Self::OptionChange),
            IMPORT_TOPIC => Some(Self::Import),
            REJECTION_TOPIC => Some(Self::RejectionNotice),
            _ => None,
        }
    }

    /// `stepCd` where it is a step of a cancel.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Step(step) => step.code(),
            Self::OptionChange => "OPTION",
            Self::Import => "IMPORT",
            Self::RejectionNotice => "REJECTED",
        }
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.code())
    }
}

/// Asks for effects of a claim; one that is asked for already is not asked for twice. Those that are held are in hand
/// from the start.
pub(super) fn ask_for(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    claim_no: &ClaimNo,
    commands: &[Command],
    hold: Option<&Hold>,
) -> QueryResult<()> {
    let traceparent = current_traceparent();
    let messages: Vec<NewMessage<'_>> = commands
        .iter()
        .map(|command| NewMessage {
            key: command.key.as_str(),
            topic: EFFECT_TOPIC,
            payload: claim_no.as_str(),
            traceparent: traceparent.as_deref(),
            not_before: now,
        })
        .collect();
    outbox::enqueue_all(conn, now, &messages, hold).map(drop)
}

pub(super) fn tell_rejection(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    claim_no: &ClaimNo,
) -> QueryResult<()> {
    send(conn, now, REJECTION_TOPIC, &rejection_key(claim_no), claim_no)
}

pub(super) fn tell_import(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    claim_no: &ClaimNo,
) -> QueryResult<()> {
    send(conn, now, IMPORT_TOPIC, &import_key(claim_no), claim_no)
}

/// Names the notification of a rejection.
pub(super) fn rejection_key(claim_no: &ClaimNo) -> String {
    format!("{claim_no}:REJECTED")
}

/// Names the completion of a claim another system took.
pub(super) fn import_key(claim_no: &ClaimNo) -> String {
    format!("{claim_no}:IMPORT")
}

fn send(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    topic: &str,
    key: &str,
    claim_no: &ClaimNo,
) -> QueryResult<()> {
    let traceparent = current_traceparent();
    let message = NewMessage {
        key,
        topic,
        payload: claim_no.as_str(),
        traceparent: traceparent.as_deref(),
        not_before: now,
    };
    outbox::enqueue(conn, now, &message).map(drop)
}
