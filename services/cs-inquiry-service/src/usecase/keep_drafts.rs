//! 답변 초안 저장과 조회: an agent's own alone, and kept whoever works on the inquiry meanwhile.

use commerce::MemberNo;
use contract::ResultCode;
use db::{DbConnection, named_lock};
use platform::error::Problem;
use service_kit::error::Error;

use super::outgoing;
use super::save_answer::lock_member;
use super::start_process::locked;
use crate::domain::answer_draft::{Decision, DraftSummary, DraftText, SavedDraft, decide, may_draft};
use crate::domain::inquiry::InquiryId;
use crate::state::AppState;
use crate::store;
use crate::store::answer_draft;

/// What an agent has written.
pub struct NewDraft {
    pub inquiry: Option<InquiryId>,
    pub content: DraftText,
    /// The version that is changed; `None` of a new draft.
    pub seen: Option<i64>,
}

/// Keeps a draft, or says which one another page of the agent's has put down.
pub async fn save_draft(state: &AppState, agent: String, draft: NewDraft) -> Result<Decision, Error> {
    let (clock, most) = (state.clock.clone(), i64::from(state.settings.counsel.max_drafts));
    let decision = state
        .db
        .write(move |conn| {
            // Before any row: of two pages that each begin another draft the second counts the first.
            named_lock::hold(conn, &format!("counsel.draft:{agent}"))?;
            let has_left = lock_member(conn, draft.inquiry)?;
            let inquiry = locked(conn, draft.inquiry)?;
            may_draft(&inquiry, &agent)?;
            let known = answer_draft::find(conn, &agent, inquiry.id)?;
            let is_new = known.is_none();
            let decision = decide(inquiry.id, known, draft.seen, draft.content.clone(), clock.now());
            if let Decision::Keep(draft) = &decision {
                if is_new && answer_draft::count(conn, &agent)? >= most {
                    return Err(Problem::new(ResultCode::AnswerDraftLimit).into());
                }
                answer_draft::save(conn, &agent, draft)?;
                if has_left {
                    outgoing::mask_texts(conn, draft.changed_at, &inquiry.member_no)?;
                }
            }
            Ok::<_, Error>(decision)
        })
        .await?;
    state.bell.ring();
    Ok(decision)
}

/// An agent's draft about an inquiry, and the member it may say something of.
pub async fn show_draft(
    state: &AppState,
    agent: String,
    id: Option<InquiryId>,
) -> Result<Option<(MemberNo, SavedDraft)>, Error> {
    state
        .db
        .snapshot(move |conn| {
            let Some(draft) = find(conn, &agent, id)? else { return Ok(None) };
            let inquiry = store::inquiry::find(conn, draft.inquiry)?;
            Ok(inquiry.map(|inquiry| (inquiry.member_no, draft)))
        })
        .await
}

/// All of an agent's drafts with the titles of what they are about.
pub async fn list_drafts(state: &AppState, agent: String) -> Result<Vec<DraftSummary>, Error> {
    let most = i64::from(state.settings.counsel.max_drafts);
    state.db.read(move |conn| Ok(answer_draft::find_of_agent(conn, &agent, most)?)).await
}

/// Throws a draft away. Where there is none, that is as it should be.
pub fn delete_draft(conn: &mut DbConnection, agent: &str, id: Option<InquiryId>) -> Result<(), Error> {
    if let Some(id) = id {
        answer_draft::delete(conn, agent, id)?;
    }
    Ok(())
}

fn find(conn: &mut DbConnection, agent: &str, id: Option<InquiryId>) -> Result<Option<SavedDraft>, Error> {
    match id {
        Some(id) => Ok(answer_draft::find(conn, agent, id)?),
        None => Ok(None),
    }
}
