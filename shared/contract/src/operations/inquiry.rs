//! cs-inquiry-service: the member's inquiries, and the back office that answers them.

use dto::inquiry::{
    AccessRecordQuery, AccessRecordRow, AnswerDraft, AnswerDraftQuery, AnswerDraftRow, AssignRequest,
    BackOfficeList, CcnNoRequest, CounselCount, CounselCountQuery, CounselDetail, CounselDetailQuery,
    CounselListQuery, CounselRow, CounselState, CounselStateList, CounselStateQuery, CounselTypeRow,
    DeleteAnswerDraftRequest, DeleteTemplateRequest, FilledTemplate, GoodsChoiceList, InquiryCountQuery,
    InquiryCountResponse, MemoNo, NextCounsel, OrderedGoodsList, OrderedGoodsRequest, ProcUserRow, QnaInfo,
    QuestionDetail, QuestionDetailQuery, QuestionInit, QuestionList, QuestionListQuery, QuestionRequest,
    ReleaseProcessRequest, SaveAnswerDraftRequest, SaveAnswerRequest, SaveCounselMemoRequest,
    SaveCounselTypeRequest, SaveTemplateRequest, SearchGoodsRequest, StartNextProcessRequest,
    StartProcessRequest, TemplateDetail, TemplateDetailQuery, TemplateListQuery,
};
use dto::internal::{AccessRecords, MemberWithdrawal};

use super::{Access, Answer, Body, Method, Prefix, Role, Shape, Shows, Upstream};

const MEMBER_AND_STAFF: Access = Access::Roles(&[Role::Member, Role::Agent, Role::Service]);

