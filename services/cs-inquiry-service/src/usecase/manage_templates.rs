//! 답변 템플릿 관리: common ones belong to the admins, the others to the agent who wrote them.

use contract::ResultCode;
use db::DbConnection;
use platform::clock::Clock;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::inquiry_status::Agent;
use crate::domain::template::{Template, TemplateText};
use crate::state::AppState;
use crate::store::template;

/// 저장할 템플릿
#[derive(Clone, Debug)]
pub struct TemplateDraft {
    pub id: Option<i64>,
    pub name: String,
    pub text: String,
    pub is_common: bool,
}

/// The number of those an agent may use and a page of them.
pub async fn list_templates(
    state: &AppState,
    agent: Agent,
    common: Option<bool>,
    limit: i64,
    offset: i64,
) -> Result<(i64, Vec<Template>), Error> {
    state.db.snapshot(move |conn| Ok(template::find_page(conn, &agent.id, common, limit, offset)?)).await
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
    let text = TemplateText { name: &draft.name, text: &draft.text, is_common: draft.is_common };
    let Some(id) = draft.id else { return Ok(template::insert(conn, &agent.id, &text, clock.now())?) };
    changeable(conn, agent, id)?;
    template::update(conn, id, &text, clock.now())?;
    Ok(id)
}

pub fn delete_template(conn: &mut DbConnection, agent: &Agent, id: i64) -> Result<i64, Error> {
    changeable(conn, agent, id)?;
    template::delete(conn, id)?;
    Ok(id)
}

fn changeable(conn: &mut DbConnection, agent: &Agent, id: i64) -> Result<(), Error> {
    let found = template::lock(conn, id)?;
    let template = found.filter(|template| is_usable(template, agent)).ok_or_else(not_found)?;
    if template.is_common { admins_only(agent) } else { Ok(()) }
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
