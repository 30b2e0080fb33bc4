use proptest::prelude::*;

use super::*;

fn gildong() -> KnownValues {
    let mut known = KnownValues::default();
    known.add_name("남궁길동");
    known.add_phone("1234", "5678");
    known.add_email("Gildong@example.com");
    known.add_address("부산광역시 해운대구 센텀중앙로 79", "비밀동 707호");
    known
}

#[track_caller]
fn check(known: &KnownValues, cases: &[(&str, &str)]) {
    let finder = known.finder();
    for (text, expected) in cases {
        let masked = finder.masked(text);
        assert_eq!(masked.as_deref().unwrap_or(text), *expected, "{text:?}");
        assert_eq!(masked.is_some(), text != expected, "{text:?}");
    }
}

fn named(name: &str) -> KnownValues {
    let mut known = KnownValues::default();
    known.add_name(name);
    known
}

#[test]
fn a_phone_number_is_found_however_it_is_written_and_its_beginning_stays() {
    check(
        &gildong(),
        &[
            ("01012345678", "010********"),
            ("010-1234-5678로 주세요", "010-****-****로 주세요"),
            ("010 1234 5678", "010 **** ****"),
            ("010.1234.5678, (010)1234-5678", "010.****.****, (010)****-****"),
            ("+82 10 1234 5678", "+82 10 **** ****"),
            ("+82-10-1234-5678 / +821012345678", "+82-10-****-**** / +8210********"),
            ("０１０－１２３４－５６７８", "０１０－****－****"),
            ("뒷번호는 1234-5678", "뒷번호는 ****-****"),
            ("010 12 34 56 78", "010 ****  **** "),
            ("010—1234—5678", "010—****—****"),
            ("010-1234-5679, 1234원 5678원", "010-1234-5679, 1234원 5678원"),
            ("1234번 문의, 5678", "1234번 문의, 5678"),
        ],
    );
}

#[test]
fn a_column_of_three_digits_makes_no_text_longer() {
    let mut known = KnownValues::default();
    known.add_phone("234", "5678");
    check(&known, &[("02-234-5678", "02-***-****"), ("022345678", "02*******")]);
}

#[test]
fn what_is_no_number_of_a_person_is_not_looked_for() {
    for (middle, last) in
        [("0000", "0000"), ("", ""), ("12", "34"), ("****", "****"), ("가나다라", "5678"), ("12345", "67890")]
    {
        let mut known = KnownValues::default();
        known.add_phone(middle, last);
        check(&known, &[("100000000원", "100000000원"), ("12 34 5678 1234567890", "12 34 5678 1234567890")]);
    }
}

#[test]
fn a_name_of_three_characters_is_found_wherever_it_stands() {
    check(
        &gildong(),
        &[
            ("남궁길동입니다", "남**동입니다"),
            ("저는남궁길동이고", "저는남**동이고"),
            ("남궁길동, 남궁길동", "남**동, 남**동"),
            ("남궁길\n동", "남궁길\n동"),
            ("남궁 길동", "남궁 길동"),
            ("남\u{200B}궁길동", "남**동"),
            ("길동이가", "길동이가"),
        ],
    );
    // As macOS writes the name of a file.
    let apart: String = unicode_normalization::UnicodeNormalization::nfd("남궁길동_영수증.jpg").collect();
    let masked = gildong().finder().masked(&apart).expect("it is found");
    let together: String = unicode_normalization::UnicodeNormalization::nfc(masked.as_str()).collect();
    assert_eq!(together, "남**동_영수증.jpg");
}

#[test]
fn a_name_of_two_characters_is_found_only_where_it_stands_as_a_word() {
    check(
        &named("주문"),
        &[
            ("주문입니다", "주*입니다"),
            ("주문 님께", "주* 님께"),
            ("(주문)", "(주*)"),
            ("주문님", "주*님"),
            ("주문서와 재주문과 주문한 것", "주문서와 재주문과 주문한 것"),
        ],
    );
}

#[test]
fn a_latin_name_is_found_as_words_whatever_its_capitals_and_its_blanks() {
    check(
        &named("John Smith"),
        &[
            ("JOHN  smith here", "J*********h here"),
            ("JohnSmith입니다", "J*******h입니다"),
            ("John Smithson", "John Smithson"),
        ],
    );
    check(&named("Kim"), &[("Kimchi, Kim, kim님", "Kimchi, K*m, k*m님")]);
}

#[test]
fn one_character_and_what_is_no_name_is_not_looked_for() {
    for name in ["홍", "", " ", "12", "!!", "남**동", "3호"] {
        check(&named(name), &[("홍 12 3호 !! 남**동", "홍 12 3호 !! 남**동")]);
    }
}

#[test]
fn an_e_mail_address_is_found_whatever_its_capitals() {
    check(
        &gildong(),
        &[
            ("메일은 gildong@EXAMPLE.com입니다", "메일은 ****입니다"),
            ("<gildong＠example.com>", "<****>"),
            ("gildong@example.org", "gildong@example.org"),
        ],
    );
}

