//! 주문 요약값: tells whether an order is the one that was sent before, after its originals are gone.

use std::sync::Arc;

use aws_lc_rs::hmac;

use service_kit::sealer::DataKey;

/// Digests orders under a key: without it nobody can try names and addresses against a digest.
#[derive(Clone)]
pub struct OrderDigests(Arc<hmac::Key>);

impl OrderDigests {
    pub fn new(data_key: &DataKey) -> Self {
        Self(Arc::new(hmac::Key::new(hmac::HMAC_SHA256, &*data_key.derived("order digest"))))
    }

    /// The digest of an order's canonical text, in hexadecimal.
    pub fn of(&self, canonical: &str) -> String {
        hex::encode(hmac::sign(&self.0, canonical.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    fn digests(byte: u8) -> OrderDigests {
        let key = DataKey::from_base64(&STANDARD.encode([byte; 32]).into()).expect("32 bytes");
        OrderDigests::new(&key)
    }

    #[test]
    fn a_digest_depends_on_text_and_key_and_on_nothing_else() {
        assert_eq!(digests(1).of("a"), digests(1).of("a"));
        assert_ne!(digests(1).of("a"), digests(1).of("b"));
        assert_ne!(digests(1).of("a"), digests(2).of("a"));
        assert_eq!(digests(1).of("a").len(), 64);
    }
}
