//! 개인정보: the columns of an order that name, reach or locate a person.

use std::collections::BTreeSet;

use commerce::{PaymentNo, masking};

/// Everything personal in one order; what is archived and masked when its member withdraws.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonalData {
    pub orderer: Orderer,
    pub deliveries: Vec<Delivery>,
    pub gift_deliveries: Vec<GiftDelivery>,
    pub cards: Vec<Card>,
}

/// 전화번호: three columns, as Korean forms have them.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone {
    pub first: String,
    pub middle: String,
    pub last: String,
}

/// 주문자
#[derive(Clone, PartialEq, Eq)]
pub struct Orderer {
    pub name: String,
    pub phone: Phone,
    pub email: Option<String>,
}

/// 주소: what a parcel is sent to.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    pub zip_code: String,
    pub street: String,
    pub detail: String,
}

/// 배송지
#[derive(Clone, PartialEq, Eq)]
pub struct Delivery {
    pub seq: i32,
    pub receiver: String,
    pub phone: Phone,
    pub address: Address,
    pub message: Option<String>,
    /// 개인통관고유부호
    pub customs_number: Option<String>,
}

/// 기타사은품 배송
#[derive(Clone, PartialEq, Eq)]
pub struct GiftDelivery {
    pub number: String,
    pub gift_name: String,
    pub receiver: String,
    pub phone: Phone,
    pub address: Address,
    pub message: Option<String>,
}

/// 결제수단 번호: the card or account a payment was made with.
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    pub payment_no: PaymentNo,
    pub number: Option<String>,
}

/// 개인정보 값: what orders say of whoever ordered and of those they went to, each value once.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PersonalValues {
    pub names: BTreeSet<String>,
    /// The columns of phone numbers behind the first one.
    pub phones: BTreeSet<(String, String)>,
    pub emails: BTreeSet<String>,
    /// Street and detail.
    pub addresses: BTreeSet<(String, String)>,
}

impl PersonalValues {
    pub fn add_order(&mut self, personal: &PersonalData) {
        self.add_orderer(&personal.orderer);
        for delivery in &personal.deliveries {
            self.add_receiver(&delivery.receiver, &delivery.phone, &delivery.address);
        }
        for gift in &personal.gift_deliveries {
            self.add_receiver(&gift.receiver, &gift.phone, &gift.address);
        }
    }

    pub fn add_orderer(&mut self, orderer: &Orderer) {
        self.names.insert(orderer.name.clone());
        self.phones.insert((orderer.phone.middle.clone(), orderer.phone.last.clone()));
        self.emails.extend(orderer.email.clone());
    }

    pub fn add_receiver(&mut self, name: &str, phone: &Phone, address: &Address) {
        self.names.insert(name.to_owned());
        self.phones.insert((phone.middle.clone(), phone.last.clone()));
        self.addresses.insert((address.street.clone(), address.detail.clone()));
    }
}

impl PersonalData {
    /// What is to be seen of it once its member has withdrawn.
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
        Self {
            name: masking::name(&self.name),
            phone: self.phone.masked(),
            email: self.email.as_deref().map(masking::hidden),
        }
    }
}

impl Delivery {
    fn masked(&self) -> Self {
        Self {
            seq: self.seq,
            receiver: masking::name(&self.receiver),
            phone: self.phone.masked(),
            address: self.address.masked(),
            message: None,
            customs_number: self.customs_number.as_deref().map(masking::hidden),
        }
    }
}

impl GiftDelivery {
    fn masked(&self) -> Self {
        Self {
            number: self.number.clone(),
            gift_name: self.gift_name.clone(),
            receiver: masking::name(&self.receiver),
            phone: self.phone.masked(),
            address: self.address.masked(),
            message: None,
        }
    }
}

impl Card {
    fn masked(&self) -> Self {
        Self { payment_no: self.payment_no.clone(), number: self.number.as_deref().map(masking::hidden) }
    }
}

impl Phone {
    fn masked(&self) -> Self {
        let [first, middle, last] = masking::phone([&self.first, &self.middle, &self.last]);
        Self { first, middle, last }
    }
}

impl Address {
    fn masked(&self) -> Self {
        Self {
            zip_code: self.zip_code.clone(),
            street: masking::district(&self.street),
            detail: masking::hidden(&self.detail),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text() -> impl Strategy<Value = String> {
        prop_oneof!["", "[가-힣A-Za-z0-9 *]{0,24}", any::<String>()]
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
    }
}
