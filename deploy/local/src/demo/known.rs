//! The orders that are always there, so that documents and first calls can name them.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use commerce::calendar;
use serde_json::{Value, json};

use super::KNOWN_DELIVERED_ORDER;
use super::people::Buyer;
use super::progress::StatusMove;

/// Orders like [`delivered_order`] whose claims are under way: so many, with numbers from this one on.
pub(super) const CLAIMED: usize = 9;
const FIRST_CLAIMED: usize = 4;

/// A member's order with a goods coupon, a cart coupon, a gift, and mileage among its payments.
pub(super) fn member_order() -> Value {
    read(include_str!("known/member_order.json"))
}

/// A guest's order; the README prints its number and password.
pub(super) fn guest_order() -> Value {
    read(include_str!("known/guest_order.json"))
}

/// Another order of that member, to be sent back or exchanged: one parcel that was free for its amount, one that was paid for,
/// and a gift. It has arrived shortly before `today`, whenever that is.
pub(super) fn delivered_order(today: NaiveDate) -> Value {
    let mut order = read(include_str!("known/delivered_order.json"));
    if let Some(fields) = order.as_object_mut() {
        fields.insert("ordDtm".to_owned(), json!(ten_o_clock(today, 5).to_rfc3339()));
    }
    order
}

/// The same order of each of `buyers`, under numbers of its own.
pub(super) fn claimed_orders(buyers: &[Buyer], today: NaiveDate) -> Vec<Value> {
    let like_it = |(place, buyer): (usize, &Buyer)| {
        let mut order = delivered_order(today);
        for (pointer, value) in own_values(place, buyer) {
            if let Some(field) = order.pointer_mut(pointer) {
                *field = value;
            }
        }
        order
    };
    buyers.iter().take(CLAIMED).enumerate().map(like_it).collect()
}

pub(super) fn claimed_order_no(place: usize) -> String {
    format!("20260901O{:06}", FIRST_CLAIMED + place)
}

/// 휴대폰결제: such a bill is taken back whole or not at all, so that a part of it goes to an account.
pub(super) fn is_paid_by_phone(place: usize) -> bool {
    place == 3
}

/// The goods coupon and the cart coupon it used.
pub(super) fn claimed_order_coupons(place: usize) -> [String; 2] {
    let number = FIRST_CLAIMED + place;
    [format!("CI{number:06}-1G"), format!("CI{number:06}-C")]
}

fn own_values(place: usize, buyer: &Buyer) -> Vec<(&'static str, Value)> {
    let number = FIRST_CLAIMED + place;
    let [of_goods, of_cart] = claimed_order_coupons(place);
    let (means, is_divisible) = if is_paid_by_phone(place) { ("40", "N") } else { ("10", "Y") };
    vec![
        ("/ordNo", json!(claimed_order_no(place))),
        ("/mbrNo", json!(buyer.mbr_no)),
        ("/mbrGradeCd", json!(buyer.mbr_grade_cd)),
        ("/ordManNm", json!(buyer.name)),
        ("/cellTxnoNo", json!(buyer.phone_middle)),
        ("/cellEndNo", json!(buyer.phone_end)),
        ("/emailAddr", json!(buyer.email_addr)),
        ("/dlvpList/0/rcvmnNm", json!(buyer.name)),
        ("/dlvpList/0/cellTxnoNo", json!(buyer.phone_middle)),
        ("/dlvpList/0/cellEndNo", json!(buyer.phone_end)),
        ("/dlvpList/0/zipNo", json!(buyer.zip_no)),
        ("/dlvpList/0/zipAddr", json!(buyer.zip_addr)),
        ("/dlvpList/0/dtlAddr", json!(buyer.dtl_addr)),
        ("/goodsList/0/benefitList/0/cpnIsuNo", json!(of_goods)),
        ("/ordPromotionList/0/cpnIsuNo", json!(of_cart)),
        ("/payList/0/payNo", json!(format!("PY{number:06}-1"))),
        ("/payList/0/payMeansCd", json!(means)),
        ("/payList/0/sctnCnclPsbYn", json!(is_divisible)),
        ("/payList/0/pgPayKey", json!(format!("tk_demo_{number:06}_1"))),
        ("/payList/1/payNo", json!(format!("PY{number:06}-2"))),
    ]
}

/// The way of the delivered orders to their members.
pub(super) fn deliveries(today: NaiveDate) -> impl Iterator<Item = StatusMove> {
    let numbers = std::iter::once(KNOWN_DELIVERED_ORDER.to_owned()).chain((0..CLAIMED).map(claimed_order_no));
    numbers.flat_map(move |ord_no| {
        [("13", 3), ("15", 2)].map(|(status, days_ago)| StatusMove {
            ord_no: ord_no.clone(),
            status,
            dtm: ten_o_clock(today, days_ago).to_rfc3339(),
            ord_seqs: vec![1, 2],
        })
    })
}

fn ten_o_clock(today: NaiveDate, days_ago: i64) -> DateTime<FixedOffset> {
    let midnight = calendar::kst_day_start(today - TimeDelta::days(days_ago));
    (midnight + TimeDelta::hours(10)).with_timezone(&calendar::KST)
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).expect("a test reads these files")
}
