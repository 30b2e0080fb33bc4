//! 상담상태: 10 접수완료 → 20 처리중 → 30 답변완료, who may move an inquiry, and when its member may still change it.
//!
//! These decide on an inquiry that is locked; the store's updates name the state they start from once more.

use chrono::{DateTime, TimeDelta, Utc};
use commerce::InquiryStatus;

use super::inquiry::Inquiry;

/// 상담 이력 구분 (ours)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// 접수
    Write,
    /// 상품 Q&A 이관
    TakeOver,
    /// 수정
    Edit,
    /// 삭제
    Delete,
    /// 처리시작
    Start,
    /// 처리해제
    Release,
    /// 배정
    Assign,
    /// 답변
    Answer,
}

impl Act {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Write => "WRITE",
            Self::TakeOver => "TAKE_OVER",
            Self::Edit => "EDIT",
            Self::Delete => "DELETE",
            Self::Start => "START",
            Self::Release => "RELEASE",
            Self::Assign => "ASSIGN",
            Self::Answer => "ANSWER",
        }
    }
}

/// Why an inquiry stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("there is no such inquiry")]
    NotFound,
    #[error("an agent has begun with the inquiry")]
    NotEditable,
    #[error("the member has edited the inquiry since it was shown")]
    Changed,
    #[error("another agent works on the inquiry")]
    NotOwner,
    #[error("the inquiry is in another state")]
    StatusConflict,
    #[error("the agent works on as many inquiries as it may")]
    OwnLimit,
}

/// Who works at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    pub id: String,
    pub is_admin: bool,
}

/// Edit and delete: only while nobody has started on it.
pub fn member_may_change(inquiry: &Inquiry) -> Result<(), Refusal> {
    if inquiry.is_deleted {
        Err(Refusal::NotFound)
    } else if inquiry.status.is_editable() {
        Ok(())
    } else {
        Err(Refusal::NotEditable)
    }
}

/// The time of a change: later than that of every change before it, however the clock stands.
pub fn change_time(before: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    now.max(before + TimeDelta::microseconds(1))
}

/// 처리 시작: 10 → 20. `seen` is the text the agent was shown, by the time of its last change.
pub fn start(inquiry: &Inquiry, seen: Option<DateTime<Utc>>) -> Result<(), Refusal> {
    match present(inquiry)?.status {
        InquiryStatus::Received => was_seen(inquiry, seen),
        InquiryStatus::InProgress | InquiryStatus::Answered => Err(Refusal::StatusConflict),
    }
}

/// 처리 해제: 20 → 10, by its owner or an admin.
pub fn release(inquiry: &Inquiry, agent: &Agent) -> Result<(), Refusal> {
    match present(inquiry)?.status {
        InquiryStatus::InProgress => owns(inquiry, agent),
        InquiryStatus::Received | InquiryStatus::Answered => Err(Refusal::StatusConflict),
    }
}

/// 답변: 20 → 30, or from 10 at once.
pub fn answer(inquiry: &Inquiry, agent: &Agent, seen: Option<DateTime<Utc>>) -> Result<(), Refusal> {
    match present(inquiry)?.status {
        InquiryStatus::Received => was_seen(inquiry, seen),
        InquiryStatus::InProgress => owns(inquiry, agent),
        InquiryStatus::Answered => Err(Refusal::StatusConflict),
    }
}

/// 배정: 10 → 20 for that agent, in 20 to another owner.
pub fn assign(inquiry: &Inquiry) -> Result<(), Refusal> {
    match present(inquiry)?.status {
        InquiryStatus::Received | InquiryStatus::InProgress => Ok(()),
        InquiryStatus::Answered => Err(Refusal::StatusConflict),
    }
}

/// 다음 상담: to an agent who works on fewer than `most`.
pub fn take_next(open: i64, most: u32) -> Result<(), Refusal> {
    if open < i64::from(most) { Ok(()) } else { Err(Refusal::OwnLimit) }
}

fn present(inquiry: &Inquiry) -> Result<&Inquiry, Refusal> {
    if inquiry.is_deleted { Err(Refusal::NotFound) } else { Ok(inquiry) }
}

fn was_seen(inquiry: &Inquiry, seen: Option<DateTime<Utc>>) -> Result<(), Refusal> {
    match seen {
        Some(seen) if seen != inquiry.changed_at => Err(Refusal::Changed),
        _ => Ok(()),
    }
}

fn owns(inquiry: &Inquiry, agent: &Agent) -> Result<(), Refusal> {
    if agent.is_admin || inquiry.agent.as_deref() == Some(agent.id.as_str()) {
        Ok(())
    } else {
        Err(Refusal::NotOwner)
    }
}

#[cfg(test)]
mod tests;
