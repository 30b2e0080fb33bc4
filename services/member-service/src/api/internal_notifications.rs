//! POST `/internal/notifications`: the sister services notify through here.

use actix_web::web;
use commerce::Channel;
use dto::notification::NotifyRequest;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::form::Form;
use service_kit::error::Error;

use crate::domain::notification::{Notice, Receiver, Template, TemplateRefusal, joined_phone};
use crate::state::AppState;
use crate::usecase::notify;

const LONGEST_KEY: usize = 200;

/// 알림 발송 요청. The same key again changes nothing and is answered the same.
pub async fn internal_notifications(
    state: web::Data<AppState>,
    request: Json<NotifyRequest>,
) -> Result<Answer, Error> {
    let (request, form) = request.open();
    let notice = notice(request, form)?;
    let (sealer, now) = (state.secrets.outbox.clone(), state.clock.now());
    state.db.write(move |conn| notify::put_down(conn, &sealer, now, &notice)).await?;
    state.bell.ring();
    Ok(Answer::empty())
}

fn notice(request: NotifyRequest, mut form: Form) -> Result<Notice, Problem> {
    // It names the event for programs, and an index holds it, so its code points are counted.
    let key = form.required("notiKey", Some(&request.noti_key), |key| {
        let is_short = key.chars().count() <= LONGEST_KEY;
        if is_short { Ok(key.to_owned()) } else { Err("1자 이상 200자 이하로 입력해 주세요.") }
    });
    if request.chnl_cds.is_empty() {
        form.missing("chnlCds");
    }
    let mut channels: Vec<Channel> = Vec::new();
    let template = Template::find(&request.tmpl_cd);
    for (index, channel) in request.chnl_cds.iter().enumerate() {
        if let Ok(template) = template
            && template.check_channel(*channel).is_err()
        {
            form.reject(format!("chnlCds[{index}]"), "이 템플릿으로 보낼 수 없는 채널입니다.");
        }
        if !channels.contains(channel) {
            channels.push(*channel);
        }
    }
    if channels.contains(&Channel::Inbox) && request.mbr_no.is_none() {
        form.reject("mbrNo", "알림함은 회원에게만 보낼 수 있습니다.");
    }
    let text = match template.and_then(|template| template.fill(&request.variables)) {
        Ok(text) => Some(text),
        Err(TemplateRefusal::MissingVariable { variable, .. }) => {
            form.missing(format!("variables.{variable}"));
            None
        }
        Err(TemplateRefusal::UnknownTemplate { .. } | TemplateRefusal::ChannelNotAllowed { .. }) => {
            form.reject("tmplCd", "등록되지 않은 템플릿입니다.");
            None
        }
    };
    let receiver = request.receiver;
    let notice = key.zip(text).map(|(key, text)| Notice {
        key,
        site_no: request.site_no,
        member_no: request.mbr_no,
        order_no: request.ord_no,
        receiver: Receiver {
            phone: joined_phone([
                receiver.cell_sct_no.as_deref(),
                receiver.cell_txno_no.as_deref(),
                receiver.cell_end_no.as_deref(),
            ]),
            email: receiver.email_addr.filter(|email| !email.is_empty()),
        },
        channels,
        text,
    });
    form.complete(notice)
}
