//! 결제와 환불 수단: what a request says of how the customer pays, and where its money goes.

use commerce::{PayMeans, text};
use dto::claim::{AdditionalPaymentRequest, RefundAccountRequest};
use platform::form::Form;

use crate::domain::money::refund_account::RefundAccount;
use crate::domain::saga::claim::PaidWith;

const MOST_BANK_CODE: usize = 10;
const MOST_ACCOUNT_NO: usize = 30;
const MOST_HOLDER: usize = 50;
const MOST_PAYMENT_KEY: usize = 200;

/// 환불계좌. One whose fields are all empty was not filled in, and counts as missing.
pub(in crate::api) fn account_of(form: &mut Form, account: &RefundAccountRequest) -> Option<RefundAccount> {
    let fields = [&account.bank_cd, &account.acct_no, &account.dpstr_nm];
    if fields.iter().all(|field| is_missing(field.as_deref())) {
        return None;
    }
    let bank_code = form.required("rfdAcct.bankCd", account.bank_cd.as_deref(), |text| {
        let is_code = text.len() <= MOST_BANK_CODE && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if is_code { Ok(text.to_owned()) } else { Err("은행코드 형식이 올바르지 않습니다.") }
    });
    let account_no = form.required("rfdAcct.acctNo", account.acct_no.as_deref(), |text| {
        let is_number = text.len() <= MOST_ACCOUNT_NO
            && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
            && text.bytes().any(|byte| byte.is_ascii_digit());
        if is_number {
            Ok(text.to_owned())
        } else {
            Err("계좌번호는 숫자와 -만 입력할 수 있습니다.")
        }
    });
    let holder = form.required("rfdAcct.dpstrNm", account.dpstr_nm.as_deref(), |text| {
        let is_name = text::is_within(text, MOST_HOLDER)
            && !text::is_blank(text)
            && !text.chars().any(char::is_control);
        if is_name {
            Ok(text.trim().to_owned())
        } else {
            Err("예금주명 형식이 올바르지 않습니다.")
        }
    });
    let ((bank_code, account_no), holder) = bank_code.zip(account_no).zip(holder)?;
    Some(RefundAccount { bank_code, account_no, holder })
}

/// 추가결제, likewise.
pub(in crate::api) fn paid_with_of(form: &mut Form, paid: &AdditionalPaymentRequest) -> Option<PaidWith> {
    if is_missing(paid.pay_means_cd.as_deref()) && is_missing(paid.pg_pay_key.as_deref()) {
        return None;
    }
    let means = form.required("addPay.payMeansCd", paid.pay_means_cd.as_deref(), |text| {
        PayMeans::from_wire(text).ok_or("코드표에 없는 값입니다.")
    });
    let provider_key = form.required("addPay.pgPayKey", paid.pg_pay_key.as_deref(), |text| {
        let is_key = text.len() <= MOST_PAYMENT_KEY && text.bytes().all(|byte| byte.is_ascii_graphic());
        if is_key { Ok(text.to_owned()) } else { Err("결제키 형식이 올바르지 않습니다.") }
    });
    let (means, provider_key) = means.zip(provider_key)?;
    Some(PaidWith { means, provider_key })
}

fn is_missing(text: Option<&str>) -> bool {
    text.is_none_or(str::is_empty)
}
