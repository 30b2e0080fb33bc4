//! 상담 답변 등록: final. The member is told through the outbox.

use chrono::{DateTime, Utc};
use commerce::InquiryStatus;
use contract::ResultCode;
use db::DbConnection;
use platform::clock::Clock;
use platform::error::Problem;
use service_kit::error::Error;

use super::manage_templates::find_usable;
use super::outgoing;
use super::start_process::{locked, take};
use crate::domain::history::Step;
use crate::domain::inquiry::{Answer, InquiryId};
use crate::domain::inquiry_status::{self, Act, Agent, Refusal};
use crate::store;

/// What an agent answers.
pub struct AnswerDraft {
    /// Without it the template's text is the answer.
    pub text: Option<String>,
    pub template_id: Option<i64>,
    /// The text the agent was shown, by the time of its last change.
    pub seen: Option<DateTime<Utc>>,
}

pub fn save_answer(
    conn: &mut DbConnection,
    clock: &Clock,
    agent: &Agent,
    id: Option<InquiryId>,
    draft: &AnswerDraft,
) -> Result<InquiryId, Error> {
    let has_left = lock_member(conn, id)?;
    let inquiry = locked(conn, id)?;
    inquiry_status::answer(&inquiry, agent, draft.seen)?;
    let template = match draft.template_id {
        Some(template_id) => Some(find_usable(conn, agent, template_id)?),
        None => None,
    };
    let text = draft.text.as_deref().or(template.as_ref().map(|template| template.text.as_str()));
    let text =
        text.ok_or_else(|| Problem::new(ResultCode::Validation).at("ansCont", commerce::text::REQUIRED))?;
    if inquiry.status == InquiryStatus::Received {
        take(conn, clock, &inquiry, &agent.id, &agent.id, Act::Start)?;
    }
    let text = text.to_owned();
    let answer = Answer { text, has_variables: true, at: clock.now(), by: agent.id.clone() };
    if !store::inquiry::update_answered(conn, inquiry.id, &answer, draft.template_id)? {
        return Err(Refusal::StatusConflict.into());
    }
    let step = Step {
        act: Act::Answer,
        by: &agent.id,
        from: Some(InquiryStatus::InProgress),
        to: Some(InquiryStatus::Answered),
    };
    store::history::insert(conn, inquiry.id, answer.at, &step)?;
    store::answer_draft::delete(conn, &agent.id, inquiry.id)?;
    outgoing::tell_answered(conn, answer.at, inquiry.id)?;
    if has_left {
        outgoing::mask_texts(conn, answer.at, &inquiry.member_no)?;
    }
    Ok(inquiry.id)
}

/// An agent may call the member by its name, so a withdrawal must not come in between. The member's lock is taken before
/// that of the inquiry, as everywhere.
pub(super) fn lock_member(conn: &mut DbConnection, id: Option<InquiryId>) -> Result<bool, Error> {
    let found = match id {
        Some(id) => store::inquiry::find(conn, id)?,
        None => None,
    };
    let inquiry = found.ok_or(Refusal::NotFound)?;
    Ok(store::MEMBERS.lock(conn, inquiry.member_no.as_str())?)
}
