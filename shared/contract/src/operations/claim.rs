//! claim-service: cancels and option changes, returns and exchanges, goods and stock, the vendors' view.

use dto::bounded::{AtMost, MOST_ASKED_GOODS};
use dto::claim::{
    CancelOrderRequest, ClaimAccountRequest, ClaimApprovalRequest, ClaimCost, ClaimCountAnswer,
    ClaimCountQuery, ClaimDetails, ClaimDetailsRequest, ClaimIntakeAnswer, ClaimIntakeRequest, ClaimList,
    ClaimListQuery, ClaimListRequest, ClaimOrderAnswer, ClaimRejectionRequest, ClaimRequest,
    ClaimRetryAnswer, ClaimRetryRequest, ClaimStanding, ClaimTarget, ClaimTargetRequest,
    ClaimWithdrawalRequest, CollectionInvoiceRequest, CollectionStatusAnswer, CollectionStatusRequest,
    CollectionTarget, ConversionRequest, CustomsCodeRequest, ExchangeDeliveryRequest, ExchangeItemRequest,
    ExchangeOrderRequest, ExchangeTargetRequest, ExchangeWithdrawalRequest, InspectionAnswer,
    InspectionRequest, ManagedClaimCount, ManagedClaimCountQuery, ManagedClaimDetails, ManagedClaimListQuery,
    ManagedClaimQuery, ManagedClaimRow, OptionChangeAnswer, OptionChangeRequest, ReturnOrderRequest,
    SettlementAnswer, SettlementRequests,
};
use dto::goods::{GoodsAnswer, GoodsRequest, OtherItems, OtherItemsRequest};
use dto::inquiry::BackOfficeList;
use dto::internal::{GoodsSearchAnswer, GoodsSearchQuery, MemberWithdrawal};
use dto::vendor_inquiry::{
    VendorExchangeAnswer, VendorExchangeDocument, VendorInquiryAnswer, VendorInquiryDocument,
};

use super::{Access, Answer, Body, Method, Prefix, Role, Shape, Shows, Upstream};

const CUSTOMER_AND_AGENT: Access = Access::Roles(&[Role::Member, Role::Guest, Role::Agent]);

