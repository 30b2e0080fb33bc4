//! Names and values as queries and forms hold them.

use std::borrow::Cow;

use percent_encoding::percent_decode;

use crate::error::Problem;
use crate::form::{Form, UNKEEPABLE};

const NO_UTF_8: &str = "UTF-8 값이 아닙니다.";

/// Reads `name=value&…` (WHATWG URL, section 5.1), percent-decoded.
///
/// Stricter than the standard, which puts another character where bytes are no UTF-8 and so would look for what nobody
/// asked: every such name or value is refused, with a row of its own. So is one with a character that not every database keeps.
pub fn pairs(text: &[u8]) -> Result<Vec<(String, String)>, Problem> {
    let (pairs, form) = read(text);
    form.finish()?;
    Ok(pairs)
}

/// The pairs that can be taken, and what is wrong with the others.
pub(super) fn read(text: &[u8]) -> (Vec<(String, String)>, Form) {
    let mut form = Form::new();
    let pairs = text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).filter_map(|pair| {
        let mut parts = pair.splitn(2, |byte| *byte == b'=').map(decoded);
        match (parts.next()?, parts.next().unwrap_or(Ok(String::new()))) {
            (Ok(name), Ok(value)) if name.contains('\0') || value.contains('\0') => {
                form.reject(name, UNKEEPABLE);
                None
            }
            (Ok(name), Ok(value)) => Some((name, value)),
            (Ok(name) | Err(name), _) => {
                form.reject(name, NO_UTF_8);
                None
            }
        }
    });
    (pairs.collect(), form)
}

/// The text, or as much of it as can be read.
fn decoded(part: &[u8]) -> Result<String, String> {
    let spaced: Vec<u8> = part.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let bytes = Cow::from(percent_decode(&spaced)).into_owned();
    String::from_utf8(bytes).map_err(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &[u8]) -> Vec<String> {
        let problem = pairs(text).expect_err("must be refused");
        problem.errors.into_iter().map(|row| row.field).collect()
    }

    #[test]
    fn every_value_that_is_not_utf_8_is_named() {
        assert_eq!(refused(b"a=1&b=%FF&c=%ED%A0%80&b=2"), ["b", "c"]);
        assert_eq!(refused(b"na%FFme=1"), ["na\u{fffd}me"]);
        assert_eq!(refused(b"a=\xff"), ["a"]);
        assert_eq!(refused(b"a=1&b=x%00y&c%00=1"), ["b", "c\0"]);
    }

    proptest::proptest! {
        #[test]
        fn what_can_be_kept_reads_as_the_standard_has_it(
            text in "([a-c가=&+]|%[0-7][0-9a-fA-F]|%EA%B0%80|%[g-z%]|%|%FF){0,20}",
        ) {
            let standard: Vec<_> = url::form_urlencoded::parse(text.as_bytes()).into_owned().collect();
            let is_kept = !standard.iter().any(|(name, value)| [name, value].iter().any(|text| text.contains(['\u{fffd}', '\0'])));
            match pairs(text.as_bytes()) {
                Ok(pairs) => proptest::prop_assert_eq!((pairs, is_kept), (standard, true)),
                Err(_) => proptest::prop_assert!(!is_kept),
            }
        }
    }
}
