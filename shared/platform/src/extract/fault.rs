//! What serde could not take, as the caller is told of it.

use commerce::text::REQUIRED;
use dto::bounded::LONGER_THAN;
use dto::envelope::FieldError;
use serde_path_to_error::{Path, Segment};

use super::BODY;
use crate::form::UNKEEPABLE;

/// A place in a request that can't be taken as it is, and why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// From the whole to the field; empty for the whole.
    pub(super) place: Vec<Step>,
    message: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Index(usize),
    Key(String),
}

impl Fault {
    /// Turns serde's English into a place and a sentence. The value itself is not repeated: it may be personal.
    pub(super) fn of<E: std::fmt::Display>(error: &serde_path_to_error::Error<E>) -> Self {
        let text = error.inner().to_string();
        let place = steps(error.path());
        let between = |before: &str, after: char| text.split_once(before)?.1.split(after).next();
        if let Some(name) = between("missing field `", '`') {
            return Self { place: with_field(place, name), message: REQUIRED.to_owned() };
        }
        if let Some(name) = between("duplicate field `", '`') {
            return Self {
                place: with_field(place, name),
                message: "같은 항목이 두 번 있습니다.".to_owned(),
            };
        }
        let message = match (between("is not a code of table ", ' '), between(LONGER_THAN, ' ')) {
            (Some(table), _) => format!("{} 코드표에 없는 값입니다.", table.trim_end_matches(['"', '.'])),
            (None, Some(rows)) => format!("{}건까지 보낼 수 있습니다.", with_commas(rows)),
            (None, None) => "값의 형식이 올바르지 않습니다.".to_owned(),
        };
        Self { place, message }
    }

    /// A text with a character that not every database keeps.
    pub(super) fn unkeepable(place: Vec<Step>) -> Self {
        Self { place, message: UNKEEPABLE.to_owned() }
    }

    /// The row of the envelope, with the JSON path as its field.
    pub(super) fn row(&self) -> FieldError {
        FieldError::new(path_of(&self.place), self.message.clone())
    }
}

/// The JSON path of a place, or the name of the whole.
fn path_of(place: &[Step]) -> String {
    let mut path = String::new();
    for step in place {
        match step {
            Step::Index(index) => path.push_str(&format!("[{index}]")),
            Step::Key(key) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
            }
        }
    }
    if path.is_empty() { BODY.to_owned() } else { path }
}

/// `1000` as `1,000`.
fn with_commas(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The path ends with the object that lacks the field or, if the reader came so far, with the field itself.
fn with_field(mut place: Vec<Step>, name: &str) -> Vec<Step> {
    let field = Step::Key(name.to_owned());
    if place.last() != Some(&field) {
        place.push(field);
    }
    place
}

fn steps(path: &Path) -> Vec<Step> {
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(Step::Index(*index)),
            Segment::Map { key } => Some(Step::Key(key.clone())),
            Segment::Enum { variant } => Some(Step::Key(variant.clone())),
            Segment::Unknown => None,
        })
        .collect()
}
