//! Fields that several operations read alike. Each gives `None` when it has put down a row.

use chrono::{DateTime, NaiveDate, Utc};
use commerce::period::{EndsBeforeStart, Period};
use commerce::{CounselNo, Yn, text};
use dto::date_time::{parse_date, parse_date_time};
use dto::paging::{PageQuery, Paging};
use platform::form::Form;

use crate::domain::inquiry::{InquiryId, Phone};

const UNPRINTABLE: &str = "사용할 수 없는 문자가 포함되어 있습니다.";

/// Longest e-mail address there can be.
const LONGEST_EMAIL: usize = 254;

/// Whether a text may run over several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    One,
    Many,
    /// A number or a name that programs give, on one line: an index holds it, so its code points are counted.
    Key,
}

/// A text that must be there, with something to be seen in it.
pub(super) fn required_text(
    form: &mut Form,
    field: &str,
    value: Option<&str>,
    most: usize,
    lines: Lines,
) -> Option<String> {
    match value {
        Some(text) if !text::is_blank(text) => printable(form, field, text, most, lines),
        _ => {
            form.missing(field);
            None
        }
    }
}

/// A text that may be missing; one of which nothing can be seen counts as missing.
pub(super) fn optional_text(
    form: &mut Form,
    field: &str,
    value: Option<&str>,
    most: usize,
    lines: Lines,
) -> Option<String> {
    let text = value.filter(|text| !text::is_blank(text))?;
    printable(form, field, text, most, lines)
}

fn printable(form: &mut Form, field: &str, text: &str, most: usize, lines: Lines) -> Option<String> {
    let is_allowed = |character: char| match lines {
        Lines::One | Lines::Key => !character.is_control(),
        Lines::Many => !character.is_control() || matches!(character, '\n' | '\r' | '\t'),
    };
    let is_within = match lines {
        Lines::One | Lines::Many => text::is_within(text, most),
        Lines::Key => text.chars().count() <= most,
    };
    if !is_within {
        form.reject(field, format!("{most}자 이하로 입력해 주세요."));
        None
    } else if text.chars().all(is_allowed) {
        Some(text.to_owned())
    } else {
        form.reject(field, UNPRINTABLE);
        None
    }
}

/// An inquiry's number. The inner `None` is a well-formed one that no inquiry can have.
pub(super) fn inquiry_id(form: &mut Form, value: Option<&str>) -> Option<Option<InquiryId>> {
    form.required("ccnNo", value, CounselNo::parse).map(|counsel_no| InquiryId::of(&counsel_no))
}

/// A number of digits under which we count types and templates. The inner `None` is one that nothing can have.
pub(super) fn counted(form: &mut Form, field: &str, value: Option<&str>) -> Option<Option<i64>> {
    let text = value.filter(|text| !text.is_empty())?;
    if text.len() <= 20 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Some(text.parse().ok().filter(|number: &i64| number.to_string() == text))
    } else {
        form.reject(field, "번호 형식이 올바르지 않습니다.");
        None
    }
}

pub(super) fn flag(form: &mut Form, field: &str, value: Option<&str>) -> Option<bool> {
    let parse = |text: &str| Yn::from_wire(text).ok_or("Y 또는 N이어야 합니다.");
    form.optional(field, value, parse).map(Yn::is_yes)
}

pub(super) fn date_time(form: &mut Form, field: &str, value: Option<&str>) -> Option<DateTime<Utc>> {
    form.optional(field, value, parse_date_time)
}

pub(super) fn day(form: &mut Form, field: &str, value: Option<&str>) -> Option<NaiveDate> {
    form.optional(field, value, parse_date)
}

/// Puts the row of a period that ends too early at its end.
pub(super) fn period(
    form: &mut Form,
    end_field: &str,
    period: Result<Period, EndsBeforeStart>,
) -> Option<Period> {
    match period {
        Ok(period) => Some(period),
        Err(EndsBeforeStart) => {
            form.reject(end_field, "종료일자는 시작일자보다 빠를 수 없습니다.");
            None
        }
    }
}

pub(super) fn paging(form: &mut Form, page_no: Option<i64>, page_size: Option<i64>) -> Option<Paging> {
    match (PageQuery { page_no, page_size }).validate() {
        Ok(paging) => Some(paging),
        Err(rows) => {
            for row in rows {
                form.reject(row.field, row.message);
            }
            None
        }
    }
}

/// All three parts of a phone number or none.
pub(super) fn phone(form: &mut Form, parts: [(&str, Option<&str>); 3]) -> Phone {
    let is_given = parts.iter().any(|(_, value)| value.is_some_and(|text| !text.is_empty()));
    if !is_given {
        return Phone::default();
    }
    let [first, middle, last] = parts.map(|(field, value)| {
        form.required(field, value, |text| {
            let is_part = (2..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            if is_part {
                Ok(text.to_owned())
            } else {
                Err("휴대폰번호 형식이 올바르지 않습니다.")
            }
        })
    });
    Phone { first, middle, last }
}

pub(super) fn email(form: &mut Form, value: Option<&str>) -> Option<String> {
    form.optional("emailAddr", value, |text| {
        let is_short = text.len() <= LONGEST_EMAIL;
        let is_clean = text.chars().all(|character| !character.is_control() && !character.is_whitespace());
        let has_both_sides = text
            .rsplit_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty() && !local.contains('@'));
        if is_short && is_clean && has_both_sides {
            Ok(text.to_owned())
        } else {
            Err("이메일 형식이 올바르지 않습니다.")
        }
    })
}
