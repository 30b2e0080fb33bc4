//! 상담 메모 등록

use actix_web::web;
use dto::inquiry::{MemoNo, SaveCounselMemoRequest};
use platform::answer::Answer;
use platform::extract::Json;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::fields::{self, Lines};
use crate::state::AppState;
use crate::usecase::save_memo::save_memo;

const LONGEST_MEMO: usize = 1_000;

/// The answer says the memo's number and not its text: it is kept beside the key.
pub async fn save_counsel_memo(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<SaveCounselMemoRequest>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let id = fields::inquiry_id(&mut form, request.ccn_no.as_deref());
    let text = request.memo_cont.as_deref();
    let text = fields::required_text(&mut form, "memoCont", text, LONGEST_MEMO, Lines::Many);
    let (id, text) = form.complete(id.zip(text))?;
    let clock = state.clock.clone();
    let answer = once
        .write(&state.db, move |conn| {
            let (inquiry, seq) = save_memo(conn, &clock, &caller.subject, id, text.clone())?;
            let memo = MemoNo { ccn_no: inquiry.counsel_no(), seq };
            Ok::<_, Error>(Answer::envelope(clock.now(), memo)?)
        })
        .await?;
    state.bell.ring();
    Ok(answer)
}
