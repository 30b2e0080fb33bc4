//! 주문상품: what an order holds and what was taken off its price.

use commerce::{Won, spread_by_weight};
use serde_json::{Value, json};

use super::dice::Dice;
use super::goods::{self, Goods, Item};
use super::people::Buyer;

pub(super) struct Line {
    pub seq: usize,
    pub goods: &'static Goods,
    pub item: &'static Item,
    pub quantity: i64,
    pub deli_grp_no: usize,
    pub benefits: Vec<Benefit>,
    /// Its part of the order's cart coupon.
    pub cart_share: i64,
}

/// 프로모션: what takes something off.
#[derive(Clone, Copy)]
pub(super) struct Promotion {
    pub promo_no: &'static str,
    pub promo_nm: &'static str,
    pub promo_typ_cd: &'static str,
    /// Percent, or won if `is_fixed`.
    pub rate_or_amount: i64,
    pub is_fixed: bool,
    pub min_buy_amt: Option<i64>,
    pub max_dc_amt: Option<i64>,
    pub entr_chrg_rate: i64,
}

/// 할인: one promotion on one line, on a delivery group or, for a cart coupon, on the whole order.
#[derive(Clone)]
pub(super) struct Benefit {
    pub promotion: Promotion,
    pub dc_amt: i64,
    pub cpn_isu_no: Option<String>,
}

const IMMEDIATE: Promotion = Promotion { entr_chrg_rate: 40, ..percent("P21", "즉시할인 10%", "21", 10) };
const STAFF: Promotion = percent("P20", "임직원할인 15%", "20", 15);
const DOUBLE: Promotion = percent("P13", "중복쿠폰 5%", "13", 5);
const CART: Promotion =
    Promotion {
        is_fixed: true, min_buy_amt: Some(50_000), ..percent("P12", "장바구니 5천원", "12", 5_000)
    };
const GOODS_RATE: Promotion = Promotion {
    min_buy_amt: Some(30_000),
    max_dc_amt: Some(20_000),
    ..percent("P11", "상품쿠폰 10%", "11", 10)
};
const GOODS_FIXED: Promotion = Promotion {
    is_fixed: true,
    min_buy_amt: Some(20_000),
    entr_chrg_rate: 50,
    ..percent("P11-3000", "상품쿠폰 3천원", "11", 3_000)
};
pub(super) const FREE_DELIVERY: Promotion = percent("P14", "무료배송쿠폰", "14", 100);

const fn percent(
    promo_no: &'static str,
    promo_nm: &'static str,
    promo_typ_cd: &'static str,
    rate_or_amount: i64,
) -> Promotion {
    Promotion {
        promo_no,
        promo_nm,
        promo_typ_cd,
        rate_or_amount,
        is_fixed: false,
        min_buy_amt: None,
        max_dc_amt: None,
        entr_chrg_rate: 0,
    }
}

impl Promotion {
    /// This promotion on goods of that price; `None` if it asks for more.
    fn on(self, price: i64) -> Option<Benefit> {
        if price < self.min_buy_amt.unwrap_or(0) {
            return None;
        }
        let taken_off = if self.is_fixed { self.rate_or_amount } else { price * self.rate_or_amount / 100 };
        let dc_amt = taken_off.min(self.max_dc_amt.unwrap_or(taken_off));
        Some(Benefit { promotion: self, dc_amt, cpn_isu_no: None })
    }
}

impl Benefit {
    fn with_coupon(self, cpn_isu_no: String) -> Self {
        Self { cpn_isu_no: Some(cpn_isu_no), ..self }
    }

    pub(super) fn json(&self) -> Value {
        let promotion = &self.promotion;
        json!({
            "promoNo": promotion.promo_no, "promoNm": promotion.promo_nm, "promoTypCd": promotion.promo_typ_cd,
            "ourChrgRate": 100 - promotion.entr_chrg_rate, "entrChrgRate": promotion.entr_chrg_rate,
            "fixamtFxrtGbCd": if promotion.is_fixed { "01" } else { "02" }, "dcRateAmt": promotion.rate_or_amount,
            "minBuyAmt": promotion.min_buy_amt, "maxDcAmt": promotion.max_dc_amt, "dcAmt": self.dc_amt,
            "cpnIsuNo": self.cpn_isu_no,
        })
    }
}

