//! 1:1문의 조회: counts, the member's own list, and one inquiry with its files.

use commerce::period::Period;
use commerce::{InquiryStatus, MemberNo, SiteNo};
use contract::ResultCode;
use db::DbConnection;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::access::Look;
use crate::domain::attachment::Attachment;
use crate::domain::inquiry::{Inquiry, InquiryId, InquirySummary};
use crate::domain::inquiry_status::Refusal;
use crate::domain::writer::Writer;
use crate::state::AppState;
use crate::store;

/// Who looks, and what the looker may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// The member itself, on its site.
    Member(Writer),
    /// An agent: sees everybody's, and every look is put down.
    Agent { id: String },
    /// A service sees everybody's.
    Service,
}

/// An inquiry as a detail shows it.
pub struct ShownInquiry {
    pub inquiry: Inquiry,
    pub type_name: String,
    pub files: Vec<Attachment>,
}

/// Which inquiries are counted.
#[derive(Clone, Debug)]
pub struct CountQuestion {
    pub member_no: MemberNo,
    /// A member's count is that of its site.
    pub site_no: Option<SiteNo>,
    pub period: Period,
    pub statuses: &'static [InquiryStatus],
}

pub async fn count_inquiries(
    state: &AppState,
    viewer: &Viewer,
    operation: &'static str,
    question: CountQuestion,
) -> Result<i64, Error> {
    let look = match viewer {
        Viewer::Agent { id } => Some(Look {
            by: id.clone(),
            member_no: question.member_no.clone(),
            operation,
            inquiry: None,
            file_no: None,
        }),
        Viewer::Member(_) | Viewer::Service => None,
    };
    with_look(state, look, move |conn| {
        let CountQuestion { member_no, site_no, period, statuses } = &question;
        Ok(store::inquiry::count(conn, member_no, site_no.as_ref(), *period, statuses)?)
    })
    .await
}

/// The number of a member's inquiries and a page of them, newest first.
pub async fn list_own(
    state: &AppState,
    writer: Writer,
    period: Period,
    limit: i64,
    offset: i64,
) -> Result<(i64, Vec<InquirySummary>), Error> {
    state
        .db
        .read(move |conn| {
            let Writer { member_no, site_no } = &writer;
            Ok(store::inquiry_list::find_page_of_member(conn, member_no, site_no, period, limit, offset)?)
        })
        .await
}

pub async fn show_inquiry(
    state: &AppState,
    viewer: Viewer,
    operation: &'static str,
    id: Option<InquiryId>,
) -> Result<ShownInquiry, Error> {
    match viewer {
        Viewer::Agent { id: by } => {
            let now = state.clock.now();
            state
                .db
                .write(move |conn| {
                    let viewer = Viewer::Agent { id: by.clone() };
                    let shown = find_shown(conn, &viewer, id)?;
                    let look = Look {
                        by: by.clone(),
                        member_no: shown.inquiry.member_no.clone(),
                        operation,
                        inquiry: Some(shown.inquiry.id),
                        file_no: None,
                    };
                    store::access_record::insert(conn, &[look], now)?;
                    Ok(shown)
                })
                .await
        }
        viewer => state.db.read(move |conn| find_shown(conn, &viewer, id)).await,
    }
}

/// Finds an inquiry for a viewer. What a member may not see looks to it like what is not there.
pub(super) fn find_shown(
    conn: &mut DbConnection,
    viewer: &Viewer,
    id: Option<InquiryId>,
) -> Result<ShownInquiry, Error> {
    let found = match id {
        Some(id) => store::inquiry::find(conn, id)?,
        None => None,
    };
    let inquiry = visible(found, viewer)?;
    let types = store::counsel_type::find_all(conn)?;
    let type_name = types.into_iter().find(|one| one.id == inquiry.text.type_id).map(|one| one.name);
    let files = store::attachment::find_of(conn, inquiry.id)?;
    Ok(ShownInquiry { inquiry, type_name: type_name.unwrap_or_default(), files })
}

pub(super) fn visible(found: Option<Inquiry>, viewer: &Viewer) -> Result<Inquiry, Error> {
    let inquiry = match viewer {
        Viewer::Member(writer) => found
            .filter(|inquiry| inquiry.belongs_to(&writer.member_no, &writer.site_no))
            .ok_or_else(|| Problem::new(ResultCode::Forbidden))?,
        Viewer::Agent { .. } | Viewer::Service => found.ok_or(Refusal::NotFound)?,
    };
    if inquiry.is_deleted { Err(Refusal::NotFound.into()) } else { Ok(inquiry) }
}

/// Reads, and if an agent looks puts the look down in the same transaction.
pub(super) async fn with_look<T, F>(state: &AppState, look: Option<Look>, read: F) -> Result<T, Error>
where
    T: Send + 'static,
    F: Fn(&mut DbConnection) -> Result<T, Error> + Send + 'static,
{
    let Some(look) = look else { return state.db.read(read).await };
    let now = state.clock.now();
    state
        .db
        .write(move |conn| {
            store::access_record::insert(conn, std::slice::from_ref(&look), now)?;
            read(conn)
        })
        .await
}
