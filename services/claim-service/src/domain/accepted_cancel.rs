//! 접수된 취소: a cancel of our own as it was accepted, and how far its execution has come.

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, ClaimReason, ClaimStatus, MemberNo, OrderNo, PayMeans, SiteNo};

use super::cancel_saga::{CancelSaga, Decision, Task};
use super::cost::ClaimCost;

/// 접수 내용: it never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedCancel {
    pub claim_no: ClaimNo,
    pub order_no: OrderNo,
    pub site_no: SiteNo,
    /// None for a guest's order.
    pub member_no: Option<MemberNo>,
    pub reason: ClaimReason,
    /// 상세사유, in the words of whoever asked.
    pub reason_text: Option<String>,
    pub asked_at: DateTime<Utc>,
    /// The version of the policy it was judged by.
    pub policy_version: i32,
    pub cost: ClaimCost,
    pub cost_hash: String,
    pub paid_with: Option<PaidWith>,
}

/// 추가결제: how the customer paid what the cancel costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidWith {
    pub means: PayMeans,
    /// The provider's own name for the payment.
    pub provider_key: String,
}

/// An accepted cancel and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelUnderWay {
    pub accepted: AcceptedCancel,
    pub decision: Decision,
    pub status: ClaimStatus,
    pub completed_at: Option<DateTime<Utc>>,
}

impl CancelUnderWay {
    /// Its execution with the tasks as they were kept.
    pub fn saga(&self, tasks: Vec<Task>) -> CancelSaga {
        CancelSaga::restore(self.accepted.claim_no.clone(), self.decision, tasks)
    }
}
