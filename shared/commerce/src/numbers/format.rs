//! The forms a number can have.

/// Digits of a serial of a day.
const SERIAL: usize = 6;
/// The last serial of six digits.
const LAST_SHORT_SERIAL: u32 = 999_999;
/// Digits that follow on the last short serial, enough for any there is.
const MORE: usize = 10;

/// `yyyyMMdd`, one given letter, six digits.
pub(super) fn is_dated(text: &str, letter: u8) -> bool {
    serial(text, letter).is_some_and(|serial| serial.len() == SERIAL)
}

/// As [`is_dated`], or with 999999 and ten more digits: a day's serial that six no longer hold.
///
/// So numbers sort as texts in the order they are given, wherever texts are sorted.
pub(super) fn is_dated_without_end(text: &str, letter: u8) -> bool {
    serial(text, letter).is_some_and(|serial| match serial.split_at_checked(SERIAL) {
        Some((_, "")) => true,
        Some(("999999", more)) => more.len() == MORE && more.bytes().any(|digit| digit != b'0'),
        Some(_) | None => false,
    })
}

/// A day's serial in the digits of its number.
pub(super) fn serial_text(serial: u32) -> String {
    match serial.checked_sub(LAST_SHORT_SERIAL) {
        None | Some(0) => format!("{serial:0SERIAL$}"),
        Some(more) => format!("{LAST_SHORT_SERIAL}{more:0MORE$}"),
    }
}

/// The digits behind date and letter, if digits are all there is.
fn serial(text: &str, letter: u8) -> Option<&str> {
    let (date, serial) = text.split_once(char::from(letter))?;
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (date.len() == 8 && are_digits(date) && are_digits(serial)).then_some(serial)
}

pub(super) fn is_digits(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn is_word(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}
