//! promotion-service: accumulation, coupons, mileage.

use dto::internal::{
    AccumulationTakeBack, CouponHeld, CouponHold, CouponRelease, CouponReleased, CouponRestore,
    CouponRestoreAnswer, MemberCoupons, MemberCouponsQuery, MileageRestore, OrderRecord,
};
use dto::promotion::{
    AccmRequest, AccmResponse, AccumulationPolicy, AccumulationPolicyAnswer, AccumulationPolicyQuery,
    CouponIssueAnswer, CouponIssueRequest, CouponList, MemberQuery, MileageBook,
};

use super::{Access, Answer, Body, Method, Prefix, Role, Shape, Shows, Upstream};

const MEMBER_AND_STAFF: Access = Access::Roles(&[Role::Member, Role::Agent, Role::Service]);

operations! {
    Some(Upstream::Promotion);

    PROMOTION_ACCUMULATION {
        id: "getAccumulationInfo_1",
        korean: "프로모션 적립정보 조회",
        english: "what a basket or an order earns",
        method: Method::Post,
        path: "/v1/marketing/promotionAccumulation",
        access: MEMBER_AND_STAFF,
        prefix: Prefix::Order,
        query: None,
        body: Body::BulkJson(Shape::of::<AccmRequest>()),
        must: &[],
        answer: Answer::Bare(Shape::of::<AccmResponse>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    PUT_ACCUMULATION_POLICIES {
        id: "putAccumulationPolicies",
        korean: "적립정책 등록",
        english: "puts a site's accumulation policy",
        method: Method::Put,
        path: "/v1/marketing/accumulationPolicies/{siteNo}",
        access: Access::Roles(&[Role::Service, Role::Admin]),
        prefix: Prefix::Order,
        query: None,
        body: Body::BulkJson(Shape::of::<AccumulationPolicy>()),
        must: &[],
        answer: Answer::Envelope(Shape::of::<AccumulationPolicyAnswer>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    GET_ACCUMULATION_POLICIES {
        id: "getAccumulationPolicies",
        korean: "적립정책 조회",
        english: "a site's accumulation policy",
        method: Method::Get,
        path: "/v1/marketing/accumulationPolicies/{siteNo}",
        access: Access::Roles(&[Role::Service, Role::Admin]),
        prefix: Prefix::Order,
        query: Some(Shape::of::<AccumulationPolicyQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Envelope(Shape::of::<AccumulationPolicy>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    POST_COUPONS {
        id: "postCoupons",
        korean: "쿠폰 발급 등록",
        english: "issues coupons, all or none",
        method: Method::Post,
        path: "/v1/marketing/coupons",
        access: Access::Roles(&[Role::Service, Role::Admin]),
        prefix: Prefix::Order,
        query: None,
        body: Body::BulkJson(Shape::of::<CouponIssueRequest>()),
        must: &[],
        answer: Answer::Envelope(Shape::of::<CouponIssueAnswer>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    GET_COUPONS {
        id: "getCoupons",
        korean: "보유 쿠폰 조회",
        english: "a member's coupons",
        method: Method::Get,
        path: "/v1/marketing/coupons",
        access: MEMBER_AND_STAFF,
        prefix: Prefix::Order,
        query: Some(Shape::of::<MemberQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Envelope(Shape::of::<CouponList>()),
        shows: Shows::One,
        idempotent_key: false,
    }

    MILEAGE {
        id: "mileage",
        korean: "마일리지 조회",
        english: "a member's mileage and its movements",
        method: Method::Get,
        path: "/v1/marketing/mileage",
        access: MEMBER_AND_STAFF,
        prefix: Prefix::Order,
        query: Some(Shape::of::<MemberQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Envelope(Shape::of::<MileageBook>()),
        shows: Shows::One,
        idempotent_key: false,
    }

    INTERNAL_ORDERS {
        id: "internalOrders",
        korean: "주문 적립·사용 반영",
        english: "takes an order's accumulation, mileage payment and coupons, once",
        method: Method::Post,
        path: "/internal/orders",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::BulkJson(Shape::internal::<OrderRecord>()),
        must: &[],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_COUPONS {
        id: "internalCoupons",
        korean: "회원 쿠폰 조회",
        english: "a member's coupons, for claim-service to offer and to check",
        method: Method::Get,
        path: "/internal/coupons",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: Some(Shape::internal::<MemberCouponsQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Bare(Shape::internal::<MemberCoupons>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_COUPONS_HOLD {
        id: "internalCouponsHold",
        korean: "무료반품쿠폰 선점",
        english: "holds a free-return coupon for a claim, once per step",
        method: Method::Post,
        path: "/internal/coupons/hold",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::Json(Shape::internal::<CouponHold>()),
        must: &[],
        answer: Answer::Bare(Shape::internal::<CouponHeld>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_COUPONS_RELEASE {
        id: "internalCouponsRelease",
        korean: "무료반품쿠폰 반납",
        english: "gives back the free-return coupon that a claim holds, once per step",
        method: Method::Post,
        path: "/internal/coupons/release",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::Json(Shape::internal::<CouponRelease>()),
        must: &[],
        answer: Answer::Bare(Shape::internal::<CouponReleased>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_COUPONS_RESTORE {
        id: "internalCouponsRestore",
        korean: "쿠폰 복원",
        english: "makes a claim's coupons usable again, once per step",
        method: Method::Post,
        path: "/internal/coupons/restore",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::BulkJson(Shape::internal::<CouponRestore>()),
        must: &[],
        answer: Answer::Bare(Shape::internal::<CouponRestoreAnswer>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_ACCUMULATION_TAKE_BACK {
        id: "internalAccumulationTakeBack",
        korean: "적립 회수",
        english: "takes back a claim's part of an order's accumulation, once per step",
        method: Method::Post,
        path: "/internal/accumulation/takeBack",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::BulkJson(Shape::internal::<AccumulationTakeBack>()),
        must: &[],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_MILEAGE_RESTORE {
        id: "internalMileageRestore",
        korean: "사용 마일리지 복원",
        english: "gives back a claim's part of the mileage used, once per step",
        method: Method::Post,
        path: "/internal/mileage/restore",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::BulkJson(Shape::internal::<MileageRestore>()),
        must: &[],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: false,
    }
}
