//! Pages of a list: counted from 1, of 10 rows unless asked otherwise, of 100 at most.

use serde::{Deserialize, Serialize};

use crate::envelope::FieldError;

/// The two parameters as they come. Wider than needed, so that a page `0` or `-1` is named instead of misread.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PageQuery {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_no: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_size: Option<i64>,
}

/// A page that exists: its number from 1, its size from 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    page_no: i64,
    page_size: i64,
}

impl PageQuery {
    /// One row per bad parameter.
    pub fn validate(self) -> Result<Paging, Vec<FieldError>> {
        self.validate_up_to(Paging::LARGEST_SIZE)
    }

    /// The same of a list whose rows are so large that its pages are smaller.
    pub fn validate_up_to(self, largest_size: i64) -> Result<Paging, Vec<FieldError>> {
        let paging = Paging {
            page_no: self.page_no.unwrap_or(Paging::FIRST),
            page_size: self.page_size.unwrap_or(Paging::DEFAULT_SIZE),
        };
        let mut errors = Vec::new();
        if paging.page_no < Paging::FIRST {
            errors.push(FieldError::new("pageNo", "페이지 번호는 1 이상이어야 합니다."));
        }
        if !(1..=largest_size).contains(&paging.page_size) {
            let message = format!("페이지 크기는 1 이상 {largest_size} 이하여야 합니다.");
            errors.push(FieldError::new("pageSize", message));
        }
        if errors.is_empty() { Ok(paging) } else { Err(errors) }
    }
}

impl Paging {
    const FIRST: i64 = 1;
    const DEFAULT_SIZE: i64 = 10;
    const LARGEST_SIZE: i64 = 100;

    pub fn page_no(self) -> i64 {
        self.page_no
    }

    pub fn page_size(self) -> i64 {
        self.page_size
    }

    pub fn limit(self) -> i64 {
        self.page_size
    }

    /// Rows before this page; a page too far to count lies behind every row.
    pub fn offset(self) -> i64 {
        (self.page_no - 1).saturating_mul(self.page_size)
    }
}

impl TryFrom<PageQuery> for Paging {
    type Error = Vec<FieldError>;

    fn try_from(query: PageQuery) -> Result<Self, Vec<FieldError>> {
        query.validate()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(
        page_no: impl Into<Option<i64>>,
        page_size: impl Into<Option<i64>>,
    ) -> Result<Paging, Vec<String>> {
        PageQuery { page_no: page_no.into(), page_size: page_size.into() }
            .validate()
            .map_err(|errors| errors.into_iter().map(|error| error.field).collect())
    }

    #[test]
    fn a_page_has_ten_rows_unless_asked_otherwise() {
        let first = page(None, None).unwrap();
        assert_eq!((first.page_no(), first.page_size(), first.offset()), (1, 10, 0));
        let third = page(3, 100).unwrap();
        assert_eq!((third.limit(), third.offset()), (100, 200));
    }

    #[test]
    fn a_page_before_the_first_or_too_large_is_named() {
        assert_eq!(page(0, 10).unwrap_err(), ["pageNo"]);
        assert_eq!(page(1, 101).unwrap_err(), ["pageSize"]);
        assert_eq!(page(-1, 0).unwrap_err(), ["pageNo", "pageSize"]);
    }

    #[test]
    fn the_last_page_imaginable_does_not_overflow() {
        assert_eq!(page(i64::MAX, 100).unwrap().offset(), i64::MAX);
    }
}
