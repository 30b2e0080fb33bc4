//! Maps from short texts that are asked many times a calculation, but filled by operators only.
//!
//! A goods asks six of them, and with the standard map that would be most of what a calculation costs. Goods and brand
//! numbers are short: packed into three numbers, a text is hashed and compared without looking at its bytes again, and
//! lies in the map itself. The hash is a quick one; the standard one protects against keys chosen to collide, while here
//! callers merely look up, and what is stored comes from a policy.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

#[derive(Debug, Clone)]
pub(super) struct TextMap<V> {
    short: HashMap<TextKey, V, BuildHasherDefault<QuickHasher>>,
    long: HashMap<String, V>,
}

impl<V> TextMap<V> {
    #[inline]
    pub(super) fn get(&self, text: &str) -> Option<&V> {
        match TextKey::of(text) {
            Some(key) => self.short.get(&key),
            None => self.long.get(text),
        }
    }

    pub(super) fn insert(&mut self, text: &str, value: V) {
        match TextKey::of(text) {
            Some(key) => self.short.insert(key, value),
            None => self.long.insert(text.to_owned(), value),
        };
    }
}

impl<V> Default for TextMap<V> {
    fn default() -> Self {
        Self { short: HashMap::default(), long: HashMap::default() }
    }
}

impl<'a, V> FromIterator<(&'a str, V)> for TextMap<V> {
    fn from_iter<I: IntoIterator<Item = (&'a str, V)>>(pairs: I) -> Self {
        let mut map = Self::default();
        for (text, value) in pairs {
            map.insert(text, value);
        }
        map
    }
}

/// A text of at most 16 bytes. For a given length, its first and its last bytes are the whole text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TextKey {
    first: u64,
    last: u64,
    length: usize,
}

impl TextKey {
    const LONGEST: usize = 16;

    #[inline]
    fn of(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let length = bytes.len();
        if length > Self::LONGEST {
            return None;
        }
        let (first, last) = if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
        } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into())
        } else {
            (bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0)
        };
        Some(Self { first, last, length })
    }
}

impl Hash for TextKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Bits of one number reach every bit of the product, and its halves are folded into one.
        let length = u64::try_from(self.length).unwrap_or(u64::MAX);
        let (low, high) = (self.first ^ MULTIPLIER).carrying_mul(self.last ^ !MULTIPLIER ^ length, 0);
        state.write_u64(low ^ high);
    }
}

/// Its bits look random: the golden ratio's fraction.
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// Takes the hash a [`TextKey`] has made of itself.
#[derive(Debug, Clone, Copy, Default)]
struct QuickHasher(u64);

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = self.0.rotate_left(23) ^ word;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_of_any_length_is_found_and_no_other() {
        let texts: Vec<String> =
            (0..40).map(|length| "ab1-".repeat(10).chars().take(length).collect()).collect();
        let map: TextMap<usize> = texts.iter().map(String::as_str).zip(0..).collect();
        for (length, text) in texts.iter().enumerate() {
            assert_eq!(map.get(text), Some(&length));
            assert_eq!(map.get(&format!("{text}x")), None);
        }
    }

    proptest! {
        #[test]
        fn two_texts_have_one_key_only_if_they_are_one(texts in prop::collection::hash_set("[a-c]{0,18}", 0..60)) {
            let short: Vec<&String> = texts.iter().filter(|text| text.len() <= TextKey::LONGEST).collect();
            let keys: Vec<TextKey> = short.iter().filter_map(|text| TextKey::of(text)).collect();
            prop_assert_eq!(keys.len(), short.len());
            let distinct: HashSet<(u64, u64, usize)> = keys.iter().map(|key| (key.first, key.last, key.length)).collect();
            prop_assert_eq!(distinct.len(), keys.len());
        }
    }
}