operations! {
    Some(Upstream::Inquiry);

    GET_NOT_COMPLETED_INQUIRY_COUNT {
        id: "getNotCompletedInquiryCount",
        korean: "진행중인 상담 건수 조회",
        english: "how many inquiries are not answered yet",
        method: Method::Get,
        path: "/v1/customerservice/getNotCompletedInquiryCount",
        access: MEMBER_AND_STAFF,
        prefix: Prefix::Order,
        query: Some(Shape::of::<InquiryCountQuery>()),
        body: Body::None,
        must: &["mbrNo"],
        answer: Answer::Envelope(Shape::of::<InquiryCountResponse>()),
        shows: Shows::One,
        idempotent_key: false,
    }

    GET_INQUIRY_COUNT {
        id: "getInquiryCount",
        korean: "1:1문의 건수 조회",
        english: "how many inquiries there are",
        method: Method::Get,
        path: "/v1/customerservice/getInquiryCount",
        access: MEMBER_AND_STAFF,
        prefix: Prefix::Order,
        query: Some(Shape::of::<InquiryCountQuery>()),
        body: Body::None,
        must: &["mbrNo"],
        answer: Answer::Envelope(Shape::of::<InquiryCountResponse>()),
        shows: Shows::One,
        idempotent_key: false,
    }

    GET_QUESTION {
        id: "getQuestion",
        korean: "1:1문의 목록 조회",
        english: "a member's inquiries, newest first",
        method: Method::Get,
        path: "/v1/customerservice/getQuestion",
        access: Access::Roles(&[Role::Member]),
        prefix: Prefix::Order,
        query: Some(Shape::of::<QuestionListQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Envelope(Shape::of::<QuestionList>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    GET_QUESTION_INIT {
        id: "getQuestionInit",
        korean: "1:1문의 작성 초기정보 조회",
        english: "what a form for an inquiry needs",
        method: Method::Get,
        path: "/v1/customerservice/getQuestionInit",
        access: Access::Public,
        prefix: Prefix::Order,
        query: None,
        body: Body::None,
        must: &[],
        answer: Answer::Envelope(Shape::of::<QuestionInit>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    GET_QUESTION_DTL {
        id: "getQuestionDtl",
        korean: "1:1문의 상세 조회",
        english: "one inquiry with its files and its answer",
        method: Method::Get,
        path: "/v1/customerservice/getQuestionDtl",
        access: Access::Roles(&[Role::Member, Role::Agent]),
        prefix: Prefix::Order,
        query: Some(Shape::of::<QuestionDetailQuery>()),
        body: Body::None,
        must: &["ccnNo"],
        answer: Answer::Envelope(Shape::of::<QuestionDetail>()),
        shows: Shows::One,
        idempotent_key: false,
    }

    SEARCH_GOODS {
        id: "searchGoods",
        korean: "문의 상품 검색",
        english: "goods an inquiry may be about",
        method: Method::Post,
        path: "/v1/customerservice/searchGoods",
        access: Access::Roles(&[Role::Member]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<SearchGoodsRequest>()),
        must: &[],
        answer: Answer::Envelope(Shape::of::<GoodsChoiceList>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    GET_ORDER_CLAIM_GOODS_LIST {
        id: "getOrderClaimGoodsList",
        korean: "문의 주문상품 조회",
        english: "ordered goods an inquiry may be about",
        method: Method::Post,
        path: "/v1/customer/getOrderClaimGoodsList",
        access: Access::Roles(&[Role::Member]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<OrderedGoodsRequest>()),
        must: &[],
        answer: Answer::Envelope(Shape::of::<OrderedGoodsList>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    QUESTION_SAVE {
        id: "questionSave",
        korean: "1:1문의 등록",
        english: "writes an inquiry; answers its number",
        method: Method::Post,
        path: "/v1/customerservice/questionSave",
        access: Access::Roles(&[Role::Member]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Multipart(Shape::of::<QuestionRequest>()),
        must: &["cnslTypNo", "title", "accpCont"],
        answer: Answer::Envelope(Shape::of::<String>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    QUESTION_MOD_PUT {
        id: "questionMod",
        korean: "1:1문의 수정",
        english: "edits an inquiry that nobody works on yet",
        method: Method::Put,
        path: "/v1/customerservice/questionMod",
        access: Access::Roles(&[Role::Member]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Multipart(Shape::of::<QuestionRequest>()),
        must: &["ccnNo", "cnslTypNo", "title", "accpCont"],
        answer: Answer::Envelope(Shape::of::<String>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    QUESTION_MOD_POST {
        id: "questionModPost",
        korean: "1:1문의 수정 (POST)",
        english: "the same for clients that can't PUT multipart",
        method: Method::Post,
        path: "/v1/customerservice/questionMod",
        access: Access::Roles(&[Role::Member]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Multipart(Shape::of::<QuestionRequest>()),
        must: &["ccnNo", "cnslTypNo", "title", "accpCont"],
        answer: Answer::Envelope(Shape::of::<String>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    QUESTION_DEL_DELETE {
        id: "questionDel",
        korean: "1:1문의 삭제",
        english: "deletes an inquiry that nobody works on yet",
        method: Method::Delete,
        path: "/v1/customerservice/questionDel",
        access: Access::Roles(&[Role::Member]),
        prefix: Prefix::Order,
        query: Some(Shape::of::<CcnNoRequest>()),
        body: Body::OptionalJsonOrForm(Shape::of::<CcnNoRequest>()),
        must: &[],
        answer: Answer::Envelope(Shape::of::<String>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    QUESTION_DEL_POST {
        id: "questionDelPost",
        korean: "1:1문의 삭제 (POST)",
        english: "the same for clients that can't DELETE",
        method: Method::Post,
        path: "/v1/customerservice/questionDel",
        access: Access::Roles(&[Role::Member]),
        prefix: Prefix::Order,
        query: Some(Shape::of::<CcnNoRequest>()),
        body: Body::OptionalJsonOrForm(Shape::of::<CcnNoRequest>()),
        must: &[],
        answer: Answer::Envelope(Shape::of::<String>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    FILES {
        id: "files",
        korean: "첨부파일 조회",
        english: "the bytes of an attachment",
        method: Method::Get,
        path: "/v1/customerservice/files/{fileNo}",
        access: Access::Roles(&[Role::Member, Role::Agent]),
        prefix: Prefix::Order,
        query: None,
        body: Body::None,
        must: &[],
        answer: Answer::File,
        shows: Shows::One,
        idempotent_key: false,
    }

    TRANSFER_QNA_SAVE {
        id: "transferQnaSave",
        korean: "상품 Q&A 이관 등록",
        english: "takes over a question of the shop's product Q&A",
        method: Method::Post,
        path: "/v1/customerservice/transferQnaSave",
        access: Access::Roles(&[Role::Service, Role::Agent]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<QnaInfo>()),
        must: &["mbrNo"],
        answer: Answer::Envelope(Shape::of::<String>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    GET_INTEGRATED_COUNSEL_LIST {
        id: "getIntegratedCounselList",
        korean: "통합상담 목록 조회",
        english: "the desk's list",
        method: Method::Get,
        path: "/v1/customerservice/integratedCounselMgmt/getIntegratedCounselList",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: Some(Shape::of::<CounselListQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Bare(Shape::of::<BackOfficeList<CounselRow>>()),
        shows: Shows::Any,
        idempotent_key: false,
    }

    GET_INTEGRATED_COUNSEL_DETAIL {
        id: "getIntegratedCounselDetail",
        korean: "통합상담 상세 조회",
        english: "one inquiry with its history",
        method: Method::Get,
        path: "/v1/customerservice/integratedCounselMgmt/getIntegratedCounselDetail",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: Some(Shape::of::<CounselDetailQuery>()),
        body: Body::None,
        must: &["ccnNo"],
        answer: Answer::Envelope(Shape::of::<CounselDetail>()),
        shows: Shows::One,
        idempotent_key: false,
    }

    GET_INTEGRATED_COUNSEL_COUNT {
        id: "getIntegratedCounselCount",
        korean: "통합상담 건수 조회",
        english: "how many inquiries wait, are in process and are the agent's own, to be asked every half minute",
        method: Method::Get,
        path: "/v1/customerservice/integratedCounselMgmt/getIntegratedCounselCount",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: Some(Shape::of::<CounselCountQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Envelope(Shape::of::<CounselCount>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    GET_INTEGRATED_COUNSEL_STATE {
        id: "getIntegratedCounselState",
        korean: "통합상담 상태 조회",
        english: "where up to 100 inquiries stand, to be asked every few seconds",
        method: Method::Get,
        path: "/v1/customerservice/integratedCounselMgmt/getIntegratedCounselState",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: Some(Shape::of::<CounselStateQuery>()),
        body: Body::None,
        must: &["ccnNo"],
        answer: Answer::Envelope(Shape::of::<CounselStateList>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    START_PROCESS {
        id: "startProcess",
        korean: "상담 처리 시작",
        english: "an agent takes an inquiry on",
        method: Method::Post,
        path: "/v1/customerservice/integratedCounselMgmt/startProcess",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: None,
        body: Body::Json(Shape::of::<StartProcessRequest>()),
        must: &["ccnNo"],
        answer: Answer::Envelope(Shape::of::<CounselState>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    START_NEXT_PROCESS {
        id: "startNextProcess",
        korean: "다음 상담 처리 시작",
        english: "an agent takes on the inquiry that waits the longest",
        method: Method::Post,
        path: "/v1/customerservice/integratedCounselMgmt/startNextProcess",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: None,
        body: Body::Json(Shape::of::<StartNextProcessRequest>()),
        must: &[],
        answer: Answer::Envelope(Shape::of::<NextCounsel>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    RELEASE_PROCESS {
        id: "releaseProcess",
        korean: "상담 처리 해제",
        english: "an agent gives an inquiry back",
        method: Method::Post,
        path: "/v1/customerservice/integratedCounselMgmt/releaseProcess",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: None,
        body: Body::Json(Shape::of::<ReleaseProcessRequest>()),
        must: &["ccnNo"],
        answer: Answer::Envelope(Shape::of::<CounselState>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    SAVE_ANSWER {
        id: "saveAnswer",
        korean: "상담 답변 등록",
        english: "answers an inquiry",
        method: Method::Post,
        path: "/v1/customerservice/integratedCounselMgmt/saveAnswer",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: None,
        body: Body::Json(Shape::of::<SaveAnswerRequest>()),
        must: &["ccnNo", "ansCont"],
        answer: Answer::Envelope(Shape::of::<CounselState>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    GET_ANSWER_DRAFT {
        id: "getAnswerDraft",
        korean: "답변 초안 조회",
        english: "the agent's own draft of an answer, null where there is none",
        method: Method::Get,
        path: "/v1/customerservice/integratedCounselMgmt/getAnswerDraft",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: Some(Shape::of::<AnswerDraftQuery>()),
        body: Body::None,
        must: &["ccnNo"],
        answer: Answer::Envelope(Shape::of::<Option<AnswerDraft>>()),
        shows: Shows::Any,
        idempotent_key: false,
    }

    GET_ANSWER_DRAFT_LIST {
        id: "getAnswerDraftList",
        korean: "답변 초안 목록 조회",
        english: "what the agent has drafts about",
        method: Method::Get,
        path: "/v1/customerservice/integratedCounselMgmt/getAnswerDraftList",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: None,
        body: Body::None,
        must: &[],
        answer: Answer::Bare(Shape::of::<BackOfficeList<AnswerDraftRow>>()),
        shows: Shows::Any,
        idempotent_key: false,
    }

    SAVE_ANSWER_DRAFT {
        id: "saveAnswerDraft",
        korean: "답변 초안 저장",
        english: "keeps what an agent has written of an answer; a repeat of the same text is no change",
        method: Method::Post,
        path: "/v1/customerservice/integratedCounselMgmt/saveAnswerDraft",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: None,
        body: Body::Json(Shape::of::<SaveAnswerDraftRequest>()),
        must: &["ccnNo", "ansCont"],
        answer: Answer::Envelope(Shape::of::<AnswerDraft>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    DELETE_ANSWER_DRAFT {
        id: "deleteAnswerDraft",
        korean: "답변 초안 삭제",
        english: "throws the agent's own draft away",
        method: Method::Post,
        path: "/v1/customerservice/integratedCounselMgmt/deleteAnswerDraft",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: None,
        body: Body::Json(Shape::of::<DeleteAnswerDraftRequest>()),
        must: &["ccnNo"],
        answer: Answer::Envelope(Shape::of::<String>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    SAVE_COUNSEL_MEMO {
        id: "saveCounselMemo",
        korean: "상담 메모 등록",
        english: "puts down what agents tell one another about an inquiry; its member never sees it",
        method: Method::Post,
        path: "/v1/customerservice/integratedCounselMgmt/saveCounselMemo",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: None,
        body: Body::Json(Shape::of::<SaveCounselMemoRequest>()),
        must: &["ccnNo", "memoCont"],
        answer: Answer::Envelope(Shape::of::<MemoNo>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    ASSIGN {
        id: "assign",
        korean: "상담 배정",
        english: "gives an inquiry to an agent",
        method: Method::Post,
        path: "/v1/customerservice/integratedCounselMgmt/assign",
        access: Access::Roles(&[Role::Admin]),
        prefix: Prefix::BackOffice,
        query: None,
        body: Body::Json(Shape::of::<AssignRequest>()),
        must: &["ccnNo", "procUserId"],
        answer: Answer::Envelope(Shape::of::<CounselState>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    GET_PROC_USER_LIST {
        id: "getProcUserList",
        korean: "처리상담원 목록 조회",
        english: "agents who acted in the last 30 days, and how many inquiries each works on",
        method: Method::Get,
        path: "/v1/customerservice/integratedCounselMgmt/getProcUserList",
        access: Access::Roles(&[Role::Admin]),
        prefix: Prefix::BackOffice,
        query: None,
        body: Body::None,
        must: &[],
        answer: Answer::Bare(Shape::of::<BackOfficeList<ProcUserRow>>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    GET_ACCESS_RECORD_LIST {
        id: "getAccessRecordList",
        korean: "개인정보 접속기록 조회",
        english: "who looked at whose data",
        method: Method::Get,
        path: "/v1/customerservice/integratedCounselMgmt/getAccessRecordList",
        access: Access::Roles(&[Role::Admin]),
        prefix: Prefix::BackOffice,
        query: Some(Shape::of::<AccessRecordQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Bare(Shape::of::<BackOfficeList<AccessRecordRow>>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    GET_COUNSEL_TEMPLATE_LIST {
        id: "getCounselTemplateList",
        korean: "답변 템플릿 목록 조회",
        english: "templates of answers",
        method: Method::Get,
        path: "/v1/customerservice/counselTemplateMgmt/getCounselTemplateList",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: Some(Shape::of::<TemplateListQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Bare(Shape::of::<BackOfficeList<TemplateDetail>>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    GET_COUNSEL_TEMPLATE_DETAIL {
        id: "getCounselTemplateDetail",
        korean: "답변 템플릿 상세 조회",
        english: "one template",
        method: Method::Get,
        path: "/v1/customerservice/counselTemplateMgmt/getCounselTemplateDetail",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: Some(Shape::of::<TemplateDetailQuery>()),
        body: Body::None,
        must: &["tmplNo"],
        answer: Answer::Envelope(Shape::of::<FilledTemplate>()),
        shows: Shows::Any,
        idempotent_key: false,
    }

    SAVE_COUNSEL_TEMPLATE {
        id: "saveCounselTemplate",
        korean: "답변 템플릿 저장",
        english: "writes a template; answers its number",
        method: Method::Post,
        path: "/v1/customerservice/counselTemplateMgmt/saveCounselTemplate",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: None,
        body: Body::Json(Shape::of::<SaveTemplateRequest>()),
        must: &["tmplNm", "tmplCont", "cmnYn"],
        answer: Answer::Envelope(Shape::of::<String>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    DELETE_COUNSEL_TEMPLATE {
        id: "deleteCounselTemplate",
        korean: "답변 템플릿 삭제",
        english: "deletes a template",
        method: Method::Post,
        path: "/v1/customerservice/counselTemplateMgmt/deleteCounselTemplate",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: None,
        body: Body::Json(Shape::of::<DeleteTemplateRequest>()),
        must: &["tmplNo"],
        answer: Answer::Envelope(Shape::of::<String>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    GET_COUNSEL_TYPE_LIST {
        id: "getCounselTypeList",
        korean: "상담유형 목록 조회",
        english: "the types of inquiries",
        method: Method::Get,
        path: "/v1/customerservice/counselTypeMgmt/getCounselTypeList",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::BackOffice,
        query: None,
        body: Body::None,
        must: &[],
        answer: Answer::Bare(Shape::of::<BackOfficeList<CounselTypeRow>>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    SAVE_COUNSEL_TYPE {
        id: "saveCounselType",
        korean: "상담유형 저장",
        english: "writes a type; answers its number",
        method: Method::Post,
        path: "/v1/customerservice/counselTypeMgmt/saveCounselType",
        access: Access::Roles(&[Role::Admin]),
        prefix: Prefix::BackOffice,
        query: None,
        body: Body::Json(Shape::of::<SaveCounselTypeRequest>()),
        must: &["cnslTypNm"],
        answer: Answer::Envelope(Shape::of::<String>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    INTERNAL_ACCESS_RECORDS {
        id: "internalAccessRecords",
        korean: "접속기록 전달",
        english: "keeps who was shown whose personal data by another service, once per key in the body",
        method: Method::Post,
        path: "/internal/accessRecords",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::Json(Shape::internal::<AccessRecords>()),
        must: &[],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_MEMBERS_WITHDRAWAL {
        id: "internalInquiryMembersWithdrawal",
        korean: "회원 탈퇴 전달",
        english: "masks what the member left here; a repeat changes nothing",
        method: Method::Post,
        path: "/internal/members/withdrawal",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::Json(Shape::internal::<MemberWithdrawal>()),
        must: &[],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: false,
    }
}
