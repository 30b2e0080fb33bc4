//! 제목 검색: a part of a title is found by the tails of titles, and which way is the shorter one.
//!
//! A title has a tail from each of its characters on. Whatever stands in the title is the beginning of one of them.

pub mod day_runs;
pub mod kept_counts;

use commerce::text;

/// So many code points of a tail are kept.
pub const TAIL: usize = 8;
/// Pieces that are counted of a long part: as many as a part of 100 code points has, and every one has to be in a title.
const MOST_PIECES: usize = 13;
/// Bytes of a folded title, so that it fits in an entry of PostgreSQL's indexes. A hundred letters of any script have
/// fewer; of a title of a hundred joined emoji the end is not searched.
const LONGEST_FOLD: usize = 2_000;

/// Where one way to search becomes shorter than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A word with more tails than this is not rare, and nobody counts them to find out how many there are.
    pub rare: i64,
    /// So many titles are read in the order of time as quickly as tails are looked up.
    pub few_titles: i64,
    /// The same where more than days is asked: their indexes don't hold the title, so each inquiry is fetched.
    pub few_inquiries: i64,
}

/// The tails that begin with a word of at most `TAIL` characters: from the word on, up to the next text that doesn't.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tails {
    pub from: String,
    /// `None` when no text comes behind.
    pub before: Option<String>,
    /// How many characters the word has.
    pub length: i32,
}

/// How a part of a title is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    pub tails: Tails,
    /// Whether the tails say all; else the titles have to be asked as well.
    pub is_whole: bool,
    /// Whether there are fewer of them than `Limits::rare`.
    pub is_rare: bool,
}

/// A title as it is searched.
pub fn title_fold(title: &str) -> String {
    text::first_bytes(&text::search_form(title), LONGEST_FOLD).to_owned()
}

impl Tails {
    fn of(word: &str) -> Self {
        let length = i32::try_from(word.chars().count()).unwrap_or(i32::MAX);
        Self { from: word.to_owned(), before: behind_all(word), length }
    }
}

/// The pieces of a part of a title that have to be in it, the whole part being one if it is short: each can be looked up.
pub fn pieces(part: &str) -> Vec<Tails> {
    let characters: Vec<char> = part.chars().collect();
    if characters.len() <= TAIL {
        return vec![Tails::of(part)];
    }
    let whole = characters.chunks_exact(TAIL);
    // The last piece is as long as the others and so overlaps.
    let last = characters.len() - TAIL;
    let has_rest = !whole.remainder().is_empty();
    let last = has_rest.then(|| characters.iter().skip(last).collect::<String>());
    let pieces = whole.map(|piece| piece.iter().collect::<String>()).chain(last);
    pieces.take(MOST_PIECES).map(|piece| Tails::of(&piece)).collect()
}

/// Whether the tails of a frequent word are looked up to count, or titles are read in the order of time.
///
/// `narrowed` is how many inquiries there are of the days to be counted, and of the asked status and type, whatever their
/// title, and `is_more` whether more is asked than days.
pub fn is_looked_up(lookup: &Lookup, narrowed: i64, is_more: bool, limits: Limits) -> bool {
    let few = if is_more { limits.few_inquiries } else { limits.few_titles };
    lookup.is_whole && narrowed > few
}

/// The first text behind all that begin with `word`, in the order of characters, which is that of UTF-8's bytes.
fn behind_all(word: &str) -> Option<String> {
    let mut characters: Vec<char> = word.chars().collect();
    while let Some(last) = characters.pop() {
        let above = (last..=char::MAX).nth(1);
        if let Some(above) = above {
            characters.push(above);
            return Some(characters.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(part: &str) -> Vec<String> {
        pieces(part).into_iter().map(|piece| piece.from).collect()
    }

    #[test]
    fn a_short_part_is_one_piece_and_a_long_one_is_covered_by_several() {
        assert_eq!(words("환"), ["환"]);
        assert_eq!(words("12345678"), ["12345678"]);
        assert_eq!(words("123456789"), ["12345678", "23456789"]);
        assert_eq!(words("0123456789abcdef"), ["01234567", "89abcdef"]);
        assert_eq!(words("사은품 누락 문의드립니다"), ["사은품 누락 문", "락 문의드립니다"]);
    }

    #[test]
    fn a_part_of_many_code_points_is_not_counted_piece_by_piece_without_end() {
        assert_eq!(words(&"가나다라마바사아자차".repeat(10)).len(), 13);
        assert_eq!(words(&"가나다라마바사아자차".repeat(160)).len(), 13);
    }

    #[test]
    fn a_title_is_folded_alike_however_it_was_typed_and_fits_in_an_index() {
        assert_eq!(title_fold("\u{1112}\u{116A}\u{11AB}불 ABC"), "환불 abc");
        assert_eq!(title_fold(&"가".repeat(100)), "가".repeat(100));
        let families = title_fold(&"👨‍👩‍👧‍👦".repeat(100));
        assert_eq!(families, "👨‍👩‍👧‍👦".repeat(80));
    }

    #[test]
    fn the_tails_of_a_word_end_before_the_next_word() {
        let before = |word: &str| Tails::of(word).before;
        assert_eq!(before("환불").as_deref(), Some("환붉"));
        assert_eq!(before("a_").as_deref(), Some("a`"));
        assert_eq!(before("\u{D7FF}").as_deref(), Some("\u{E000}"), "there are no characters between");
        assert_eq!(before("a\u{10FFFF}").as_deref(), Some("b"));
        assert_eq!(before("\u{10FFFF}"), None);
        assert_eq!(Tails::of("환불").length, 2);
    }

    #[test]
    fn every_text_that_begins_with_a_word_is_among_its_tails_and_no_other_one() {
        let texts = [
            "환",
            "환불",
            "환불\u{10FFFF}z",
            "환붉",
            "환부",
            "a",
            "ab",
            "b",
            "\u{10FFFF}",
            "\u{10FFFF}\u{10FFFF}",
        ];
        for word in texts {
            let tails = Tails::of(word);
            for text in texts {
                let is_among =
                    text >= tails.from.as_str() && tails.before.as_deref().is_none_or(|before| text < before);
                assert_eq!(is_among, text.starts_with(word), "{word:?} {text:?}");
            }
        }
    }

    #[test]
    fn the_shorter_way_is_taken() {
        let limits = Limits { rare: 20_000, few_titles: 100_000, few_inquiries: 10_000 };
        let is_looked_up = |is_whole, narrowed, is_more| {
            let lookup = Lookup { tails: Tails::of("환불"), is_whole, is_rare: false };
            super::is_looked_up(&lookup, narrowed, is_more, limits)
        };
        // A few days, or the few that wait, are counted by reading titles.
        assert!(!is_looked_up(true, 27_000, false));
        assert!(!is_looked_up(true, 6_667, true));
        assert!(is_looked_up(true, 45_000, true));
        assert!(is_looked_up(true, 1_000_000, false));
        // Fetching each of a hundred thousand is no shorter than reading all titles.
        assert!(!is_looked_up(false, 1_000_000, false));
    }
}
