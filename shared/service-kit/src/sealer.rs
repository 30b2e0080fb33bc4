//! Texts that only the service with the data key can read: AES-256-GCM under keys derived from one data key.
//!
//! A data key is changed without a pause: while two are known, one seals and both open, and what the earlier one has sealed is
//! sealed anew ([`Sealer::renewed`]) until nothing needs it any more.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::start::StartError;

const KEY_LENGTH: usize = 32;

/// The key all others come from.
pub struct DataKey(Prk);

/// Where the data keys come from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataKeySettings {
    /// 32 bytes in base64.
    pub data_key: SecretString,
    /// Another one that opens, and seals nothing: only while the key is changed.
    #[serde(default)]
    pub previous_data_key: Option<SecretString>,
}

/// The data key, and the one before it or after it while it is changed.
pub struct DataKeys {
    current: DataKey,
    other: Option<DataKey>,
}

/// Seals and opens texts of one purpose.
#[derive(Clone)]
pub struct Sealer {
    seals: Arc<RandomizedNonceKey>,
    opens_too: Option<Arc<RandomizedNonceKey>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    #[error("the data key is not 32 bytes in base64")]
    MalformedKey,
    #[error("the text can't be sealed")]
    NotSealed,
    #[error("the sealed text was made with another key, for another purpose, or is damaged")]
    NotOpened,
}

impl DataKey {
    pub fn from_base64(text: &SecretString) -> Result<Self, SealError> {
        let key = STANDARD.decode(text.expose_secret().trim()).map(Zeroizing::new);
        let key = key.map_err(|_| SealError::MalformedKey)?;
        if key.len() != KEY_LENGTH {
            return Err(SealError::MalformedKey);
        }
        Ok(Self(Salt::new(HKDF_SHA256, &[]).extract(&key)))
    }

    /// A sealer whose texts no other purpose can open.
    pub fn sealer(&self, purpose: &str) -> Sealer {
        Sealer { seals: self.sealing(purpose), opens_too: None }
    }

    fn sealing(&self, purpose: &str) -> Arc<RandomizedNonceKey> {
        let key = self.derived(purpose);
        Arc::new(RandomizedNonceKey::new(&AES_256_GCM, &*key).expect("32 bytes are a key of AES-256"))
    }

    /// A key for one purpose, from which no other can be told.
    pub fn derived(&self, purpose: &str) -> Zeroizing<[u8; KEY_LENGTH]> {
        let mut key = Zeroizing::new([0_u8; KEY_LENGTH]);
        self.0
            .expand(&[purpose.as_bytes()], KeyLength)
            .and_then(|derived| derived.fill(&mut *key))
            .expect("HKDF gives 32 bytes of any key");
        key
    }
}

impl DataKeys {
    /// An error names the setting that can't be used.
    pub fn open(settings: &DataKeySettings) -> Result<Self, StartError> {
        let read = |key: &'static str, text: &SecretString| {
            DataKey::from_base64(text).map_err(|error| StartError::Setting { key, reason: error.to_string() })
        };
        let previous = settings.previous_data_key.as_ref();
        Ok(Self {
            current: read("secrets.data_key", &settings.data_key)?,
            other: previous.map(|text| read("secrets.previous_data_key", text)).transpose()?,
        })
    }

    pub fn sealer(&self, purpose: &str) -> Sealer {
        let opens_too = self.other.as_ref().map(|key| key.sealing(purpose));
        Sealer { seals: self.current.sealing(purpose), opens_too }
    }

    /// A key for one purpose of each of them, the current one's first.
    pub fn derived(&self, purpose: &str) -> Vec<Zeroizing<[u8; KEY_LENGTH]>> {
        [Some(&self.current), self.other.as_ref()]
            .into_iter()
            .flatten()
            .map(|key| key.derived(purpose))
            .collect()
    }
}

struct KeyLength;

impl KeyType for KeyLength {
    fn len(&self) -> usize {
        KEY_LENGTH
    }
}

impl Sealer {
    /// Seals a text. `about` is not hidden, but the text opens only together with the same one.
    pub fn seal(&self, about: &str, plain: &[u8]) -> Result<String, SealError> {
        let mut text = plain.to_vec();
        let nonce = self
            .seals
            .seal_in_place_append_tag(Aad::from(about.as_bytes()), &mut text)
            .map_err(|_| SealError::NotSealed)?;
        let mut sealed = nonce.as_ref().to_vec();
        sealed.append(&mut text);
        Ok(STANDARD.encode(sealed))
    }

