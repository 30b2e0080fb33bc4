//! One path, one spelling: what could be read in two ways is no path here.

use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// The normal form of a raw request path, or None if it has none.
///
/// Percent-encoded letters, digits and `-._~` are decoded and the other encodings written in capitals. Refused are empty
/// and dot segments, however they are spelled, encoded slashes, backslashes and control characters, encoded bytes that are
/// no UTF-8 (an overlong form of a slash, say), and every byte that doesn't belong into a path: a service behind might
/// understand them differently.
pub(super) fn normalise(raw: &str) -> Option<Cow<'_, str>> {
    let rest = raw.strip_prefix('/')?;
    if is_normal(rest) {
        return Some(Cow::Borrowed(raw));
    }
    let mut path = String::with_capacity(raw.len());
    for segment in rest.split('/') {
        path.push('/');
        let start = path.len();
        push_normal_segment(segment, &mut path)?;
        let is_text = || percent_decode_str(segment).decode_utf8().is_ok();
        if segment.contains('%') && !is_text() {
            return None;
        }
        if matches!(path.get(start..), Some("" | "." | "..")) {
            return None;
        }
    }
    Some(Cow::Owned(path))
}

/// Whether nothing of a path has to be looked at twice: almost all are so.
fn is_normal(rest: &str) -> bool {
    let mut is_segment_empty = true;
    for byte in rest.bytes() {
        match byte {
            b'/' if is_segment_empty => return false,
            b'/' => is_segment_empty = true,
            _ if is_plain(byte) => is_segment_empty = false,
            _ => return false,
        }
    }
    !is_segment_empty
}

fn push_normal_segment(segment: &str, path: &mut String) -> Option<()> {
    let mut bytes = segment.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'%' => {
                let decoded = hex_digit(bytes.next()?)? * 16 + hex_digit(bytes.next()?)?;
                match decoded {
                    _ if is_unreserved(decoded) => path.push(char::from(decoded)),
                    b'/' | b'\\' | 0..=0x1f | 0x7f => return None,
                    _ => path.push_str(&format!("%{decoded:02X}")),
                }
            }
            _ if is_unreserved(byte) || is_delimiter(byte) => path.push(char::from(byte)),
            _ => return None,
        }
    }
    Some(())
}

/// What stands for itself wherever it stands; a dot may make a segment of a meaning of its own.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~')
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// What else RFC 3986 allows in a segment as it stands.
fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@')
}

fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[track_caller]
    fn check(raw: &str, expected: Option<&str>) {
        assert_eq!(normalise(raw).as_deref(), expected, "{raw}");
    }

    #[test]
    fn a_path_has_one_spelling() {
        check("/v1/order/orders", Some("/v1/order/orders"));
        check("/v1/%6Frder/ord%65rs", Some("/v1/order/orders"));
        check("/v1/files/a%2db", Some("/v1/files/a-b"));
        check("/v1/files/%ea%b0%80", Some("/v1/files/%EA%B0%80"));
        check("/v1/files/a%25b", Some("/v1/files/a%25b"));
        check("/v1/files/a;b=c", Some("/v1/files/a;b=c"));
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_no_path() {
        for raw in [
            "",
            "*",
            "v1",
            "/",
            "//v1",
            "/v1//x",
            "/v1/",
            "/v1/./x",
            "/v1/../x",
            "/v1/%2e/x",
            "/v1/%2E%2e/x",
            "/v1/.%2e/x",
            "/v1%2forder",
            "/v1%2Forder",
            "/v1%5corder",
            "/v1\\order",
            "/v1/a%00",
            "/v1/a%0a",
            "/v1/a%7f",
            "/v1/%c0%af",
            "/v1/%c0%ae%c0%ae/x",
            "/v1/%e0%80%af",
            "/v1/%ff",
            "/v1/%ed%a0%80",
            "/v1/a%",
            "/v1/a%2",
            "/v1/a%zz",
            "/v1/a%+1",
            "/v1/가",
            "/v1/a b",
            "/v1/a\"",
            "/v1/<a>",
        ] {
            check(raw, None);
        }
    }

    proptest::proptest! {
        #[test]
        fn the_normal_form_of_a_normal_form_is_itself(raw in "/[a-zA-Z0-9%./;~-]{0,40}") {
            if let Some(path) = normalise(&raw) {
                let again = normalise(&path);
                proptest::prop_assert_eq!(again.as_deref(), Some(&*path));
                proptest::prop_assert!(!path.contains("//") && !path.contains("/../") && !path.ends_with('/'));
            }
        }
    }
}
