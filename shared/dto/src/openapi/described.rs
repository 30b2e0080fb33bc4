//! What the types can't say of an operation.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use crate::claim::{
    CancelOrderAnswer, CancelOrderRequest, ClaimCost, ClaimDetails, ClaimDetailsRequest, ClaimIntakeAnswer,
    ClaimIntakeRequest, ClaimRequest, ClaimTarget, ClaimTargetRequest, CustomsCodeRequest,
    OptionChangeAnswer, OptionChangeRequest,
};
use crate::goods::{GoodsAnswer, GoodsRequest, OtherItems, OtherItemsRequest};
use crate::inquiry::{
    AccessRecordQuery, AccessRecordRow, AssignRequest, BackOfficeList, CcnNoRequest, CounselDetail,
    CounselDetailQuery, CounselListQuery, CounselRow, CounselState, CounselTypeRow, DeleteTemplateRequest,
    GoodsChoiceList, InquiryCountQuery, InquiryCountResponse, OrderedGoodsList, OrderedGoodsRequest, QnaInfo,
    QuestionDetail, QuestionDetailQuery, QuestionInit, QuestionList, QuestionListQuery, QuestionRequest,
    ReleaseProcessRequest, SaveAnswerRequest, SaveCounselTypeRequest, SaveTemplateRequest,
    SearchGoodsRequest, StartProcessRequest, TemplateDetail, TemplateDetailQuery, TemplateListQuery,
};
use crate::member::{
    IsNonMemberOrderRequest, MemberOrderAmtRequest, NonMemberLoginRequest, NonMemberLoginResponse,
    OrderAmtInfoResponse, OrderClaimCountInfo, OrderClaimCountRequest, WithdrawalMemberRequest,
};
use crate::notification::NotificationList;
use crate::operations::{Operation, claim, inquiry, member, promotion};
use crate::order::{OrderIntakeAnswer, OrderIntakeRequest, OrderStatusRequest};
use crate::paging::PageQuery;
use crate::promotion::{
    AccmRequest, AccmResponse, AccumulationPolicy, AccumulationPolicyAnswer, AccumulationPolicyQuery,
    CouponIssueAnswer, CouponIssueRequest, CouponList, MemberQuery, MileageBook,
};

use crate::vendor_inquiry::{VendorInquiryAnswer, VendorInquiryDocument};

/// Makes the schema of one type.
pub(super) type Make = fn(&mut SchemaGenerator) -> Schema;

/// The shape of a success.
#[derive(Clone, Copy)]
pub(super) enum Answer {
    /// The type itself.
    Bare(Make),
    /// The type as payload of the envelope.
    Envelope(Make),
    Empty,
    File,
}

pub(super) struct Described {
    pub(super) korean: &'static str,
    pub(super) english: &'static str,
    pub(super) query: Option<Make>,
    pub(super) body: Option<Make>,
    pub(super) answer: Answer,
    /// Fields of the request that must be there, where the type is read leniently so that all that is wrong is said at once.
    pub(super) must: &'static [&'static str],
}

fn make<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// Whose counts an agent or a system asks for.
#[derive(JsonSchema, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "its fields are parameters of the document")]
struct ClaimCntQuery {
    mbr_no: Option<String>,
}

/// # Panics
/// When an operation is declared that nobody has described: a test of this crate finds it.
pub(super) fn described(operation: &Operation) -> Described {
    let found = DESCRIBED.iter().find(|(described, _)| *described == operation);
    let (_, describe) = found.unwrap_or_else(|| panic!("`{}` is not described", operation.id));
    describe()
}

