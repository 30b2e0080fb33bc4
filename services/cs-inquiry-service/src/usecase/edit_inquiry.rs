//! 1:1문의 수정: only while nobody has started on it.

use commerce::{FileNo, InquiryStatus};
use contract::ResultCode;
use db::DbConnection;
use platform::answer::Answer;
use platform::clock::Clock;
use platform::error::Problem;
use service_kit::error::Error;
use service_kit::once::Once;

use super::outgoing;
use super::settle_choice::{KnownOrder, find_goods, find_order};
use super::store_files::{NamedFile, store_files};
use super::write_inquiry::{
    Draft, as_it_may_be_kept, claim_files, learn_missing_name, own, see_to_one_who_left, unknown_type,
};
use crate::domain::attachment::MOST_FILES;
use crate::domain::counsel_type_tree::{CounselType, in_order};
use crate::domain::history::Step;
use crate::domain::inquiry::{Contact, Inquiry, InquiryId, InquiryText};
use crate::domain::inquiry_rules::{Choice, OrderLine, check_choice};
use crate::domain::inquiry_status::{Act, Refusal, change_time, member_may_change};
use crate::domain::writer::Writer;
use crate::refusals::choices;
use crate::state::AppState;
use crate::store;

/// What changes beside the text.
pub struct FileChanges {
    pub removed: Vec<FileNo>,
    pub added: Vec<NamedFile>,
}

/// Replaces what the member wrote. What was read before asking the sister services is read again under a lock.
pub async fn edit_inquiry(
    state: &AppState,
    once: &Once,
    writer: Writer,
    id: InquiryId,
    draft: Draft,
    files: FileChanges,
    respond: impl Fn() -> Result<Answer, Problem> + Send + 'static,
) -> Result<Answer, Error> {
    let (asking, type_id) = (writer.clone(), draft.type_id);
    let (before, counsel_type) =
        state.db.read(move |conn| editable_with_type(conn, &asking, id, type_id)).await?;
    let choice = as_meant(&draft, &before);
    choices(&check_choice(&choice, counsel_type.requirements))?;
    let order = if choice.order == before.text.order {
        as_known(&before)
    } else {
        find_order(state, &writer, &choice).await?
    };
    let goods = find_goods(state, &choice, &order.lines, before.text.goods.as_ref()).await?;
    let text = InquiryText {
        type_id,
        title: draft.title,
        content: draft.content,
        order: choice.order,
        goods,
        contact: Contact { name: order.orderer, ..draft.contact },
    };
    let added = store_files(state, &writer, files.added).await?;
    let (clock, files) = (state.clock.clone(), FileNumbers { removed: files.removed, added });
    let answer = once
        .write(&state.db, move |conn| {
            save(conn, &clock, &writer, id, text.clone(), &files)?;
            Ok::<_, Error>(respond()?)
        })
        .await?;
    state.bell.ring();
    Ok(answer)
}

struct FileNumbers {
    removed: Vec<FileNo>,
    added: Vec<FileNo>,
}

fn editable_with_type(
    conn: &mut DbConnection,
    writer: &Writer,
    id: InquiryId,
    type_id: i64,
) -> Result<(Inquiry, CounselType), Error> {
    let inquiry = own(store::inquiry::find(conn, id)?, writer)?;
    member_may_change(&inquiry)?;
    let types = in_order(store::counsel_type::find_all(conn)?);
    // A type that is no longer offered may stay as it was.
    let found = types.into_iter().find(|placed| {
        placed.counsel_type.id == type_id && (placed.is_offered || inquiry.text.type_id == type_id)
    });
    let counsel_type = found.ok_or_else(unknown_type)?.counsel_type;
    Ok((inquiry, counsel_type))
}

/// The choice with what an edit leaves unsaid: the same order keeps its line, the same goods keep their item.
fn as_meant(draft: &Draft, before: &Inquiry) -> Choice {
    let mut choice = draft.choice.clone();
    if let (Some(order), Some(known), true) = (&mut choice.order, &before.text.order, draft.keeps_line)
        && order.order_no == known.order_no
    {
        order.line = known.line;
    }
    if let (None, Some(known), true) = (&choice.item_no, &before.text.goods, draft.keeps_item)
        && choice.goods_no.as_ref() == Some(&known.goods_no)
    {
        choice.item_no.clone_from(&known.item_no);
    }
    choice
}

/// What was learned of the order when the inquiry was written.
fn as_known(before: &Inquiry) -> KnownOrder {
    let line = before.text.order.as_ref().and_then(|order| order.line);
    let goods = before.text.goods.as_ref();
    let lines =
        match (line, goods.and_then(|goods| Some((goods, goods.item_no.as_ref()?, goods.name.as_ref()?)))) {
            (Some(line), Some((goods, item_no, name))) => vec![OrderLine {
                line,
                goods_no: goods.goods_no.clone(),
                goods_name: name.clone(),
                item_no: item_no.clone(),
            }],
            _ => Vec::new(),
        };
    KnownOrder { orderer: before.text.contact.name.clone(), lines }
}

fn save(
    conn: &mut DbConnection,
    clock: &Clock,
    writer: &Writer,
    id: InquiryId,
    text: InquiryText,
    files: &FileNumbers,
) -> Result<(), Error> {
    let (text, finder) = as_it_may_be_kept(conn, writer, text)?;
    let inquiry = own(store::inquiry::lock(conn, id)?, writer)?;
    member_may_change(&inquiry)?;
    let file_count = check_files(conn, id, files)?;
    let now = clock.now();
    let changed_at = change_time(inquiry.changed_at, now);
    if !store::inquiry::update_text(conn, id, &text, file_count, changed_at)? {
        return Err(Refusal::NotEditable.into());
    }
    for file_no in &files.removed {
        store::attachment::delete(conn, file_no)?;
        outgoing::delete_file(conn, now, file_no)?;
    }
    claim_files(conn, id, &files.added)?;
    let received = Some(InquiryStatus::Received);
    let step = Step { act: Act::Edit, by: writer.member_no.as_str(), from: received, to: received };
    store::history::insert(conn, id, now, &step)?;
    learn_missing_name(conn, now, id, &text)?;
    see_to_one_who_left(conn, now, id, writer, finder)
}

/// How many files there will be. A file to remove that is not the inquiry's is another's.
fn check_files(conn: &mut DbConnection, id: InquiryId, files: &FileNumbers) -> Result<i32, Error> {
    let present = store::attachment::find_of(conn, id)?;
    let is_present = |file_no: &FileNo| present.iter().any(|file| file.file_no == *file_no);
    if !files.removed.iter().all(is_present) {
        return Err(Problem::new(ResultCode::Forbidden).into());
    }
    let kept = present.iter().filter(|file| !files.removed.contains(&file.file_no)).count();
    let count = kept + files.added.len();
    if count > MOST_FILES {
        let first_too_many = MOST_FILES.saturating_sub(kept);
        let problem = Problem::new(ResultCode::Validation);
        return Err(problem
            .at(format!("files[{first_too_many}]"), format!("파일은 {MOST_FILES}개까지 첨부할 수 있습니다."))
            .into());
    }
    Ok(i32::try_from(count).unwrap_or(i32::MAX))
}
