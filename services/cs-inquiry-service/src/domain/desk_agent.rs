//! 상담원: who works at the desk, as far as it can be seen here. The house keeps no list of users.

use chrono::{DateTime, Utc};

/// 처리상담원
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskAgent {
    pub id: String,
    /// When it last moved an inquiry.
    pub acted_at: DateTime<Utc>,
    /// How many inquiries it works on.
    pub open: i64,
}
