//! 클레임 목록: which claims somebody asks for, and what a row of them says.

use chrono::{DateTime, NaiveDate, Utc};
use commerce::period::Period;
use commerce::{
    Blame, ClaimNo, ClaimReason, ClaimStatus, ClaimType, EndReason, MemberNo, OrderNo, ReturnProgress,
    SagaStep, SagaStepStatus, SiteNo, Won,
};

/// Whose claims are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Owner {
    #[default]
    Anybody,
    /// A member's; its own look ends with its site.
    Member { number: MemberNo, site_no: Option<SiteNo> },
    /// Those of an order that no member has placed.
    Guest { order_no: OrderNo, site_no: SiteNo },
}

/// 조회조건; what is none is not asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimFilter {
    pub owner: Owner,
    /// Of the days they were asked for on.
    pub period: Period,
    pub claim_type: Option<ClaimType>,
    pub status: Option<ClaimStatus>,
    /// Of returns and exchanges of our own alone.
    pub progress: Option<ReturnProgress>,
    pub order_no: Option<OrderNo>,
    /// The vendor of a return's or an exchange's delivery group, and of any line of other claims.
    pub vendor_no: Option<String>,
    /// 환불기한 경과여부
    pub is_late: Option<bool>,
    pub reason: Option<ClaimReason>,
    pub blame: Option<Blame>,
    /// 확인필요여부
    pub needs_attention: Option<bool>,
    /// Something of it is not done.
    pub open: Option<OpenFilter>,
    pub is_oldest_first: bool,
}

/// 단계 조건: which of the steps that are not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenFilter {
    /// By the topic of its messages, and the step where they have several; none is any.
    pub step: Option<(&'static str, Option<SagaStep>)>,
    /// How it stands: waiting, or needing attention; none is either.
    pub needs_attention: Option<bool>,
}

/// 클레임 한 건
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedClaim {
    pub number: ClaimNo,
    pub order_no: OrderNo,
    /// None for a guest's order.
    pub member_no: Option<MemberNo>,
    pub claim_type: ClaimType,
    pub status: ClaimStatus,
    /// None for an option change.
    pub reason: Option<ClaimReason>,
    pub requested_at: DateTime<Utc>,
    pub completed_at: Option<DateTime<Utc>>,
    /// 환불예정금액 of its cost, final or as shown; none of a claim without a cost.
    pub refund: Option<Won>,
    /// 추가결제예정금액 of the same.
    pub additional_payment: Option<Won>,
    pub goods: ListedGoods,
    /// None but for a return or an exchange of our own.
    pub collection: Option<ListedCollection>,
    /// None where nothing is open, and where nobody asks.
    pub step: Option<ListedStep>,
}

/// 열린 단계 in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedStep {
    pub code: &'static str,
    pub label: &'static str,
    pub status: SagaStepStatus,
    /// Tries that brought no result.
    pub tries: u32,
    pub next_try: DateTime<Utc>,
    /// Why the last try came to nothing; nothing personal.
    pub reason: Option<String>,
}

/// Of a claim's goods, what a list says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListedGoods {
    pub rows: i64,
    /// The line of the first row, and who sells it, where that is kept.
    pub first_line: Option<i32>,
    pub vendor_no: Option<String>,
    /// None where the order is not known here.
    pub name: Option<String>,
}

/// 회수클레임 in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCollection {
    pub progress: ReturnProgress,
    pub end_reason: Option<EndReason>,
    pub blame: Blame,
    pub vendor_no: String,
    pub collected_at: Option<DateTime<Utc>>,
    pub refund_due: Option<NaiveDate>,
}

/// States in which goods are here and the customer's money is not.
pub const AWAITING_REFUND: [ReturnProgress; 2] = [ReturnProgress::Collected, ReturnProgress::OnHold];

impl ListedClaim {
    /// 귀책, as it is seen now.
    pub fn blame(&self) -> Option<Blame> {
        self.collection.as_ref().map(|one| one.blame).or(self.reason.map(ClaimReason::blame))
    }

    /// 환불기한 경과여부: its goods are here, and the last day for the refund was before this one.
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.collection.as_ref().is_some_and(|one| {
            AWAITING_REFUND.contains(&one.progress) && one.refund_due.is_some_and(|due| due < today)
        })
    }
}
