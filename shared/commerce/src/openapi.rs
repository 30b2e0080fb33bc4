//! How the vocabulary looks in JSON.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::{
    AccrualTargetType, Blame, Channel, ClaimAct, ClaimNo, ClaimReason, ClaimStatus, ClaimType,
    CollectionMethod, CostBearer, CostChange, CostKind, CounselNo, CouponIssueNo, CouponStatus,
    DeliveryProcess, DiscountKind, EndReason, FileNo, GiftEventType, GoodsNo, InquiryStatus, ItemNo,
    LineStatus, MemberGrade, MemberNo, MileageReason, OrderMedia, OrderNo, PayMeans, PaymentNo, PromotionNo,
    PromotionType, Rate, RateOrWon, RefundMethod, RefundStatus, RejectReason, RequesterRole, ReturnProgress,
    SagaStep, SagaStepStatus, SaleStatus, SendStatus, SiteNo, Won, Yn,
};

/// A type of its own name, as small as its description.
macro_rules! schema {
    ($name:ident, $schema:expr) => {
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

/// A code table as somebody who shows codes to people needs it.
#[derive(Debug, Clone, Copy)]
pub struct CodeTable {
    /// Its type's name, which is also its schema's.
    pub name: &'static str,
    pub table: &'static str,
    /// As JSON carries it, what a Korean reads, and the name it has here.
    pub codes: fn() -> Vec<(&'static str, &'static str, String)>,
}

macro_rules! codes {
    ($($name:ident)+) => {
        /// Every code table that travels.
        pub const CODE_TABLES: &[CodeTable] = &[$(
            CodeTable {
                name: stringify!($name),
                table: $name::TABLE,
                codes: || {
                    $name::ALL.iter().map(|code| (code.wire(), code.label(), format!("{code:?}"))).collect()
                },
            }
        ),+];
        $(
        schema!($name, {
            let codes: Vec<&str> = $name::ALL.iter().map(|code| code.wire()).collect();
            let meanings: Vec<String> =
                $name::ALL.iter().map(|code| format!("{} {}", code.wire(), code.label())).collect();
            json_schema!({
                "type": "string",
                "enum": codes,
                "description": format!("{}: {}", $name::TABLE, meanings.join(", ")),
            })
        });
    )+};
}

codes! {
    AccrualTargetType Blame Channel ClaimAct ClaimReason ClaimStatus ClaimType CollectionMethod CostBearer CostChange CostKind
    CouponStatus EndReason RefundMethod RejectReason RequesterRole ReturnProgress
    DeliveryProcess DiscountKind GiftEventType InquiryStatus LineStatus MemberGrade MileageReason OrderMedia
    PayMeans PromotionType RefundStatus SagaStep SagaStepStatus SaleStatus SendStatus Yn
}

macro_rules! numbers {
    ($($name:ident $description:literal $example:literal)+) => {$(
        schema!($name, json_schema!({"type": "string", "description": $description, "examples": [$example]}));
    )+};
}

numbers! {
    ClaimNo "클레임번호 claim number: yyyyMMdd, C and six digits, from the millionth of a day on 999999 and ten more" "20230808C007404"
    CounselNo "상담번호 inquiry number" "1024"
    CouponIssueNo "쿠폰발급번호 number of an issued coupon" "CI0001"
    FileNo "파일번호 file number" "F0001"
    GoodsNo "상품번호 goods number" "10002552"
    ItemNo "단품번호 item number" "001"
    MemberNo "회원번호 member number" "100001311"
    OrderNo "주문번호 order number: yyyyMMdd, O and six digits" "20230808O007404"
    PaymentNo "결제번호 payment number" "PAY1"
    PromotionNo "프로모션번호 promotion number" "P11"
    SiteNo "사이트번호 site number" "1"
}

schema!(
    Won,
    json_schema!({"type": "integer", "format": "int64", "description": "원 whole won", "examples": [46000]})
);
schema!(
    Rate,
    json_schema!({
        "type": "number", "format": "double", "minimum": 0, "maximum": 100, "multipleOf": 0.01, "description": "율 percent", "examples": [2.5],
    })
);
schema!(
    RateOrWon,
    json_schema!({"type": "number", "format": "double", "minimum": 0, "description": "율 또는 금액 percent, or whole won", "examples": [10]})
);
