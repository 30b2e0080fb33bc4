//! Every field of a body that can't be taken, not only the first.
//!
//! serde stops at the first one. Here that field gets a value that can be taken, and the body is read again for the next
//! (contract, section 1: one row per bad field). Only a refused body is read like this, and only so much in all: nobody
//! shall keep us busy with a request that comes to nothing.

use std::sync::LazyLock;

use dto::envelope::FieldError;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::fault::{Fault, Step};

/// Bytes that are read again in all, for however many fields.
const READ_AGAIN_BYTES: usize = 512 * 1024;
/// A body shorter than this costs as much.
const LEAST_BYTES: usize = 512;
const MAX_ROWS: usize = 50;

/// What a field might be content with: nothing, some text, a number, a date, a number of an order or a claim, or one of the
/// codes a table begins with.
static STAND_INS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let mut all = vec![Value::Null, json!("Y"), json!(1), json!([]), json!({}), json!(false)];
    let texts = [
        "1",
        "10",
        "11",
        "21",
        "01",
        "251",
        "CNTR_DLV",
        "GOODS",
        "2000-01-01T00:00:00+09:00",
        "20000101O000001",
        "20000101C000001",
    ];
    all.extend(texts.map(|text| json!(text)));
    all
});

/// A row for each fault, the given one first.
pub(super) fn every_fault<T: DeserializeOwned>(body: &str, first: Fault) -> Vec<FieldError> {
    let mut rows = vec![first.row()];
    let Ok(body) = serde_json::from_str(body) else { return rows };
    let mut reader = Reader { body, bytes_left: READ_AGAIN_BYTES };
    // What stands below a field that was not there at all is nobody's fault.
    let mut made_up: Vec<Vec<Step>> = Vec::new();
    let mut fault = Some(first);
    while let Some(mended) = fault {
        let Some(next) = reader.mend::<T>(&mended) else { break };
        made_up.push(mended.place);
        if let Some(next) = &next
            && !made_up.iter().any(|place| next.place.starts_with(place))
        {
            rows.push(next.row());
        }
        fault = next.filter(|_| rows.len() < MAX_ROWS);
    }
    rows
}

struct Reader {
    body: Value,
    bytes_left: usize,
}

impl Reader {
    /// Puts something in the place of a fault that can be taken there, and finds the next fault. None when nothing fits,
    /// or enough was read.
    fn mend<T: DeserializeOwned>(&mut self, fault: &Fault) -> Option<Option<Fault>> {
        for stand_in in STAND_INS.iter() {
            *place_in(&mut self.body, &fault.place)? = stand_in.clone();
            match self.read::<T>()? {
                Err(next) if next.place == fault.place => {}
                result => return Some(result.err()),
            }
        }
        None
    }

    fn read<T: DeserializeOwned>(&mut self) -> Option<Result<(), Fault>> {
        let text = self.body.to_string();
        self.bytes_left = self.bytes_left.checked_sub(text.len().max(LEAST_BYTES))?;
        let mut deserializer = serde_json::Deserializer::from_str(&text);
        let result: Result<T, _> = serde_path_to_error::deserialize(&mut deserializer);
        Some(result.map(drop).map_err(|error| Fault::of(&error)))
    }
}

/// Where a fault stands, made if it is a field that is missing.
fn place_in<'a>(body: &'a mut Value, place: &[Step]) -> Option<&'a mut Value> {
    place.iter().try_fold(body, |value, step| match (step, value) {
        (Step::Index(index), Value::Array(elements)) => elements.get_mut(*index),
        (Step::Key(key), Value::Object(fields)) => Some(fields.entry(key.clone()).or_insert(Value::Null)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use dto::order::Order;
    use dto::promotion::AccmRequest;

    use super::super::json_from_slice;
    use super::*;

    #[track_caller]
    fn check<T: DeserializeOwned + std::fmt::Debug>(body: &Value, fields: &[&str]) {
        let problem = json_from_slice::<T>(body.to_string().as_bytes()).expect_err("must be refused");
        let named: Vec<String> = problem.errors.into_iter().map(|row| row.field).collect();
        assert_eq!(named, fields, "{body}");
    }

    #[test]
    fn an_empty_request_lacks_everything_that_is_required() {
        check::<AccmRequest>(&json!({}), &["mbrNo", "mbrGradeCd", "ordMediaCd", "baseDtm", "goodsList"]);
        check::<Order>(
            &json!({}),
            &[
                "ordNo",
                "siteNo",
                "ordManNm",
                "cellSctNo",
                "cellTxnoNo",
                "cellEndNo",
                "ordMediaCd",
                "ordDtm",
                "dlvpList",
                "deliGrpList",
                "goodsList",
                "payList",
            ],
        );
    }

    #[test]
    fn wrong_types_and_codes_are_named_wherever_they_stand() {
        let goods = json!({"goodsNo": "1", "itmNo": 1, "purchaseAmt": "1", "brandNo": "1"});
        let body = json!({"mbrNo": "1", "mbrGradeCd": "99", "ordMediaCd": "20", "baseDtm": "yesterday",
            "goodsList": [goods, {}]});
        let problem =
            json_from_slice::<AccmRequest>(body.to_string().as_bytes()).expect_err("must be refused");
        let named: Vec<String> = problem.errors.into_iter().map(|row| row.field).collect();
        for field in [
            "mbrGradeCd",
            "baseDtm",
            "goodsList[0].itmNo",
            "goodsList[0].purchaseAmt",
            "goodsList[1].goodsNo",
        ] {
            assert!(named.iter().any(|name| name == field), "{field}: {named:?}");
        }
        assert!(
            !named.iter().any(|name| matches!(name.as_str(), "mbrNo" | "ordMediaCd" | "goodsList")),
            "{named:?}"
        );
    }

    #[test]
    fn what_a_missing_object_would_have_held_is_not_missing_too() {
        #[derive(Debug, serde::Deserialize)]
        #[expect(dead_code, reason = "only the refusals are looked at")]
        struct Outer {
            inner: Inner,
            name: String,
        }
        #[derive(Debug, serde::Deserialize)]
        #[expect(dead_code, reason = "only the refusals are looked at")]
        struct Inner {
            count: u32,
        }
        check::<Outer>(&json!({}), &["inner", "name"]);
        check::<Outer>(&json!({"inner": {}, "name": 1}), &["inner.count", "name"]);
    }

    #[test]
    fn rows_and_reading_have_a_bound() {
        let body = json!({"mbrNo": "1", "mbrGradeCd": "30", "ordMediaCd": "20", "baseDtm": "2026-08-01T10:00:00",
            "goodsList": vec![json!({}); 1000]});
        let problem =
            json_from_slice::<AccmRequest>(body.to_string().as_bytes()).expect_err("must be refused");
        assert!((1..=MAX_ROWS).contains(&problem.errors.len()), "{}", problem.errors.len());
        let large = json!({"mbrNo": 1, "x": "x".repeat(READ_AGAIN_BYTES)});
        let problem =
            json_from_slice::<AccmRequest>(large.to_string().as_bytes()).expect_err("must be refused");
        assert_eq!(problem.errors.len(), 1);
    }
}
