//! 쿠폰: those the orders used, and some that members still hold.

use serde_json::{Value, json};

use super::order::Order;
use super::people::Buyer;
use super::{KNOWN_DELIVERED_ORDER, KNOWN_FREE_RETURN_COUPON, KNOWN_MEMBER_ORDER, known, under_way};

pub(super) fn rows(orders: &[Order], members: &[Buyer], first_day: &str, last_day: &str) -> Vec<Value> {
    let first_member = members.first().and_then(|member| member.mbr_no.as_deref()).unwrap_or_default();
    let (of_goods, of_cart) = (("P11", "상품쿠폰 10%", "11"), ("P12", "장바구니 5천원", "12"));
    let of_return = ("P15", "무료반품쿠폰", "15");
    let mut rows = vec![
        row("CI0001", of_goods, first_member, last_day, Some(KNOWN_MEMBER_ORDER)),
        row("CI0002", of_cart, first_member, last_day, Some(KNOWN_MEMBER_ORDER)),
        row("CI0003", of_goods, first_member, last_day, Some(KNOWN_DELIVERED_ORDER)),
        row("CI0004", of_cart, first_member, last_day, Some(KNOWN_DELIVERED_ORDER)),
        row(KNOWN_FREE_RETURN_COUPON, of_return, first_member, last_day, None),
    ];
    for (place, buyer) in under_way::buyers(members).iter().take(known::CLAIMED).enumerate() {
        let (ord_no, [goods, cart]) = (known::claimed_order_no(place), known::claimed_order_coupons(place));
        let mbr_no = buyer.mbr_no.as_deref().unwrap_or_default();
        rows.push(row(&goods, of_goods, mbr_no, last_day, Some(&ord_no)));
        rows.push(row(&cart, of_cart, mbr_no, last_day, Some(&ord_no)));
    }
    for order in orders {
        for coupon in &order.coupons {
            if let (Some(number), Some(mbr_no)) = (&coupon.cpn_isu_no, &order.mbr_no) {
                let promotion =
                    (coupon.promotion.promo_no, coupon.promotion.promo_nm, coupon.promotion.promo_typ_cd);
                rows.push(row(number, promotion, mbr_no, last_day, Some(&order.ord_no)));
            }
        }
    }
    for mbr_no in members.iter().filter_map(|member| member.mbr_no.as_deref()) {
        rows.push(row(&format!("CW{mbr_no}-1"), ("P11", "상품쿠폰 10%", "11"), mbr_no, last_day, None));
        rows.push(row(&format!("CW{mbr_no}-2"), ("P14", "무료배송쿠폰", "14"), mbr_no, last_day, None));
        let mut expired =
            row(&format!("CW{mbr_no}-3"), ("P12", "장바구니 5천원", "12"), mbr_no, first_day, None);
        if let Some(fields) = expired.as_object_mut() {
            fields.insert("useStatCd".to_owned(), json!("30"));
        }
        rows.push(expired);
    }
    rows
}

fn row(
    cpn_isu_no: &str,
    (promo_no, promo_nm, promo_typ_cd): (&str, &str, &str),
    mbr_no: &str,
    valid_end: &str,
    ord_no: Option<&str>,
) -> Value {
    json!({
        "cpnIsuNo": cpn_isu_no, "promoNo": promo_no, "promoNm": promo_nm, "promoTypCd": promo_typ_cd, "mbrNo": mbr_no,
        "validEndDtm": valid_end, "useStatCd": if ord_no.is_some() { "20" } else { "10" }, "ordNo": ord_no,
    })
}
