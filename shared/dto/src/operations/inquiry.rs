//! cs-inquiry-service: the member's inquiries, and the back office that answers them.

use super::{
    Access, BodyKind, JSON_LIMIT, MULTIPART_LIMIT, Method, NO_BODY, Operation, Prefix, Role, Upstream,
};

const MEMBER_AND_STAFF: Access = Access::Roles(&[Role::Member, Role::Agent, Role::Service]);

/// 진행중인 상담 건수 조회
pub const GET_NOT_COMPLETED_INQUIRY_COUNT: Operation = Operation {
    id: "getNotCompletedInquiryCount",
    method: Method::Get,
    path: "/v1/customerservice/getNotCompletedInquiryCount",
    upstream: Upstream::Inquiry,
    access: MEMBER_AND_STAFF,
    prefix: Prefix::Order,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 1:1문의 건수 조회
pub const GET_INQUIRY_COUNT: Operation = Operation {
    id: "getInquiryCount",
    method: Method::Get,
    path: "/v1/customerservice/getInquiryCount",
    upstream: Upstream::Inquiry,
    access: MEMBER_AND_STAFF,
    prefix: Prefix::Order,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 1:1문의 목록 조회
pub const GET_QUESTION: Operation = Operation {
    id: "getQuestion",
    method: Method::Get,
    path: "/v1/customerservice/getQuestion",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Member]),
    prefix: Prefix::Order,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 1:1문의 작성 초기정보 조회
pub const GET_QUESTION_INIT: Operation = Operation {
    id: "getQuestionInit",
    method: Method::Get,
    path: "/v1/customerservice/getQuestionInit",
    upstream: Upstream::Inquiry,
    access: Access::Public,
    prefix: Prefix::Order,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 1:1문의 상세 조회
pub const GET_QUESTION_DTL: Operation = Operation {
    id: "getQuestionDtl",
    method: Method::Get,
    path: "/v1/customerservice/getQuestionDtl",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Member, Role::Agent]),
    prefix: Prefix::Order,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 문의 상품 검색
pub const SEARCH_GOODS: Operation = Operation {
    id: "searchGoods",
    method: Method::Post,
    path: "/v1/customerservice/searchGoods",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Member]),
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};

/// 문의 주문상품 조회
pub const GET_ORDER_CLAIM_GOODS_LIST: Operation = Operation {
    id: "getOrderClaimGoodsList",
    method: Method::Post,
    path: "/v1/customer/getOrderClaimGoodsList",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Member]),
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};

/// 1:1문의 등록
pub const QUESTION_SAVE: Operation = Operation {
    id: "questionSave",
    method: Method::Post,
    path: "/v1/customerservice/questionSave",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Member]),
    prefix: Prefix::Order,
    body: BodyKind::Multipart,
    body_limit: MULTIPART_LIMIT,
    idempotent_key: true,
};

/// 1:1문의 수정
pub const QUESTION_MOD_PUT: Operation = Operation {
    id: "questionMod",
    method: Method::Put,
    path: "/v1/customerservice/questionMod",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Member]),
    prefix: Prefix::Order,
    body: BodyKind::Multipart,
    body_limit: MULTIPART_LIMIT,
    idempotent_key: true,
};

/// 1:1문의 수정, for clients that cannot PUT multipart.
pub const QUESTION_MOD_POST: Operation = Operation {
    id: "questionModPost",
    method: Method::Post,
    path: "/v1/customerservice/questionMod",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Member]),
    prefix: Prefix::Order,
    body: BodyKind::Multipart,
    body_limit: MULTIPART_LIMIT,
    idempotent_key: true,
};

/// 1:1문의 삭제
pub const QUESTION_DEL_DELETE: Operation = Operation {
    id: "questionDel",
    method: Method::Delete,
    path: "/v1/customerservice/questionDel",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Member]),
    prefix: Prefix::Order,
    body: BodyKind::OptionalJsonOrForm,
    body_limit: JSON_LIMIT,
    idempotent_key: true,
};

/// 1:1문의 삭제, for clients that cannot DELETE.
pub const QUESTION_DEL_POST: Operation = Operation {
    id: "questionDelPost",
    method: Method::Post,
    path: "/v1/customerservice/questionDel",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Member]),
    prefix: Prefix::Order,
    body: BodyKind::OptionalJsonOrForm,
    body_limit: JSON_LIMIT,
    idempotent_key: true,
};

/// 첨부파일 조회
pub const FILES: Operation = Operation {
    id: "files",
    method: Method::Get,
    path: "/v1/customerservice/files/{fileNo}",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Member, Role::Agent]),
    prefix: Prefix::Order,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 상품 Q&A 이관 등록
