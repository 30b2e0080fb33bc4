//! 상담이력: who did what with an inquiry.

use chrono::{DateTime, Utc};
use commerce::InquiryStatus;

use super::inquiry_status::Act;

/// One step of an inquiry's way.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    pub act: Act,
    pub by: &'a str,
    pub from: Option<InquiryStatus>,
    pub to: Option<InquiryStatus>,
}

/// A step as it was put down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedStep {
    pub seq: i32,
    pub at: DateTime<Utc>,
    pub by: String,
    pub act_code: String,
    pub from: Option<InquiryStatus>,
    pub to: Option<InquiryStatus>,
}
