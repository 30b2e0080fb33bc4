//! 답변 템플릿: a text an agent need not write twice.

use chrono::{DateTime, Utc};

/// 답변 템플릿
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub id: i64,
    pub name: String,
    pub text: String,
    /// 공통: every agent may use it.
    pub is_common: bool,
    pub written_by: String,
    pub changed_at: DateTime<Utc>,
}

/// What is put down of a template.
pub struct TemplateText<'a> {
    pub name: &'a str,
    pub text: &'a str,
    pub is_common: bool,
}
