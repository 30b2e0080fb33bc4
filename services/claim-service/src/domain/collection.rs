//! 회수클레임: a return or an exchange of our own, from its request to its end. Here is what both kinds share: what it is about,
//! where it stands, and what may become of it.

pub mod changes;
pub mod coupon;
pub mod due;
pub mod effects;
pub mod eligibility;
pub mod inspection;
pub mod moves;
pub mod pieces;
pub mod request;
#[cfg(test)]
pub(in crate::domain) mod testing;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use commerce::claimable::pieces::holds_units;
pub use commerce::claimable::reason::CollectionKind;
use commerce::{
    Blame, ClaimNo, ClaimReason, ClaimStatus, CollectionMethod, EndReason, GoodsNo, ItemNo, MemberNo,
    OrderNo, PayMeans, PaymentNo, RejectReason, ReturnProgress, SiteNo, Won,
};

use crate::domain::history::AdditionalPayment;
use crate::domain::money::ClaimCost;
use crate::domain::money::terms::FreeReturnCoupon;
use crate::domain::saga::Decision;

/// 회수클레임
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionClaim {
    pub claim_no: ClaimNo,
    pub order_no: OrderNo,
    pub site_no: SiteNo,
    /// None for a guest's order.
    pub member_no: Option<MemberNo>,
    pub kind: CollectionKind,
    pub reason: ClaimReason,
    /// 상세사유, in the words of whoever asked.
    pub reason_text: Option<String>,
    pub requested_at: DateTime<Utc>,
    /// The version of the policy it is judged by.
    pub policy_version: i32,
    /// 배송그룹: all its lines are of one.
    pub group_no: i32,
    /// The group's vendor, whoever sells the lines.
    pub vendor_no: String,
    /// 귀책, as it is seen now, and as it was when the claim was made.
    pub blame: Blame,
    pub requested_blame: Blame,
    pub method: CollectionMethod,
    pub requested_method: CollectionMethod,
    /// 무료반품쿠폰
    pub free_return_coupon: Option<FreeReturnCoupon>,
    /// The cost as it was shown when the claim was made, and its hash.
    pub requested_cost: ClaimCost,
    pub requested_hash: String,
    /// 교환의 반품전환: the exchange it comes of, and whether that one's inspection has moved the stock.
    pub converted_from: Option<ClaimNo>,
    pub has_moved_stock: bool,
    pub standing: Standing,
    /// By line and item.
    pub goods: Vec<CollectedGoods>,
    pub is_inspected: bool,
    /// 미반납 사은품: places among the order's gifts.
    pub gifts_kept: BTreeSet<usize>,
    /// 회수송장 and 교환송장
    pub way_back: Option<Invoice>,
    pub way_out: Option<Invoice>,
    /// 회수완료 대기처리 사유
    pub hold_cause: Option<String>,
    pub rejection: Option<Rejection>,
    pub times: Times,
    /// 환불기한: of a return that has come back.
    pub refund_due: Option<NaiveDate>,
}

/// 진행상태
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub progress: ReturnProgress,
    pub end_reason: Option<EndReason>,
    pub status: ClaimStatus,
    /// What somebody else has yet to say, or has said; none where nobody was asked.
    pub decision: Option<Decision>,
    /// 정산접수: from when on its cost is final.
    pub final_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
}

/// 회수상품: units of a line that hold one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectedGoods {
    pub line_seq: i32,
    pub item_no: ItemNo,
    pub goods_no: GoodsNo,
    pub vendor_no: String,
    /// 교환단품, and its name.
    pub exchanged_for: Option<(ItemNo, String)>,
    pub quantity: i64,
    pub inspected: Option<Inspected>,
}

impl CollectedGoods {
    /// Units that count: what is not inspected is accepted whole.
    pub fn accepted(&self) -> i64 {
        self.inspected.as_ref().map_or(self.quantity, |inspected| inspected.accepted)
    }
}

/// 검수결과 of units that hold one item. What is neither accepted nor refused is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspected {
    pub accepted: i64,
    pub refused: i64,
    /// Of those accepted, what goes on stock again.
    pub resellable: i64,
    pub refusal: Option<Rejection>,
}

/// 반려사유
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    pub reason: RejectReason,
    pub text: Option<String>,
}

/// 송장: the carrier, by the shop's own code, and its number for the parcel.
#[derive(Clone, PartialEq, Eq)]
pub struct Invoice {
    pub carrier: String,
    pub number: String,
}

impl std::fmt::Debug for Invoice {
    /// Whoever has the number finds the parcel, and the door it goes to.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Invoice").field("carrier", &self.carrier).finish_non_exhaustive()
    }
}

/// When it came to each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Times {
    /// 회수지시
    pub instructed: Option<DateTime<Utc>>,
    /// 회수중
    pub collecting: Option<DateTime<Utc>>,
    /// 회수완료
    pub collected: Option<DateTime<Utc>>,
    /// 회수완료보류
    pub held: Option<DateTime<Utc>>,
    /// 종료
    pub ended: Option<DateTime<Utc>>,
    /// 교환출고
    pub shipped: Option<DateTime<Utc>>,
    /// 교환배송완료
    pub delivered: Option<DateTime<Utc>>,
}

/// 선결제: what was paid for the claim.
#[derive(Clone, PartialEq, Eq)]
pub struct AdvancePayment {
    pub payment_no: PaymentNo,
    pub means: PayMeans,
    pub amount: Won,
    /// The provider's own name for it.
    pub provider_key: String,
}

impl AdvancePayment {
    /// As the rules of money know it.
    pub fn as_additional(&self) -> AdditionalPayment {
        AdditionalPayment { payment_no: self.payment_no.clone(), means: self.means, amount: self.amount }
    }
}

impl std::fmt::Debug for AdvancePayment {
    /// Without the key, by which it can be given back.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("AdvancePayment")
            .field("payment_no", &self.payment_no)
            .field("means", &self.means)
            .field("amount", &self.amount)
            .finish_non_exhaustive()
    }
}

impl CollectionClaim {
    /// Whether it may still be moved: it is not at its end, and its cost is not final. An exchange whose cost is final goes on
    /// its way out.
    pub const fn is_open(&self) -> bool {
        self.standing.final_at.is_none() && !self.standing.status.is_final()
    }

    /// Whether it holds units: from its acceptance to its end. Those of a return count as claimed once it is settled.
    pub const fn holds_units(&self) -> bool {
        holds_units(self.kind, self.standing.status, self.standing.final_at.is_some())
    }

    /// How many of these units it holds: all of them, and once its cost is final those that were accepted.
    pub fn held(&self, goods: &CollectedGoods) -> i64 {
        if self.standing.final_at.is_some() { goods.accepted() } else { goods.quantity }
    }

    /// Whether it ended because its coupon was gone; it never was the claim's. Whoever refuses a request says why.
    pub fn has_lost_coupon(&self) -> bool {
        self.standing.end_reason == Some(EndReason::RefusedAtRequest) && self.rejection.is_none()
    }

    /// Whether somebody else has not answered yet: who keeps its coupon, or the order.
    pub fn is_undecided(&self) -> bool {
        self.standing.decision == Some(Decision::Undecided)
    }
}