    pub fn open(&self, about: &str, sealed: &str) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let sealed = STANDARD.decode(sealed).map_err(|_| SealError::NotOpened)?;
        let others = self.opens_too.as_deref();
        open_with(&self.seals, about, &sealed)
            .or_else(|failed| others.map_or(Err(failed), |key| open_with(key, about, &sealed)))
    }

    /// The same text sealed with the current key, where another one has sealed it.
    pub fn renewed(&self, about: &str, sealed: &str) -> Result<Option<String>, SealError> {
        let bytes = STANDARD.decode(sealed).map_err(|_| SealError::NotOpened)?;
        if open_with(&self.seals, about, &bytes).is_ok() {
            return Ok(None);
        }
        self.open(about, sealed).and_then(|plain| self.seal(about, &plain)).map(Some)
    }
}

fn open_with(key: &RandomizedNonceKey, about: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (nonce, text) = sealed.split_at_checked(NONCE_LEN).ok_or(SealError::NotOpened)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError::NotOpened)?;
    let mut text = Zeroizing::new(text.to_vec());
    let plain =
        key.open_in_place(nonce, Aad::from(about.as_bytes()), &mut text).map_err(|_| SealError::NotOpened)?;
    Ok(Zeroizing::new(plain.to_vec()))
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data_key(byte: u8) -> DataKey {
        DataKey::from_base64(&STANDARD.encode([byte; KEY_LENGTH]).into()).expect("32 bytes")
    }

    #[test]
    fn only_the_same_key_purpose_and_subject_open_a_text() {
        let sealer = data_key(1).sealer("outbox");
        let sealed = sealer.seal("noti:1", "홍길동".as_bytes()).expect("sealed");
        assert_eq!(sealer.open("noti:1", &sealed).expect("opened").as_slice(), "홍길동".as_bytes());

        assert_eq!(sealer.open("noti:2", &sealed), Err(SealError::NotOpened));
        assert_eq!(data_key(1).sealer("archive").open("noti:1", &sealed), Err(SealError::NotOpened));
        assert_eq!(data_key(2).sealer("outbox").open("noti:1", &sealed), Err(SealError::NotOpened));
        for damaged in ["", "AAAA", "not base64!", &sealed[..sealed.len() - 8]] {
            assert_eq!(sealer.open("noti:1", damaged), Err(SealError::NotOpened), "{damaged}");
        }
    }

    fn text(byte: u8) -> SecretString {
        STANDARD.encode([byte; KEY_LENGTH]).into()
    }

    fn sealer(current: u8, previous: Option<u8>) -> Sealer {
        let settings = DataKeySettings { data_key: text(current), previous_data_key: previous.map(text) };
        DataKeys::open(&settings).expect("32 bytes each").sealer("archive")
    }

    #[test]
    fn a_key_is_changed_without_a_moment_in_which_something_can_not_be_opened() {
        let old_text = sealer(1, None).seal("O-1", b"old").expect("sealed");
        // First everybody learns the new key; those who have not yet still seal with the old one.
        let told = sealer(1, Some(2));
        // Then the new one seals, while some still are where the others were.
        let changed = sealer(2, Some(1));
        let new_text = changed.seal("O-1", b"new").expect("sealed");
        for one in [&told, &changed] {
            assert_eq!(one.open("O-1", &old_text).expect("opened").as_slice(), b"old");
            assert_eq!(one.open("O-1", &new_text).expect("opened").as_slice(), b"new");
        }
        assert_eq!(sealer(1, None).open("O-1", &new_text), Err(SealError::NotOpened));

        assert_eq!(changed.renewed("O-1", &new_text), Ok(None), "it is sealed with the current key already");
        let renewed =
            changed.renewed("O-1", &old_text).expect("both are known").expect("it was the old key's");
        // At last the old one is forgotten.
        let alone = sealer(2, None);
        assert_eq!(alone.open("O-1", &renewed).expect("opened").as_slice(), b"old");
        assert_eq!(alone.renewed("O-1", &old_text), Err(SealError::NotOpened));
        assert_eq!(changed.renewed("O-2", &old_text), Err(SealError::NotOpened), "of another order");
    }

    #[test]
    fn a_previous_key_that_can_not_be_used_is_refused_by_its_setting() {
        let settings = DataKeySettings { data_key: text(1), previous_data_key: Some("AAAA".into()) };
        let refused = DataKeys::open(&settings).err().expect("four letters are no key").to_string();
        assert_eq!(refused, "setting `secrets.previous_data_key`: the data key is not 32 bytes in base64");
    }

    #[test]
    fn the_same_text_is_never_sealed_the_same_way() {
        let sealer = data_key(1).sealer("outbox");
        assert_ne!(sealer.seal("a", b"x"), sealer.seal("a", b"x"));
    }

    #[test]
    fn a_data_key_has_32_bytes() {
        for bad in ["", "AAAA", "not base64!"] {
            assert_eq!(DataKey::from_base64(&bad.into()).err(), Some(SealError::MalformedKey));
        }
    }
}
