//! 마스킹: what is left readable of a person who has withdrawn (contract, section 2).
//!
//! Every mask leaves a masked value as it is, so masking twice is masking once.

use super::personal::{Address, Card, Delivery, GiftDelivery, Orderer, PersonalData, Phone};

const STARS: &str = "****";
/// Words of an address that say no more than the district.
const DISTRICT_WORDS: usize = 2;

impl PersonalData {
    #[must_use]
    pub fn masked(&self) -> Self {
        Self {
            orderer: self.orderer.masked(),
            deliveries: self.deliveries.iter().map(Delivery::masked).collect(),
            gift_deliveries: self.gift_deliveries.iter().map(GiftDelivery::masked).collect(),
            cards: self.cards.iter().map(Card::masked).collect(),
        }
    }
}

impl Orderer {
    fn masked(&self) -> Self {
        Self { name: name(&self.name), phone: self.phone.masked(), email: self.email.as_deref().map(hidden) }
    }
}

impl Delivery {
    fn masked(&self) -> Self {
        Self {
            seq: self.seq,
            receiver: name(&self.receiver),
            phone: self.phone.masked(),
            address: self.address.masked(),
            message: None,
            customs_number: self.customs_number.as_deref().map(hidden),
        }
    }
}

impl GiftDelivery {
    fn masked(&self) -> Self {
        Self {
            number: self.number.clone(),
            gift_name: self.gift_name.clone(),
            receiver: name(&self.receiver),
            phone: self.phone.masked(),
            address: self.address.masked(),
            message: None,
        }
    }
}

impl Card {
    fn masked(&self) -> Self {
        Self { payment_no: self.payment_no.clone(), number: self.number.as_deref().map(hidden) }
    }
}

impl Phone {
    /// The first column says no more than the carrier.
    fn masked(&self) -> Self {
        Self { first: self.first.clone(), middle: hidden(&self.middle), last: hidden(&self.last) }
    }
}

impl Address {
    fn masked(&self) -> Self {
        Self { zip_code: self.zip_code.clone(), street: district(&self.street), detail: hidden(&self.detail) }
    }
}

/// 이름: the first and the last character stay, one star for each between; of two the first stays, of one none.
pub fn name(name: &str) -> String {
    let mut characters = name.chars();
    match (characters.next(), characters.next_back()) {
        (None, _) => String::new(),
        (Some(_), None) => "*".to_owned(),
        (Some(first), Some(last)) => {
            let between = "*".repeat(characters.count());
            if between.is_empty() { format!("{first}*") } else { format!("{first}{between}{last}") }
        }
    }
}

/// 주소: the first two words stay. Stars that stand there already count as no word.
pub fn district(street: &str) -> String {
    if street.is_empty() {
        return String::new();
    }
    let mut words: Vec<&str> =
        street.split_whitespace().take(DISTRICT_WORDS).take_while(|word| *word != STARS).collect();
    words.push(STARS);
    words.join(" ")
}

/// Nothing stays, not even the length; empty stays empty.
pub fn hidden(text: &str) -> String {
    if text.is_empty() { String::new() } else { STARS.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(mask: fn(&str) -> String, cases: &[(&str, &str)]) {
        for (original, masked) in cases {
            assert_eq!(mask(original), *masked, "{original:?}");
            assert_eq!(mask(masked), *masked, "{original:?} masked twice");
        }
    }

    #[test]
    fn a_name_keeps_its_ends() {
        check(
            name,
            &[
                ("남궁길동", "남**동"),
                ("홍길동", "홍*동"),
                ("홍길", "홍*"),
                ("홍", "*"),
                ("", ""),
                ("John Smith", "J********h"),
            ],
        );
    }

    #[test]
    fn an_address_keeps_its_district() {
        check(
            district,
            &[
                ("서울특별시 강남구 테헤란로 152", "서울특별시 강남구 ****"),
                ("서울특별시  강남구", "서울특별시 강남구 ****"),
                ("세종특별자치시", "세종특별자치시 ****"),
                (" ", "****"),
                ("", ""),
            ],
        );
    }

    #[test]
    fn the_rest_disappears_with_its_length() {
        check(hidden, &[("gildong@example.com", "****"), ("1", "****"), ("", "")]);
    }

    fn text() -> impl Strategy<Value = String> {
        prop_oneof!["", "[가-힣]{1,6}", "[가-힣A-Za-z0-9 *]{0,24}", any::<String>()]
    }

    fn personal_data() -> impl Strategy<Value = Vec<String>> {
        proptest::collection::vec(text(), 14)
    }

    fn assembled(texts: &[String]) -> PersonalData {
        let mut texts = texts.iter().cycle().cloned();
        let mut next = move || texts.next().expect("a cycle has no end");
        let mut phone = {
            let mut texts = [next(), next(), next()].into_iter().cycle();
            move || Phone {
                first: texts.next().expect("endless"),
                middle: texts.next().expect("endless"),
                last: texts.next().expect("endless"),
            }
        };
        PersonalData {
            orderer: Orderer { name: next(), phone: phone(), email: Some(next()) },
            deliveries: vec![Delivery {
                seq: 1,
                receiver: next(),
                phone: phone(),
                address: Address { zip_code: "06236".to_owned(), street: next(), detail: next() },
                message: Some(next()),
                customs_number: Some(next()),
            }],
            gift_deliveries: vec![GiftDelivery {
                number: "1".to_owned(),
                gift_name: "텀블러".to_owned(),
                receiver: next(),
                phone: phone(),
                address: Address { zip_code: "06236".to_owned(), street: next(), detail: next() },
                message: None,
            }],
            cards: vec![Card {
                payment_no: commerce::PaymentNo::parse("PAY1").expect("well-formed"),
                number: Some(next()),
            }],
        }
    }

    proptest! {
        #[test]
        fn masking_twice_is_masking_once(texts in personal_data()) {
            let masked = assembled(&texts).masked();
            prop_assert!(masked.masked() == masked);
        }

        #[test]
        fn a_masked_name_has_the_same_length_and_shows_two_characters_at_most(text in text()) {
            let masked = name(&text);
            prop_assert_eq!(masked.chars().count(), text.chars().count());
            let shown = masked.chars().zip(text.chars()).filter(|(after, _)| *after != '*').count();
            prop_assert!(shown <= 2);
        }

        #[test]
        fn an_empty_text_stays_empty_and_another_does_not(text in text()) {
            for mask in [name, district, hidden] {
                prop_assert_eq!(mask(&text).is_empty(), text.is_empty());
            }
        }
    }
}
