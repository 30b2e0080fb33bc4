//! 개인정보: the columns of an order that name, reach or locate a person.

use commerce::PaymentNo;

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
