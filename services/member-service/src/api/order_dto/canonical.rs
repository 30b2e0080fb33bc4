//! One text for all the ways to write the same order.

use serde_json::Value;

/// The canonical text: nulls and empty lists are as good as absent, and the order of fields and rows says nothing.
pub(super) fn text(value: Value) -> String {
    reduced(value).unwrap_or(Value::Null).to_string()
}

/// A value without what says nothing; `None` when nothing is left.
fn reduced(value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::Array(rows) => {
            let mut rows: Vec<Value> = rows.into_iter().filter_map(reduced).collect();
            rows.sort_by_cached_key(Value::to_string);
            if rows.is_empty() { None } else { Some(Value::Array(rows)) }
        }
        // The map of serde_json is sorted by name.
        Value::Object(fields) => {
            Some(fields.into_iter().filter_map(|(name, value)| Some((name, reduced(value)?))).collect())
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) => Some(value),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_same_order_written_otherwise_has_the_same_text() {
        let one = json!({"ordNo": "1", "emailAddr": null, "giftList": [], "goodsList": [{"ordSeq": 2}, {"ordSeq": 1}]});
        let other = json!({"goodsList": [{"ordSeq": 1, "benefitList": []}, {"ordSeq": 2}], "ordNo": "1"});
        assert_eq!(text(one), text(other));
    }

    #[test]
    fn another_value_another_field_or_another_row_has_another_text() {
        let original = text(json!({"a": "1", "list": [{"b": 1}, {"b": 1}]}));
        for other in [
            json!({"a": 1, "list": [{"b": 1}, {"b": 1}]}),
            json!({"c": "1", "list": [{"b": 1}, {"b": 1}]}),
            json!({"a": "1", "list": [{"b": 1}]}),
            json!({"a": "1", "list": [{"b": 1}, {"b": 2}]}),
        ] {
            assert_ne!(text(other.clone()), original, "{other}");
        }
    }
}
