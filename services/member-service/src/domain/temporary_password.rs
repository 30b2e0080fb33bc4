//! 임시 비밀번호: what a guest who forgot the order's password gets instead.

/// Characters of a temporary password.
pub const LENGTH: usize = 10;

/// Letters and digits that nobody mistakes for another: no `0 O o`, no `1 l I i`.
const ALPHABET: &[u8; 55] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789";

/// Random bytes from this one on would favour the first letters of the alphabet.
const FAIR_BELOW: u8 = 220;

/// Makes a password of random bytes, all equally likely.
///
/// A byte that can't be used fairly is passed over; `None` when too few were left. Of 64 bytes that happens less than
/// once in 10²⁵ times.
pub fn from_random(random: &[u8]) -> Option<String> {
    let password: String = random
        .iter()
        .filter(|byte| **byte < FAIR_BELOW)
        .filter_map(|byte| ALPHABET.get(usize::from(*byte) % ALPHABET.len()))
        .take(LENGTH)
        .map(|letter| char::from(*letter))
        .collect();
    (password.len() == LENGTH).then_some(password)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_password_has_ten_characters_and_no_look_alikes() {
        for seed in 0..=u8::MAX {
            let random: Vec<u8> =
                (0..64_u8).map(|step| seed.wrapping_mul(31).wrapping_add(step.wrapping_mul(7))).collect();
            let password = from_random(&random).expect("64 bytes are enough");
            assert_eq!(password.chars().count(), LENGTH);
            assert!(!password.contains(['0', 'O', 'o', '1', 'l', 'I', 'i']), "{password}");
        }
    }

    #[test]
    fn every_character_is_equally_likely() {
        let mut counts = BTreeMap::new();
        for byte in 0..=u8::MAX {
            if let Some(password) = from_random(&[byte; LENGTH]) {
                *counts.entry(password).or_insert(0) += 1;
            }
        }
        assert_eq!(counts.len(), ALPHABET.len());
        assert!(counts.values().all(|count| *count == 4), "{counts:?}");
    }

    #[test]
    fn unusable_bytes_are_passed_over_and_too_few_give_nothing() {
        let mut random = vec![u8::MAX; 20];
        random.extend([0; LENGTH]);
        assert_eq!(from_random(&random).as_deref(), Some("AAAAAAAAAA"));
        assert_eq!(from_random(&[u8::MAX; 64]), None);
        assert_eq!(from_random(&[0; LENGTH - 1]), None);
    }
}