operations! {
    Some(Upstream::Claim);

    CANCEL_POPUP_FO {
        id: "cancelPopupFO",
        korean: "주문취소 팝업 조회",
        english: "what of an order can be cancelled",
        method: Method::Post,
        path: "/v1/claim/orderCancel/cancelPopupFO",
        access: CUSTOMER_AND_AGENT,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<ClaimTargetRequest>()),
        must: &["ordNo"],
        answer: Answer::Bare(Shape::of::<ClaimTarget>()),
        shows: Shows::One,
        idempotent_key: false,
    }

    CLAIM_CALCULATE_COST_FO {
        id: "claimCalculateCostFO",
        korean: "클레임 비용 계산",
        english: "what a claim would come to; changes nothing",
        method: Method::Post,
        path: "/v1/claim/common/claimCalculateCostFO",
        access: CUSTOMER_AND_AGENT,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<ClaimRequest>()),
        must: &["ordNo", "claimRsnCd", "claimGoodsList"],
        answer: Answer::Bare(Shape::of::<ClaimCost>()),
        shows: Shows::One,
        idempotent_key: false,
    }

    CANCEL_FO {
        id: "cancelFO",
        korean: "주문취소",
        english: "cancels, and gives the money back",
        method: Method::Post,
        path: "/v1/claim/orderCancel/cancelFO",
        access: CUSTOMER_AND_AGENT,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<CancelOrderRequest>()),
        must: &["ordNo", "claimRsnCd", "claimGoodsList"],
        answer: Answer::Envelope(Shape::of::<ClaimOrderAnswer>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    RETURN_FO {
        id: "returnFO",
        korean: "반품 신청",
        english: "asks to send goods back",
        method: Method::Post,
        path: "/v1/claim/return/returnFO",
        access: CUSTOMER_AND_AGENT,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<ReturnOrderRequest>()),
        must: &["ordNo", "claimRsnCd", "claimGoodsList"],
        answer: Answer::Envelope(Shape::of::<ClaimOrderAnswer>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    EXCHANGE_FO {
        id: "exchangeFO",
        korean: "교환 신청",
        english: "asks for another item of the same goods",
        method: Method::Post,
        path: "/v1/claim/exchange/exchangeFO",
        access: CUSTOMER_AND_AGENT,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<ExchangeOrderRequest>()),
        must: &["ordNo", "claimRsnCd", "claimGoodsList"],
        answer: Answer::Envelope(Shape::of::<ClaimOrderAnswer>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    WITHDRAWAL_RETURN_FO {
        id: "withdrawalReturnFO",
        korean: "반품 철회",
        english: "takes a return back before its goods are on their way",
        method: Method::Post,
        path: "/v1/claim/return/withdrawalReturnFO",
        access: CUSTOMER_AND_AGENT,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<ClaimWithdrawalRequest>()),
        must: &["ordNo", "claimNo"],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    WITHDRAWAL_EXCHANGE_FO {
        id: "withdrawalExchangeFO",
        korean: "교환 철회",
        english: "takes an exchange back before its goods are on their way",
        method: Method::Post,
        path: "/v1/claim/exchange/withdrawalExchangeFO",
        access: CUSTOMER_AND_AGENT,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<ClaimWithdrawalRequest>()),
        must: &["ordNo", "claimNo"],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    WITHDRAWAL_EXCHANGE {
        id: "withdrawalExchange",
        korean: "교환 철회·보류",
        english: "takes an exchange back, or with a cause puts its goods on hold",
        method: Method::Post,
        path: "/v1/claim/exchange/withdrawalExchange",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<ExchangeWithdrawalRequest>()),
        must: &["systemType", "claimBusinessType", "ordMediaCd", "ordNo", "claimNo"],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    APPROVE_CLAIM {
        id: "approveClaim",
        korean: "접수승인",
        english: "has the goods of a return or an exchange collected",
        method: Method::Post,
        path: "/v1/claim/claimMgmt/approveClaim",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<ClaimApprovalRequest>()),
        must: &["ordNo", "claimNo"],
        answer: Answer::Envelope(Shape::of::<ClaimStanding>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    REJECT_CLAIM {
        id: "rejectClaim",
        korean: "반려",
        english: "refuses a return or an exchange, or goods that have come back",
        method: Method::Post,
        path: "/v1/claim/claimMgmt/rejectClaim",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<ClaimRejectionRequest>()),
        must: &["ordNo", "claimNo", "rjtRsnCd"],
        answer: Answer::Envelope(Shape::of::<ClaimStanding>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    SAVE_WITHDRAW_STAT_UPDATE_PROCESS {
        id: "saveWithdrawStatUpdateProcess",
        korean: "회수 진행상태 수정",
        english: "says where the goods of returns and exchanges are",
        method: Method::Post,
        path: "/v1/delivery/withdrawProcess/saveWithdrawStatUpdateProcess",
        access: Access::Roles(&[Role::Agent, Role::Service]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<CollectionStatusRequest>()),
        must: &["ordDtlStatCd", "updateTargetOrdDtlStatCd", "withdrawStatUpdateSaveInfoList"],
        answer: Answer::Envelope(Shape::of::<CollectionStatusAnswer>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    SAVE_WTHD_INV_FO {
        id: "saveWthdInvFO",
        korean: "회수송장 등록",
        english: "says by which parcel the customer sends the goods back",
        method: Method::Post,
        path: "/v1/claim/common/saveWthdInvFO",
        access: CUSTOMER_AND_AGENT,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<CollectionInvoiceRequest>()),
        must: &["ordNo", "claimNo", "hdcCd", "invNo"],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    SAVE_RFD_ACCT_FO {
        id: "saveRfdAcctFO",
        korean: "환불계좌 등록",
        english: "says where the money of a return goes that can't go back the way it came",
        method: Method::Post,
        path: "/v1/claim/common/saveRfdAcctFO",
        access: CUSTOMER_AND_AGENT,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<ClaimAccountRequest>()),
        must: &["ordNo", "claimNo", "rfdAcct"],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    SAVE_REFUND_BUNDLE_APPRO_MGMT {
        id: "saveRefundBundleApproMgmt",
        korean: "환불승인",
        english: "settles returns, and gives the money back",
        method: Method::Post,
        path: "/v1/payment/saveRefundBundleApproMgmt",
        access: Access::Roles(&[Role::Agent, Role::Service]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<SettlementRequests>()),
        must: &[],
        answer: Answer::Envelope(Shape::of::<SettlementAnswer>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    SAVE_INSPECT_RSLT {
        id: "saveInspectRslt",
        korean: "검수결과 저장",
        english: "records what was found of goods that came back",
        method: Method::Post,
        path: "/v1/claim/claimMgmt/saveInspectRslt",
        access: Access::Roles(&[Role::Agent, Role::Service]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<InspectionRequest>()),
        must: &["ordNo", "claimNo", "insptList"],
        answer: Answer::Envelope(Shape::of::<InspectionAnswer>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    SAVE_EXCHANGE_DELI_STAT {
        id: "saveExchangeDeliStat",
        korean: "교환배송상태 저장",
        english: "says that goods in exchange have left, or arrived",
        method: Method::Post,
        path: "/v1/claim/claimMgmt/saveExchangeDeliStat",
        access: Access::Roles(&[Role::Agent, Role::Service]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<ExchangeDeliveryRequest>()),
        must: &["ordNo", "claimNo", "ordDtlStatCd", "dtm"],
        answer: Answer::Envelope(Shape::of::<ClaimStanding>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    CONVERT_EXCHANGE_TO_RETURN {
        id: "convertExchangeToReturn",
        korean: "교환 반품전환",
        english: "ends an exchange and goes on with a return of the same goods",
        method: Method::Post,
        path: "/v1/claim/claimMgmt/convertExchangeToReturn",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<ConversionRequest>()),
        must: &["ordNo", "claimNo"],
        answer: Answer::Envelope(Shape::of::<ClaimStanding>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    IS_EXISTS_EXCHANGE_GOODS_ITM {
        id: "isExistsExchangeGoodsItm",
        korean: "교환단품 확인",
        english: "whether items could go out in exchange; changes nothing",
        method: Method::Post,
        path: "/v1/claim/exchange/isExistsExchangeGoodsItm",
        access: CUSTOMER_AND_AGENT,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<AtMost<MOST_ASKED_GOODS, ExchangeItemRequest>>()),
        must: &[],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    CLAIM_DETAILS_INFO_FO {
        id: "claimDetailsInfoFO",
        korean: "클레임 상세 조회",
        english: "one claim with its steps and refunds",
        method: Method::Post,
        path: "/v1/claim/common/claimDetailsInfoFO",
        access: CUSTOMER_AND_AGENT,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<ClaimDetailsRequest>()),
        must: &["ordNo", "claimNo"],
        answer: Answer::Bare(Shape::of::<ClaimDetails>()),
        shows: Shows::One,
        idempotent_key: false,
    }

    GET_RETURN_TARGET_INFO_FO {
        id: "getReturnTargetInfoFO",
        korean: "반품대상 조회",
        english: "what of an order can be sent back",
        method: Method::Post,
        path: "/v1/claim/return/getReturnTargetInfoFO",
        access: CUSTOMER_AND_AGENT,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<ClaimTargetRequest>()),
        must: &["ordNo"],
        answer: Answer::Bare(Shape::of::<CollectionTarget>()),
        shows: Shows::One,
        idempotent_key: false,
    }

    GET_EXCHAGE_TARGET_INFO_FO {
        id: "getExchageTargetInfoFO",
        korean: "교환대상 조회",
        english: "what of an order can be exchanged",
        method: Method::Post,
        path: "/v1/claim/exchange/getExchageTargetInfoFO",
        access: CUSTOMER_AND_AGENT,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<ExchangeTargetRequest>()),
        must: &["ordNo"],
        answer: Answer::Bare(Shape::of::<CollectionTarget>()),
        shows: Shows::One,
        idempotent_key: false,
    }

    GET_CLAIM_LIST_FO {
        id: "getClaimListFO",
        korean: "클레임 목록 조회",
        english: "claims of a member or of a guest's order, newest first",
        method: Method::Post,
        path: "/v1/claim/common/getClaimListFO",
        access: CUSTOMER_AND_AGENT,
        prefix: Prefix::Order,
        query: Some(Shape::of::<ClaimListQuery>()),
        body: Body::Json(Shape::of::<ClaimListRequest>()),
        must: &[],
        answer: Answer::Envelope(Shape::of::<ClaimList>()),
        shows: Shows::Any,
        idempotent_key: false,
    }

    GET_CLAIM_LIST {
        id: "getClaimList",
        korean: "클레임 관리 목록 조회",
        english: "claims as agents look for them, newest first",
        method: Method::Get,
        path: "/v1/claim/claimMgmt/getClaimList",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::Order,
        query: Some(Shape::of::<ManagedClaimListQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Bare(Shape::of::<BackOfficeList<ManagedClaimRow>>()),
        shows: Shows::Any,
        idempotent_key: false,
    }

    GET_CLAIM_COUNT {
        id: "getClaimCount",
        korean: "클레임 현황 조회",
        english: "how many claims stand where, and what of them is stuck",
        method: Method::Get,
        path: "/v1/claim/claimMgmt/getClaimCount",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::Order,
        query: Some(Shape::of::<ManagedClaimCountQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Envelope(Shape::of::<ManagedClaimCount>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    GET_CLAIM_DETAIL {
        id: "getClaimDetail",
        korean: "클레임 관리 상세 조회",
        english: "one claim with its effects, its ledger and who did what",
        method: Method::Get,
        path: "/v1/claim/claimMgmt/getClaimDetail",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::Order,
        query: Some(Shape::of::<ManagedClaimQuery>()),
        body: Body::None,
        must: &["claimNo"],
        answer: Answer::Envelope(Shape::of::<ManagedClaimDetails>()),
        shows: Shows::One,
        idempotent_key: false,
    }

    RETRY_CLAIM {
        id: "retryClaim",
        korean: "클레임 재시도",
        english: "asks at once for everything of a claim that is not done",
        method: Method::Post,
        path: "/v1/claim/claimMgmt/retryClaim",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<ClaimRetryRequest>()),
        must: &["claimNo"],
        answer: Answer::Envelope(Shape::of::<ClaimRetryAnswer>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    ORD_CHANGE_FO {
        id: "ordChangeFO",
        korean: "옵션변경",
        english: "changes the item of an order line",
        method: Method::Post,
        path: "/v1/claim/orderChange/ordChangeFO",
        access: CUSTOMER_AND_AGENT,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<OptionChangeRequest>()),
        must: &["ordNo", "ordSeq", "goodsNo", "itmNo"],
        answer: Answer::Envelope(Shape::of::<OptionChangeAnswer>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    ORD_DLVP_PCCC_CHANGE_FO {
        id: "ordDlvpPcccChangeFo",
        korean: "개인통관고유부호 변경",
        english: "changes the customs number of a delivery address",
        method: Method::Post,
        path: "/v1/claim/orderChange/ordDlvpPcccChangeFo",
        access: CUSTOMER_AND_AGENT,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<CustomsCodeRequest>()),
        must: &["ordNo", "dlvpSeq", "persCstmCd"],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    CLAIMS {
        id: "claims",
        korean: "클레임 수신",
        english: "takes in claims of another system",
        method: Method::Post,
        path: "/v1/claim/claims",
        access: Access::Roles(&[Role::Service]),
        prefix: Prefix::Order,
        query: None,
        body: Body::BulkJson(Shape::of::<ClaimIntakeRequest>()),
        must: &[],
        answer: Answer::Envelope(Shape::of::<ClaimIntakeAnswer>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    OTHER_ITMS {
        id: "otherItms",
        korean: "다른 단품 조회",
        english: "every item of the goods named",
        method: Method::Post,
        path: "/v1/detail/otherItms",
        access: Access::Public,
        prefix: Prefix::Goods,
        query: None,
        body: Body::Json(Shape::of::<AtMost<MOST_ASKED_GOODS, OtherItemsRequest>>()),
        must: &[],
        answer: Answer::Bare(Shape::of::<Vec<OtherItems>>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    GOODS {
        id: "goods",
        korean: "상품 수신",
        english: "takes in goods and their stock",
        method: Method::Put,
        path: "/v1/goods/goods",
        access: Access::Roles(&[Role::Service]),
        prefix: Prefix::Goods,
        query: None,
        body: Body::BulkJson(Shape::of::<GoodsRequest>()),
        must: &[],
        answer: Answer::Envelope(Shape::of::<GoodsAnswer>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    SSG_INQUIRY {
        id: "ssgCancelInquiry",
        korean: "SSG 주문취소 조회",
        english: "a vendor's cancelled orders",
        method: Method::Post,
        path: "/api/clm/cncl/ord/inquiry.ssg",
        access: Access::VendorKey,
        prefix: Prefix::Bare,
        query: None,
        body: Body::JsonOrXml(Shape::of::<VendorInquiryDocument>()),
        must: &[],
        answer: Answer::Bare(Shape::of::<VendorInquiryAnswer>()),
        shows: Shows::Any,
        idempotent_key: false,
    }

    SSG_EXCHANGE_TARGET {
        id: "ssgExchangeTarget",
        korean: "SSG 반품·교환 회수대상 조회",
        english: "a vendor's goods that come back: returns and exchanges",
        method: Method::Post,
        path: "/api/pd/1/listExchangeTarget.ssg",
        access: Access::VendorKey,
        prefix: Prefix::Bare,
        query: None,
        body: Body::JsonOrXml(Shape::of::<VendorExchangeDocument>()),
        must: &[],
        answer: Answer::Bare(Shape::of::<VendorExchangeAnswer>()),
        shows: Shows::Any,
        idempotent_key: false,
    }

    INTERNAL_CLAIMS_COUNT {
        id: "internalClaimsCount",
        korean: "클레임 건수 조회",
        english: "claims for the counts member-service shows",
        method: Method::Get,
        path: "/internal/claims/count",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: Some(Shape::internal::<ClaimCountQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Bare(Shape::internal::<ClaimCountAnswer>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_MEMBERS_WITHDRAWAL {
        id: "internalClaimMembersWithdrawal",
        korean: "회원 탈퇴 전달",
        english: "masks refund accounts and addresses; a repeat changes nothing",
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

    INTERNAL_GOODS_SEARCH {
        id: "internalGoodsSearch",
        korean: "상품 조회",
        english: "goods a member may choose as those an inquiry is about",
        method: Method::Get,
        path: "/internal/goods",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: Some(Shape::internal::<GoodsSearchQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Bare(Shape::internal::<GoodsSearchAnswer>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }
}
