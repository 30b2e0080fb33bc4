//! What is done after a commit, put down in the transaction itself. No message holds anything personal: whoever carries
//! one out reads the inquiry as it stands then.

use chrono::{DateTime, Utc};
use commerce::{FileNo, GoodsNo, MemberNo};
use db::DbConnection;
use diesel::QueryResult;
use serde::{Deserialize, Serialize};
use service_kit::outbox::send::send;

use crate::domain::inquiry::InquiryId;

/// Tells a member that its inquiry was answered.
pub const ANSWERED: &str = "inquiry.answered";
/// Removes a file's bytes.
pub const DELETE_FILE: &str = "file.delete";
/// Asks the catalogue for a name that was not to be had.
pub const LEARN_GOODS_NAME: &str = "goods.name";
/// Looks through what was written in the inquiries of a member who has left. A migration writes it too, by a trigger.
pub const MASK_TEXTS: &str = "withdrawal.texts";
/// Empties the database's log of what was masked or removed.
pub const EMPTY_LOG: &str = "log.empty";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    pub inquiry: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteFile {
    pub file_no: FileNo,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearnGoodsName {
    pub inquiry: i64,
    pub goods_no: GoodsNo,
}

pub fn tell_answered(conn: &mut DbConnection, now: DateTime<Utc>, id: InquiryId) -> QueryResult<()> {
    put(conn, now, &answered_key(id), ANSWERED, &Answered { inquiry: id.0 })
}

/// Names the event for the hub as well: an inquiry is answered once.
pub fn answered_key(id: InquiryId) -> String {
    format!("inquiry-answered:{}", id.0)
}

pub fn delete_file(conn: &mut DbConnection, now: DateTime<Utc>, file_no: &FileNo) -> QueryResult<()> {
    put(conn, now, &format!("file-delete:{file_no}"), DELETE_FILE, &DeleteFile { file_no: file_no.clone() })
}

pub fn learn_goods_name(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    id: InquiryId,
    goods_no: &GoodsNo,
) -> QueryResult<()> {
    let message = LearnGoodsName { inquiry: id.0, goods_no: goods_no.clone() };
    put(conn, now, &format!("goods-name:{}:{goods_no}", id.0), LEARN_GOODS_NAME, &message)
}

/// `about` names what was masked or removed.
pub fn empty_log(conn: &mut DbConnection, now: DateTime<Utc>, about: &str) -> QueryResult<()> {
    put(conn, now, &format!("log-empty:{about}"), EMPTY_LOG, &())
}

/// Each time is a cause of its own: one that is being looked through just now may miss what is written meanwhile.
pub fn mask_texts(conn: &mut DbConnection, now: DateTime<Utc>, member_no: &MemberNo) -> QueryResult<()> {
    let key = format!("{MASK_TEXTS}:{member_no}:{:032x}", rand::random::<u128>());
    put(conn, now, &key, MASK_TEXTS, member_no)
}

fn put(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    key: &str,
    topic: &str,
    message: &impl Serialize,
) -> QueryResult<()> {
    let payload = serde_json::to_string(message)
        .map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
    send(conn, now, topic, key, &payload)
}
