//! The forms a number can have.

/// `yyyyMMdd`, one given letter, six digits.
pub(super) fn is_dated(text: &str, letter: u8) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 15
        && bytes.iter().enumerate().all(
            |(place, byte)| {
                if place == 8 { *byte == letter } else { byte.is_ascii_digit() }
            },
        )
}

pub(super) fn is_digits(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn is_word(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}
