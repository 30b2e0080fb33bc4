//! 답변 템플릿 관리: common ones belong to the admins, the others to the agent who wrote them.

use commerce::MemberNo;
use contract::ResultCode;
use db::DbConnection;
use platform::clock::Clock;
use platform::error::Problem;
use service_kit::error::Error;

use super::read_inquiries::{Viewer, find_shown};
use super::write_inquiry::unknown_type;
use crate::domain::counsel_type_tree::with_descendants;
use crate::domain::inquiry::InquiryId;
use crate::domain::inquiry_status::Agent;
use crate::domain::template::{Template, TemplateFilter, TemplateText};
use crate::domain::template_fill::filled;
use crate::state::AppState;
use crate::store;
use crate::store::template;

/// 저장할 템플릿
#[derive(Clone, Debug)]
pub struct TemplateDraft {
    pub id: Option<i64>,
    pub name: String,
    pub text: String,
    pub is_common: bool,
    /// The type it is for; `None` to leave it as it is, an inner `None` for all.
    pub type_id: Option<Option<i64>>,
}

/// A template, and what would be sent of it for an inquiry.
pub struct ShownTemplate {
    pub template: Template,
    pub filled: Option<Filled>,
}

pub struct Filled {
    pub inquiry: InquiryId,
    pub member_no: MemberNo,
    pub text: String,
    /// Variables that the inquiry has nothing for.
    pub unfilled: Vec<String>,
}

/// The number of those an agent may use and a page of them.
pub async fn list_templates(
    state: &AppState,
    agent: Agent,
    mut filter: TemplateFilter,
    type_id: Option<i64>,
    limit: i64,
    offset: i64,
) -> Result<(i64, Vec<Template>), Error> {
    state
        .db
        .snapshot(move |conn| {
            if let Some(type_id) = type_id {
                filter.type_ids = with_descendants(&store::counsel_type::find_all(conn)?, type_id);
            }
            Ok(template::find_page(conn, &agent.id, &filter, limit, offset)?)
        })
        .await
}

/// A template by itself, or as it would be sent for an inquiry: that shows the member's name and order. The inner `None` is
/// an inquiry that can't be.
pub async fn show_template(
    state: &AppState,
    agent: Agent,
    id: i64,
    inquiry: Option<Option<InquiryId>>,
) -> Result<ShownTemplate, Error> {
    state
        .db
        .snapshot(move |conn| {
            let template = find_usable(conn, &agent, id)?;
            let Some(inquiry) = inquiry else { return Ok(ShownTemplate { template, filled: None }) };
            let inquiry = find_shown(conn, &Viewer::Agent, inquiry)?.inquiry;
            let (text, unfilled) = filled(&template.text, &inquiry);
            let filled = Filled { inquiry: inquiry.id, member_no: inquiry.member_no, text, unfilled };
            Ok(ShownTemplate { template, filled: Some(filled) })
        })
        .await
}

/// A template the agent may use. Another agent's own one looks like none.
pub fn find_usable(conn: &mut DbConnection, agent: &Agent, id: i64) -> Result<Template, Error> {
    let found = template::find(conn, id)?;
    Ok(found.filter(|template| is_usable(template, agent)).ok_or_else(not_found)?)
}

/// Adds or changes a template; says its number.
pub fn save_template(
    conn: &mut DbConnection,
    clock: &Clock,
    agent: &Agent,
    draft: &TemplateDraft,
) -> Result<i64, Error> {
    if draft.is_common {
        admins_only(agent)?;
    }
    let known = match draft.id {
        Some(id) => Some(changeable(conn, agent, id)?),
        None => None,
    };
    let type_id = draft.type_id.unwrap_or_else(|| known.as_ref().and_then(|template| template.type_id));
    if let Some(Some(type_id)) = draft.type_id
        && !store::counsel_type::find_all(conn)?.iter().any(|one| one.id == type_id)
    {
        return Err(unknown_type());
    }
    let text = TemplateText { name: &draft.name, text: &draft.text, is_common: draft.is_common, type_id };
    let Some(Template { id, .. }) = known else {
        return Ok(template::insert(conn, &agent.id, &text, clock.now())?);
    };
    template::update(conn, id, &text, clock.now())?;
    Ok(id)
}

pub fn delete_template(conn: &mut DbConnection, agent: &Agent, id: i64) -> Result<i64, Error> {
    changeable(conn, agent, id)?;
    template::delete(conn, id)?;
    Ok(id)
}

fn changeable(conn: &mut DbConnection, agent: &Agent, id: i64) -> Result<Template, Error> {
    let found = template::lock(conn, id)?;
    let template = found.filter(|template| is_usable(template, agent)).ok_or_else(not_found)?;
    if template.is_common {
        admins_only(agent)?;
    }
    Ok(template)
}

fn is_usable(template: &Template, agent: &Agent) -> bool {
    template.is_common || template.written_by == agent.id
}

fn admins_only(agent: &Agent) -> Result<(), Error> {
    if agent.is_admin { Ok(()) } else { Err(Problem::new(ResultCode::Forbidden).into()) }
}

fn not_found() -> Problem {
    Problem::new(ResultCode::TemplateNotFound)
}
