//! 답변 초안 in the contract's words.

use dto::inquiry::AnswerDraft;

use crate::domain::answer_draft::SavedDraft;

pub(super) fn shown(draft: SavedDraft) -> AnswerDraft {
    AnswerDraft {
        ccn_no: draft.inquiry.counsel_no(),
        ans_cont: draft.content.text,
        tmpl_no: draft.content.template_id.map(|id| id.to_string()),
        draft_ver: draft.version,
        mod_dtm: draft.changed_at.into(),
    }
}
