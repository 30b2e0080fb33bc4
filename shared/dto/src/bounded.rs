//! Lists of a request, none longer than its bound (contract, section 1).
//!
//! The bound holds while a list is read, not afterwards: a body of a few bytes a row must not become a hundred times as much
//! memory before anybody looks at it. Each list also says its bound in its schema, and a test holds the two together.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Rows of a list where nothing else is said.
pub const MOST_ROWS: usize = 1_000;
/// 상품 Rows of a basket or of an order's goods: no order has more lines.
pub const MOST_LINES: usize = 1_000;
/// Rows of the standing lists of an accumulation policy, which names promotions and goods of the whole shop.
pub const MOST_POLICY_ROWS: usize = 100_000;
/// 상품 Goods asked for at once.
pub const MOST_ASKED_GOODS: usize = 100;
/// 상담유형 Types of inquiries asked for at once.
pub const MOST_ASKED_TYPES: usize = 100;
/// 회수클레임 Returns and exchanges moved at once.
pub const MOST_MOVED_CLAIMS: usize = 100;
/// 회원 클레임 Claims told of at once.
pub const MOST_COUNTED_CLAIMS: usize = 500;
/// 접속기록 Records handed on at once.
pub const MOST_ACCESS_RECORDS: usize = 500;
/// 단품 Items of one goods.
pub const MOST_ITEMS: usize = 500;
/// 주문 Orders of one intake.
pub const MOST_ORDERS: usize = 500;

/// What a refusal says before the number of rows that a list may have.
pub const LONGER_THAN: &str = "a list is longer than ";

/// For `#[serde(deserialize_with)]`: a list of at most `N` rows.
pub(crate) fn at_most<'de, const N: usize, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_seq(Rows::<N, T> { names_row: false, of: PhantomData })
}

/// As [`at_most`], where a refusal names the first row that is too many instead of the list.
pub(crate) fn at_most_or_row<'de, const N: usize, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_seq(Rows::<N, T> { names_row: true, of: PhantomData })
}

/// For `#[serde(default, deserialize_with)]`: a list of at most `N` rows that may be absent or null, and is then empty.
pub(crate) fn none_or_at_most<'de, const N: usize, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    optional_at_most::<N, T, D>(deserializer).map(Option::unwrap_or_default)
}

/// For `#[serde(default, deserialize_with)]`: as [`none_or_at_most`], where absent is not the same as empty.
pub(crate) fn optional_at_most<'de, const N: usize, T, D>(deserializer: D) -> Result<Option<Vec<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let list: Option<AtMost<N, T>> = Option::deserialize(deserializer)?;
    Ok(list.map(|list| list.0))
}

/// A whole body that is a list of at most `N` rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtMost<const N: usize, T>(pub Vec<T>);

impl<'de, const N: usize, T: Deserialize<'de>> Deserialize<'de> for AtMost<N, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        at_most::<N, T, D>(deserializer).map(Self)
    }
}

#[cfg(feature = "openapi")]
impl<const N: usize, T: schemars::JsonSchema> schemars::JsonSchema for AtMost<N, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        Vec::<T>::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = Vec::<T>::json_schema(generator);
        schema.insert("maxItems".to_owned(), N.into());
        schema
    }
}

/// A list whose rows are read, held against their type, and let go one by one: nobody computes with them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unkept<const N: usize, T>(PhantomData<fn() -> T>);

impl<'de, const N: usize, T: Deserialize<'de>> Deserialize<'de> for Unkept<N, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(LettingGo::<N, T>(PhantomData))
    }
}

/// Written as a list without the rows that were let go.
impl<const N: usize, T> Serialize for Unkept<N, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(std::iter::empty::<()>())
    }
}

struct Rows<const N: usize, T> {
    names_row: bool,
    of: PhantomData<fn() -> T>,
}

impl<'de, const N: usize, T: Deserialize<'de>> Visitor<'de> for Rows<N, T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a list of at most {N} rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while list.len() < N {
            match rows.next_element()? {
                Some(row) => list.push(row),
                None => return Ok(list),
            }
        }
        if self.names_row {
            return rows.next_element_seed(NoRow::<N>).map(|_| list);
        }
        end_of::<N, A>(&mut rows)?;
        Ok(list)
    }
}

struct LettingGo<const N: usize, T>(PhantomData<fn() -> T>);

impl<'de, const N: usize, T: Deserialize<'de>> Visitor<'de> for LettingGo<N, T> {
    type Value = Unkept<N, T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a list of at most {N} rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Unkept<N, T>, A::Error> {
        for _ in 0..N {
            if rows.next_element::<T>()?.is_none() {
                return Ok(Unkept(PhantomData));
            }
        }
        end_of::<N, A>(&mut rows)?;
        Ok(Unkept(PhantomData))
    }
}

/// Nothing may come after the last row that a list may have.
fn end_of<'de, const N: usize, A: SeqAccess<'de>>(rows: &mut A) -> Result<(), A::Error> {
    match rows.next_element::<IgnoredAny>()? {
        None => Ok(()),
        Some(_) => Err(A::Error::custom(format_args!("{LONGER_THAN}{N}"))),
    }
}

/// Takes the place of the row after the last, and refuses it there.
struct NoRow<const N: usize>;

impl<'de, const N: usize> DeserializeSeed<'de> for NoRow<N> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, _row: D) -> Result<(), D::Error> {
        Err(D::Error::custom(format_args!("{LONGER_THAN}{N}")))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct Request {
        #[serde(deserialize_with = "at_most::<2, _, _>")]
        all: Vec<i32>,
        #[serde(default, deserialize_with = "none_or_at_most::<2, _, _>")]
        some: Vec<i32>,
        #[serde(default)]
        gone: Option<Unkept<2, i32>>,
    }

    #[track_caller]
    fn check(request: serde_json::Value, refusal: Option<&str>) {
        let refused = serde_json::from_value::<Request>(request.clone()).err().map(|error| error.to_string());
        assert_eq!(refused.as_deref(), refusal, "{request}");
    }

    #[test]
    fn a_list_may_be_as_long_as_its_bound() {
        check(json!({"all": []}), None);
        check(json!({"all": [1, 2], "some": [1, 2], "gone": [1, 2]}), None);
        check(json!({"all": [1], "some": null, "gone": null}), None);
        check(json!({"all": [1, 2, 3]}), Some("a list is longer than 2"));
        check(json!({"all": [], "some": [1, 2, 3]}), Some("a list is longer than 2"));
        check(json!({"all": [], "gone": [1, 2, 3]}), Some("a list is longer than 2"));
    }

    #[test]
    fn rows_that_are_not_kept_are_checked_all_the_same() {
        check(json!({"all": [], "gone": [1, "x"]}), Some("invalid type: string \"x\", expected i32"));
        check(json!({"all": [], "gone": {}}), Some("invalid type: map, expected a list of at most 2 rows"));
    }

    #[test]
    fn a_row_after_the_last_is_not_read() {
        // What stands there is refused for its place, whatever it is.
        check(json!({"all": [1, 2, "x"]}), Some("a list is longer than 2"));
    }

    #[test]
    fn a_whole_body_may_be_a_bounded_list() {
        assert_eq!(serde_json::from_value::<AtMost<1, i32>>(json!([5])).unwrap(), AtMost(vec![5]));
        assert!(serde_json::from_value::<AtMost<1, i32>>(json!([5, 6])).is_err());
    }
}
