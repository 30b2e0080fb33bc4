//! 1:1문의 등록

use commerce::FileNo;
use commerce::masking::free_text::KnownValueFinder;
use contract::ResultCode;
use db::DbConnection;
use platform::answer::Answer;
use platform::error::Problem;
use service_kit::error::Error;
use service_kit::once::Once;

use super::mask_texts::mask_file_names;
use super::outgoing;
use super::settle_choice::{find_goods, find_order};
use super::store_files::{NamedFile, store_files};
use crate::domain::counsel_type_tree::{CounselType, in_order};
use crate::domain::history::Step;
use crate::domain::inquiry::{Contact, Inquiry, InquiryId, InquiryText};
use crate::domain::inquiry_rules::{Choice, check_choice};
use crate::domain::inquiry_status::Act;
use crate::domain::masking;
use crate::domain::writer::Writer;
use crate::refusals::choices;
use crate::state::AppState;
use crate::store;
use crate::store::inquiry::NewInquiry;

/// What a member has written, before anybody was asked about it.
pub struct Draft {
    pub type_id: i64,
    pub title: String,
    pub content: String,
    pub choice: Choice,
    pub contact: Contact,
    /// Whether an edit that says nothing of the line, or of the item, leaves it as it is.
    pub keeps_line: bool,
    pub keeps_item: bool,
}

/// Takes an inquiry in. `respond` makes the answer that is kept with it.
pub async fn write_inquiry(
    state: &AppState,
    once: &Once,
    writer: Writer,
    draft: Draft,
    files: Vec<NamedFile>,
    respond: impl Fn(InquiryId) -> Result<Answer, Problem> + Send + 'static,
) -> Result<Answer, Error> {
    let type_id = draft.type_id;
    let counsel_type = state.db.read(move |conn| offered_type(conn, type_id)).await?;
    choices(&check_choice(&draft.choice, counsel_type.requirements))?;
    let order = find_order(state, &writer, &draft.choice).await?;
    let goods = find_goods(state, &draft.choice, &order.lines, None).await?;
    let text = InquiryText {
        type_id,
        title: draft.title,
        content: draft.content,
        order: draft.choice.order,
        goods,
        contact: Contact { name: order.orderer, ..draft.contact },
    };
    let files = store_files(state, &writer, files).await?;
    let clock = state.clock.clone();
    let answer = once
        .write(&state.db, move |conn| {
            let now = clock.now();
            let (text, finder) = as_it_may_be_kept(conn, &writer, text.clone())?;
            let new = NewInquiry {
                site_no: &writer.site_no,
                member_no: &writer.member_no,
                text: &text,
                file_count: i32::try_from(files.len()).unwrap_or(i32::MAX),
                question_no: None,
                accepted_at: now,
            };
            let id = store::inquiry::insert(conn, &new)?
                .ok_or_else(|| Problem::internal("an inquiry without a question number met another"))?;
            claim_files(conn, id, &files)?;
            let step = Step {
                act: Act::Write,
                by: writer.member_no.as_str(),
                from: None,
                to: Some(commerce::InquiryStatus::Received),
            };
            store::history::insert(conn, id, now, &step)?;
            learn_missing_name(conn, now, id, &text)?;
            see_to_one_who_left(conn, now, id, &writer, finder)?;
            Ok::<_, Error>(respond(id)?)
        })
        .await?;
    state.bell.ring();
    Ok(answer)
}

/// A type a member may choose, at whatever level.
fn offered_type(conn: &mut DbConnection, type_id: i64) -> Result<CounselType, Error> {
    let types = in_order(store::counsel_type::find_all(conn)?);
    let offered = types.into_iter().find(|placed| placed.counsel_type.id == type_id && placed.is_offered);
    offered.map(|placed| placed.counsel_type).ok_or_else(unknown_type)
}

pub(super) fn unknown_type() -> Error {
    Problem::new(ResultCode::Validation).at("cnslTypNo", "선택할 수 없는 상담유형입니다.").into()
}

/// Takes the member's lock. Of a member who has withdrawn nothing is put down that the inquiry itself says of it; then there
/// is also what finds it in the names of files.
pub(super) fn as_it_may_be_kept(
    conn: &mut DbConnection,
    writer: &Writer,
    text: InquiryText,
) -> Result<(InquiryText, Option<KnownValueFinder>), Error> {
    if store::MEMBERS.lock(conn, writer.member_no.as_str())? {
        let (text, finder) = masking::text(text);
        Ok((text, Some(finder)))
    } else {
        Ok((text, None))
    }
}

/// What a member who has withdrawn writes may hold what its orders say of it: that is asked for behind this.
pub(super) fn see_to_one_who_left(
    conn: &mut DbConnection,
    now: chrono::DateTime<chrono::Utc>,
    id: InquiryId,
    writer: &Writer,
    finder: Option<KnownValueFinder>,
) -> Result<(), Error> {
    let Some(finder) = finder else { return Ok(()) };
    mask_file_names(conn, std::iter::once(id), &finder)?;
    Ok(outgoing::mask_texts(conn, now, &writer.member_no)?)
}

pub(super) fn claim_files(conn: &mut DbConnection, id: InquiryId, files: &[FileNo]) -> Result<(), Error> {
    for file_no in files {
        if !store::attachment::claim(conn, file_no, id)? {
            return Err(Problem::internal("a file was collected before its inquiry was written").into());
        }
    }
    Ok(())
}

pub(super) fn learn_missing_name(
    conn: &mut DbConnection,
    now: chrono::DateTime<chrono::Utc>,
    id: InquiryId,
    text: &InquiryText,
) -> Result<(), Error> {
    if let Some(goods) = text.goods.as_ref().filter(|goods| goods.name.is_none()) {
        outgoing::learn_goods_name(conn, now, id, &goods.goods_no)?;
    }
    Ok(())
}

/// Refuses another's inquiry, and one that does not exist, alike.
pub(super) fn own(inquiry: Option<Inquiry>, writer: &Writer) -> Result<Inquiry, Error> {
    inquiry
        .filter(|inquiry| inquiry.belongs_to(&writer.member_no, &writer.site_no))
        .ok_or_else(|| Problem::new(ResultCode::Forbidden).into())
}
