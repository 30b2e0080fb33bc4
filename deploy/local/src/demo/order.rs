//! 주문: baskets turned into orders whose sums hold.

use serde_json::{Value, json};

use super::accrual;
use super::dice::Dice;
use super::order_lines::{self, Benefit, FREE_DELIVERY, Line};
use super::payment;
use super::people::Buyer;

/// One order, and what the other parts of the document are made from.
pub(super) struct Order {
    pub ord_no: String,
    pub number: usize,
    pub mbr_no: Option<String>,
    pub lines: Vec<Line>,
    pub coupons: Vec<Benefit>,
    pub json: Value,
}

/// 배송그룹: lines of one vendor, delivered together.
struct Group {
    json: Value,
    /// What the customer pays for it, the coupon taken off.
    due: i64,
    coupon: Option<Benefit>,
}

pub(super) struct Occasion {
    pub number: usize,
    pub ord_no: String,
    pub ord_dtm: String,
    /// The status its lines come in with: 10, 11 or 12.
    pub first_status: &'static str,
    pub password: Option<String>,
}

pub(super) fn compose(dice: &mut Dice, buyer: &Buyer, occasion: Occasion) -> Order {
    let Occasion { number, ord_no, ord_dtm, first_status, password } = occasion;
    let mut lines = order_lines::fill(dice, buyer, number);
    let cart = order_lines::cart_coupon(dice, buyer, &mut lines, number);
    let group_count = lines.iter().map(|line| line.deli_grp_no).max().unwrap_or(0);
    let second_address = group_count > 1 && dice.one_in(4);
    let groups: Vec<Group> = (1..=group_count)
        .map(|group_no| {
            let dlvp_seq = if second_address && group_no > 1 { 2 } else { 1 };
            delivery_group(dice, buyer, number, (group_no, dlvp_seq), &lines)
        })
        .collect();

    let due =
        lines.iter().map(Line::left_to_pay).sum::<i64>() + groups.iter().map(|group| group.due).sum::<i64>();
    let payments = payment::split(dice, buyer, number, due, first_status == "10");
    let mut coupons: Vec<Benefit> = lines.iter().flat_map(|line| line.benefits.iter().cloned()).collect();
    coupons.extend(cart.iter().cloned());
    coupons.extend(groups.iter().filter_map(|group| group.coupon.clone()));
    coupons.retain(|benefit| benefit.cpn_isu_no.is_some());

    let accruals = buyer.mbr_grade_cd.map(|grade| accrual::of_order(&lines, grade)).unwrap_or_default();
    let json = json!({
        "ordNo": ord_no, "siteNo": "1", "mbrNo": buyer.mbr_no, "mbrGradeCd": buyer.mbr_grade_cd,
        "ordManNm": buyer.name, "cellSctNo": "010", "cellTxnoNo": buyer.phone_middle, "cellEndNo": buyer.phone_end,
        "emailAddr": buyer.email_addr, "ordPwd": password,
        "ordMediaCd": *dice.pick(&["10", "20", "20", "30", "30", "30", "40", "40", "50", "50", "60"]),
        "ordDtm": ord_dtm,
        "dlvpList": addresses(dice, buyer, &lines, second_address),
        "deliGrpList": groups.iter().map(|group| group.json.clone()).collect::<Vec<_>>(),
        "goodsList": lines.iter().map(|line| line_json(line, first_status)).collect::<Vec<_>>(),
        "ordPromotionList": cart.iter().map(|coupon| cart_json(coupon, &lines)).collect::<Vec<_>>(),
        "ordAccmList": accruals,
        "giftList": gifts(&lines),
        "etcGftDlvpList": extra_gifts(buyer, number),
        "payList": payments,
    });
    Order { ord_no, number, mbr_no: buyer.mbr_no.clone(), lines, coupons, json }
}

fn delivery_group(
    dice: &mut Dice,
    buyer: &Buyer,
    order_number: usize,
    (group_no, dlvp_seq): (usize, usize),
    lines: &[Line],
) -> Group {
    let own: Vec<&Line> = lines.iter().filter(|line| line.deli_grp_no == group_no).collect();
    let vendor = own.first().map(|line| line.goods.vendor).expect("a group is made for its first line");
    let judged: i64 = own.iter().map(|line| line.after_own_discounts()).sum();
    let charged = match vendor.free_std_amt {
        Some(enough) if judged >= enough => 0,
        _ => vendor.base_deli_amt,
    };
    let coupon = (charged > 0 && buyer.mbr_no.is_some() && dice.one_in(4)).then(|| Benefit {
        promotion: FREE_DELIVERY,
        dc_amt: charged,
        cpn_isu_no: Some(format!("CI{order_number:06}-{group_no}F")),
    });
    let coupon_json = coupon.as_ref().map(|coupon| {
        json!({
            "promoNo": FREE_DELIVERY.promo_no, "promoNm": FREE_DELIVERY.promo_nm,
            "promoTypCd": FREE_DELIVERY.promo_typ_cd, "cpnIsuNo": coupon.cpn_isu_no, "ourChrgRate": 100,
            "entrChrgRate": 0, "dcAmt": coupon.dc_amt,
        })
    });
    let due = charged - coupon.as_ref().map_or(0, |coupon| coupon.dc_amt);
    let json = json!({
        "deliGrpNo": group_no, "deliPolcNo": vendor.deli_polc_no, "entrNo": vendor.entr_no, "dlvpSeq": dlvp_seq,
        "baseDeliAmt": vendor.base_deli_amt, "freeStdAmt": vendor.free_std_amt, "chrgDeliAmt": charged,
        "dlvCpn": coupon_json,
    });
    Group { json, due, coupon }
}

