//! What is looked for, and whether what was found is what was meant.

use std::ops::Range;

use aho_corasick::AhoCorasick;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Folded, KnownValues, MOST_STARS, masked_name, stars};

/// Characters of an address that are enough to say whose it is.
const TELLING: usize = 4;
/// Digits of a phone number behind its first column.
const PHONE_DIGITS: Range<usize> = 7..9;
/// Words of an address that say no more than the district.
const DISTRICT_WORDS: usize = 2;
/// What follows a name in the same word.
const ENDINGS: [&str; 36] = [
    "님", "씨", "군", "양", "이", "가", "은", "는", "을", "를", "의", "에", "와", "과", "도", "로", "아",
    "야", "고", "만", "입", "인", "임", "예", "이", "라", "랑", "께", "한테", "하고", "고객", "회원", "드림",
    "올림", "배상", "귀하",
];

/// A known value where it stands in a text, and what is to stand there.
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) mask: String,
}

/// All values of a person, ready to be looked for.
pub(super) struct Patterns {
    letters: Search<Lettered>,
    phones: Search<Phone>,
}

struct Search<T> {
    machine: Option<AhoCorasick>,
    patterns: Vec<T>,
}

/// A value of letters.
enum Lettered {
    Name {
        characters: usize,
        /// After how many bytes of the folded name a blank stands in it.
        blanks: Vec<usize>,
    },
    /// Everything behind `kept` bytes of the folded value disappears.
    Hidden { kept: usize, is_address: bool },
}

/// How many digits its last but one column has.
struct Phone {
    middle: usize,
}

impl Patterns {
    pub(super) fn of(values: &KnownValues) -> Self {
        let mut letters = Vec::new();
        letters.extend(values.names.iter().filter_map(|name| of_name(name)));
        letters.extend(values.emails.iter().filter_map(|email| of_email(email)));
        letters.extend(values.streets.iter().flat_map(|street| of_street(street)));
        letters.extend(values.details.iter().filter_map(|detail| of_address(detail)));
        let phones = values.phones.iter().filter_map(|(middle, last)| of_phone(middle, last));
        Self { letters: Search::of(letters), phones: Search::of(phones.collect()) }
    }

    pub(super) fn find(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        let folded = Folded::letters(text);
        self.letters.each(&folded, |pattern, part| {
            found.extend(pattern.found(text, &folded, part));
        });
        let folded = Folded::digits(text);
        self.phones.each(&folded, |pattern, part| found.extend(pattern.found(text, &folded, part)));
        found
    }
}

impl<T> Search<T> {
    fn of(values: Vec<(String, T)>) -> Self {
        let (texts, patterns): (Vec<String>, Vec<T>) = values.into_iter().unzip();
        let machine = (!texts.is_empty()).then(|| {
            AhoCorasick::new(&texts)
                .expect("the values of one person are less than two thousand million bytes")
        });
        Self { machine, patterns }
    }

    fn each(&self, folded: &Folded, mut see: impl FnMut(&T, Range<usize>)) {
        let Some(machine) = &self.machine else { return };
        for found in machine.find_overlapping_iter(&folded.text) {
            if let Some(pattern) = self.patterns.get(found.pattern().as_usize()) {
                see(pattern, found.range());
            }
        }
    }
}

impl Lettered {
    fn found(&self, text: &str, folded: &Folded, part: Range<usize>) -> Option<Found> {
        let whole = folded.original(&part)?;
        match self {
            Self::Name { characters, blanks } => {
                let is_meant = stands_as_name(text, &whole, *characters)
                    && has_no_other_blank(text, folded, &part, blanks);
                let mask = masked_name(text.get(whole.clone())?);
                is_meant.then_some(Found { range: whole, mask })
            }
            Self::Hidden { kept, is_address } => {
                if *is_address && is_part_of_number(text, &whole) {
                    return None;
                }
                let range = folded.original(&(part.start + kept..part.end))?;
                let mask = stars(text.get(range.clone())?.graphemes(true).count());
                Some(Found { range, mask })
            }
        }
    }
}

impl Phone {
    /// Stars for each of the two columns; the marks between the digits stay.
    fn found(&self, text: &str, folded: &Folded, part: Range<usize>) -> Option<Found> {
        let whole = folded.original(&part)?;
        let mut mask = String::new();
        let mut done = whole.start;
        for (place, digit) in part.clone().enumerate() {
            let digit = folded.original(&(digit..digit + 1))?;
            mask.push_str(text.get(done..digit.start)?);
            if place == 0 {
                mask.push_str(&stars(self.middle));
            } else if place == self.middle {
                mask.push_str(&stars(part.len() - self.middle));
            }
            done = digit.end;
        }
        Some(Found { range: whole, mask })
    }
}

