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
