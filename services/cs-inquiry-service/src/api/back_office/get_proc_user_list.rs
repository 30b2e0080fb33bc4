//! 처리상담원 목록 조회: a bare list.

use actix_web::web;
use dto::inquiry::{BackOfficeList, ProcUserRow};
use platform::answer::Answer;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::desk_agent::DeskAgent;
use crate::state::AppState;
use crate::usecase::list_agents::list_agents;

pub async fn get_proc_user_list(state: web::Data<AppState>) -> Result<Answer, Error> {
    let payloads: Vec<ProcUserRow> = list_agents(&state).await?.into_iter().map(row).collect();
    let total_count = i64::try_from(payloads.len()).map_err(Problem::internal)?;
    Ok(Answer::bare(&BackOfficeList { total_count, payloads })?)
}

fn row(agent: DeskAgent) -> ProcUserRow {
    ProcUserRow { user_id: agent.id, last_dtm: agent.acted_at.into(), open_cnt: agent.open }
}
