//! 주문 요약값: tells whether an order is the one that was sent before, after its originals are gone.

use std::sync::Arc;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret as _, SecretString};
use service_kit::sealer::DataKeys;

const PURPOSE: &str = "order digest";
const KEY_LENGTH: usize = 32;

/// Digests orders under a key: without it nobody can try names and addresses against a digest.
///
/// A digest can't be made anew without the order, which nobody has any more. So the keys of earlier digests are kept: an order
/// is known when its digest under any of them is.
#[derive(Clone)]
pub struct OrderDigests(Arc<[hmac::Key]>);

/// The digest of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderDigest {
    current: String,
    earlier: Vec<String>,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("one of the keys is not 32 bytes in base64")]
pub struct MalformedDigestKey;

impl OrderDigests {
    /// `retired` are keys that [`OrderDigests::key_to_keep`] has given, separated by commas.
    pub fn new(data_keys: &DataKeys, retired: Option<&SecretString>) -> Result<Self, MalformedDigestKey> {
        let key = |bytes: &[u8]| hmac::Key::new(hmac::HMAC_SHA256, bytes);
        let mut keys: Vec<hmac::Key> =
            data_keys.derived(PURPOSE).iter().map(|derived| key(derived.as_slice())).collect();
        let retired = retired.map_or("", |texts| texts.expose_secret());
        for text in retired.split(',').map(str::trim).filter(|text| !text.is_empty()) {
            let bytes = STANDARD.decode(text).map_err(|_| MalformedDigestKey)?;
            if bytes.len() != KEY_LENGTH {
                return Err(MalformedDigestKey);
            }
            keys.push(key(&bytes));
        }
        Ok(Self(keys.into()))
    }

    /// What is to be kept of a data key that goes, so that the orders of its time are still recognised. Nothing it has sealed can be
    /// opened with it.
    pub fn key_to_keep(data_keys: &DataKeys) -> Option<SecretString> {
        data_keys.derived(PURPOSE).first().map(|key| STANDARD.encode(key.as_slice()).into())
    }

    /// The digest of an order's canonical text.
    pub fn of(&self, canonical: &str) -> OrderDigest {
        let mut digests = self.0.iter().map(|key| hex::encode(hmac::sign(key, canonical.as_bytes())));
        OrderDigest { current: digests.next().unwrap_or_default(), earlier: digests.collect() }
    }
}

impl OrderDigest {
    /// The one to write down, in hexadecimal.
    pub fn current(&self) -> &str {
        &self.current
    }

    /// Whether an order with this digest was written down as that.
    pub fn is(&self, known: &str) -> bool {
        self.current == known || self.earlier.iter().any(|earlier| earlier == known)
    }
}

#[cfg(test)]
mod tests {
    use service_kit::sealer::DataKeySettings;

    use super::*;

    fn text(byte: u8) -> SecretString {
        STANDARD.encode([byte; KEY_LENGTH]).into()
    }

    fn keys(current: u8, previous: Option<u8>) -> DataKeys {
        let settings = DataKeySettings { data_key: text(current), previous_data_key: previous.map(text) };
        DataKeys::open(&settings).expect("32 bytes")
    }

    fn digests(byte: u8) -> OrderDigests {
        OrderDigests::new(&keys(byte, None), None).expect("no other key")
    }

    #[test]
    fn a_digest_depends_on_text_and_key_and_on_nothing_else() {
        assert_eq!(digests(1).of("a"), digests(1).of("a"));
        assert_ne!(digests(1).of("a"), digests(1).of("b"));
        assert_ne!(digests(1).of("a"), digests(2).of("a"));
        assert_eq!(digests(1).of("a").current().len(), 64);
    }

    #[test]
    fn an_order_is_recognised_under_every_key_there_was() {
        let of_the_first = digests(1).of("a").current().to_owned();
        let of_the_second = digests(2).of("a").current().to_owned();
        let changing = OrderDigests::new(&keys(2, Some(1)), None).expect("two keys").of("a");
        assert_eq!(changing.current(), of_the_second, "what is new is written under the current key");
        assert!(changing.is(&of_the_first) && changing.is(&of_the_second));

        let kept: Vec<String> = [1, 2]
            .map(|byte| {
                OrderDigests::key_to_keep(&keys(byte, None)).expect("a key").expose_secret().to_owned()
            })
            .into();
        let retired = kept.join(", ").into();
        let later = OrderDigests::new(&keys(3, None), Some(&retired)).expect("two keys").of("a");
        assert!(later.is(&of_the_first) && later.is(&of_the_second));
        assert!(!digests(3).of("a").is(&of_the_first), "without the key that was kept");
        assert!(!later.is(digests(1).of("b").current()), "another order stays another");
    }

    #[test]
    fn a_retired_key_that_can_not_be_used_is_refused() {
        for bad in ["AAAA", "not base64!"] {
            assert_eq!(OrderDigests::new(&keys(1, None), Some(&bad.into())).err(), Some(MalformedDigestKey));
        }
    }
}
