//! From the texts of a request to values; every bad one is named at once.

use chrono::NaiveDate;
use commerce::OrderNo;
use commerce::text::REQUIRED;
use dto::vendor_inquiry::VendorResultCode;
use platform::extract::{BODY, Json, json_from_slice};
use serde::de::DeserializeOwned;

use crate::api::vendors::fault::Fault;
use crate::domain::vendors::period::{Period, PeriodFault};

pub(super) const NOT_UTF8: &str = "문자 인코딩은 UTF-8이어야 합니다.";

/// What a vendor may ask: a small, flat document of texts, in JSON and in XML.
pub(super) trait VendorRequest: Default {
    /// What it is in JSON, where it stands in a document.
    type Document: DeserializeOwned;

    /// Its name there, and that of the root in XML.
    const ROOT: &'static str;
    /// `resultDesc` of XML with another root.
    const NO_ROOT: &'static str;

    fn of(document: Self::Document) -> Self;

    /// A value by its name; none of a name that isn't known.
    fn value(&mut self, name: &str) -> Option<&mut Option<String>>;
}

pub(super) fn json<R: VendorRequest>(body: &[u8]) -> Result<R, Fault> {
    // The reader passes over what it does not need, wrong bytes included.
    if std::str::from_utf8(body).is_err() {
        return Err(Fault::unreadable(NOT_UTF8));
    }
    match json_from_slice::<R::Document>(body).and_then(Json::checked) {
        Ok(document) => Ok(R::of(document)),
        Err(problem) => {
            let name_of = |field: &str| -> Option<String> {
                Some(field.strip_prefix(R::ROOT)?.strip_prefix('.')?.to_owned())
            };
            let about_a_value = problem.errors.iter().any(|row| name_of(&row.field).is_some());
            let code =
                if about_a_value { VendorResultCode::InvalidValue } else { VendorResultCode::Unreadable };
            let reasons = problem.errors.iter().map(|row| match row.field.as_str() {
                BODY => row.message.clone(),
                field => {
                    format!("{}: {}", name_of(field).unwrap_or_else(|| field.to_owned()), row.message)
                }
            });
            Err(Fault::new(code, reasons.collect::<Vec<_>>().join(" ")))
        }
    }
}

/// 조회기간: whole Korean days.
pub(super) fn period(first: NaiveDate, last: NaiveDate) -> Result<Period, Fault> {
    Period::of_days(first, last).map_err(|fault| match fault {
        PeriodFault::Reversed => range("조회종료일(perdEndDts)이 조회시작일(perdStrDts)보다 빠릅니다."),
        PeriodFault::TooLong => range("조회기간은 최대 7일입니다."),
    })
}

pub(super) fn range(reason: &str) -> Fault {
    Fault::new(VendorResultCode::InvalidRange, reason)
}

pub(super) const DAY: &str = "yyyymmdd 형식의 날짜여야 합니다.";
pub(super) const ORDER_NO: &str = "주문번호 형식이 올바르지 않습니다.";

pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let is_plain = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain { dto::parse_date(text).ok() } else { None }
}

pub(super) fn order_no(text: &str) -> Option<OrderNo> {
    OrderNo::parse(text).ok()
}

/// A value of the request.
pub(super) enum Value<T> {
    Missing,
    Malformed,
    Read(T),
}

impl<T> Value<T> {
    pub(super) const fn is_given(&self) -> bool {
        !matches!(self, Self::Missing)
    }

    pub(super) fn into_read(self) -> Option<T> {
        match self {
            Self::Read(value) => Some(value),
            Self::Missing | Self::Malformed => None,
        }
    }
}

/// What is wrong so far, in the order of the values.
#[derive(Default)]
pub(super) struct Values(Vec<String>);

impl Values {
    /// An empty value counts as missing.
    pub(super) fn read<T>(
        &mut self,
        name: &str,
        text: Option<&str>,
        parse: impl FnOnce(&str) -> Option<T>,
        hint: &str,
    ) -> Value<T> {
        match text.map(str::trim) {
            None | Some("") => Value::Missing,
            Some(text) => match parse(text) {
                Some(value) => Value::Read(value),
                None => {
                    self.reject(name, hint);
                    Value::Malformed
                }
            },
        }
    }

    pub(super) fn require<T>(&mut self, name: &str, value: &Value<T>) {
        if !value.is_given() {
            self.reject(name, REQUIRED);
        }
    }

    pub(super) fn reject(&mut self, name: &str, hint: &str) {
        self.0.push(format!("{name}: {hint}"));
    }

    pub(super) fn finish(self) -> Result<(), Fault> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Fault::new(VendorResultCode::InvalidValue, self.0.join(" ")))
        }
    }
}
