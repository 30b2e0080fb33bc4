//! GET `/v1/member/notifications`

use actix_web::web;
use commerce::MemberNo;
use dto::date_time::KstDateTime;
use dto::notification::{NotificationList, NotificationQuery, NotificationRow};
use dto::paging::PageQuery;
use platform::answer::Answer;
use platform::extract::Query;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::listed;
use crate::domain::notification::InboxNotification;
use crate::state::AppState;
use crate::usecase::read_inbox::read_inbox;

/// 알림함 조회
pub async fn notifications(
    state: web::Data<AppState>,
    caller: Caller,
    looks: Looks,
    query: Query<NotificationQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let member_no = form.optional("mbrNo", query.mbr_no.as_deref(), MemberNo::parse);
    let page = PageQuery { page_no: query.page_no, page_size: query.page_size };
    let page = listed::named(&mut form, page.validate());
    let page = form.complete(page)?;
    let member_no = caller.member(member_no)?;
    looks.note(Look::at(&member_no));
    let site_no = (!caller.is_staff()).then_some(caller.site_no);
    let (total_count, rows) = read_inbox(&state.db, member_no, site_no, page.limit(), page.offset()).await?;
    let list = rows.into_iter().map(row).collect();
    Ok(Answer::envelope(state.clock.now(), NotificationList { total_count, list })?)
}

pub(super) fn row(row: InboxNotification) -> NotificationRow {
    NotificationRow {
        noti_no: row.no,
        chnl_cd: row.channel,
        tmpl_cd: row.template_code,
        title: row.title,
        body: row.body,
        send_stat_cd: row.status,
        send_dtm: row.sent_at.map(KstDateTime),
    }
}
