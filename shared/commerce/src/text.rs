//! Text a person wrote, counted as its reader counts it: by grapheme clusters (UAX 29), here called characters.
//!
//! 남 is one character, whether it came as one code point or, as Macs and some phones send it, as three.

use std::ops::RangeInclusive;

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// What is said of a value that must be there and is not.
pub const REQUIRED: &str = "필수 값입니다.";

/// A character may be of any number of code points, so a text of so many characters has this many for each at most.
/// The longest joined emoji has ten.
const CODE_POINTS_PER_CHARACTER: usize = 16;

/// The characters from either end.
pub fn characters(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.graphemes(true)
}

pub fn count(text: &str) -> usize {
    characters(text).count()
}

/// Whether a text has a length in the range, and no more code points than its longest may have.
pub fn has_length(text: &str, lengths: RangeInclusive<usize>) -> bool {
    let (least, most) = lengths.into_inner();
    is_within(text, most) && characters(text).take(least).count() == least
}

/// Whether a text has `most` characters at most, and no more code points than so many may have.
///
/// It looks no further than it has to.
pub fn is_within(text: &str, most: usize) -> bool {
    text.chars().nth(most_code_points(most)).is_none() && characters(text).nth(most).is_none()
}

/// Code points of the longest text of so many characters.
pub const fn most_code_points(characters: usize) -> usize {
    characters.saturating_mul(CODE_POINTS_PER_CHARACTER)
}

/// Whether its reader sees nothing of it.
pub fn is_blank(text: &str) -> bool {
    let is_unseen = |character: char| {
        character.is_whitespace()
            || is_zero_width(character)
            // Fillers of Hangul, in the place of a letter.
            || matches!(character, '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}')
    };
    text.chars().all(is_unseen)
}

