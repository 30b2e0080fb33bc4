//! 마스킹: what of a member who has withdrawn stays readable here (contract, section 2).
//!
//! Masking twice is masking once.

use super::inquiry::{Contact, Phone};

pub const STARS: &str = "****";

/// The first part of a phone number says no more than the carrier; the rest and the e-mail disappear.
pub fn contact(contact: &Contact) -> Contact {
    Contact {
        name: contact.name.as_deref().map(name),
        phone: Phone {
            first: contact.phone.first.clone(),
            middle: contact.phone.middle.as_deref().map(hidden),
            last: contact.phone.last.as_deref().map(hidden),
        },
        email: contact.email.as_deref().map(hidden),
        // Nobody can be told any more.
        wants_sms: contact.wants_sms,
    }
}

/// 이름: the first and the last character stay; of two the first; of one none.
pub fn name(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    match characters.as_slice() {
        [] => String::new(),
        [_] => "*".to_owned(),
        [first, _] => format!("{first}*"),
        [first, between @ .., last] => format!("{first}{}{last}", "*".repeat(between.len())),
    }
}

fn hidden(text: &str) -> String {
    if text.is_empty() { String::new() } else { STARS.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_and_email_disappear_and_masking_again_changes_nothing() {
        let original = Contact {
            name: Some("남궁길동".to_owned()),
            phone: Phone {
                first: Some("010".to_owned()),
                middle: Some("1234".to_owned()),
                last: Some("5678".to_owned()),
            },
            email: Some("gildong@example.com".to_owned()),
            wants_sms: true,
        };
        let masked = contact(&original);
        assert_eq!(masked.name.as_deref(), Some("남**동"));
        assert_eq!(
            (masked.phone.first.as_deref(), masked.phone.middle.as_deref(), masked.phone.last.as_deref()),
            (Some("010"), Some("****"), Some("****"))
        );
        assert_eq!(masked.email.as_deref(), Some("****"));
        assert!(contact(&masked) == masked);
        assert!(contact(&Contact::default()) == Contact::default(), "empty stays empty");
        for (original, expected) in [("", ""), ("홍", "*"), ("홍길", "홍*"), ("홍*", "홍*")] {
            assert_eq!(name(original), expected);
        }
    }
}
