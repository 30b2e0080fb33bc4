//! Every field of a body that can't be taken, not only the first.
//!
//! serde stops at the first one. Here that field gets a value that can be taken, and the body is read again for the next
//! (contract, section 1: one row per bad field). Only a refused body is read like this, and only so much in all: nobody
//! shall keep us busy with a request that comes to nothing.

use std::sync::LazyLock;

use dto::envelope::MOST_FIELD_ERRORS;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::fault::{Fault, Step};

/// Bytes that are read again in all, for however many fields.
const READ_AGAIN_BYTES: usize = 512 * 1024;
/// A body shorter than this costs as much.
const LEAST_BYTES: usize = 512;
/// More are not looked for: an answer has no more rows.
const MOST_FAULTS: usize = MOST_FIELD_ERRORS;

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

/// A refused body as far as it could be read: what can be taken of it, and what is wrong with the rest.
pub(super) struct Mended<T> {
    /// The body with something that can be taken in the place of each fault. None when nothing fits, or enough was read.
    pub(super) value: Option<T>,
    pub(super) faults: Vec<Fault>,
}

/// Finds each fault, the given one first, by mending one after the other.
pub(super) fn mend<T: DeserializeOwned>(body: &str, first: Fault) -> Mended<T> {
    let nothing = |faults| Mended { value: None, faults };
    // A body that is something else altogether has no fields to mend.
    if body.len() > READ_AGAIN_BYTES || first.place.is_empty() {
        return nothing(vec![first]);
    }
    let Ok(body) = serde_json::from_str(body) else { return nothing(vec![first]) };
    let mut reader = Reader { body, bytes_left: READ_AGAIN_BYTES };
    // What stands below a field that was not there at all is nobody's fault.
    let mut made_up: Vec<Vec<Step>> = Vec::new();
    let mut faults = vec![first.clone()];
    let mut fault = first;
    while faults.len() < MOST_FAULTS {
        let next = match reader.mend::<T>(&fault) {
            None => break,
            Some(Ok(value)) => return Mended { value: Some(value), faults },
            Some(Err(next)) => next,
        };
        made_up.push(std::mem::take(&mut fault.place));
        if !made_up.iter().any(|place| next.place.starts_with(place)) {
            faults.push(next.clone());
        }
        fault = next;
    }
    nothing(faults)
}

struct Reader {
    body: Value,
    bytes_left: usize,
}

impl Reader {
    /// Puts something in the place of a fault that can be taken there, and reads on: the whole, or the next fault. None when
    /// nothing fits, or enough was read.
    fn mend<T: DeserializeOwned>(&mut self, fault: &Fault) -> Option<Result<T, Fault>> {
        for stand_in in STAND_INS.iter() {
            *place_in(&mut self.body, &fault.place)? = stand_in.clone();
            match self.read::<T>()? {
                Err(next) if next.place == fault.place => {}
                result => return Some(result),
            }
        }
        None
    }

    fn read<T: DeserializeOwned>(&mut self) -> Option<Result<T, Fault>> {
        let text = self.body.to_string();
        self.bytes_left = self.bytes_left.checked_sub(text.len().max(LEAST_BYTES))?;
        let mut deserializer = serde_json::Deserializer::from_str(&text);
        let result: Result<T, _> = serde_path_to_error::deserialize(&mut deserializer);
        Some(result.map_err(|error| Fault::of(&error)))
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

    use super::super::{Json, json_from_slice};
    use super::*;

    #[track_caller]
    fn check<T: DeserializeOwned + std::fmt::Debug>(body: &Value, fields: &[&str]) {
        let problem = json_from_slice::<T>(body.to_string().as_bytes())
            .and_then(Json::checked)
            .expect_err("must be refused");
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
        let problem = json_from_slice::<AccmRequest>(body.to_string().as_bytes())
            .and_then(Json::checked)
            .expect_err("must be refused");
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
        let problem = json_from_slice::<AccmRequest>(body.to_string().as_bytes())
            .and_then(Json::checked)
            .expect_err("must be refused");
        assert!((1..=MOST_FIELD_ERRORS).contains(&problem.errors.len()), "{}", problem.errors.len());
        let large = json!({"mbrNo": 1, "x": "x".repeat(READ_AGAIN_BYTES)});
        let problem = json_from_slice::<AccmRequest>(large.to_string().as_bytes())
            .and_then(Json::checked)
            .expect_err("must be refused");
        assert_eq!(problem.errors.len(), 1);
    }
}
