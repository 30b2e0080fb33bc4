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
    /// 상담유형: what it is for; `None` for all.
    pub type_id: Option<i64>,
}

/// 조회조건: which of the templates an agent may use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplateFilter {
    /// The common ones alone, or one's own.
    pub is_common: Option<bool>,
    /// A part of the name, in the form names are searched in.
    pub name_part: Option<String>,
    /// A type and those below it; empty for all.
    pub type_ids: Vec<i64>,
}

/// What is put down of a template.
pub struct TemplateText<'a> {
    pub name: &'a str,
    pub text: &'a str,
    pub is_common: bool,
    pub type_id: Option<i64>,
}
