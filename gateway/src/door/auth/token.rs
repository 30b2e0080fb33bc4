//! A compact JWT, taken apart strictly and not yet believed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny};

use super::Refusal;

/// Longer tokens are refused before anything of them is read.
pub(crate) const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// The three parts of a token.
#[derive(Debug)]
pub(crate) struct UnverifiedToken<'a> {
    /// The algorithm the token claims. It is compared with the issuer's, never chosen by.
    pub(crate) algorithm: String,
    pub(crate) key_id: String,
    /// JSON of the claims.
    pub(crate) payload: Vec<u8>,
    /// What was signed: header and payload as they came, with the dot between them.
    pub(crate) signed_text: &'a str,
    /// In base64url, known to be strict.
    pub(crate) signature: &'a str,
}

/// Fields that are known and change what the token means. All others (`jku`, `jwk`, `x5u`, `x5c`, …) are ignored: a
/// token doesn't choose the key it is checked with.
#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
    #[serde(default, deserialize_with = "required")]
    typ: Option<String>,
    #[serde(default, deserialize_with = "presence")]
    crit: bool,
    #[serde(default, deserialize_with = "presence")]
    b64: bool,
    #[serde(default, deserialize_with = "presence")]
    zip: bool,
}

/// A field that may be absent but not null.
pub(super) fn required<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Whether a field is there at all, whatever it says (null included).
fn presence<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}

impl<'a> UnverifiedToken<'a> {
    pub(crate) fn parse(token: &'a str) -> Result<Self, Refusal> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(Refusal::TooLong);
        }
        let (signed_text, signature) = token.rsplit_once('.').ok_or(Refusal::NotThreeParts)?;
        let (header, payload) = signed_text.split_once('.').ok_or(Refusal::NotThreeParts)?;
        if payload.contains('.') {
            return Err(Refusal::NotThreeParts);
        }
        let header: Header = json_object(&decode(header)?).map_err(Refusal::Header)?;
        for (is_there, name) in [(header.crit, "crit"), (header.b64, "b64"), (header.zip, "zip")] {
            if is_there {
                return Err(Refusal::HeaderField(name));
            }
        }
        if let Some(kind) = header.typ
            && !["jwt", "at+jwt", "application/at+jwt"].contains(&kind.to_ascii_lowercase().as_str())
        {
            return Err(Refusal::HeaderField("typ"));
        }
        let payload = decode(payload)?;
        decode(signature)?;
        Ok(Self { algorithm: header.alg, key_id: header.kid, payload, signed_text, signature })
    }
}

/// What is wrong with the JSON of a token. It names fields this gateway reads, and quotes nothing that was sent.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum JsonFault {
    #[error("it is no JSON object")]
    NoObject,
    #[error("`{0}` is missing")]
    Missing(String),
    #[error("`{0}` is there twice")]
    Twice(String),
    #[error("`{0}` has the wrong type")]
    WrongType(String),
}

/// Reads a JSON object, or says what is wrong with it.
pub(super) fn json_object<T: DeserializeOwned>(json: &[u8]) -> Result<T, JsonFault> {
    // serde would take an array for a struct as well, its elements for the fields in their order.
    if json.trim_ascii_start().first() != Some(&b'{') {
        return Err(JsonFault::NoObject);
    }
    serde_json::from_slice(json).map_err(|error| fault_of::<T>(json, &error))
}

fn fault_of<T: DeserializeOwned>(json: &[u8], error: &serde_json::Error) -> JsonFault {
    let text = error.to_string();
    let named = |rest: &str| rest.split('`').nth(1).unwrap_or_default().to_owned();
    if let Some(rest) = text.strip_prefix("missing field") {
        JsonFault::Missing(named(rest))
    } else if let Some(rest) = text.strip_prefix("duplicate field") {
        JsonFault::Twice(named(rest))
    } else if error.is_data() {
        JsonFault::WrongType(first_field_in_the_way::<T>(json))
    } else {
        JsonFault::NoObject
    }
}

/// Reads once more, minding where: only a token that is refused pays for that.
fn first_field_in_the_way<T: DeserializeOwned>(json: &[u8]) -> String {
    let read = serde_path_to_error::deserialize::<_, T>(&mut serde_json::Deserializer::from_slice(json));
    let segment = read.err().and_then(|error| error.path().iter().next().map(ToString::to_string));
    segment.unwrap_or_default()
}

