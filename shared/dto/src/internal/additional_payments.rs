//! 추가결제: whose a provider's key is, before a claim is accepted with it. member-service keeps the keys of all orders, and
//! decides.

use commerce::{OrderNo, Yn};
use serde::{Deserialize, Serialize};

/// 추가결제 선점: the body of `POST /internal/orders/{ordNo}/additionalPayments`. A repeat is answered alike.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdditionalPaymentHold {
    pub pg_pay_key: String,
    /// Who holds it and may give it back. None of a claim that was accepted: it is held for good.
    pub hold_no: Option<String>,
}

debug_only!(AdditionalPaymentHold { hold_no });

/// 추가결제 선점 결과. Bare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdditionalPaymentHeld {
    /// N where it has paid for something else: an order, or a claim of another order.
    pub held_yn: Yn,
    /// The order it has paid for, or of whose claim it is.
    pub ord_no: OrderNo,
}

/// 추가결제 반납: the body of `POST /internal/orders/{ordNo}/additionalPayments/release`. The claim was not accepted after
/// all. It stays where somebody else has held it beside or since; a repeat changes nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdditionalPaymentRelease {
    pub pg_pay_key: String,
    pub hold_no: String,
}

debug_only!(AdditionalPaymentRelease { hold_no });
