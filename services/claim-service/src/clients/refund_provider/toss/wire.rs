//! What Toss Payments says, as far as it bears on a refund.

use serde::{Deserialize, Serialize};

/// 결제 취소 요청
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CancelBody<'a> {
    pub(super) cancel_reason: &'a str,
    pub(super) cancel_amount: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refund_receive_account: Option<ReceiveAccount<'a>>,
}

/// 환불계좌
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReceiveAccount<'a> {
    pub(super) bank: &'a str,
    /// Digits only.
    pub(super) account_number: String,
    pub(super) holder_name: &'a str,
}

/// 결제
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Payment {
    pub(super) payment_key: String,
    /// The shop's own name for it.
    pub(super) order_id: Option<String>,
    /// 결제수단, in Korean.
    pub(super) method: Option<String>,
    pub(super) status: String,
    pub(super) currency: Option<String>,
    pub(super) total_amount: i64,
    /// What is left of it.
    pub(super) balance_amount: i64,
    pub(super) last_transaction_key: Option<String>,
    #[serde(default)]
    pub(super) cancels: Option<Vec<Cancel>>,
}

/// 취소 이력
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Cancel {
    pub(super) transaction_key: String,
    pub(super) cancel_reason: Option<String>,
    pub(super) cancel_amount: i64,
    /// Old versions of the interface don't have it: there every cancel is done.
    pub(super) cancel_status: Option<String>,
    pub(super) canceled_at: Option<String>,
}

/// What came back to a call.
pub(super) enum Reply {
    Payment(Box<Payment>),
    /// Toss understood and said no; its message is not kept, because it may repeat what it was sent.
    Refusal {
        status: u16,
        code: String,
    },
    /// Nothing that says anything; the text holds nothing that was received.
    Nothing(String),
}

#[derive(Deserialize)]
struct ErrorBody {
    code: Option<String>,
    /// Where later versions of the interface put the code.
    error: Option<ErrorCode>,
}

#[derive(Deserialize)]
struct ErrorCode {
    code: Option<String>,
}

pub(super) fn understand(status: u16, body: &[u8]) -> Reply {
    match status {
        200..=299 => match serde_json::from_slice(body) {
            Ok(payment) => Reply::Payment(Box::new(payment)),
            Err(_) => Reply::Nothing(format!("status {status} with something unreadable")),
        },
        400..=499 => match code_of(body) {
            Some(code) => Reply::Refusal { status, code },
            None => Reply::Nothing(format!("status {status} without a code")),
        },
        _ => Reply::Nothing(
            format!("status {status} {}", code_of(body).unwrap_or_default()).trim_end().to_owned(),
        ),
    }
}

/// The code of an error, if it has the form of one: whatever else stands there may be anybody's name.
fn code_of(body: &[u8]) -> Option<String> {
    let body: ErrorBody = serde_json::from_slice(body).ok()?;
    let code = body.code.or_else(|| body.error.and_then(|error| error.code))?;
    let has_form = (1..=64).contains(&code.len())
        && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    has_form.then_some(code)
}
