#![doc = include_str!("../README.md")]

#[macro_use]
mod code_table;

pub mod calendar;
pub mod claimable;
pub mod codes;
pub mod masking;
pub mod money;
pub mod numbers;
#[cfg(feature = "openapi")]
pub mod openapi;
pub mod period;
pub mod text;

pub use code_table::UnknownCode;
pub use codes::claim::{
    Blame, ClaimAct, ClaimReason, ClaimStage, ClaimStatus, ClaimType, CollectionMethod, CostBearer,
    CostChange, CostKind, EndReason, RefundMethod, RefundStatus, RejectReason, RequesterRole, ReturnProgress,
    SagaStep, SagaStepStatus,
};
pub use codes::flag::Yn;
pub use codes::inquiry::{InquiryStatus, ListOrder};
pub use codes::marketing::{AccrualTargetType, CouponStatus, DiscountKind, GiftEventType, PromotionType};
pub use codes::member::{MemberGrade, MileageReason};
pub use codes::notification::{Channel, SendStatus};
pub use codes::order::{LineStatus, OrderMedia};
pub use codes::payment::PayMeans;
pub use codes::product::{DeliveryProcess, SaleStatus};
pub use money::{MalformedRate, Rate, RateOrWon, Spreader, Won, carried_by, given_back, spread_by_weight};
pub use numbers::{
    ClaimNo, CounselNo, CouponIssueNo, FileNo, GoodsNo, ItemNo, Malformed, MemberNo, OrderNo, PaymentNo,
    PromotionNo, SiteNo,
};
