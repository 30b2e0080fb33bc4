//! 클레임 현황: how many claims stand where, and what of them is stuck.

use chrono::{DateTime, Utc};
use commerce::{ClaimStatus, ClaimType, ReturnProgress, SagaStep};

/// 상태별 건수
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandingCount {
    pub claim_type: ClaimType,
    pub status: ClaimStatus,
    /// None of every claim but returns and exchanges of ours.
    pub progress: Option<ReturnProgress>,
    pub count: i64,
    /// Of them, those whose refund is past its day.
    pub late: i64,
}

/// 확인필요 건수
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StuckCount {
    pub topic: String,
    /// None of what has no task.
    pub step: Option<SagaStep>,
    /// Claims.
    pub count: i64,
    /// Since when the oldest of them is open.
    pub oldest: DateTime<Utc>,
}
