//! The two in-betweens of "required" and "optional" that serde has no word for.

use serde::{Deserialize, Deserializer};

/// For `#[serde(deserialize_with)]`: the field must be there, but it may be null.
pub(crate) fn required_but_nullable<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer)
}

/// For `#[serde(default, deserialize_with)]`: a list that may be absent or null, and is then empty.
pub(crate) fn null_as_empty<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// For `#[serde(default, deserialize_with)]`: a text that some clients send as a whole number.
pub(crate) fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    match Option::<serde_json::Value>::deserialize(deserializer)? {
        None | Some(serde_json::Value::Null) => Ok(None),
        Some(serde_json::Value::String(text)) => Ok(Some(text)),
        Some(serde_json::Value::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(serde::de::Error::custom("invalid type: expected a text")),
    }
}

/// What [`text_or_number`] takes, for `#[schemars(schema_with)]`.
#[cfg(feature = "openapi")]
pub(crate) fn text_or_number_schema(_generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({"type": ["string", "integer", "null"]})
}