pub const TRANSFER_QNA_SAVE: Operation = Operation {
    id: "transferQnaSave",
    method: Method::Post,
    path: "/v1/customerservice/transferQnaSave",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Service, Role::Agent]),
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: true,
};

/// 통합상담 목록 조회
pub const GET_INTEGRATED_COUNSEL_LIST: Operation = Operation {
    id: "getIntegratedCounselList",
    method: Method::Get,
    path: "/v1/customerservice/integratedCounselMgmt/getIntegratedCounselList",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Agent]),
    prefix: Prefix::BackOffice,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 통합상담 상세 조회
pub const GET_INTEGRATED_COUNSEL_DETAIL: Operation = Operation {
    id: "getIntegratedCounselDetail",
    method: Method::Get,
    path: "/v1/customerservice/integratedCounselMgmt/getIntegratedCounselDetail",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Agent]),
    prefix: Prefix::BackOffice,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 상담 처리 시작
pub const START_PROCESS: Operation = Operation {
    id: "startProcess",
    method: Method::Post,
    path: "/v1/customerservice/integratedCounselMgmt/startProcess",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Agent]),
    prefix: Prefix::BackOffice,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: true,
};

/// 상담 처리 해제
pub const RELEASE_PROCESS: Operation = Operation {
    id: "releaseProcess",
    method: Method::Post,
    path: "/v1/customerservice/integratedCounselMgmt/releaseProcess",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Agent]),
    prefix: Prefix::BackOffice,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: true,
};

/// 상담 답변 등록
pub const SAVE_ANSWER: Operation = Operation {
    id: "saveAnswer",
    method: Method::Post,
    path: "/v1/customerservice/integratedCounselMgmt/saveAnswer",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Agent]),
    prefix: Prefix::BackOffice,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: true,
};

/// 상담 배정
pub const ASSIGN: Operation = Operation {
    id: "assign",
    method: Method::Post,
    path: "/v1/customerservice/integratedCounselMgmt/assign",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Admin]),
    prefix: Prefix::BackOffice,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: true,
};

/// 개인정보 접속기록 조회
pub const GET_ACCESS_RECORD_LIST: Operation = Operation {
    id: "getAccessRecordList",
    method: Method::Get,
    path: "/v1/customerservice/integratedCounselMgmt/getAccessRecordList",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Admin]),
    prefix: Prefix::BackOffice,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 답변 템플릿 목록 조회
pub const GET_COUNSEL_TEMPLATE_LIST: Operation = Operation {
    id: "getCounselTemplateList",
    method: Method::Get,
    path: "/v1/customerservice/counselTemplateMgmt/getCounselTemplateList",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Agent]),
    prefix: Prefix::BackOffice,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 답변 템플릿 상세 조회
pub const GET_COUNSEL_TEMPLATE_DETAIL: Operation = Operation {
    id: "getCounselTemplateDetail",
    method: Method::Get,
    path: "/v1/customerservice/counselTemplateMgmt/getCounselTemplateDetail",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Agent]),
    prefix: Prefix::BackOffice,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 답변 템플릿 저장; common ones are left to admins by the service.
pub const SAVE_COUNSEL_TEMPLATE: Operation = Operation {
    id: "saveCounselTemplate",
    method: Method::Post,
    path: "/v1/customerservice/counselTemplateMgmt/saveCounselTemplate",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Agent]),
    prefix: Prefix::BackOffice,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: true,
};

/// 답변 템플릿 삭제; common ones are left to admins by the service.
pub const DELETE_COUNSEL_TEMPLATE: Operation = Operation {
    id: "deleteCounselTemplate",
    method: Method::Post,
    path: "/v1/customerservice/counselTemplateMgmt/deleteCounselTemplate",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Agent]),
    prefix: Prefix::BackOffice,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: true,
};

/// 상담유형 목록 조회
pub const GET_COUNSEL_TYPE_LIST: Operation = Operation {
    id: "getCounselTypeList",
    method: Method::Get,
    path: "/v1/customerservice/counselTypeMgmt/getCounselTypeList",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Agent]),
    prefix: Prefix::BackOffice,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 상담유형 저장
pub const SAVE_COUNSEL_TYPE: Operation = Operation {
    id: "saveCounselType",
    method: Method::Post,
    path: "/v1/customerservice/counselTypeMgmt/saveCounselType",
    upstream: Upstream::Inquiry,
    access: Access::Roles(&[Role::Admin]),
    prefix: Prefix::BackOffice,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: true,
};

/// 회원 탈퇴 전달: masks what the member left here; a repeat changes nothing.
pub const INTERNAL_MEMBERS_WITHDRAWAL: Operation = Operation {
    id: "internalInquiryMembersWithdrawal",
    method: Method::Post,
    path: "/internal/members/withdrawal",
    upstream: Upstream::Inquiry,
    access: Access::Internal,
    prefix: Prefix::Bare,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};
