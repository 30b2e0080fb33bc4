//! 본문 마스킹: values that are known of a person are found in a text somebody wrote, and masked where they stand.
//!
//! What is found, however it is written (full-width, in single letters as macOS writes file names, in capitals):
//! - names of two characters or more, whole ones only. A name of two Korean characters is often a part of another word
//!   (`주문`, `문의`), so it counts only where it stands as a word, with a particle or a title behind it at most. A Latin name
//!   counts as a word, any other name wherever it stands.
//! - phone numbers by their last two columns, with whatever marks between the digits; so it does not matter how the
//!   number begins (`010`, `+82 10`, `(010)`), and the beginning stays.
//! - e-mail addresses, and addresses as the order has them, whatever the blanks: all of it or what lies behind the
//!   district, and the detail. Four characters and a letter at least: less is in every text.
//!
//! A masked text is never longer than the text was, and masking it again changes nothing.

mod folded;
mod patterns;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;

use crate::text::{characters, is_zero_width};
use folded::Folded;
use patterns::{Found, Patterns};

const STAR: &str = "*";
/// Stars that stand for a column, or for fewer characters as many as these are.
const MOST_STARS: usize = 4;

/// What is known of a person. It never shows itself.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct KnownValues {
    names: BTreeSet<String>,
    /// The last two columns of phone numbers.
    phones: BTreeSet<(String, String)>,
    emails: BTreeSet<String>,
    streets: BTreeSet<String>,
    details: BTreeSet<String>,
}

impl KnownValues {
    /// 이름
    pub fn add_name(&mut self, name: &str) {
        add(&mut self.names, name);
    }

    /// 전화번호, by the columns behind the first one.
    pub fn add_phone(&mut self, middle: &str, last: &str) {
        if !is_masked(middle) && !is_masked(last) {
            self.phones.insert((middle.trim().to_owned(), last.trim().to_owned()));
        }
    }

    /// 이메일
    pub fn add_email(&mut self, email: &str) {
        add(&mut self.emails, email);
    }

    /// 주소: `zipAddr` and `dtlAddr`.
    pub fn add_address(&mut self, street: &str, detail: &str) {
        add(&mut self.streets, street);
        add(&mut self.details, detail);
    }

    pub fn len(&self) -> usize {
        self.names.len() + self.phones.len() + self.emails.len() + self.streets.len() + self.details.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Makes ready to look for all of them at once.
    pub fn finder(&self) -> KnownValueFinder {
        KnownValueFinder(Patterns::of(self))
    }
}

impl fmt::Debug for KnownValues {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("KnownValues(***)")
    }
}

/// What was masked before is nobody's value.
fn add(values: &mut BTreeSet<String>, value: &str) {
    let value = value.trim();
    if !value.is_empty() && !is_masked(value) {
        values.insert(value.to_owned());
    }
}

fn is_masked(value: &str) -> bool {
    value.contains(STAR)
}

/// Finds the values of one person in many texts.
pub struct KnownValueFinder(Patterns);

impl KnownValueFinder {
    /// The text with every known value masked; none where it holds none.
    pub fn masked(&self, text: &str) -> Option<String> {
        let mut masked = self.masked_once(text)?;
        // What two values share is masked for the first of them; what is left may hold the other one. Each time there are
        // fewer characters that are no stars, so this ends.
        while let Some(again) = self.masked_once(&masked) {
            masked = again;
        }
        Some(masked)
    }

    fn masked_once(&self, text: &str) -> Option<String> {
        let mut found = self.0.find(text);
        if found.is_empty() {
            return None;
        }
        found.sort_by_key(|one| (one.range.start, std::cmp::Reverse(one.range.end)));
        let mut masked = String::with_capacity(text.len());
        let mut done = 0;
        for Found { range, mask } in found {
            if range.start < done {
                continue;
            }
            masked.push_str(text.get(done..range.start).unwrap_or_default());
            masked.push_str(&mask);
            done = range.end;
        }
        masked.push_str(text.get(done..).unwrap_or_default());
        Some(masked)
    }
}

impl fmt::Debug for KnownValueFinder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("KnownValueFinder(***)")
    }
}

/// What nobody sees in a name is no character of it.
fn masked_name(seen: &str) -> String {
    let is_seen = |character: &&str| !character.chars().all(is_zero_width);
    super::name(&characters(seen).filter(is_seen).collect::<String>())
}

/// Stars for so many characters.
fn stars(characters: usize) -> String {
    STAR.repeat(characters.min(MOST_STARS))
}
