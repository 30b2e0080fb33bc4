//! 마스킹: what of a member who has withdrawn stays readable in the texts of its inquiries (contract, section 2).

use commerce::masking::free_text::{KnownValueFinder, KnownValues};

use super::inquiry::{Contact, InquiryText};

/// Adds what an inquiry itself says of the member.
pub fn add_contact(known: &mut KnownValues, contact: &Contact) {
    if let Some(name) = &contact.name {
        known.add_name(name);
    }
    if let (Some(middle), Some(last)) = (&contact.phone.middle, &contact.phone.last) {
        known.add_phone(middle, last);
    }
    if let Some(email) = &contact.email {
        known.add_email(email);
    }
}

/// What a member who has left writes: its contact disappears, and what the contact says from the texts as well.
pub fn text(text: InquiryText) -> (InquiryText, KnownValueFinder) {
    let mut known = KnownValues::default();
    add_contact(&mut known, &text.contact);
    let finder = known.finder();
    let masked = InquiryText {
        title: finder.masked(&text.title).unwrap_or(text.title),
        content: finder.masked(&text.content).unwrap_or(text.content),
        contact: text.contact.masked(),
        ..text
    };
    (masked, finder)
}