#[test]
fn an_address_is_found_whole_and_behind_its_district() {
    check(
        &gildong(),
        &[
            ("부산광역시 해운대구 센텀중앙로 79, 비밀동 707호", "부산광역시 해운대구 ****, ****"),
            ("부산 센텀중앙로79 비밀동707호로", "부산 **** ****로"),
            ("부산광역시 해운대구에 삽니다", "부산광역시 해운대구에 삽니다"),
            ("센텀중앙로 790, 나비밀동 7070호", "센텀중앙로 790, 나비밀동 7070호"),
        ],
    );
    let mut short = KnownValues::default();
    short.add_address("세종특별자치시 나성동", "2층");
    short.add_address("서울시 강남구 1", "101");
    check(
        &short,
        &[
            ("세종특별자치시 나성동 2층 101개", "세종특별자치시 나성동 2층 101개"),
            ("서울시 강남구 1", "서울시 강남구 *"),
            ("서울시 강남구 12", "서울시 강남구 12"),
        ],
    );
}

#[test]
fn values_that_share_something_are_masked_one_after_the_other() {
    let mut known = named("동동동");
    known.add_name("동동동동동");
    check(&known, &[("동동동동동동동", "동***동*동")]);
}

#[test]
fn what_is_known_never_shows_itself() {
    assert_eq!(format!("{:?} {:?}", gildong(), gildong().finder()), "KnownValues(***) KnownValueFinder(***)");
    assert!(KnownValues::default().is_empty());
    assert_eq!(gildong().len(), 5);
}

/// Texts in which nothing is known.
fn plain() -> impl Strategy<Value = String> {
    "[ㅋㅎ!?., \n가나다라b-y]{0,12}"
}

fn value() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "남궁길동",
        "01012345678",
        "010-1234-5678",
        "010 1234 5678",
        "+82 10-1234-5678",
        "gildong@example.com",
        "GILDONG@Example.com",
        "부산광역시 해운대구 센텀중앙로 79",
        "센텀중앙로 79",
        "비밀동 707호",
    ])
}

fn masks() -> [(&'static str, &'static str); 10] {
    [
        ("남궁길동", "남**동"),
        ("01012345678", "010********"),
        ("010-1234-5678", "010-****-****"),
        ("010 1234 5678", "010 **** ****"),
        ("+82 10-1234-5678", "+82 10-****-****"),
        ("gildong@example.com", "****"),
        ("GILDONG@Example.com", "****"),
        ("부산광역시 해운대구 센텀중앙로 79", "부산광역시 해운대구 ****"),
        ("센텀중앙로 79", "****"),
        ("비밀동 707호", "****"),
    ]
}

proptest! {
    #[test]
    fn known_values_are_masked_and_the_rest_of_the_text_stays(
        parts in prop::collection::vec((plain(), value()), 0..5),
        end in plain(),
    ) {
        let mut text = String::new();
        let mut expected = String::new();
        for (before, value) in &parts {
            // A comma keeps neighbours from becoming one number.
            text.push_str(before);
            text.push_str(&format!("、{value}、"));
            let mask = masks().into_iter().find(|(known, _)| known == value).expect("each has its mask").1;
            expected.push_str(before);
            expected.push_str(&format!("、{mask}、"));
        }
        text.push_str(&end);
        expected.push_str(&end);
        let masked = gildong().finder().masked(&text).unwrap_or(text);
        prop_assert_eq!(masked, expected);
    }

    #[test]
    fn masking_twice_is_masking_once_whatever_is_known_and_written(
        names in prop::collection::vec("[가나다ab ]{0,4}", 0..4),
        address in "[가나1 ]{0,8}",
        detail in "[가나1 ]{0,6}",
        digits in "[01]{4}",
        text in "[가나다ab01 @.*\\-\u{200B}]{0,40}",
    ) {
        let mut known = KnownValues::default();
        for name in &names {
            known.add_name(name);
        }
        known.add_phone(&digits, "1010");
        known.add_email("a@b.ab");
        known.add_address(&address, &detail);
        let finder = known.finder();
        if let Some(masked) = finder.masked(&text) {
            prop_assert_eq!(finder.masked(&masked), None);
            prop_assert!(masked.chars().count() <= text.chars().count(), "{} {}", text, masked);
            prop_assert!(masked.len() <= text.len());
        }
    }

    #[test]
    fn any_text_at_all_can_be_looked_through(text in any::<String>(), name in any::<String>()) {
        let mut known = gildong();
        known.add_name(&name);
        known.add_email(&name);
        known.add_address(&name, &name);
        known.add_phone(&name, &name);
        let finder = known.finder();
        let masked = finder.masked(&text).unwrap_or_else(|| text.clone());
        prop_assert_eq!(finder.masked(&masked), None);
    }
}
