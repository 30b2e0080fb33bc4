//! promotion-service for tests: coupons, accumulation and mileage, each step of a claim once.

use std::collections::{BTreeMap, HashMap};

use platform::clock::Clock;
use serde_json::{Value, json};

use crate::stand_in::{StandIn, World};

pub(crate) type PromotionStandIn = StandIn<Benefits>;

pub(crate) fn start(clock: &Clock) -> PromotionStandIn {
    StandIn::start("promotion-service", clock, Benefits::default())
}

#[derive(Default)]
pub(crate) struct Benefits {
    /// Why a coupon does not come back; those not named do.
    pub(crate) lost_coupons: HashMap<String, &'static str>,
    /// What each step asked for and was answered, by path and key.
    pub(crate) done: BTreeMap<String, (Value, Option<Value>)>,
}

impl Benefits {
    /// Bodies of the steps of one kind, by key.
    pub(crate) fn steps(&self, path: &str) -> Vec<&Value> {
        self.done.iter().filter(|(key, _)| key.starts_with(path)).map(|(_, (body, _))| body).collect()
    }

    /// Coupons that came back, in order.
    pub(crate) fn restored_coupons(&self) -> Vec<String> {
        let answers = self.done.values().filter_map(|(_, answer)| answer.as_ref());
        let rows = answers.flat_map(|answer| answer["list"].as_array().cloned().unwrap_or_default());
        let mut restored: Vec<String> = rows
            .filter(|row| row["restoredYn"] == "Y")
            .filter_map(|row| row["cpnIsuNo"].as_str().map(str::to_owned))
            .collect();
        restored.sort();
        restored
    }

    /// Mileage that came back for an order.
    pub(crate) fn restored_mileage(&self, order_no: &str) -> i64 {
        let steps = self.steps("/internal/mileage/restore");
        steps.iter().filter(|body| body["ordNo"] == order_no).filter_map(|body| body["restoreAmt"].as_i64()).sum()
    }
}

impl World for Benefits {
    fn answer(&mut self, _method: &str, path: &str, body: &Value) -> (u16, Option<Value>) {
        let key = format!("{path} {}", body["evtKey"].as_str().unwrap_or(""));
        if let Some((asked, answer)) = self.done.get(&key) {
            assert_eq!(asked, body, "the same step asks for the same");
            return (200, answer.clone());
        }
        let answer = match path {
            "/internal/coupons/restore" => {
                let coupons = body["cpnIsuNoList"].as_array().cloned().unwrap_or_default();
                let rows: Vec<Value> = coupons
                    .iter()
                    .map(|coupon| {
                        let reason = coupon.as_str().and_then(|no| self.lost_coupons.get(no));
                        let restored = if reason.is_none() { "Y" } else { "N" };
                        json!({"cpnIsuNo": coupon, "restoredYn": restored, "rsn": reason})
                    })
                    .collect();
                Some(json!({"list": rows}))
            }
            "/internal/accumulation/takeBack" | "/internal/mileage/restore" => None,
            _ => return (404, None),
        };
        self.done.insert(key, (body.clone(), answer.clone()));
        (200, answer)
    }
}
