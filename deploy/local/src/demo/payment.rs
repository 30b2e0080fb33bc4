//! 결제: one order paid in one to three ways.

use serde_json::{Value, json};

use super::dice::Dice;
use super::people::Buyer;

const CARD: &str = "10";
const VIRTUAL_ACCOUNT: &str = "30";
const MOBILE_PHONE: &str = "40";
const MILEAGE: &str = "50";
const DEPOSIT: &str = "60";

/// The payments of an order; they add up to `due`.
pub(super) fn split(
    dice: &mut Dice,
    buyer: &Buyer,
    order_number: usize,
    due: i64,
    is_unpaid: bool,
) -> Vec<Value> {
    let mut parts = Vec::new();
    let mut left = due;
    if buyer.mbr_no.is_some() && left > 10_000 && dice.one_in(3) {
        let mileage = dice.between(1, 40) * 100;
        parts.push((MILEAGE, mileage));
        left -= mileage;
    }
    if buyer.mbr_no.is_some() && left > 30_000 && dice.one_in(12) {
        parts.push((DEPOSIT, 10_000));
        left -= 10_000;
    }
    // Only a virtual account is paid after the order was placed.
    let means = if is_unpaid {
        VIRTUAL_ACCOUNT
    } else {
        *dice.pick(&[CARD, CARD, CARD, CARD, "70", "70", "70", "20", VIRTUAL_ACCOUNT, MOBILE_PHONE])
    };
    parts.insert(0, (means, left));
    parts
        .iter()
        .enumerate()
        .map(|(place, (means, amount))| row(order_number, place + 1, means, *amount))
        .collect()
}

fn row(order_number: usize, place: usize, means: &str, amount: i64) -> Value {
    let through_provider = ![MILEAGE, DEPOSIT].contains(&means);
    json!({
        "payNo": format!("PY{order_number:06}-{place}"), "payMeansCd": means, "payAmt": amount,
        // Phone bills are taken back whole or not at all.
        "sctnCnclPsbYn": if means == MOBILE_PHONE { "N" } else { "Y" },
        "pgPayKey": through_provider.then(|| format!("tk_demo_{order_number:06}_{place}")),
        "cardNo": (means == CARD).then(|| format!("5570-****-****-{:04}", order_number % 10_000)),
    })
}