impl Line {
    pub(super) fn unit_price(&self) -> i64 {
        self.goods.sale_prc + self.item.add_prc
    }

    pub(super) fn price(&self) -> i64 {
        self.unit_price() * self.quantity
    }

    /// The price less the line's own discounts: what free delivery is judged by.
    pub(super) fn after_own_discounts(&self) -> i64 {
        self.price() - self.benefits.iter().map(|benefit| benefit.dc_amt).sum::<i64>()
    }

    pub(super) fn left_to_pay(&self) -> i64 {
        self.after_own_discounts() - self.cart_share
    }
}

/// Fills a basket; lines of one vendor share a delivery group.
pub(super) fn fill(dice: &mut Dice, buyer: &Buyer, order_number: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut vendors: Vec<&str> = Vec::new();
    for _ in 0..*dice.pick(&[1, 1, 1, 2, 2, 3, 4]) {
        let goods = dice.pick(goods::on_sale());
        let item = dice.pick(goods.items);
        if lines.iter().any(|line| line.goods.goods_no == goods.goods_no && line.item.itm_no == item.itm_no) {
            continue;
        }
        let entr_no = goods.vendor.entr_no;
        let group = vendors.iter().position(|known| *known == entr_no).unwrap_or_else(|| {
            vendors.push(entr_no);
            vendors.len() - 1
        });
        let mut line = Line {
            seq: lines.len() + 1,
            goods,
            item,
            quantity: *dice.pick(&[1, 1, 1, 2, 2, 3, 5]),
            deli_grp_no: group + 1,
            benefits: Vec::new(),
            cart_share: 0,
        };
        line.benefits = line_benefits(dice, buyer, &line, order_number);
        lines.push(line);
    }
    lines
}

/// Guests have no coupons and staff use their own discount, so each takes another way.
fn line_benefits(dice: &mut Dice, buyer: &Buyer, line: &Line, order_number: usize) -> Vec<Benefit> {
    let mut benefits = Vec::new();
    let coupon = |kind: &str| format!("CI{order_number:06}-{}{kind}", line.seq);
    if buyer.is_staff {
        benefits.extend(STAFF.on(line.price()));
    } else if line.goods.disp_ctg_no.starts_with("C02") && dice.one_in(2) {
        benefits.extend(IMMEDIATE.on(line.price()));
    }
    if buyer.mbr_no.is_some() && !buyer.is_staff && dice.one_in(3) {
        let promotion = if dice.one_in(2) { GOODS_RATE } else { GOODS_FIXED };
        benefits.extend(promotion.on(line.price()).map(|benefit| benefit.with_coupon(coupon("G"))));
        if !benefits.is_empty() && dice.one_in(3) {
            benefits.extend(DOUBLE.on(line.price()).map(|benefit| benefit.with_coupon(coupon("D"))));
        }
    }
    benefits
}

/// 장바구니쿠폰: taken off the whole order and shared out over its lines by what they cost.
pub(super) fn cart_coupon(
    dice: &mut Dice,
    buyer: &Buyer,
    lines: &mut [Line],
    order_number: usize,
) -> Option<Benefit> {
    let weights: Vec<i64> = lines.iter().map(Line::after_own_discounts).collect();
    if buyer.mbr_no.is_none() || !dice.one_in(3) {
        return None;
    }
    let coupon = CART.on(weights.iter().sum())?.with_coupon(format!("CI{order_number:06}-C"));
    let shares = spread_by_weight(Won::new(coupon.dc_amt), &weights)?;
    for (line, share) in lines.iter_mut().zip(shares) {
        line.cart_share = share.amount();
    }
    Some(coupon)
}
