//! What the inquiry counts answer.

use serde::{Deserialize, Serialize};

/// 1:1 문의 건수
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InquiryCountResponse {
    pub inquiry_cnt: i32,
}
