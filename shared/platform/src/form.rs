//! Collects what is wrong with a request, so that every bad field is answered at once.

use std::collections::HashSet;

use dto::envelope::FieldError;

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
/// values are there.
#[derive(Debug, Default)]
pub struct Form {
    errors: Vec<FieldError>,
}

const REQUIRED: &str = "필수 값입니다.";

impl Form {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn reject(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.errors.push(FieldError { field: field.into(), message: message.into() });
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
                self.reject(field, REQUIRED);
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

    /// Any text between `min` and `max` characters.
    pub fn text(&mut self, field: &str, value: Option<&str>, min: usize, max: usize) -> Option<String> {
        match value {
            None => {
                self.reject(field, REQUIRED);
                None
            }
            Some("") if min > 0 => {
                self.reject(field, REQUIRED);
                None
            }
            Some(text) => {
                let length = text.chars().count();
                if (min..=max).contains(&length) {
                    Some(text.to_owned())
                } else {
                    self.reject(field, format!("{min}자 이상 {max}자 이하로 입력해 주세요."));
                    None
                }
            }
        }
    }

    /// Refuses a text that not every database keeps: PostgreSQL has no place for the character NUL.
    pub fn keepable(&mut self, field: impl Into<String>, text: &str) {
        if text.contains('\0') {
            self.reject(field, "사용할 수 없는 문자가 있습니다.");
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

    /// One row for each bad field: the first that was put down.
    fn problem(mut self) -> Problem {
        let mut seen = HashSet::new();
        self.errors.retain(|row| seen.insert(row.field.clone()));
        Problem::validation(self.errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