/// Whether the character takes no room and shows nothing.
pub(crate) fn is_zero_width(character: char) -> bool {
    (character.is_control() && !character.is_whitespace())
        || matches!(character,
            '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// The first characters, as many as are within `most`.
pub fn first(text: &str, most: usize) -> &str {
    let whole = characters(text).take(most).map(str::len).sum();
    first_measured(beginning(text, whole), most_code_points(most), |character| character.chars().count())
}

/// The first characters, as many as fit in `most` bytes of UTF-8.
pub fn first_bytes(text: &str, most: usize) -> &str {
    first_measured(text, most, str::len)
}

/// The first characters, as many as come to `most` at most by a measure of others: a provider counts as it likes, and
/// still nothing is cut inside a character.
pub fn first_measured(text: &str, most: usize, measure: impl Fn(&str) -> usize) -> &str {
    let mut room = most;
    let fitting = characters(text).take_while(|character| {
        let left = room.checked_sub(measure(character));
        room = left.unwrap_or(0);
        left.is_some()
    });
    beginning(text, fitting.map(str::len).sum())
}

/// A text as it is searched: in lower case and composed, so that it is found however either was typed.
pub fn search_form(text: &str) -> String {
    // Lower case may take a letter apart.
    composed(&composed(text).to_lowercase())
}

/// A text as it is compared with another that somebody typed elsewhere.
pub fn composed(text: &str) -> String {
    text.nfc().collect()
}

fn beginning(text: &str, length: usize) -> &str {
    text.get(..length).expect("characters end where code points end")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// 남궁길동, decomposed.
    const NAMGUNG: &str =
        "\u{1102}\u{1161}\u{11B7}\u{1100}\u{116E}\u{11BC}\u{1100}\u{1175}\u{11AF}\u{1103}\u{1169}\u{11BC}";
    const FAMILY: &str = "👨‍👩‍👧‍👦";

    #[test]
    fn a_text_is_as_long_as_its_reader_sees_it() {
        for (text, length) in [
            ("", 0),
            ("남궁길동", 4),
            (NAMGUNG, 4),
            (FAMILY, 1),
            ("🇰🇷🇯🇵", 2),
            ("e\u{301}té", 3),
            ("a\r\nb", 3),
            ("👍🏽!", 2),
        ] {
            assert_eq!(count(text), length, "{text:?}");
            assert!(has_length(text, length..=length), "{text:?}");
            assert!(!has_length(text, length + 1..=length + 2), "{text:?}");
            assert!(length == 0 || !is_within(text, length - 1), "{text:?}");
        }
    }

    #[test]
    fn a_text_is_blank_when_its_reader_sees_nothing() {
        for text in [
            "",
            " ",
            "\t\r\n",
            "\u{3000}",
            "\u{200B}",
            " \u{2060}\u{FEFF} ",
            "\u{3164}",
            "\u{115F}\u{1160}",
            "\u{AD}",
        ] {
            assert!(is_blank(text), "{text:?}");
        }
        for text in ["0", " 가 ", "\u{1100}\u{1160}", "👍", "\u{200B}a", "*"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }

    #[test]
    fn a_character_without_end_is_no_way_around_a_limit() {
        let stacked = |marks| format!("a{}", "\u{301}".repeat(marks));
        assert_eq!(count(&stacked(1_000)), 1);
        assert!(is_within(&stacked(15), 1));
        assert!(!is_within(&stacked(16), 1));
        assert!(is_within(&stacked(31), 2), "the bound is that of the whole text");
        assert!(is_within(&FAMILY.repeat(100), 100));
        assert!(is_within("a", usize::MAX));
    }

    #[test]
    fn nothing_is_cut_inside_a_character() {
        assert_eq!(first(NAMGUNG, 1), "\u{1102}\u{1161}\u{11B7}");
        assert_eq!(first(&FAMILY.repeat(3), 2), FAMILY.repeat(2));
        assert_eq!(first("남궁", 5), "남궁");
        assert_eq!(first(&format!("a{}b", "\u{301}".repeat(100)), 5), "", "too long for five characters");
        assert_eq!(first_bytes("가나다", 8), "가나");
        assert_eq!(first_bytes(NAMGUNG, 17), "\u{1102}\u{1161}\u{11B7}");
        assert_eq!(first_bytes(FAMILY, FAMILY.len() - 1), "");
        assert_eq!(first_measured(NAMGUNG, 7, |character| character.chars().count()), first(NAMGUNG, 2));
    }

    #[test]
    fn a_text_is_searched_as_it_is_read() {
        assert_eq!(search_form(NAMGUNG), "남궁길동");
        assert_eq!(search_form("E\u{301}TE\u{301} 50%"), "été 50%");
        assert_eq!(search_form("İ"), search_form("I\u{307}"));
    }

    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[가-힣a-z ]",
            any::<char>().prop_map(String::from),
            Just(NAMGUNG.to_owned()),
            Just(FAMILY.to_owned()),
            Just("\u{301}".to_owned()),
            Just("\u{200D}".to_owned()),
            Just("🇰".to_owned()),
            Just("\r\n".to_owned()),
        ];
        proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn what_is_cut_is_the_longest_beginning_of_whole_characters_that_fits(text in text(), most in 0_usize..50) {
            let whole: Vec<&str> = characters(&text).collect();
            let short = first(&text, most);
            prop_assert!(is_within(short, most));
            let kept = count(short);
            prop_assert_eq!(whole.iter().take(kept).copied().collect::<String>(), short);
            let one_more: String = whole.iter().take(kept + 1).copied().collect();
            prop_assert!(one_more == short || !is_within(&one_more, most));

            let short = first_bytes(&text, most);
            let kept = count(short);
            prop_assert!(short.len() <= most);
            prop_assert_eq!(whole.iter().take(kept).copied().collect::<String>(), short);
            let one_more: String = whole.iter().take(kept + 1).copied().collect();
            prop_assert!(one_more == short || one_more.len() > most);
        }

        #[test]
        fn a_text_and_its_decomposed_form_are_searched_alike(text in text()) {
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(search_form(&decomposed), search_form(&text));
            prop_assert_eq!(search_form(&search_form(&text)), search_form(&text));
        }

        #[test]
        fn the_limit_is_a_limit(text in text(), most in 0_usize..50) {
            let fits = count(&text) <= most && text.chars().count() <= 16 * most;
            prop_assert_eq!(is_within(&text, most), fits);
            prop_assert_eq!(has_length(&text, 3..=most), fits && count(&text) >= 3);
        }
    }
}
