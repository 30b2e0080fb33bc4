//! What a claim has to tell the world after its transaction, as outbox messages. The payload is always its number.

use std::fmt;

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, PaymentNo, SagaStep};
use db::DbConnection;
use db::outbox::{self, Hold, NewMessage};
use diesel::QueryResult;
use platform::http_client::current_traceparent;
use service_kit::outbox::send::send;

use crate::domain::saga::{Command, EffectKey};

/// One effect of a claim, under the key that makes it happen once.
pub const EFFECT_TOPIC: &str = "claim.effect";
/// The order is asked to change a line's item.
pub const OPTION_TOPIC: &str = "claim.option";
/// The order hears that a claim another system took is complete.
pub const IMPORT_TOPIC: &str = "claim.imported";
/// The customer hears that a claim was rejected.
pub const REJECTION_TOPIC: &str = "claim.rejected";
/// member-service hears with which payment a claim was accepted. A trigger writes these, of whatever release's code accepts
/// the claim.
pub const PAYMENT_TOPIC: &str = "claim.additional_payment";
/// Whoever keeps a coupon is asked whether it is a return's.
pub const COUPON_TOPIC: &str = "claim.return_coupon";
/// The customer hears how far a return or an exchange has come; the key says which step.
pub const NOTICE_TOPIC: &str = "claim.notice";
/// Every topic a claim has.
pub const TOPICS: [&str; 7] =
    [EFFECT_TOPIC, OPTION_TOPIC, IMPORT_TOPIC, REJECTION_TOPIC, PAYMENT_TOPIC, COUPON_TOPIC, NOTICE_TOPIC];

/// 처리내용: what a message of a claim asks for, as operators see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asked {
    /// A step of its execution.
    Step(SagaStep),
    /// 옵션변경: the order decides on it.
    OptionChange,
    /// 수신클레임 반영
    Import,
    /// 클레임 거절 안내
    RejectionNotice,
    /// 추가결제 등록
    AdditionalPayment,
    /// 무료반품쿠폰 선점
    ReturnCoupon,
    /// 진행 안내
    Notice,
}

impl Asked {
    /// What a claim asks for once at most, and without a task.
    pub const ONCE: [Self; 6] = [
        Self::OptionChange,
        Self::Import,
        Self::RejectionNotice,
        Self::AdditionalPayment,
        Self::ReturnCoupon,
        Self::Notice,
    ];

    /// Everything there is, in the order it is shown.
    pub fn all() -> impl Iterator<Item = Self> {
        SagaStep::ALL.iter().map(|step| Self::Step(*step)).chain(Self::ONCE)
    }

    /// None of a topic or a key that is not a claim's.
    pub fn of(topic: &str, key: &str) -> Option<Self> {
        if topic == EFFECT_TOPIC {
            return EffectKey::kept(key).step().map(Self::Step);
        }
        Self::ONCE.into_iter().find(|one| one.topic() == topic)
    }

    pub const fn topic(self) -> &'static str {
        match self {
            Self::Step(_) => EFFECT_TOPIC,
            Self::OptionChange => OPTION_TOPIC,
            Self::Import => IMPORT_TOPIC,
            Self::RejectionNotice => REJECTION_TOPIC,
            Self::AdditionalPayment => PAYMENT_TOPIC,
            Self::ReturnCoupon => COUPON_TOPIC,
            Self::Notice => NOTICE_TOPIC,
        }
    }

    /// `stepCd` where it is a step.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Step(step) => step.code(),
            Self::OptionChange => "OPTION",
            Self::Import => "IMPORT",
            Self::RejectionNotice => "REJECTED",
            Self::AdditionalPayment => "ADDPAY",
            Self::ReturnCoupon => "RTNCPN",
            Self::Notice => "NOTICE",
        }
    }

    /// 단계명
    pub const fn label(self) -> &'static str {
        match self {
            Self::Step(step) => step.label(),
            Self::OptionChange => "옵션변경",
            Self::Import => "수신클레임 반영",
            Self::RejectionNotice => "거절 안내",
            Self::AdditionalPayment => "추가결제 등록",
            Self::ReturnCoupon => "무료반품쿠폰 선점",
            Self::Notice => "진행 안내",
        }
    }

    /// By its topic, and the step where that has several.
    pub const fn filter(self) -> (&'static str, Option<SagaStep>) {
        match self {
            Self::Step(step) => (EFFECT_TOPIC, Some(step)),
            Self::OptionChange
            | Self::Import
            | Self::RejectionNotice
            | Self::AdditionalPayment
            | Self::ReturnCoupon
            | Self::Notice => (self.topic(), None),
        }
    }

    /// None of a text that is nobody's code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|one| one.code() == code)
    }

    /// Names the message of what is asked for once; the trigger does it alike.
    pub(crate) fn key(self, claim_no: &ClaimNo) -> String {
        format!("{claim_no}:{self}")
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.code())
    }
}

/// Asks for effects of a claim; one that is asked for already is not asked for twice. Those that are held are in hand
/// from the start.
pub(crate) fn ask_for(
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

/// Asks for what a claim asks for once.
pub(crate) fn ask_once(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    asked: Asked,
    claim_no: &ClaimNo,
) -> QueryResult<()> {
    send(conn, now, asked.topic(), &asked.key(claim_no), claim_no.as_str())
}

/// Has the keeper of all payments hear of one that was made for a claim beside others.
pub(crate) fn ask_for_payment(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    claim_no: &ClaimNo,
    payment_no: &PaymentNo,
) -> QueryResult<()> {
    send(conn, now, PAYMENT_TOPIC, &payment_key(claim_no, payment_no), claim_no.as_str())
}

fn payment_key(claim_no: &ClaimNo, payment_no: &PaymentNo) -> String {
    format!("{claim_no}:{}:{payment_no}", Asked::AdditionalPayment)
}
