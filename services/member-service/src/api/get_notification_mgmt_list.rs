//! GET `/v1/member/notificationMgmt/getNotificationMgmtList`

use actix_web::web;
use commerce::period::Period;
use commerce::{Channel, MemberNo, OrderNo, SendStatus};
use dto::date_time::KstDateTime;
use dto::inquiry::BackOfficeList;
use dto::notification::{ManagedNotificationQuery, ManagedNotificationRow};
use dto::paging::PageQuery;
use platform::answer::Answer;
use platform::extract::Query;
use platform::form::Form;
use service_kit::error::Error;
use service_kit::looks::{Look, Looks};

use crate::api::{listed, notifications};
use crate::domain::notification::{ManagedNotification, NotificationSearch, masked_address};
use crate::state::AppState;
use crate::usecase::read_inbox::list_notifications;

const UNKNOWN_CODE: &str = "코드표에 없는 값입니다.";

/// 알림 관리 목록 조회: a bare list.
pub async fn get_notification_mgmt_list(
    state: web::Data<AppState>,
    looks: Looks,
    query: Query<ManagedNotificationQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let search = search(&mut form, &query);
    let page = PageQuery { page_no: query.page_no, page_size: query.page_size };
    let page = listed::named(&mut form, page.validate());
    let page = form.complete(page)?;
    let (total_count, rows) = list_notifications(&state.db, search, (page.limit(), page.offset())).await?;
    for told in &rows {
        looks.note(Look {
            member_no: told.member_no.clone(),
            order_no: told.order_no.clone(),
            ..Look::default()
        });
    }
    let payloads = rows.into_iter().map(row).collect();
    Ok(Answer::bare(&BackOfficeList::<ManagedNotificationRow> { total_count, payloads })?)
}

fn search(form: &mut Form, query: &ManagedNotificationQuery) -> NotificationSearch {
    let names_nothing =
        [&query.mbr_no, &query.ord_no].iter().all(|number| number.as_deref().is_none_or(str::is_empty));
    if names_nothing {
        form.reject("ordNo", "주문번호 또는 회원번호가 필요합니다.");
    }
    let days = (query.str_dt.as_deref(), query.end_dt.as_deref());
    NotificationSearch {
        member_no: form.optional("mbrNo", query.mbr_no.as_deref(), MemberNo::parse),
        order_no: form.optional("ordNo", query.ord_no.as_deref(), OrderNo::parse),
        site_no: None,
        channel: form.optional("chnlCd", query.chnl_cd.as_deref(), |text| {
            Channel::from_wire(text).ok_or(UNKNOWN_CODE)
        }),
        status: form.optional("sendStatCd", query.send_stat_cd.as_deref(), |text| {
            SendStatus::from_wire(text).ok_or(UNKNOWN_CODE)
        }),
        period: listed::period(form, days, Period::new),
    }
}

fn row(managed: ManagedNotification) -> ManagedNotificationRow {
    let channel = managed.notification.channel;
    ManagedNotificationRow {
        receiver: managed.address.map(|address| masked_address(channel, &address)),
        row: notifications::row(managed.notification),
        try_cnt: managed.tries,
        fail_rsn: managed.reason,
        ord_no: managed.order_no,
        reg_dtm: KstDateTime(managed.registered_at),
    }
}