/// Base64url without padding, without stray bits in the last character, not empty.
fn decode(part: &str) -> Result<Vec<u8>, Refusal> {
    match URL_SAFE_NO_PAD.decode(part) {
        Ok(bytes) if !bytes.is_empty() => Ok(bytes),
        _ => Err(Refusal::NotBase64Url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(header: &str, payload: &str) -> String {
        format!("{}.{}.AAAA", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload))
    }

    const GOOD_HEADER: &str = r#"{"alg":"RS256","kid":"k"}"#;

    #[track_caller]
    fn check_header(header: &str, is_good: bool) {
        assert_eq!(UnverifiedToken::parse(&token(header, "{}")).is_ok(), is_good, "{header}");
    }

    #[test]
    fn a_header_may_say_only_what_cannot_mislead() {
        check_header(GOOD_HEADER, true);
        check_header(r#"{"alg":"RS256","kid":"k","typ":"JWT"}"#, true);
        check_header(r#"{"alg":"RS256","kid":"k","typ":"at+jwt","jku":"https://evil","x5c":["x"]}"#, true);
        check_header(r#"{"alg":"RS256"}"#, false);
        check_header(r#"{"kid":"k"}"#, false);
        check_header(r#"{"alg":"RS256","kid":7}"#, false);
        check_header(r#"{"alg":"RS256","kid":"k","kid":"l"}"#, false);
        check_header(r#"{"alg":"RS256","kid":"k","typ":"JWE"}"#, false);
        check_header(r#"{"alg":"RS256","kid":"k","typ":null}"#, false);
        check_header(r#"{"alg":"RS256","kid":"k","crit":["exp"]}"#, false);
        check_header(r#"{"alg":"RS256","kid":"k","crit":null}"#, false);
        check_header(r#"{"alg":"RS256","kid":"k","b64":true}"#, false);
        check_header(r#"{"alg":"RS256","kid":"k","zip":"DEF"}"#, false);
        check_header(r#"["RS256","k"]"#, false);
        check_header("", false);
    }

    #[test]
    fn only_three_parts_of_strict_base64url_are_a_token() {
        let good = token(GOOD_HEADER, "{}");
        let parts: Vec<&str> = good.split('.').collect();
        let [header, payload, _] = parts.try_into().unwrap();
        for bad in [
            String::new(),
            "..".into(),
            format!("{header}.{payload}"),
            format!("{header}.{payload}."),
            format!("{good}.AAAA"),
            format!("{header}.{payload}.AAA="),
            format!("{header}.{payload}.AA+A"),
            format!("{header}.{payload}.AB"),
            format!("{header}.{payload}.A A"),
            format!("{header}..AAAA"),
            format!("{good}{}", "A".repeat(MAX_TOKEN_BYTES)),
        ] {
            assert!(UnverifiedToken::parse(&bad).is_err(), "{bad:?}");
        }
        assert_eq!(UnverifiedToken::parse(&good).unwrap().signed_text, format!("{header}.{payload}"));
    }

    proptest::proptest! {
        #[test]
        fn a_token_that_can_be_read_has_one_spelling_only(text in "[A-Za-z0-9_=+/. -]{0,60}", at in 0_usize..200) {
            // Text put anywhere into a good token, or standing alone.
            let mut spoiled = token(GOOD_HEADER, r#"{"sub":"1"}"#);
            let at = at.min(spoiled.len());
            spoiled.insert_str(at, &text);
            for candidate in [text.as_str(), spoiled.as_str()] {
                if let Ok(parsed) = UnverifiedToken::parse(candidate) {
                    let again = format!("{}.{}", parsed.signed_text, URL_SAFE_NO_PAD.encode(decode(parsed.signature).unwrap()));
                    proptest::prop_assert_eq!(again, candidate);
                    let payload = parsed.signed_text.split('.').nth(1).unwrap();
                    proptest::prop_assert_eq!(URL_SAFE_NO_PAD.encode(&parsed.payload), payload);
                }
            }
        }

        #[test]
        fn no_header_or_claims_bring_the_parser_down(header in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let header = URL_SAFE_NO_PAD.encode(header);
            let _ = UnverifiedToken::parse(&format!("{header}.AAAA.AAAA"));
        }
    }
}
