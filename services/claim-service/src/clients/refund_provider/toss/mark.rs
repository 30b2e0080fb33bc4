//! The name a refund of ours bears at Toss: as its idempotency key, and at the end of its reason.
//!
//! Toss remembers a key for fifteen days; the reason stays with the cancel for ever, and by it a refund is found again.

use aws_lc_rs::digest;
use commerce::{ClaimNo, text};

use crate::domain::saga::EffectKey;

/// Keys longer than this are replaced by their hash. Toss takes 300, and a reason must keep room for words.
const MAX_CHARS: usize = 100;
/// The longest reason Toss takes.
const MAX_REASON_CHARS: usize = 200;
const HASHED: &str = "sha256";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark(String);

impl Mark {
    pub(super) fn of(key: &EffectKey) -> Self {
        let text = key.as_str();
        let is_fit =
            (1..=MAX_CHARS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if is_fit {
            return Self(text.to_owned());
        }
        let hash = digest::digest(&digest::SHA256, text.as_bytes());
        Self(format!("{HASHED}:{}", hex::encode(hash)))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The reason with the mark behind it; the words are cut where there is no room for both.
    pub(super) fn on(&self, reason: &str) -> String {
        let room = MAX_REASON_CHARS.saturating_sub(self.0.chars().count() + 1);
        let words = text::first_measured(reason.trim(), room, |character| character.chars().count());
        format!("{} {}", words.trim_end(), self.0).trim_start().to_owned()
    }

    pub(super) fn is_on(&self, reason: &str) -> bool {
        last_word(reason) == self.0
    }
}

/// Whether a reason bears the mark of any refund of this house.
pub(super) fn is_marked(reason: &str) -> bool {
    last_word(reason).split_once(':').is_some_and(|(head, _)| head == HASHED || ClaimNo::parse(head).is_ok())
}

fn last_word(reason: &str) -> &str {
    reason.rsplit(char::is_whitespace).next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(key: &str) -> Mark {
        Mark::of(&EffectKey::kept(key))
    }

    #[test]
    fn a_key_of_ours_is_its_own_mark_and_another_is_hashed() {
        assert_eq!(mark("20260801C000001:REFUND:PAY1").as_str(), "20260801C000001:REFUND:PAY1");
        assert_eq!(mark("20260801C000001:REFUND:/additional").as_str(), "20260801C000001:REFUND:/additional");
        for odd in ["", "a b", "키", "line\nbreak", &"x".repeat(101)] {
            let hashed = mark(odd);
            assert_eq!(hashed.as_str().len(), 71, "{odd}");
            assert!(hashed.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
            assert!(is_marked(&hashed.on("사유")));
        }
        assert_ne!(mark("a b"), mark("a c"));
    }

    #[test]
    fn a_reason_keeps_its_mark_however_long_its_words_are() {
        let mark = mark("20260801C000001:REFUND:PAY1");
        for words in ["", "  ", "단순변심", &"변".repeat(500), &"👨‍👩‍👧‍👦".repeat(50)] {
            let reason = mark.on(words);
            assert!(mark.is_on(&reason) && is_marked(&reason), "{reason}");
            assert!(reason.chars().count() <= 200, "{reason}");
        }
        assert_eq!(mark.on("단순 변심"), "단순 변심 20260801C000001:REFUND:PAY1");
        let families = mark.on(&"👨‍👩‍👧‍👦".repeat(50));
        assert_eq!(families, format!("{} {}", "👨‍👩‍👧‍👦".repeat(24), mark.as_str()), "none is torn apart");
    }

    #[test]
    fn a_mark_is_not_taken_for_one_it_ends_with() {
        let one = mark("20260801C000001:REFUND:PAY1");
        for other in
            ["x20260801C000001:REFUND:PAY1", "20260801C000001:REFUND:PAY11", "20260801C000001:REFUND:"]
        {
            assert!(!one.is_on(&format!("단순변심 {other}")), "{other}");
        }
        assert!(!is_marked("단순변심") && !is_marked("") && !is_marked("문의: 전화"));
    }
}
