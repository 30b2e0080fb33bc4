//! 주문 현황: an order as it was taken and as it stands now.

use chrono::{DateTime, Utc};
use commerce::{ItemNo, MemberGrade, MemberNo, OrderMedia, OrderNo, SiteNo};

use super::order_intake::Payment;
use super::personal::PersonalData;
use super::purchase_total::LineState;

#[derive(Clone)]
pub struct StandingOrder {
    pub number: OrderNo,
    pub site_no: SiteNo,
    pub member_no: Option<MemberNo>,
    pub grade: Option<MemberGrade>,
    pub media: OrderMedia,
    pub ordered_at: DateTime<Utc>,
    /// As it stands now: masked once the member has withdrawn.
    pub personal: PersonalData,
    pub is_masked: bool,
    pub payments: Vec<Payment>,
    pub lines: Vec<StandingLine>,
    /// What the order agreed on, as the document it was stored as.
    pub terms: String,
}

/// 주문상세 현황
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingLine {
    pub state: LineState,
    /// The item the line holds now; an option change moves it away from the ordered one.
    pub item_no: ItemNo,
    pub item_name: String,
    pub quantity_cancelled: i64,
    pub quantity_returned: i64,
}
