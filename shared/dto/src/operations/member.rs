//! member-service: orders as the member sees them, guest passwords, notifications.

use super::{Access, BULK_LIMIT, BodyKind, JSON_LIMIT, Method, NO_BODY, Operation, Prefix, Role, Upstream};

const MEMBER_AND_STAFF: Access = Access::Roles(&[Role::Member, Role::Agent, Role::Service]);

/// 탈퇴회원 주문정보 마스킹 처리
pub const WITHDRAWAL_MEMBER_ORDER_INFO: Operation = Operation {
    id: "withdrawalMemberOrderInfo",
    method: Method::Post,
    path: "/v1/member/withdrawalMemberOrderInfo",
    upstream: Upstream::Member,
    access: MEMBER_AND_STAFF,
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: true,
};

/// 비회원 주문 비밀번호 찾기
pub const NON_MBR_ORD_PWD: Operation = Operation {
    id: "getNonMbrOrdPwd",
    method: Method::Post,
    path: "/v1/member/nonMbrOrdPwd",
    upstream: Upstream::Member,
    access: Access::Public,
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};

/// 기간별구매금액조회
pub const GET_ORD_TOT_AMT: Operation = Operation {
    id: "getMemberOrderTotalAmt",
    method: Method::Post,
    path: "/v1/member/getOrdTotAmt",
    upstream: Upstream::Member,
    access: MEMBER_AND_STAFF,
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};

/// 주문/배송 클레임 건수 조회
pub const GET_ORD_CLAIM_CNT: Operation = Operation {
    id: "getMemberOrderClaimCnt",
    method: Method::Post,
    path: "/v1/member/getOrdClaimCnt",
    upstream: Upstream::Member,
    access: MEMBER_AND_STAFF,
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};

/// 비회원 로그인
pub const NON_MBR_LOGIN: Operation = Operation {
    id: "nonMbrLogin",
    method: Method::Post,
    path: "/v1/member/nonMbrLogin",
    upstream: Upstream::Member,
    access: Access::Public,
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};

/// 주문 수신
pub const ORDERS: Operation = Operation {
    id: "orders",
    method: Method::Post,
    path: "/v1/order/orders",
    upstream: Upstream::Member,
    access: Access::Roles(&[Role::Service]),
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: BULK_LIMIT,
    idempotent_key: true,
};

/// 주문상태 변경
pub const ORDER_STATUS: Operation = Operation {
    id: "status",
    method: Method::Post,
    path: "/v1/order/orders/{ordNo}/status",
    upstream: Upstream::Member,
    access: Access::Roles(&[Role::Service]),
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: true,
};

/// 알림함 조회
pub const NOTIFICATIONS: Operation = Operation {
    id: "notifications",
    method: Method::Get,
    path: "/v1/member/notifications",
    upstream: Upstream::Member,
    access: Access::Roles(&[Role::Member]),
    prefix: Prefix::Order,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 주문 스냅샷: claim-service pins an order before it computes.
pub const INTERNAL_ORDER: Operation = Operation {
    id: "internalOrder",
    method: Method::Get,
    path: "/internal/orders/{ordNo}",
    upstream: Upstream::Member,
    access: Access::Internal,
    prefix: Prefix::Bare,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 알림 발송 요청: every service notifies through here, once per key in the body.
pub const INTERNAL_NOTIFICATIONS: Operation = Operation {
    id: "internalNotifications",
    method: Method::Post,
    path: "/internal/notifications",
    upstream: Upstream::Member,
    access: Access::Internal,
    prefix: Prefix::Bare,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};

/// 회원 주문상품 조회: cs-inquiry-service shows a member its ordered lines.
pub const INTERNAL_MEMBER_ORDER_LINES: Operation = Operation {
    id: "internalMemberOrderLines",
    method: Method::Get,
    path: "/internal/members/{mbrNo}/orderLines",
    upstream: Upstream::Member,
    access: Access::Internal,
    prefix: Prefix::Bare,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 주문 소유 확인: whether an order is a member's, before an inquiry about it is taken.
pub const INTERNAL_ORDER_OWNERSHIP: Operation = Operation {
    id: "internalOrderOwnership",
    method: Method::Get,
    path: "/internal/orders/{ordNo}/ownership",
    upstream: Upstream::Member,
    access: Access::Internal,
    prefix: Prefix::Bare,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 클레임 반영: the order takes a claim's units out, unless it has gone on.
pub const INTERNAL_ORDER_CLAIMS: Operation = Operation {
    id: "internalOrderClaims",
    method: Method::Post,
    path: "/internal/orders/{ordNo}/claims",
    upstream: Upstream::Member,
    access: Access::Internal,
    prefix: Prefix::Bare,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};

/// 옵션변경 반영
pub const INTERNAL_ORDER_OPTIONS: Operation = Operation {
    id: "internalOrderOptions",
    method: Method::Post,
    path: "/internal/orders/{ordNo}/options",
    upstream: Upstream::Member,
    access: Access::Internal,
    prefix: Prefix::Bare,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};

/// 개인통관고유부호 반영
pub const INTERNAL_ORDER_CUSTOMS_CODES: Operation = Operation {
    id: "internalOrderCustomsCodes",
    method: Method::Post,
    path: "/internal/orders/{ordNo}/customsCodes",
    upstream: Upstream::Member,
    access: Access::Internal,
    prefix: Prefix::Bare,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};

/// 주문자명 조회: for the vendors' view of cancels.
pub const INTERNAL_ORDERER_NAMES: Operation = Operation {
    id: "internalOrdererNames",
    method: Method::Post,
    path: "/internal/ordererNames",
    upstream: Upstream::Member,
    access: Access::Internal,
    prefix: Prefix::Bare,
    body: BodyKind::Json,
    body_limit: JSON_LIMIT,
    idempotent_key: false,
};
