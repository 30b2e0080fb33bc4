//! Fields that several operations on returns and exchanges have.

use commerce::{ClaimNo, OrderNo, Won, text};
use dto::claim::ClaimAddressRequest;
use platform::form::Form;
use platform::identity::Caller;

use crate::domain::collection::{CollectionKind, Invoice};
use crate::secrets::ClaimAddress;

pub(in crate::api) const UNKNOWN_CODE: &str = "코드표에 없는 값입니다.";
/// 자유 입력: what a person writes, in characters.
pub(in crate::api) const MOST_TEXT: usize = 1_000;
const MOST_CARRIER: usize = 20;
const MOST_INVOICE: usize = 30;
const MOST_NAME: usize = 100;
const MOST_ADDRESS: usize = 300;

/// Which claim it is about.
pub(in crate::api) fn claim(
    form: &mut Form,
    order_no: Option<&str>,
    claim_no: Option<&str>,
) -> Option<(OrderNo, ClaimNo)> {
    claim_at(form, "", order_no, claim_no)
}

/// The same in a row; `at` is the path it stands under, with its dot.
pub(in crate::api) fn claim_at(
    form: &mut Form,
    at: &str,
    order_no: Option<&str>,
    claim_no: Option<&str>,
) -> Option<(OrderNo, ClaimNo)> {
    let order_no = form.required(&format!("{at}ordNo"), order_no, OrderNo::parse);
    let claim_no = form.required(&format!("{at}claimNo"), claim_no, ClaimNo::parse);
    order_no.zip(claim_no)
}

/// Whichever kind the claim is of.
pub(in crate::api) const EITHER: &[CollectionKind] = &[CollectionKind::Return, CollectionKind::Exchange];

/// 자유 입력 that may be missing, and then is an empty one.
pub(in crate::api) fn words(form: &mut Form, field: &str, sent: Option<String>) -> Option<String> {
    let sent = sent.filter(|text| !text.is_empty())?;
    form.text(field, Some(&sent), 0, MOST_TEXT)
}

/// A field that only agents may send.
pub(in crate::api) fn for_agents(form: &mut Form, caller: &Caller, field: &str, is_sent: bool) {
    if is_sent && !caller.is_staff() {
        form.reject(field, "상담원만 입력할 수 있습니다.");
    }
}

/// 감면금액
pub(in crate::api) fn waived(form: &mut Form, amount: Option<Won>) -> Option<Won> {
    if amount.is_some_and(Won::is_negative) {
        form.reject("wvAmt", "0원 이상이어야 합니다.");
    }
    amount
}

/// 송장: carrier and number come together or not at all. `at` is the path they stand under, with its dot.
pub(in crate::api) fn invoice(
    form: &mut Form,
    at: &str,
    carrier: Option<&str>,
    number: Option<&str>,
) -> Option<Invoice> {
    let is_sent = |text: Option<&str>| text.is_some_and(|text| !text.is_empty());
    if !is_sent(carrier) && !is_sent(number) {
        return None;
    }
    invoice_sent(form, at, carrier, number)
}

/// 송장 that must be there.
pub(in crate::api) fn invoice_sent(
    form: &mut Form,
    at: &str,
    carrier: Option<&str>,
    number: Option<&str>,
) -> Option<Invoice> {
    let carrier = form.required(&format!("{at}hdcCd"), carrier, |text| {
        code(text, MOST_CARRIER, |byte| matches!(byte, b'-' | b'_'))
            .ok_or("택배사코드 형식이 올바르지 않습니다.")
    });
    let number = form.required(&format!("{at}invNo"), number, |text| {
        code(text, MOST_INVOICE, |byte| byte == b'-').ok_or("송장번호 형식이 올바르지 않습니다.")
    });
    let (carrier, number) = carrier.zip(number)?;
    Some(Invoice { carrier, number })
}

fn code(text: &str, most: usize, is_other: impl Fn(u8) -> bool) -> Option<String> {
    let is_code =
        text.len() <= most && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || is_other(byte));
    is_code.then(|| text.to_owned())
}

/// 회수지·교환배송지 under this field.
pub(in crate::api) fn address(
    form: &mut Form,
    field: &str,
    sent: Option<&ClaimAddressRequest>,
) -> Option<ClaimAddress> {
    let sent = sent?;
    let mut read = |name: &str, value: Option<&str>, most: usize| {
        form.required(&format!("{field}.{name}"), value, |value| {
            let is_text = text::is_within(value, most)
                && !text::is_blank(value)
                && !value.chars().any(char::is_control);
            if is_text { Ok(value.to_owned()) } else { Err("형식이 올바르지 않습니다.") }
        })
    };
    let name = read("rcvmnNm", sent.rcvmn_nm.as_deref(), MOST_NAME);
    let phone = [
        read("cellSctNo", sent.cell_sct_no.as_deref(), 4),
        read("cellTxnoNo", sent.cell_txno_no.as_deref(), 4),
        read("cellEndNo", sent.cell_end_no.as_deref(), 4),
    ];
    let zip = read("zipNo", sent.zip_no.as_deref(), 10);
    let first = read("zipAddr", sent.zip_addr.as_deref(), MOST_ADDRESS);
    let second = read("dtlAddr", sent.dtl_addr.as_deref(), MOST_ADDRESS);
    let message = sent.deli_msg.as_deref().filter(|text| !text.is_empty());
    if message.is_some() {
        form.text(&format!("{field}.deliMsg"), message, 0, MOST_ADDRESS);
    }
    let [cell_sct_no, cell_txno_no, cell_end_no] = phone;
    Some(ClaimAddress {
        rcvmn_nm: name?,
        cell_sct_no: cell_sct_no?,
        cell_txno_no: cell_txno_no?,
        cell_end_no: cell_end_no?,
        zip_no: zip?,
        zip_addr: first?,
        dtl_addr: second?,
        deli_msg: message.map(str::to_owned),
    })
}
