//! 본문 마스킹: what a member who has left is known by is found in what was written in its inquiries, and masked there
//! (docs/adr/0050-known-values-in-free-text.md).

use commerce::MemberNo;
use commerce::masking::free_text::KnownValueFinder;
use db::DbConnection;
use service_kit::error::Error;
use service_kit::personal::known_values;

use crate::domain::inquiry::InquiryId;
use crate::state::AppState;
use crate::store;
use crate::store::free_text::FreeTexts;

/// Inquiries looked through in one transaction.
const INQUIRIES_AT_ONCE: i64 = 200;
/// Asks member-service what the member is known by, and looks through everything.
pub async fn mask_texts(state: &AppState, member_no: &MemberNo) -> Result<(), Error> {
    let member = member_no.clone();
    known_values::mask(
        &state.db,
        &state.clients.member.0,
        member_no,
        InquiryId(0),
        move |conn, from, finder| mask_page(conn, &member, from, finder),
    )
    .await
}

/// Masks the texts of some inquiries behind `after`, of drafts and memos about them and the names of their files; says behind which to go on.
pub(super) fn mask_page(
    conn: &mut DbConnection,
    member_no: &MemberNo,
    after: InquiryId,
    finder: &KnownValueFinder,
) -> Result<Option<InquiryId>, Error> {
    let page = store::free_text::lock_page(conn, member_no, after, INQUIRIES_AT_ONCE)?;
    mask_file_names(conn, page.iter().map(|texts| texts.id), finder)?;
    mask_drafts(conn, page.iter().map(|texts| texts.id), finder)?;
    mask_memos(conn, page.iter().map(|texts| texts.id), finder)?;
    let last = page.last().map(|texts| texts.id);
    for texts in page {
        if let Some(masked) = masked(texts, finder) {
            store::free_text::update(conn, &masked)?;
        }
    }
    Ok(last)
}

pub(super) fn mask_file_names(
    conn: &mut DbConnection,
    inquiries: impl Iterator<Item = InquiryId>,
    finder: &KnownValueFinder,
) -> Result<(), Error> {
    for (file_no, name) in store::free_text::find_file_names(conn, inquiries)? {
        if let Some(masked) = finder.masked(&name) {
            store::free_text::update_file_name(conn, &file_no, &masked)?;
        }
    }
    Ok(())
}

/// Drafts that were written since the member has left; those before it are gone.
fn mask_drafts(
    conn: &mut DbConnection,
    inquiries: impl Iterator<Item = InquiryId>,
    finder: &KnownValueFinder,
) -> Result<(), Error> {
    for (agent, inquiry, text) in store::answer_draft::find_texts(conn, inquiries)? {
        if let Some(masked) = finder.masked(&text) {
            store::answer_draft::update_text(conn, &agent, inquiry, &masked)?;
        }
    }
    Ok(())
}

fn mask_memos(
    conn: &mut DbConnection,
    inquiries: impl Iterator<Item = InquiryId>,
    finder: &KnownValueFinder,
) -> Result<(), Error> {
    for (inquiry, seq, text) in store::memo::find_texts(conn, inquiries)? {
        if let Some(masked) = finder.masked(&text) {
            store::memo::update_text(conn, inquiry, seq, &masked)?;
        }
    }
    Ok(())
}

/// None where nothing was found.
fn masked(texts: FreeTexts, finder: &KnownValueFinder) -> Option<FreeTexts> {
    let title = finder.masked(&texts.title);
    let content = finder.masked(&texts.content);
    let answer = texts.answer.as_deref().and_then(|answer| finder.masked(answer));
    let is_found = title.is_some() || content.is_some() || answer.is_some();
    is_found.then(|| FreeTexts {
        id: texts.id,
        title: title.unwrap_or(texts.title),
        content: content.unwrap_or(texts.content),
        answer: answer.or(texts.answer),
    })
}
