//! Access records that wait in a service's outbox.

use db::{Db, DbError, outbox};
use serde_json::Value;

/// All that were put down and not handed on yet, as they will be: one row for each person in each answer, oldest first.
///
/// # Panics
///
/// When the database can't be read, or holds something else there.
pub async fn waiting(db: &Db) -> Vec<Value> {
    let messages =
        db.read(|conn| Ok::<_, DbError>(outbox::payloads_after(conn, "access.records", "", 10_000)?));
    let mut records = Vec::new();
    for (_, payload) in messages.await.expect("the outbox can be read") {
        let message: Value = serde_json::from_str(&payload).expect("a message is JSON");
        let list = message.get("recordList").and_then(Value::as_array);
        records.extend(list.expect("a list of records").iter().cloned());
    }
    records
}

/// Who was shown whom by what, of each that waits: `[userId, operNm, mbrNo, ordNo, claimNo]`.
pub async fn noted(db: &Db) -> Vec<[String; 5]> {
    let text =
        |record: &Value, name: &str| record.get(name).and_then(Value::as_str).unwrap_or("-").to_owned();
    let names = ["userId", "operNm", "mbrNo", "ordNo", "claimNo"];
    waiting(db).await.iter().map(|record| names.map(|name| text(record, name))).collect()
}
