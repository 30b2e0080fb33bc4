//! Collects what is wrong with a request, so that every bad field is answered at once.

use commerce::text::REQUIRED;
use dto::envelope::{FieldError, MOST_FIELD_ERRORS};

use crate::error::Problem;

/// What is wrong with a value, in Korean, for the row of its field.
pub trait Hint {
    fn hint(&self) -> String;
}

impl Hint for commerce::Malformed {
    fn hint(&self) -> String {
        self.hint_ko().to_owned()
    }
}

impl Hint for dto::date_time::MalformedDateTime {
    fn hint(&self) -> String {
        self.hint_ko().to_owned()
    }
}

impl Hint for &'static str {
    fn hint(&self) -> String {
        (*self).to_owned()
    }
}

/// The rows collected so far.
///
/// Every method gives `None` when it has put down a row; after [`Form::finish`] has answered `Ok`, all required
/// values are there. A field has one row, the first that was put down, and there are 50 rows at most (contract, section 1):
/// what goes out must not grow with what is wrong.
#[derive(Debug, Default)]
pub struct Form {
    errors: Vec<FieldError>,
    /// Fields whose values the reader made up, because what was sent can't be read.
    made_up: Vec<String>,
}

/// Of a text that not every database keeps: PostgreSQL has no place for the character NUL.
pub(crate) const UNKEEPABLE: &str = "사용할 수 없는 문자가 있습니다.";

impl Form {
    pub fn new() -> Self {
        Self::default()
    }

    /// The form of a body that could be read only with something in the place of these fields.
    pub(crate) fn of_faults(errors: Vec<FieldError>) -> Self {
        let mut form = Self::new();
        form.put_down(errors);
        form.made_up = form.errors.iter().map(|row| row.field.clone()).collect();
        form
    }

    /// Both, where a request says what it wants in two places.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.put_down(other.errors);
        self.made_up.extend(other.made_up);
        self
    }

    pub fn reject(&mut self, field: impl Into<String>, message: impl Into<String>) {
        if self.errors.len() >= MOST_FIELD_ERRORS {
            return;
        }
        let field = field.into();
        let has_row = self.errors.iter().any(|row| row.field == field);
        // What was put in the place of a fault is nobody's mistake.
        if !has_row && self.was_read(&field) {
            self.errors.push(FieldError { field, message: message.into() });
        }
    }

    /// Puts down that a value must be there.
    pub fn missing(&mut self, field: impl Into<String>) {
        self.reject(field, REQUIRED);
    }

    /// A text that must be there, not empty and well-formed.
    pub fn required<T, E: Hint>(
        &mut self,
        field: &str,
        value: Option<&str>,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match value {
            None | Some("") => {
                self.missing(field);
                None
            }
            Some(text) => self.parsed(field, text, parse),
        }
    }

    /// A text that may be missing; an empty one counts as missing.
    pub fn optional<T, E: Hint>(
        &mut self,
        field: &str,
        value: Option<&str>,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match value {
            None | Some("") => None,
            Some(text) => self.parsed(field, text, parse),
        }
    }

    /// Any text between `min` and `max` characters, as its reader counts them.
    pub fn text(&mut self, field: &str, value: Option<&str>, min: usize, max: usize) -> Option<String> {
        match value {
            None => {
                self.missing(field);
                None
            }
            Some("") if min > 0 => {
                self.missing(field);
                None
            }
            Some(text) if commerce::text::has_length(text, min..=max) => Some(text.to_owned()),
            Some(_) => {
                self.reject(field, format!("{min}자 이상 {max}자 이하로 입력해 주세요."));
                None
            }
        }
    }

    fn parsed<T, E: Hint>(
        &mut self,
        field: &str,
        text: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match parse(text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.reject(field, error.hint());
                None
            }
        }
    }

    /// Whether every field could be read as it was sent. What fields say of each other is not known while one of them could not.
    pub fn is_whole(&self) -> bool {
        self.made_up.is_empty()
    }

    /// Whether this field could be read as it was sent.
    pub fn was_read(&self, field: &str) -> bool {
        !self.made_up.iter().any(|made_up| stands_in(field, made_up))
    }

    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// `VALIDATION` with all rows, if there are any.
    pub fn finish(self) -> Result<(), Problem> {
        if self.errors.is_empty() { Ok(()) } else { Err(self.problem()) }
    }

    /// As [`Form::finish`], giving the built value if every part of it is there.
    pub fn complete<T>(self, value: Option<T>) -> Result<T, Problem> {
        match (self.errors.is_empty(), value) {
            (true, Some(value)) => Ok(value),
            (true, None) => Err(Problem::internal("a form without errors lacks a value")),
            (false, _) => Err(self.problem()),
        }
    }

    pub(crate) fn into_rows(self) -> Vec<FieldError> {
        self.errors
    }

    fn put_down(&mut self, rows: Vec<FieldError>) {
        for row in rows {
            self.reject(row.field, row.message);
        }
    }

    fn problem(self) -> Problem {
        Problem::validation(self.errors)
    }
}

/// Whether one field is another, or a part of it.
fn stands_in(field: &str, whole: &str) -> bool {
    field.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_long_as_its_reader_sees_it() {
        let family = "👨‍👩‍👧‍👦";
        let accents = "\u{301}".repeat(200);
        for (text, is_good) in [
            ("각", true),
            ("\u{1100}\u{1161}\u{11A8}\u{1100}\u{1161}\u{11A8}", true),
            (&family.repeat(2), true),
            (&family.repeat(3), false),
            (&format!("a{accents}"), false),
            ("", false),
        ] {
            let mut form = Form::new();
            assert_eq!(form.text("name", Some(text), 1, 2).is_some(), is_good, "{text}");
            assert_eq!(form.has_errors(), !is_good, "{text}");
        }
    }

    #[test]
    fn a_field_has_one_row_however_often_it_is_bad() {
        let mut form = Form::new();
        form.reject("title", "UTF-8");
        form.reject("accpCont", "긴 내용");
        form.reject("title", REQUIRED);
        let problem = form.finish().expect_err("there are bad fields");
        let rows: Vec<(&str, &str)> =
            problem.errors.iter().map(|row| (row.field.as_str(), row.message.as_str())).collect();
        assert_eq!(rows, [("title", "UTF-8"), ("accpCont", "긴 내용")]);
    }

    #[test]
    fn what_a_reader_made_up_has_no_rows_of_its_own() {
        let mut form = Form::of_faults(vec![FieldError::new("goods[0]", REQUIRED)]);
        for field in ["goods[0]", "goods[0].price", "goods[0][1]", "goods[01]", "goods", "name"] {
            form.reject(field, REQUIRED);
        }
        let problem = form.finish().expect_err("there are bad fields");
        let fields: Vec<&str> = problem.errors.iter().map(|row| row.field.as_str()).collect();
        assert_eq!(fields, ["goods[0]", "goods[01]", "goods", "name"]);
    }

    #[test]
    fn rows_have_a_bound_however_much_is_wrong() {
        let mut form = Form::new();
        for index in 0..349_000 {
            form.reject(format!("claimGoodsList[{index}].ordSeq"), REQUIRED);
        }
        let problem = form.finish().expect_err("there are bad fields");
        assert_eq!(problem.errors.len(), MOST_FIELD_ERRORS);
    }
}
