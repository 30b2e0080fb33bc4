//! What is sealed into the archive: an order's personal data, in the contract's words.

use chrono::{DateTime, Utc};
use commerce::OrderNo;
use commerce::calendar::years_after;
use db::DbConnection;
use db::kept_apart::Sealed;
use platform::error::Problem;
use serde::Deserialize;
use serde_json::{Value, json};
use service_kit::error::Error;

use crate::domain::personal::{Address, Orderer, PersonalData, PersonalValues, Phone};
use crate::secrets::Secrets;
use crate::store::PERSONAL_ARCHIVE;

/// The sealed personal data of one order.
#[derive(Debug, Clone)]
pub struct SealedOrder {
    order_no: OrderNo,
    keep_until: DateTime<Utc>,
    sealed: String,
}

/// Seals the originals of one order, to be kept for so many calendar years after it.
pub fn seal(
    secrets: &Secrets,
    order_no: &OrderNo,
    ordered_at: DateTime<Utc>,
    archive_years: u32,
    personal: &PersonalData,
) -> Result<SealedOrder, Error> {
    let document = document(personal).to_string();
    let sealed = secrets.archive.seal(order_no.as_str(), document.as_bytes()).map_err(Problem::internal)?;
    Ok(SealedOrder { order_no: order_no.clone(), keep_until: years_after(ordered_at, archive_years), sealed })
}

/// Puts sealed orders away. What lies there already is the original and stays.
pub fn put_away(conn: &mut DbConnection, now: DateTime<Utc>, orders: &[SealedOrder]) -> Result<(), Error> {
    let originals: Vec<Sealed<'_>> = orders
        .iter()
        .map(|order| Sealed {
            key: order.order_no.as_str(),
            keep_until: order.keep_until,
            text: &order.sealed,
        })
        .collect();
    Ok(PERSONAL_ARCHIVE.insert(conn, now, &originals)?)
}

/// Adds what a sealed original says of people.
pub fn add_values(
    secrets: &Secrets,
    order_no: &OrderNo,
    sealed: &str,
    values: &mut PersonalValues,
) -> Result<(), Error> {
    let document = secrets.archive.open(order_no.as_str(), sealed).map_err(Problem::internal)?;
    // Serde's words could repeat what they are about.
    let original: Original = serde_json::from_slice(&document)
        .map_err(|_| Problem::internal("an archived original can't be read"))?;
    values.add_orderer(&Orderer {
        name: original.ord_man_nm,
        phone: original.phone.into(),
        email: original.email_addr,
    });
    for place in original.dlvp_list.into_iter().chain(original.etc_gft_dlvp_list) {
        let address = Address { zip_code: String::new(), street: place.zip_addr, detail: place.dtl_addr };
        values.add_receiver(&place.rcvmn_nm, &place.phone.into(), &address);
    }
    Ok(())
}

/// Of a sealed original, what people are known by.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Original {
    ord_man_nm: String,
    #[serde(flatten)]
    phone: OriginalPhone,
    email_addr: Option<String>,
    dlvp_list: Vec<OriginalPlace>,
    etc_gft_dlvp_list: Vec<OriginalPlace>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OriginalPlace {
    rcvmn_nm: String,
    #[serde(flatten)]
    phone: OriginalPhone,
    zip_addr: String,
    dtl_addr: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OriginalPhone {
    cell_sct_no: String,
    cell_txno_no: String,
    cell_end_no: String,
}

impl From<OriginalPhone> for Phone {
    fn from(phone: OriginalPhone) -> Self {
        Self { first: phone.cell_sct_no, middle: phone.cell_txno_no, last: phone.cell_end_no }
    }
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