fn of_name(name: &str) -> Option<(String, Lettered)> {
    let folded = Folded::letters(name).text;
    let characters = folded.graphemes(true).count();
    let letters = folded.chars().filter(|character| character.is_alphabetic()).count();
    if characters < 2 || letters < 2 {
        return None;
    }
    let mut blanks = Vec::new();
    let mut before = 0;
    for word in name.split_whitespace() {
        before += Folded::letters(word).text.len();
        blanks.push(before);
    }
    Some((folded, Lettered::Name { characters, blanks }))
}

fn of_email(email: &str) -> Option<(String, Lettered)> {
    let folded = Folded::letters(email).text;
    let is_email = folded.contains('@') && folded.chars().count() > MOST_STARS;
    is_email.then_some((folded, Lettered::Hidden { kept: 0, is_address: false }))
}

/// The whole address, and what lies behind its district. An address of no more than a district says nothing.
fn of_street(street: &str) -> Vec<(String, Lettered)> {
    let words: Vec<&str> = street.split_whitespace().collect();
    let Some((district, behind)) =
        words.split_at_checked(DISTRICT_WORDS).filter(|(_, behind)| !behind.is_empty())
    else {
        return Vec::new();
    };
    let kept = Folded::letters(&district.join(" ")).text.len();
    let whole = Folded::letters(&words.join(" ")).text;
    if whole.len() <= kept {
        return Vec::new();
    }
    let mut patterns = vec![(whole, Lettered::Hidden { kept, is_address: true })];
    patterns.extend(of_address(&behind.join(" ")));
    patterns
}

fn of_address(part: &str) -> Option<(String, Lettered)> {
    let folded = Folded::letters(part).text;
    let is_telling = folded.chars().count() >= TELLING && folded.chars().any(char::is_alphabetic);
    is_telling.then_some((folded, Lettered::Hidden { kept: 0, is_address: true }))
}

/// A number of one and the same digit was typed by somebody who did not want to say it, and is in every amount.
fn of_phone(middle: &str, last: &str) -> Option<(String, Phone)> {
    let digits = Folded::digits(&format!("{middle}{last}")).text;
    let middle = Folded::digits(middle).text.len();
    let is_number = PHONE_DIGITS.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let says_something = digits.bytes().any(|byte| Some(byte) != digits.bytes().next());
    (is_number && says_something).then_some((digits, Phone { middle }))
}

/// Whether the name stands there as a name, not as a part of another word.
fn stands_as_name(text: &str, range: &Range<usize>, characters: usize) -> bool {
    let name = text.get(range.clone()).unwrap_or_default();
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let behind = text.get(range.end..).unwrap_or_default();
    let next = behind.chars().next();
    let touches =
        |own: Option<char>, other: Option<char>| own.is_some_and(is_latin) && other.is_some_and(is_latin);
    if touches(name.chars().next(), before) || touches(name.chars().next_back(), next) {
        return false;
    }
    if characters > 2 || name.chars().all(is_latin) {
        return true;
    }
    let begins_word = !before.is_some_and(char::is_alphanumeric);
    let ends_word = !next.is_some_and(char::is_alphanumeric);
    begins_word && (ends_word || ENDINGS.iter().any(|ending| behind.starts_with(ending)))
}

fn is_latin(character: char) -> bool {
    character.is_alphanumeric() && character < '\u{250}'
}

/// Whether blanks stand in the text only where the name has one itself.
fn has_no_other_blank(text: &str, folded: &Folded, part: &Range<usize>, blanks: &[usize]) -> bool {
    let mut done: Option<usize> = None;
    for byte in part.clone() {
        let Some(place) = folded.original(&(byte..byte + 1)) else { return false };
        if let Some(done) = done
            && place.start > done
            && !blanks.contains(&(byte - part.start))
            && text.get(done..place.start).is_some_and(|between| between.chars().any(char::is_whitespace))
        {
            return false;
        }
        done = Some(place.end);
    }
    true
}

/// Whether the number the value begins or ends with goes on beside it.
fn is_part_of_number(text: &str, range: &Range<usize>) -> bool {
    let value = text.get(range.clone()).unwrap_or_default();
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let next = text.get(range.end..).and_then(|behind| behind.chars().next());
    let goes_on = |own: Option<char>, other: Option<char>| {
        own.is_some_and(char::is_numeric) && other.is_some_and(char::is_numeric)
    };
    goes_on(value.chars().next(), before) || goes_on(value.chars().next_back(), next)
}
