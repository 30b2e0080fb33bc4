//! What is sealed into the archive: an order's personal data, in the contract's words.

use chrono::{DateTime, Months, Utc};
use commerce::OrderNo;
use commerce::calendar::KST;
use platform::error::Problem;
use serde_json::{Value, json};
use service_kit::error::Error;

use crate::domain::personal::{Address, PersonalData, Phone};
use crate::secrets::Secrets;
use crate::store::archive::SealedOrder;

/// Seals the originals of one order, to be kept for so many years after it.
pub fn seal(
    secrets: &Secrets,
    order_no: &OrderNo,
    ordered_at: DateTime<Utc>,
    archive_years: u32,
    personal: &PersonalData,
) -> Result<SealedOrder, Error> {
    let document = document(personal).to_string();
    let sealed = secrets.archive.seal(order_no.as_str(), document.as_bytes()).map_err(Problem::internal)?;
    Ok(SealedOrder { order_no: order_no.clone(), keep_until: keep_until(ordered_at, archive_years), sealed })
}

/// Calendar years, in Korea. A date beyond the calendar is its end.
fn keep_until(ordered_at: DateTime<Utc>, years: u32) -> DateTime<Utc> {
    let months = Months::new(years.saturating_mul(12));
    ordered_at
        .with_timezone(&KST)
        .checked_add_months(months)
        .map_or(DateTime::<Utc>::MAX_UTC, |until| until.to_utc())
        .min(last_written())
}

/// The last instant that both databases write with four digits of a year.
fn last_written() -> DateTime<Utc> {
    DateTime::from_timestamp(253_402_300_799, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn document(personal: &PersonalData) -> Value {
    let mut order = json!({
        "ordManNm": personal.orderer.name,
        "emailAddr": personal.orderer.email,
        "dlvpList": personal.deliveries.iter().map(|delivery| {
            let mut row = json!({
                "dlvpSeq": delivery.seq,
                "rcvmnNm": delivery.receiver,
                "deliMsg": delivery.message,
                "persCstmCd": delivery.customs_number,
            });
            add_place(&mut row, &delivery.phone, &delivery.address);
            row
        }).collect::<Vec<Value>>(),
        "etcGftDlvpList": personal.gift_deliveries.iter().map(|gift| {
            let mut row = json!({
                "etcGftDlvpNo": gift.number,
                "rcvmnNm": gift.receiver,
                "deliMsg": gift.message,
            });
            add_place(&mut row, &gift.phone, &gift.address);
            row
        }).collect::<Vec<Value>>(),
        "payList": personal.cards.iter().map(|card| json!({
            "payNo": card.payment_no.as_str(),
            "cardNo": card.number,
        })).collect::<Vec<Value>>(),
    });
    add_phone(&mut order, &personal.orderer.phone);
    order
}

fn add_place(row: &mut Value, phone: &Phone, address: &Address) {
    add_phone(row, phone);
    add(row, "zipNo", &address.zip_code);
    add(row, "zipAddr", &address.street);
    add(row, "dtlAddr", &address.detail);
}

fn add_phone(row: &mut Value, phone: &Phone) {
    add(row, "cellSctNo", &phone.first);
    add(row, "cellTxnoNo", &phone.middle);
    add(row, "cellEndNo", &phone.last);
}

fn add(row: &mut Value, field: &str, text: &str) {
    if let Some(fields) = row.as_object_mut() {
        fields.insert(field.to_owned(), Value::String(text.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn originals_are_kept_for_calendar_years() {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).expect("a date-time").to_utc();
        assert_eq!(keep_until(at("2024-02-29T08:30:00+09:00"), 5), at("2029-02-28T08:30:00+09:00"));
        assert_eq!(
            keep_until(at("2026-08-01T00:00:00.000001+09:00"), 5),
            at("2031-08-01T00:00:00.000001+09:00")
        );
        assert_eq!(keep_until(at("2026-08-01T00:00:00+09:00"), u32::MAX), last_written());
    }
}
