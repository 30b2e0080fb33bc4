//! 접수된 클레임: a claim of our own as it was accepted, and how far its execution has come.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, ClaimReason, ClaimStatus, ClaimType, MemberNo, OrderNo, PayMeans, SiteNo};

use crate::domain::money::ClaimCost;
use crate::domain::order::pinned::PinnedOrder;
use crate::domain::saga::{ClaimSaga, Decision, Task};

/// 접수 내용: it never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedClaim {
    pub claim_no: ClaimNo,
    pub claim_type: ClaimType,
    pub order_no: OrderNo,
    pub site_no: SiteNo,
    /// None for a guest's order.
    pub member_no: Option<MemberNo>,
    pub reason: ClaimReason,
    /// 상세사유, in the words of whoever asked.
    pub reason_text: Option<String>,
    pub asked_at: DateTime<Utc>,
    /// 정산일시: the instant its cost was reckoned for. A cancel is reckoned when it is asked for.
    pub reckoned_at: DateTime<Utc>,
    /// The version of the policy it was judged by.
    pub policy_version: i32,
    pub cost: ClaimCost,
    pub cost_hash: String,
    pub paid_with: Option<PaidWith>,
}

/// 원인: what an effect needs to know of its claim; none of it ever changes.
#[derive(Debug)]
pub struct Cause {
    pub accepted: AcceptedClaim,
    pub pinned: Arc<PinnedOrder>,
}

/// 추가결제: how the customer paid what the claim costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidWith {
    pub means: PayMeans,
    /// The provider's own name for the payment.
    pub provider_key: String,
}

/// An accepted claim and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimUnderWay {
    pub accepted: AcceptedClaim,
    pub decision: Decision,
    pub status: ClaimStatus,
    pub completed_at: Option<DateTime<Utc>>,
}

impl ClaimUnderWay {
    /// Its execution with the tasks as they were kept.
    pub fn saga(&self, tasks: Vec<Task>) -> ClaimSaga {
        ClaimSaga::restore(self.accepted.claim_no.clone(), self.decision, tasks)
    }
}