fn addresses(dice: &mut Dice, buyer: &Buyer, lines: &[Line], with_second: bool) -> Vec<Value> {
    // Goods from abroad pass the customs under the receiver's number.
    let customs = lines.iter().any(|line| line.goods.vendor.is_overseas).then_some("P123456789012");
    let message = dice.pick(&[None, Some("문 앞에 놓아 주세요"), Some("경비실에 맡겨 주세요")]);
    let mut list = vec![json!({
        "dlvpSeq": 1, "rcvmnNm": buyer.name, "cellSctNo": "010", "cellTxnoNo": buyer.phone_middle,
        "cellEndNo": buyer.phone_end, "zipNo": buyer.zip_no, "zipAddr": buyer.zip_addr, "dtlAddr": buyer.dtl_addr,
        "deliMsg": message, "persCstmCd": customs,
    })];
    if with_second {
        list.push(json!({
            "dlvpSeq": 2, "rcvmnNm": "이선물", "cellSctNo": "010", "cellTxnoNo": "5777", "cellEndNo": "0101",
            "zipNo": "05551", "zipAddr": "서울특별시 송파구 올림픽로 300", "dtlAddr": "32층", "deliMsg": null,
            "persCstmCd": customs,
        }));
    }
    list
}

fn line_json(line: &Line, status: &str) -> Value {
    json!({
        "ordSeq": line.seq, "goodsNo": line.goods.goods_no, "itmNo": line.item.itm_no,
        "goodsNm": line.goods.goods_nm, "itmNm": line.item.itm_nm, "goodsImg": line.goods.image(),
        "entrNo": line.goods.vendor.entr_no, "brandNo": line.goods.brand_no, "stdCtgNo": line.goods.std_ctg_no,
        "dispCtgNo": line.goods.disp_ctg_no, "chlNo": "1000001", "deliGrpNo": line.deli_grp_no,
        "deliProcTypCd": line.goods.vendor.deli_proc_typ_cd, "ordQty": line.quantity, "salePrc": line.unit_price(),
        "ordDtlStatCd": status, "ordCnclPsbYn": if line.goods.vendor.is_overseas { "N" } else { "Y" },
        "rsvGoodsYn": "N", "benefitList": line.benefits.iter().map(Benefit::json).collect::<Vec<_>>(),
    })
}

fn cart_json(coupon: &Benefit, lines: &[Line]) -> Value {
    let mut json = coupon.json();
    let shares: Vec<Value> = lines
        .iter()
        .filter(|line| line.cart_share > 0)
        .map(|line| {
            json!({
                "ordSeq": line.seq, "goodsNo": line.goods.goods_no, "itmNo": line.item.itm_no, "dcAmt": line.cart_share,
            })
        })
        .collect();
    if let Some(fields) = json.as_object_mut() {
        fields.insert("goods".to_owned(), Value::Array(shares));
    }
    json
}

/// 사은품: a tumbler for 50,000 won of goods, a pouch with every leather bag.
fn gifts(lines: &[Line]) -> Vec<Value> {
    let mut gifts = Vec::new();
    if lines.iter().map(Line::price).sum::<i64>() >= 50_000 {
        gifts.push(json!({
            "aeNo": "AE1", "addEvtTypCd": "10", "aeNm": "5만원 이상 텀블러", "aeGoodsNo": "90000001",
            "aeGoodsItmNo": "001", "aeGoodsNm": "텀블러", "aplyMinAmt": 50_000, "qty": 1,
        }));
    }
    for line in lines.iter().filter(|line| line.goods.goods_no == "10002563") {
        gifts.push(json!({
            "aeNo": "AE2", "addEvtTypCd": "20", "aeNm": "가죽 크로스백 파우치", "aeGoodsNo": "90000002",
            "aeGoodsItmNo": "001", "aeGoodsNm": "파우치", "aplyMinAmt": null, "qty": 1, "ordSeq": line.seq,
        }));
    }
    gifts
}

/// 기타선물배송지: now and then something is sent along that is no part of the order.
fn extra_gifts(buyer: &Buyer, order_number: usize) -> Vec<Value> {
    if !order_number.is_multiple_of(29) {
        return Vec::new();
    }
    vec![json!({
        "etcGftDlvpNo": format!("EG{order_number:06}"), "etcGftNm": "창립기념 달력", "rcvmnNm": buyer.name,
        "zipNo": buyer.zip_no, "zipAddr": buyer.zip_addr, "dtlAddr": buyer.dtl_addr, "cellSctNo": "010",
        "cellTxnoNo": buyer.phone_middle, "cellEndNo": buyer.phone_end, "deliMsg": null,
    })]
}
