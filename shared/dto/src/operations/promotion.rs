//! promotion-service: accumulation, coupons, mileage.

use super::{Access, BULK_LIMIT, BodyKind, Method, NO_BODY, Operation, Prefix, Role, Upstream};

const MEMBER_AND_STAFF: Access = Access::Roles(&[Role::Member, Role::Agent, Role::Service]);

/// 프로모션 적립정보 조회
pub const PROMOTION_ACCUMULATION: Operation = Operation {
    id: "getAccumulationInfo_1",
    method: Method::Post,
    path: "/v1/marketing/promotionAccumulation",
    upstream: Upstream::Promotion,
    access: MEMBER_AND_STAFF,
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: BULK_LIMIT,
    idempotent_key: false,
};

/// 적립정책 등록
pub const PUT_ACCUMULATION_POLICIES: Operation = Operation {
    id: "putAccumulationPolicies",
    method: Method::Put,
    path: "/v1/marketing/accumulationPolicies/{siteNo}",
    upstream: Upstream::Promotion,
    access: Access::Roles(&[Role::Service, Role::Admin]),
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: BULK_LIMIT,
    idempotent_key: true,
};

/// 적립정책 조회
pub const GET_ACCUMULATION_POLICIES: Operation = Operation {
    id: "getAccumulationPolicies",
    method: Method::Get,
    path: "/v1/marketing/accumulationPolicies/{siteNo}",
    upstream: Upstream::Promotion,
    access: Access::Roles(&[Role::Service, Role::Admin]),
    prefix: Prefix::Order,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 쿠폰 발급 등록
pub const POST_COUPONS: Operation = Operation {
    id: "postCoupons",
    method: Method::Post,
    path: "/v1/marketing/coupons",
    upstream: Upstream::Promotion,
    access: Access::Roles(&[Role::Service, Role::Admin]),
    prefix: Prefix::Order,
    body: BodyKind::Json,
    body_limit: BULK_LIMIT,
    idempotent_key: true,
};

/// 보유 쿠폰 조회
pub const GET_COUPONS: Operation = Operation {
    id: "getCoupons",
    method: Method::Get,
    path: "/v1/marketing/coupons",
    upstream: Upstream::Promotion,
    access: MEMBER_AND_STAFF,
    prefix: Prefix::Order,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 마일리지 조회
pub const MILEAGE: Operation = Operation {
    id: "mileage",
    method: Method::Get,
    path: "/v1/marketing/mileage",
    upstream: Upstream::Promotion,
    access: MEMBER_AND_STAFF,
    prefix: Prefix::Order,
    body: BodyKind::None,
    body_limit: NO_BODY,
    idempotent_key: false,
};

/// 주문 적립·사용 반영: an order's accumulation, mileage payment and coupons, taken once.
pub const INTERNAL_ORDERS: Operation = Operation {
    id: "internalOrders",
    method: Method::Post,
    path: "/internal/orders",
    upstream: Upstream::Promotion,
    access: Access::Internal,
    prefix: Prefix::Bare,
    body: BodyKind::Json,
    body_limit: BULK_LIMIT,
    idempotent_key: false,
};

/// 쿠폰 복원: a claim's coupons become usable again, once per step.
pub const INTERNAL_COUPONS_RESTORE: Operation = Operation {
    id: "internalCouponsRestore",
    method: Method::Post,
    path: "/internal/coupons/restore",
    upstream: Upstream::Promotion,
    access: Access::Internal,
    prefix: Prefix::Bare,
    body: BodyKind::Json,
    body_limit: BULK_LIMIT,
    idempotent_key: false,
};

/// 적립 회수: a claim's part of an order's accumulation goes, once per step.
pub const INTERNAL_ACCUMULATION_TAKE_BACK: Operation = Operation {
    id: "internalAccumulationTakeBack",
    method: Method::Post,
    path: "/internal/accumulation/takeBack",
    upstream: Upstream::Promotion,
    access: Access::Internal,
    prefix: Prefix::Bare,
    body: BodyKind::Json,
    body_limit: BULK_LIMIT,
    idempotent_key: false,
};

/// 사용 마일리지 복원: a claim's part of the mileage used comes back, once per step.
pub const INTERNAL_MILEAGE_RESTORE: Operation = Operation {
    id: "internalMileageRestore",
    method: Method::Post,
    path: "/internal/mileage/restore",
    upstream: Upstream::Promotion,
    access: Access::Internal,
    prefix: Prefix::Bare,
    body: BodyKind::Json,
    body_limit: BULK_LIMIT,
    idempotent_key: false,
};
