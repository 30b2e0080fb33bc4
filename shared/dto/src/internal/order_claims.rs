//! 주문 반영: what claim-service has member-service do to an order's lines.

use commerce::{ClaimNo, ClaimType, ItemNo, OrderNo, Won, Yn};
use serde::{Deserialize, Serialize};

use crate::nullable::null_as_empty;

/// 클레임 반영: the body of `POST /internal/orders/{ordNo}/claims`.
///
/// All lines or none, and once per claim number: a repeat is answered as the first time, whatever the order has become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderClaim {
    pub claim_no: ClaimNo,
    /// Cancel (10) or return (20); the others take no quantity.
    pub claim_business_type: ClaimType,
    /// Y for a claim another system has carried out: it is applied wherever its lines stand. Of ours a cancel needs lines
    /// that are not shipped yet, a return lines that are.
    pub rcv_yn: Yn,
    /// Y for a cancel reckoned on an order that waits for payment: nothing goes back, so an order that has been paid
    /// since rejects it.
    #[serde(default = "is_paid")]
    pub pay_wait_yn: Yn,
    #[serde(default, deserialize_with = "null_as_empty")]
    pub line_list: Vec<OrderClaimLine>,
}

const fn is_paid() -> Yn {
    Yn::No
}

/// 클레임 반영 상품
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderClaimLine {
    pub ord_seq: i32,
    /// Units taken out; 0 on a line that only loses a discount.
    pub claim_qty: i64,
    /// Of the line's discounts as ordered, what counts no longer because it was taken back.
    pub rvk_dc_amt: Won,
}

/// 클레임 반영 결과
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderDecision {
    pub decision: Decided,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Decided {
    Confirmed,
    /// The order has gone on: shipped, or not enough of a line is left. Said to cancels and option changes only: a return
    /// that doesn't fit is refused.
    Rejected,
}

/// 옵션변경 반영: the body of `POST /internal/orders/{ordNo}/options`, once per claim number like [`OrderClaim`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderOptionChange {
    pub claim_no: ClaimNo,
    pub ord_seq: i32,
    /// The item the line must hold.
    pub from_itm_no: ItemNo,
    pub itm_no: ItemNo,
    pub itm_nm: String,
}

/// 개인통관고유부호 반영: the body of `POST /internal/orders/{ordNo}/customsCodes`. A repeat changes nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderCustomsCode {
    pub dlvp_seq: i32,
    pub pers_cstm_cd: String,
}

debug_only!(OrderCustomsCode { dlvp_seq });

/// 주문자명 조회: the body of `POST /internal/ordererNames`; 500 orders at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrdererNamesQuery {
    pub ord_no_list: Vec<OrderNo>,
}

/// 주문자명 and 수취인명, as they stand now; orders that do not exist are left out. Bare.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrdererNames {
    pub list: Vec<OrdererName>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrdererName {
    pub ord_no: OrderNo,
    pub ord_man_nm: String,
    /// Whether the member has withdrawn. The release before does not say: then nothing is shown that could be theirs.
    #[serde(default = "is_masked")]
    pub masked: bool,
    /// The release before does not say.
    #[serde(default)]
    pub dlvp_list: Vec<RecipientName>,
}

const fn is_masked() -> bool {
    true
}

/// 수취인명 of an address, masked alike.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecipientName {
    pub dlvp_seq: i32,
    pub rcvmn_nm: String,
}

debug_only!(OrdererNames {});
debug_only!(OrdererName { ord_no });
debug_only!(RecipientName { dlvp_seq });
