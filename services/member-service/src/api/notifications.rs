//! GET `/v1/member/notifications`

use actix_web::web;
use contract::ResultCode;
use dto::date_time::KstDateTime;
use dto::notification::{NotificationList, NotificationRow};
use dto::paging::PageQuery;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Query;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::state::AppState;
use crate::usecase::read_inbox::read_inbox;

/// 알림함 조회
pub async fn notifications(
    state: web::Data<AppState>,
    caller: Caller,
    query: Query<PageQuery>,
) -> Result<Answer, Error> {
    let query = query.checked()?;
    let page = query.validate().map_err(Problem::validation)?;
    let member_no = caller.own_member_no().ok_or_else(|| Problem::new(ResultCode::Forbidden))?;
    let (total_count, rows) =
        read_inbox(&state.db, member_no, caller.site_no, page.limit(), page.offset()).await?;
    let list = rows
        .into_iter()
        .map(|row| NotificationRow {
            noti_no: row.no,
            chnl_cd: row.channel,
            tmpl_cd: row.template_code,
            title: row.title,
            body: row.body,
            send_stat_cd: row.status,
            send_dtm: row.sent_at.map(KstDateTime),
        })
        .collect();
    Ok(Answer::envelope(state.clock.now(), NotificationList { total_count, list })?)
}
