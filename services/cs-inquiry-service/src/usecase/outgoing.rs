//! What is done after a commit, put down in the transaction itself. No message holds anything personal: whoever carries
//! one out reads the inquiry as it stands then.

use chrono::{DateTime, Utc};
use commerce::{FileNo, GoodsNo, MemberNo};
use db::DbConnection;
use db::outbox::{self, NewMessage};
use diesel::QueryResult;
use platform::http_client::current_traceparent;
use serde::{Deserialize, Serialize};

use crate::domain::inquiry::InquiryId;

/// Tells a member that its inquiry was answered.
pub const ANSWERED: &str = "inquiry.answered";
/// Removes a file's bytes.
pub const DELETE_FILE: &str = "file.delete";
/// Asks the catalogue for a name that was not to be had.
pub const LEARN_GOODS_NAME: &str = "goods.name";
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

pub fn empty_log(conn: &mut DbConnection, now: DateTime<Utc>, member_no: &MemberNo) -> QueryResult<()> {
    put(conn, now, &format!("log-empty:{member_no}"), EMPTY_LOG, &())
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
    let traceparent = current_traceparent();
    let message =
        NewMessage { key, topic, payload: &payload, traceparent: traceparent.as_deref(), not_before: now };
    outbox::enqueue(conn, now, &message)?;
    Ok(())
}
