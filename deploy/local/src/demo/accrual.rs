//! 적립: what the shop promises, and what an order was told it earns.

use commerce::{Rate, Won, spread_by_weight};
use serde_json::{Value, json};

use super::order_lines::Line;

/// Rates are in basis points until they are used.
const BASE_RATE: i64 = 100;
const BRAND_RATE: i64 = 250;
const BRAND_CAP: i64 = 10_000;
/// The brand whose goods earn extra.
const BRAND: &str = "B02";

/// Grade, threshold and rate of 회원등급적립.
const GRADES: [(&str, i64, i64); 5] =
    [("10", 50_000, 50), ("20", 40_000, 100), ("30", 30_000, 150), ("40", 20_000, 200), ("50", 0, 300)];

fn rate(basis_points: i64) -> Rate {
    Rate::from_basis_points(basis_points).expect("the rates above lie between 0 and 100 percent")
}

/// The policies part of the document: one site.
pub(super) fn policies(first_day: &str, last_day: &str) -> Vec<Value> {
    let grades: Vec<Value> = GRADES
        .iter()
        .map(|(grade, threshold, rate)| {
            json!({
                "promoNo": grade_promotion(grade), "promoNm": "회원등급적립", "mbrGradeCd": grade,
                "rsrvStdAmt": threshold, "accmRate": self::rate(*rate), "ourChrgRate": 100, "entrChrgRate": 0,
            })
        })
        .collect();
    vec![json!({
        "siteNo": "1",
        "base": {"promoNo": "A21", "promoNm": "주문적립", "accmRate": rate(BASE_RATE), "ourChrgRate": 100, "entrChrgRate": 0},
        "grades": grades,
        "goodsMileages": [{
            "promoNo": "A24", "promoNm": "가방·신발 추가적립", "strDtm": first_day, "endDtm": last_day,
            "fixamtFxrtGbCd": "02", "accmRate": rate(BRAND_RATE), "maxAccmAmt": BRAND_CAP, "mbrGradeCds": [], "ordMediaCds": [],
            "targets": [{"targetTypCd": "BRAND", "targetNo": BRAND}], "ourChrgRate": 50, "entrChrgRate": 50,
        }],
        "mileageExcludedGoods": ["10002590", "10002591"],
    })]
}

fn grade_promotion(grade: &str) -> String {
    format!("A22-{grade}")
}

/// The rows of `ordAccmList` for a member of this grade.
pub(super) fn of_order(lines: &[Line], grade: &str) -> Vec<Value> {
    let all: Vec<&Line> = lines.iter().filter(|line| line.goods.brand_no != "B08").collect();
    let base = total(&all);
    let mut rows = vec![row("21", "A21", "주문적립", (BASE_RATE, base), None, &all)];
    for (_, threshold, rate) in
        GRADES.iter().filter(|(known, threshold, _)| *known == grade && base > *threshold)
    {
        rows.push(row("22", &grade_promotion(grade), "회원등급적립", (*rate, *threshold), None, &all));
    }
    let brand: Vec<&Line> = all.iter().copied().filter(|line| line.goods.brand_no == BRAND).collect();
    rows.push(row("24", "A24", "가방·신발 추가적립", (BRAND_RATE, total(&brand)), Some("40"), &brand));
    rows.into_iter().flatten().collect()
}

fn total(lines: &[&Line]) -> i64 {
    lines.iter().map(|line| line.left_to_pay()).sum()
}

/// `None` where nothing is earned: such a row is left out.
fn row(
    reason: &str,
    promo_no: &str,
    promo_nm: &str,
    (basis_points, standard): (i64, i64),
    promotion_type: Option<&str>,
    lines: &[&Line],
) -> Option<Value> {
    let rate = rate(basis_points);
    let cap = if reason == "24" { BRAND_CAP } else { i64::MAX };
    let earned = rate.portion_floor(Won::new(total(lines)))?.amount().min(cap);
    let weights: Vec<i64> = lines.iter().map(|line| line.left_to_pay()).collect();
    let goods: Vec<Value> = spread_by_weight(Won::new(earned), &weights)?
        .into_iter()
        .zip(lines)
        .filter(|(share, _)| !share.is_zero())
        .map(|(share, line)| {
            json!({"ordSeq": line.seq, "goodsNo": line.goods.goods_no, "itmNo": line.item.itm_no, "accmAmt": share})
        })
        .collect();
    (earned > 0).then(|| {
        json!({
            "accmGbCd": reason, "accmRate": rate, "accmAmt": earned, "promoNo": promo_no, "promoNm": promo_nm,
            "promoTypCd": promotion_type, "ourChrgRate": if reason == "24" { 50 } else { 100 },
            "entrChrgRate": if reason == "24" { 50 } else { 0 }, "fixamtFxrtGbCd": "02", "rsrvStdAmt": standard,
            "goodsAccmList": goods,
        })
    })
}
