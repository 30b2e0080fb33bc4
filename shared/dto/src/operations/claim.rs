//! claim-service: cancels and option changes, goods and stock, the vendors' view.

use super::{Access, BULK_LIMIT, BodyKind, JSON_LIMIT, Method, NO_BODY, Operation, Prefix, Role, Upstream};

const CUSTOMER_AND_AGENT: Access = Access::Roles(&[Role::Member, Role::Guest, Role::Agent]);

/// 주문취소 팝업 조회
pub const CANCEL_POPUP_FO: Operation = Operation {
    id: "cancelPopupFO",
    method: Method::Post,
    path: "/v1/claim/orderCancel/cancelPopupFO",
    upstream: Upstream::Claim,
    access: CUSTOMER_AND_AGENT,
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};

/// 클레임 비용 계산
pub const CLAIM_CALCULATE_COST_FO: Operation = Operation {
    id: "claimCalculateCostFO",
    method: Method::Post,
    path: "/v1/claim/common/claimCalculateCostFO",
    upstream: Upstream::Claim,
    access: CUSTOMER_AND_AGENT,
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};

/// 주문취소
pub const CANCEL_FO: Operation = Operation {
    id: "cancelFO",
    method: Method::Post,
    path: "/v1/claim/orderCancel/cancelFO",
    upstream: Upstream::Claim,
    access: CUSTOMER_AND_AGENT,
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: true,
};

/// 클레임 상세 조회
pub const CLAIM_DETAILS_INFO_FO: Operation = Operation {
    id: "claimDetailsInfoFO",
    method: Method::Post,
    path: "/v1/claim/common/claimDetailsInfoFO",
    upstream: Upstream::Claim,
    access: CUSTOMER_AND_AGENT,
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};

/// 옵션변경
pub const ORD_CHANGE_FO: Operation = Operation {
    id: "ordChangeFO",
    method: Method::Post,
    path: "/v1/claim/orderChange/ordChangeFO",
    upstream: Upstream::Claim,
    access: CUSTOMER_AND_AGENT,
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: true,
};

/// 개인통관고유부호 변경
pub const ORD_DLVP_PCCC_CHANGE_FO: Operation = Operation {
    id: "ordDlvpPcccChangeFo",
    method: Method::Post,
    path: "/v1/claim/orderChange/ordDlvpPcccChangeFo",
    upstream: Upstream::Claim,
    access: CUSTOMER_AND_AGENT,
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: true,
};

/// 클레임 수신
pub const CLAIMS: Operation = Operation {
    id: "claims",
    method: Method::Post,
    path: "/v1/claim/claims",
    upstream: Upstream::Claim,
    access: Access::Roles(&[Role::Service]),
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: BULK_LIMIT,
    idempotent_key: true,
};

/// 다른 단품 조회
pub const OTHER_ITMS: Operation = Operation {
    id: "otherItms",
    method: Method::Post,
    path: "/v1/detail/otherItms",
    upstream: Upstream::Claim,
    access: Access::Public,
    prefix: Prefix::Goods,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};

/// 상품 수신
pub const GOODS: Operation = Operation {
    id: "goods",
    method: Method::Put,
    path: "/v1/goods/goods",
    upstream: Upstream::Claim,
    access: Access::Roles(&[Role::Service]),
    prefix: Prefix::Goods,
    body: BodyKind::Json,
    body_limit: BULK_LIMIT,
    idempotent_key: true,
};

/// SSG 주문취소 조회
pub const SSG_INQUIRY: Operation = Operation {
    id: "ssgCancelInquiry",
    method: Method::Post,
    path: "/api/clm/cncl/ord/inquiry.ssg",
    upstream: Upstream::Claim,
    access: Access::VendorKey,
    prefix: Prefix::Bare,
    body: BodyKind::JsonOrXml,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};

/// 클레임 건수 조회: for the counts member-service shows.
pub const INTERNAL_CLAIMS_COUNT: Operation = Operation {
    id: "internalClaimsCount",
    method: Method::Get,
    path: "/internal/claims/count",
    upstream: Upstream::Claim,
    access: Access::Internal,
    prefix: Prefix::Bare,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 회원 탈퇴 전달: masks refund accounts and addresses; a repeat changes nothing.
pub const INTERNAL_MEMBERS_WITHDRAWAL: Operation = Operation {
    id: "internalClaimMembersWithdrawal",
    method: Method::Post,
    path: "/internal/members/withdrawal",
    upstream: Upstream::Claim,
    access: Access::Internal,
    prefix: Prefix::Bare,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};

/// 상품 조회: cs-inquiry-service lets a member choose the goods an inquiry is about.
pub const INTERNAL_GOODS_SEARCH: Operation = Operation {
    id: "internalGoodsSearch",
    method: Method::Get,
    path: "/internal/goods",
    upstream: Upstream::Claim,
    access: Access::Internal,
    prefix: Prefix::Bare,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};
