//! 1:1문의 조회: counts, the member's own list, and one inquiry with its files.

use commerce::period::Period;
use commerce::{InquiryStatus, MemberNo, SiteNo};
use contract::ResultCode;
use db::DbConnection;
use platform::error::Problem;
use service_kit::error::Error;

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
    /// An agent sees everybody's.
    Agent,
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

pub async fn count_inquiries(state: &AppState, question: CountQuestion) -> Result<i64, Error> {
    state
        .db
        .read(move |conn| {
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
    id: Option<InquiryId>,
) -> Result<ShownInquiry, Error> {
    state.db.read(move |conn| find_shown(conn, &viewer, id)).await
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
        Viewer::Agent | Viewer::Service => found.ok_or(Refusal::NotFound)?,
    };
    if inquiry.is_deleted { Err(Refusal::NotFound.into()) } else { Ok(inquiry) }
}
