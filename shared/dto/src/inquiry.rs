//! 1:1 문의와 통합상담: what `/v1/customerservice/*` and `/v1/customer/*` take and answer.
//!
//! Requests keep their fields as optional texts: the service can then name every missing or malformed one at once.
//! Most of them also come as a form, as multipart or in the query, where everything is text anyway.

use serde::{Deserialize, Serialize};

mod access_record;
mod answer_draft;
mod counsel;
mod counsel_type;
mod desk;
mod question;
mod question_request;
mod template;
#[cfg(test)]
mod tests;

pub use access_record::{AccessRecordQuery, AccessRecordRow};
pub use answer_draft::{
    AnswerDraft, AnswerDraftQuery, AnswerDraftRow, DeleteAnswerDraftRequest, SaveAnswerDraftRequest,
};
pub use counsel::{
    AssignRequest, CounselDetail, CounselDetailQuery, CounselHistory, CounselListQuery, CounselMemo,
    CounselRow, CounselState, MemoNo, ReleaseProcessRequest, SaveAnswerRequest, SaveCounselMemoRequest,
    StartProcessRequest,
};
pub use counsel_type::{CounselTypeRow, FileLimit, InitCounselType, QuestionInit, SaveCounselTypeRequest};
pub use desk::{
    CounselCount, CounselCountQuery, CounselStateList, CounselStateQuery, CounselStateRow, NextCounsel,
    ProcUserRow, StartNextProcessRequest,
};
pub use question::{
    FileInfo, GoodsChoice, GoodsChoiceList, InquiryCountQuery, OrderedGoods, OrderedGoodsList,
    OrderedGoodsRequest, QuestionDetail, QuestionDetailQuery, QuestionList, QuestionListQuery, QuestionRow,
    SearchGoodsRequest,
};
pub use question_request::{CcnNoRequest, DEL_FILE_NOS, QnaInfo, QuestionRequest, base_name};
pub use template::{
    DeleteTemplateRequest, FilledTemplate, SaveTemplateRequest, TemplateDetail, TemplateDetailQuery,
    TemplateListQuery,
};

/// 1:1 문의 건수
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InquiryCountResponse {
    pub inquiry_cnt: i32,
}

/// 백오피스 목록: the bare shape of every back office's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BackOfficeList<T> {
    pub total_count: i64,
    pub payloads: Vec<T>,
}
