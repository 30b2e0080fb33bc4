//! 답변 초안: what an agent has written of an answer and not sent.

use chrono::{DateTime, Utc};
use commerce::{InquiryStatus, MemberNo};

use super::inquiry::{Inquiry, InquiryId};
use super::inquiry_status::{Refusal, change_time};

/// What is written.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftText {
    pub text: String,
    pub template_id: Option<i64>,
}

/// A draft as it was put down.
#[derive(Clone, PartialEq, Eq)]
pub struct SavedDraft {
    pub inquiry: InquiryId,
    pub content: DraftText,
    /// Grows with every change.
    pub version: i64,
    pub changed_at: DateTime<Utc>,
}

/// What a list shows of a draft.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftSummary {
    pub inquiry: InquiryId,
    pub member_no: MemberNo,
    pub title: String,
    pub status: InquiryStatus,
    /// The agent who works on the inquiry now.
    pub agent: Option<String>,
    pub changed_at: DateTime<Utc>,
}

/// What becomes of a text that is to be kept.
#[derive(Clone, PartialEq, Eq)]
pub enum Decision {
    /// It is put down.
    Keep(SavedDraft),
    /// It is what was put down before: the answer to that was lost.
    AsKnown(SavedDraft),
    /// Another page of the agent's has changed the draft, or done away with it.
    Changed(Option<SavedDraft>),
}

/// Whether an agent may write a draft about an inquiry: whoever owns it, so that nothing is lost when a colleague was faster.
/// What it has answered itself it has sent.
pub fn may_draft(inquiry: &Inquiry, agent: &str) -> Result<(), Refusal> {
    if inquiry.is_deleted {
        return Err(Refusal::NotFound);
    }
    match &inquiry.answer {
        Some(answer) if answer.by == agent => Err(Refusal::StatusConflict),
        _ => Ok(()),
    }
}

/// `seen` is the version that was changed, `None` of a new draft.
pub fn decide(
    inquiry: InquiryId,
    known: Option<SavedDraft>,
    seen: Option<i64>,
    content: DraftText,
    now: DateTime<Utc>,
) -> Decision {
    match known {
        Some(known) if known.content == content => Decision::AsKnown(known),
        known if known.as_ref().map(|draft| draft.version) != seen => Decision::Changed(known),
        known => {
            let changed_at = known.map_or(now, |known| change_time(known.changed_at, now));
            Decision::Keep(SavedDraft {
                inquiry,
                content,
                version: changed_at.timestamp_micros(),
                changed_at,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(text: &str, at: DateTime<Utc>) -> SavedDraft {
        let content = DraftText { text: text.to_owned(), template_id: None };
        SavedDraft { inquiry: InquiryId(1), content, version: at.timestamp_micros(), changed_at: at }
    }

    #[test]
    fn a_draft_is_kept_by_whoever_has_seen_what_it_changes() {
        let now: DateTime<Utc> = "2026-12-01T03:00:00Z".parse().unwrap();
        let decide = |known: Option<&SavedDraft>, seen, text: &str| {
            let content = DraftText { text: text.to_owned(), template_id: None };
            super::decide(InquiryId(1), known.cloned(), seen, content, now)
        };
        let known = saved("가", now);
        assert!(decide(None, None, "가") == Decision::Keep(known.clone()));
        let Decision::Keep(next) = decide(Some(&known), Some(known.version), "나") else { panic!() };
        assert!(next.version > known.version, "even within one tick of the clock");
        assert!(decide(Some(&known), None, "나") == Decision::Changed(Some(known.clone())));
        assert!(decide(Some(&known), Some(7), "나") == Decision::Changed(Some(known.clone())));
        assert!(decide(None, Some(7), "나") == Decision::Changed(None), "it was sent or thrown away");
        for seen in [None, Some(7), Some(known.version)] {
            assert!(decide(Some(&known), seen, "가") == Decision::AsKnown(known.clone()));
        }
    }
}
