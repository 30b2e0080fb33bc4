//! A text as it is searched: one way of writing for all that mean the same, and where each piece of it stood.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::is_zero_width;

/// Stands between two runs of digits.
const BREAK: char = '|';

/// What is searched instead of a text.
pub(super) struct Folded {
    pub(super) text: String,
    /// Where in the original the character stood that each byte belongs to.
    places: Vec<Range<usize>>,
}

impl Folded {
    /// Composed, in lower case, without blanks and marks nobody sees.
    pub(super) fn letters(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), places: Vec::new() };
        for (place, character) in visible(text) {
            folded.push(character, place);
        }
        folded
    }

    /// The digits alone. Marks that people write between the digits of a number are left out; anything else parts one number
    /// from the next.
    pub(super) fn digits(text: &str) -> Self {
        let mut folded = Self { text: String::new(), places: Vec::new() };
        for (place, character) in visible(text) {
            if character.is_ascii_digit() {
                folded.push(character, place);
            } else if !is_phone_mark(character) && !folded.text.ends_with(BREAK) {
                folded.push(BREAK, place);
            }
        }
        folded
    }

    fn push(&mut self, character: char, place: Range<usize>) {
        self.text.push(character);
        self.places.extend(std::iter::repeat_n(place, character.len_utf8()));
    }

    /// Where in the original a part of the folded text stood.
    pub(super) fn original(&self, part: &Range<usize>) -> Option<Range<usize>> {
        let first = self.places.get(part.start)?;
        let last = self.places.get(part.end.checked_sub(1)?)?;
        Some(first.start..last.end)
    }
}

/// The characters a reader sees, each with the place of the whole character it is a part of.
fn visible(text: &str) -> impl Iterator<Item = (Range<usize>, char)> {
    text.grapheme_indices(true).flat_map(|(start, cluster)| {
        let place = start..start + cluster.len();
        let folded = cluster.nfkc().flat_map(char::to_lowercase);
        folded.filter(|character| !is_unseen(*character)).map(move |character| (place.clone(), character))
    })
}

fn is_unseen(character: char) -> bool {
    character.is_whitespace() || is_zero_width(character)
}

/// Every dash, and what else stands between the columns of a phone number.
fn is_phone_mark(character: char) -> bool {
    matches!(
        character,
        '-' | '.' | '(' | ')' | '/' | '_' | '~' | '+' | '·' | '\u{2010}'
            ..='\u{2015}' | '\u{2212}' | 'ㅡ' | 'ᅳ'
    )
}
