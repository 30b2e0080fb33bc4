//! 상품 Q&A 이관: a question of the shop becomes an inquiry, once.

use commerce::{GoodsNo, InquiryStatus, text};
use db::DbConnection;
use platform::answer::Answer;
use platform::clock::Clock;
use platform::error::Problem;
use service_kit::error::Error;
use service_kit::once::Once;

use super::settle_choice::find_name;
use super::write_inquiry::{as_it_may_be_kept, learn_missing_name, see_to_one_who_left};
use crate::domain::history::Step;
use crate::domain::inquiry::{AboutGoods, Contact, InquiryId, InquiryText};
use crate::domain::inquiry_status::Act;
use crate::domain::writer::Writer;
use crate::state::AppState;
use crate::store;
use crate::store::inquiry::NewInquiry;

/// Characters of a question that make its title.
const TITLE_LENGTH: usize = 100;
/// The title of a question without a text.
const UNTITLED: &str = "상품 Q&A 문의";

/// 이관할 질문
pub struct Question {
    pub question_no: Option<String>,
    pub goods_no: Option<GoodsNo>,
    pub content: String,
    pub contact: Contact,
}

/// Takes a question over, or finds the inquiry it became. `by` is the agent or the service that hands it over.
pub async fn take_over_question(
    state: &AppState,
    once: &Once,
    writer: Writer,
    by: String,
    question: Question,
    respond: impl Fn(InquiryId) -> Result<Answer, Problem> + Send + 'static,
) -> Result<Answer, Error> {
    let name = match &question.goods_no {
        Some(goods_no) => find_name(state, goods_no).await,
        None => None,
    };
    let text = InquiryText {
        type_id: state.settings.inquiry.transfer_type_no,
        title: title(&question.content),
        content: question.content,
        order: None,
        goods: question.goods_no.map(|goods_no| AboutGoods { goods_no, item_no: None, name }),
        contact: question.contact,
    };
    let (clock, question_no) = (state.clock.clone(), question.question_no);
    let answer = once
        .write(&state.db, move |conn| {
            let id = take_over(conn, &clock, &writer, &by, question_no.as_deref(), text.clone())?;
            Ok::<_, Error>(respond(id)?)
        })
        .await?;
    state.bell.ring();
    Ok(answer)
}

fn take_over(
    conn: &mut DbConnection,
    clock: &Clock,
    writer: &Writer,
    by: &str,
    question_no: Option<&str>,
    text: InquiryText,
) -> Result<InquiryId, Error> {
    let now = clock.now();
    let (text, finder) = as_it_may_be_kept(conn, writer, text)?;
    let new = NewInquiry {
        site_no: &writer.site_no,
        member_no: &writer.member_no,
        text: &text,
        file_count: 0,
        question_no,
        accepted_at: now,
    };
    if let Some(id) = store::inquiry::insert(conn, &new)? {
        let step = Step { act: Act::TakeOver, by, from: None, to: Some(InquiryStatus::Received) };
        store::history::insert(conn, id, now, &step)?;
        learn_missing_name(conn, now, id, &text)?;
        see_to_one_who_left(conn, now, id, writer, finder)?;
        return Ok(id);
    }
    let known = match question_no {
        Some(question_no) => store::inquiry::find_by_question(conn, &writer.site_no, question_no)?,
        None => None,
    };
    Ok(known.ok_or_else(|| Problem::internal("a question was taken over before and is not there"))?)
}

fn title(content: &str) -> String {
    let title = text::first(content, TITLE_LENGTH);
    if text::is_blank(title) { UNTITLED.to_owned() } else { title.to_owned() }
}
