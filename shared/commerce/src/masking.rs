//! 마스킹: what stays readable of a person's data when it is masked. There is no other implementation of a mask.
//!
//! Every mask leaves a masked value as it is, so masking twice is masking once; empty stays empty.

pub mod free_text;

use crate::text::{characters, count};

/// What stands where nothing is to be read, whatever its length was.
pub const STARS: &str = "****";
const STAR: &str = "*";
/// Words of an address that say no more than the district.
const DISTRICT_WORDS: usize = 2;

/// 이름: the first and the last character stay, one star for each between; of two the first stays, of one none.
///
/// A character that would run together with a star, such as an accent without a letter, is hidden too.
pub fn name(name: &str) -> String {
    let mut characters = characters(name);
    match (characters.next(), characters.next_back()) {
        (None, _) => String::new(),
        (Some(_), None) => STAR.to_owned(),
        (Some(first), Some(last)) => {
            let between = STAR.repeat(characters.count());
            let first = if stands_alone(&[first, STAR]) { first } else { STAR };
            let last = if !between.is_empty() && stands_alone(&[STAR, last]) { last } else { STAR };
            format!("{first}{between}{last}")
        }
    }
}

fn stands_alone(pair: &[&str; 2]) -> bool {
    count(&pair.concat()) == pair.len()
}

/// 전화번호: of its three columns the first stays, which says no more than the carrier.
pub fn phone([first, middle, last]: [&str; 3]) -> [String; 3] {
    [first.to_owned(), hidden(middle), hidden(last)]
}

/// 주소: the first two words stay. Stars that stand there already count as no word.
pub fn district(street: &str) -> String {
    if street.is_empty() {
        return String::new();
    }
    let mut words: Vec<&str> =
        street.split_whitespace().take(DISTRICT_WORDS).take_while(|word| *word != STARS).collect();
    words.push(STARS);
    words.join(" ")
}

/// 이메일, 상세주소, 계좌번호, 카드번호, 개인통관고유부호: nothing stays, not even the length.
pub fn hidden(text: &str) -> String {
    if text.is_empty() { String::new() } else { STARS.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(mask: fn(&str) -> String, cases: &[(&str, &str)]) {
        for (original, masked) in cases {
            assert_eq!(mask(original), *masked, "{original:?}");
            assert_eq!(mask(masked), *masked, "{original:?} masked twice");
        }
    }

    #[test]
    fn a_name_keeps_its_ends() {
        check(
            name,
            &[
                ("남궁길동", "남**동"),
                ("홍길동", "홍*동"),
                ("홍길", "홍*"),
                ("홍*", "홍*"),
                ("홍", "*"),
                ("", ""),
                ("John Smith", "J********h"),
            ],
        );
    }

    #[test]
    fn a_name_is_masked_as_its_reader_sees_it() {
        let (nam, dong) = ("\u{1102}\u{1161}\u{11B7}", "\u{1103}\u{1169}\u{11BC}");
        let decomposed = format!("{nam}\u{1100}\u{116E}\u{11BC}\u{1100}\u{1175}\u{11AF}{dong}");
        check(
            name,
            &[
                (&decomposed, &format!("{nam}**{dong}")),
                (&format!("{nam}{dong}"), &format!("{nam}*")),
                (nam, "*"),
                ("A\u{301}lva\u{301}ro\u{301}", "A\u{301}****o\u{301}"),
                ("👨‍👩‍👧‍👦홍👍🏽", "👨‍👩‍👧‍👦*👍🏽"),
                ("🇰🇷길🇰🇷", "🇰🇷*🇰🇷"),
            ],
        );
    }

    #[test]
    fn what_would_join_a_star_is_hidden() {
        check(
            name,
            &[("홍\n\u{301}", "홍**"), ("\u{600}\n동", "**동"), ("\u{600}\n", "**"), ("\u{301}\u{301}", "*")],
        );
    }

    #[test]
    fn of_a_phone_number_the_first_column_stays() {
        assert_eq!(phone(["010", "1234", "5678"]), ["010", "****", "****"]);
        assert_eq!(phone(["", "", ""]), ["", "", ""]);
    }

    #[test]
    fn an_address_keeps_its_district() {
        check(
            district,
            &[
                ("서울특별시 강남구 테헤란로 152", "서울특별시 강남구 ****"),
                ("서울특별시  강남구", "서울특별시 강남구 ****"),
                ("세종특별자치시", "세종특별자치시 ****"),
                (" ", "****"),
                ("", ""),
            ],
        );
    }

    #[test]
    fn the_rest_disappears_with_its_length() {
        check(hidden, &[("gildong@example.com", "****"), ("1", "****"), ("", "")]);
    }

    fn text() -> impl Strategy<Value = String> {
        let decomposed = "[\u{1100}-\u{1112}][\u{1161}-\u{1175}][\u{11A8}-\u{11C2}]?";
        let piece = prop_oneof![
            "[가-힣]{1,4}",
            decomposed,
            "[A-Za-z0-9 *]{1,4}",
            any::<String>(),
            "[\n\u{300}-\u{310}\u{600}-\u{605}\u{200D}🇰🇷👩👍🏽\u{915}\u{94D}\u{903}\u{1160}\u{11A8}]{1,4}",
        ];
        proptest::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn masking_twice_is_masking_once(text in text()) {
            for mask in [name, district, hidden] {
                let masked = mask(&text);
                prop_assert_eq!(mask(&masked), masked);
            }
        }

        #[test]
        fn a_masked_name_has_the_same_length_and_shows_its_ends_at_most(text in text()) {
            let masked = name(&text);
            let (before, after): (Vec<_>, Vec<_>) = (characters(&text).collect(), characters(&masked).collect());
            prop_assert_eq!(after.len(), before.len());
            for (place, (before, after)) in before.iter().zip(&after).enumerate() {
                let is_end = place == 0 || place + 1 == count(&text);
                prop_assert!(*after == STAR || (is_end && after == before), "{place}");
            }
        }

        #[test]
        fn a_name_of_letters_keeps_its_ends(text in "[가-힣A-Za-z]{3,8}") {
            let masked = name(&text);
            prop_assert_eq!(masked.chars().next(), text.chars().next());
            prop_assert_eq!(masked.chars().next_back(), text.chars().next_back());
        }

        #[test]
        fn an_empty_text_stays_empty_and_another_does_not(text in text()) {
            for mask in [name, district, hidden] {
                prop_assert_eq!(mask(&text).is_empty(), text.is_empty());
            }
        }
    }
}