type Line = (&'static Operation, fn() -> Described);

macro_rules! lines {
    ($($operation:path: $korean:literal, $english:literal, $query:expr, $body:expr, $answer:expr, $must:expr;)+) => {
        pub(super) const DESCRIBED: &[Line] = &[$((&$operation, || Described {
            korean: $korean, english: $english, query: $query, body: $body, answer: $answer, must: $must,
        })),+];
    };
}

lines! {
    member::WITHDRAWAL_MEMBER_ORDER_INFO:
        "탈퇴회원 주문정보 마스킹 처리", "masks the personal data of a member who leaves",
        None, Some(make::<WithdrawalMemberRequest>), Answer::Empty, &["mbrNo"];
    member::NON_MBR_ORD_PWD:
        "비회원 주문 비밀번호 찾기", "sends a temporary password to the phone of a guest's order",
        None, Some(make::<IsNonMemberOrderRequest>), Answer::Empty, &["ordNo", "ordManNm", "umemCellSctNo", "umemCellTxnoNo", "umemCellEndNo"];
    member::GET_ORD_TOT_AMT:
        "기간별구매금액조회", "what a member's orders of a period come to",
        None, Some(make::<MemberOrderAmtRequest>), Answer::Bare(make::<OrderAmtInfoResponse>), &["mbrNo", "buyStrDtm", "buyEndDtm"];
    member::GET_ORD_CLAIM_CNT:
        "주문/배송 클레임 건수 조회", "how many orders and claims are under way",
        Some(make::<ClaimCntQuery>), Some(make::<OrderClaimCountRequest>), Answer::Bare(make::<OrderClaimCountInfo>), &["reqGubun"];
    member::NON_MBR_LOGIN:
        "비회원 로그인", "a token for one guest order, good for 30 minutes",
        None, Some(make::<NonMemberLoginRequest>), Answer::Envelope(make::<NonMemberLoginResponse>), &["ordNo", "ordPwd"];
    member::ORDERS:
        "주문 수신", "takes orders in, all or none",
        None, Some(make::<OrderIntakeRequest>), Answer::Envelope(make::<OrderIntakeAnswer>), &[];
    member::ORDER_STATUS:
        "주문상태 변경", "moves order lines forward",
        None, Some(make::<OrderStatusRequest>), Answer::Envelope(make::<()>), &[];
    member::NOTIFICATIONS:
        "알림함 조회", "a member's notifications",
        Some(make::<PageQuery>), None, Answer::Envelope(make::<NotificationList>), &[];
    inquiry::GET_NOT_COMPLETED_INQUIRY_COUNT:
        "진행중인 상담 건수 조회", "how many inquiries are not answered yet",
        Some(make::<InquiryCountQuery>), None, Answer::Envelope(make::<InquiryCountResponse>), &["mbrNo"];
    inquiry::GET_INQUIRY_COUNT:
        "1:1문의 건수 조회", "how many inquiries there are",
        Some(make::<InquiryCountQuery>), None, Answer::Envelope(make::<InquiryCountResponse>), &["mbrNo"];
    inquiry::GET_QUESTION:
        "1:1문의 목록 조회", "a member's inquiries, newest first",
        Some(make::<QuestionListQuery>), None, Answer::Envelope(make::<QuestionList>), &[];
    inquiry::GET_QUESTION_INIT:
        "1:1문의 작성 초기정보 조회", "what a form for an inquiry needs",
        None, None, Answer::Envelope(make::<QuestionInit>), &[];
    inquiry::GET_QUESTION_DTL:
        "1:1문의 상세 조회", "one inquiry with its files and its answer",
        Some(make::<QuestionDetailQuery>), None, Answer::Envelope(make::<QuestionDetail>), &["ccnNo"];
    inquiry::SEARCH_GOODS:
        "문의 상품 검색", "goods an inquiry may be about",
        None, Some(make::<SearchGoodsRequest>), Answer::Envelope(make::<GoodsChoiceList>), &[];
    inquiry::GET_ORDER_CLAIM_GOODS_LIST:
        "문의 주문상품 조회", "ordered goods an inquiry may be about",
        None, Some(make::<OrderedGoodsRequest>), Answer::Envelope(make::<OrderedGoodsList>), &[];
    inquiry::QUESTION_SAVE:
        "1:1문의 등록", "writes an inquiry; answers its number",
        None, Some(make::<QuestionRequest>), Answer::Envelope(make::<String>), &["cnslTypNo", "title", "accpCont"];
    inquiry::QUESTION_MOD_PUT:
        "1:1문의 수정", "edits an inquiry that nobody works on yet",
        None, Some(make::<QuestionRequest>), Answer::Envelope(make::<String>), &["cnslTypNo", "title", "accpCont"];
    inquiry::QUESTION_MOD_POST:
        "1:1문의 수정 (POST)", "the same for clients that can't PUT multipart",
        None, Some(make::<QuestionRequest>), Answer::Envelope(make::<String>), &["cnslTypNo", "title", "accpCont"];
    inquiry::QUESTION_DEL_DELETE:
        "1:1문의 삭제", "deletes an inquiry that nobody works on yet",
        Some(make::<CcnNoRequest>), Some(make::<CcnNoRequest>), Answer::Envelope(make::<String>), &[];
    inquiry::QUESTION_DEL_POST:
        "1:1문의 삭제 (POST)", "the same for clients that can't DELETE",
        Some(make::<CcnNoRequest>), Some(make::<CcnNoRequest>), Answer::Envelope(make::<String>), &[];
    inquiry::FILES:
        "첨부파일 조회", "the bytes of an attachment",
        None, None, Answer::File, &[];
    inquiry::TRANSFER_QNA_SAVE:
        "상품 Q&A 이관 등록", "takes over a question of the shop's product Q&A",
        None, Some(make::<QnaInfo>), Answer::Envelope(make::<String>), &["mbrNo"];
    inquiry::GET_INTEGRATED_COUNSEL_LIST:
        "통합상담 목록 조회", "the desk's list",
        Some(make::<CounselListQuery>), None, Answer::Bare(make::<BackOfficeList<CounselRow>>), &[];
    inquiry::GET_INTEGRATED_COUNSEL_DETAIL:
        "통합상담 상세 조회", "one inquiry with its history",
        Some(make::<CounselDetailQuery>), None, Answer::Envelope(make::<CounselDetail>), &["ccnNo"];
    inquiry::START_PROCESS:
        "상담 처리 시작", "an agent takes an inquiry on",
        None, Some(make::<StartProcessRequest>), Answer::Envelope(make::<CounselState>), &["ccnNo"];
    inquiry::RELEASE_PROCESS:
        "상담 처리 해제", "an agent gives an inquiry back",
        None, Some(make::<ReleaseProcessRequest>), Answer::Envelope(make::<CounselState>), &["ccnNo"];
    inquiry::SAVE_ANSWER:
        "상담 답변 등록", "answers an inquiry",
        None, Some(make::<SaveAnswerRequest>), Answer::Envelope(make::<CounselState>), &["ccnNo", "ansCont"];
    inquiry::ASSIGN:
        "상담 배정", "gives an inquiry to an agent",
        None, Some(make::<AssignRequest>), Answer::Envelope(make::<CounselState>), &["ccnNo", "procUserId"];
    inquiry::GET_ACCESS_RECORD_LIST:
        "개인정보 접속기록 조회", "who looked at whose data",
        Some(make::<AccessRecordQuery>), None, Answer::Bare(make::<BackOfficeList<AccessRecordRow>>), &[];
    inquiry::GET_COUNSEL_TEMPLATE_LIST:
        "답변 템플릿 목록 조회", "templates of answers",
        Some(make::<TemplateListQuery>), None, Answer::Bare(make::<BackOfficeList<TemplateDetail>>), &[];
    inquiry::GET_COUNSEL_TEMPLATE_DETAIL:
        "답변 템플릿 상세 조회", "one template",
        Some(make::<TemplateDetailQuery>), None, Answer::Envelope(make::<TemplateDetail>), &["tmplNo"];
    inquiry::SAVE_COUNSEL_TEMPLATE:
        "답변 템플릿 저장", "writes a template; answers its number",
        None, Some(make::<SaveTemplateRequest>), Answer::Envelope(make::<String>), &["tmplNm", "tmplCont", "cmnYn"];
    inquiry::DELETE_COUNSEL_TEMPLATE:
        "답변 템플릿 삭제", "deletes a template",
        None, Some(make::<DeleteTemplateRequest>), Answer::Envelope(make::<String>), &["tmplNo"];
    inquiry::GET_COUNSEL_TYPE_LIST:
        "상담유형 목록 조회", "the types of inquiries",
        None, None, Answer::Bare(make::<BackOfficeList<CounselTypeRow>>), &[];
    inquiry::SAVE_COUNSEL_TYPE:
        "상담유형 저장", "writes a type; answers its number",
        None, Some(make::<SaveCounselTypeRequest>), Answer::Envelope(make::<String>), &["cnslTypNm"];
    promotion::PROMOTION_ACCUMULATION:
        "프로모션 적립정보 조회", "what a basket or an order earns",
        None, Some(make::<AccmRequest>), Answer::Bare(make::<AccmResponse>), &[];
    promotion::PUT_ACCUMULATION_POLICIES:
        "적립정책 등록", "puts a site's accumulation policy",
        None, Some(make::<AccumulationPolicy>), Answer::Envelope(make::<AccumulationPolicyAnswer>), &[];
    promotion::GET_ACCUMULATION_POLICIES:
        "적립정책 조회", "a site's accumulation policy",
        Some(make::<AccumulationPolicyQuery>), None, Answer::Envelope(make::<AccumulationPolicy>), &[];
    promotion::POST_COUPONS:
        "쿠폰 발급 등록", "issues coupons, all or none",
        None, Some(make::<CouponIssueRequest>), Answer::Envelope(make::<CouponIssueAnswer>), &[];
    promotion::GET_COUPONS:
        "보유 쿠폰 조회", "a member's coupons",
        Some(make::<MemberQuery>), None, Answer::Envelope(make::<CouponList>), &[];
    promotion::MILEAGE:
        "마일리지 조회", "a member's mileage and its movements",
        Some(make::<MemberQuery>), None, Answer::Envelope(make::<MileageBook>), &[];
    claim::CANCEL_POPUP_FO:
        "주문취소 팝업 조회", "what of an order can be cancelled",
        None, Some(make::<ClaimTargetRequest>), Answer::Bare(make::<ClaimTarget>), &["ordNo"];
    claim::CLAIM_CALCULATE_COST_FO:
        "클레임 비용 계산", "what a cancel would come to; changes nothing",
        None, Some(make::<ClaimRequest>), Answer::Bare(make::<ClaimCost>), &["ordNo", "claimRsnCd", "claimGoodsList"];
    claim::CANCEL_FO:
        "주문취소", "cancels, and gives the money back",
        None, Some(make::<CancelOrderRequest>), Answer::Envelope(make::<CancelOrderAnswer>), &["ordNo", "claimRsnCd", "claimGoodsList"];
    claim::CLAIM_DETAILS_INFO_FO:
        "클레임 상세 조회", "one claim with its steps and refunds",
        None, Some(make::<ClaimDetailsRequest>), Answer::Bare(make::<ClaimDetails>), &["ordNo", "claimNo"];
    claim::ORD_CHANGE_FO:
        "옵션변경", "changes the item of an order line",
        None, Some(make::<OptionChangeRequest>), Answer::Envelope(make::<OptionChangeAnswer>), &["ordNo", "ordSeq", "goodsNo", "itmNo"];
    claim::ORD_DLVP_PCCC_CHANGE_FO:
        "개인통관고유부호 변경", "changes the customs number of a delivery address",
        None, Some(make::<CustomsCodeRequest>), Answer::Empty, &["ordNo", "dlvpSeq", "persCstmCd"];
    claim::CLAIMS:
        "클레임 수신", "takes in claims of another system",
        None, Some(make::<ClaimIntakeRequest>), Answer::Envelope(make::<ClaimIntakeAnswer>), &[];
    claim::OTHER_ITMS:
        "다른 단품 조회", "every item of the goods named",
        None, Some(make::<Vec<OtherItemsRequest>>), Answer::Bare(make::<Vec<OtherItems>>), &[];
    claim::GOODS:
        "상품 수신", "takes in goods and their stock",
        None, Some(make::<GoodsRequest>), Answer::Envelope(make::<GoodsAnswer>), &[];
    claim::SSG_INQUIRY:
        "SSG 주문취소 조회", "a vendor's cancelled orders",
        None, Some(make::<VendorInquiryDocument>), Answer::Bare(make::<VendorInquiryAnswer>), &[];
}
