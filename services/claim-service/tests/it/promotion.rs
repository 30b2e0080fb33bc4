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
    /// Coupons of members that pay return fees.
    pub(crate) free_returns: Vec<FreeReturn>,
    /// What each step asked for and was answered, by path and key.
    pub(crate) done: BTreeMap<String, (Value, Option<Value>)>,
}

/// 무료반품쿠폰
#[derive(Clone, Debug)]
pub(crate) struct FreeReturn {
    pub(crate) number: &'static str,
    pub(crate) member_no: &'static str,
    /// As promotion-service would say now: 10 usable, 20 used, 30 expired.
    pub(crate) status: &'static str,
}

impl FreeReturn {
    pub(crate) const fn usable(number: &'static str, member_no: &'static str) -> Self {
        Self { number, member_no, status: "10" }
    }

    fn shown(&self) -> Value {
        json!({"cpnIsuNo": self.number, "promoNo": "P15", "promoNm": "무료반품", "promoTypCd": "15",
            "validEndDtm": "2027-01-31T23:59:59+09:00", "useStatCd": self.status})
    }
}

impl Benefits {
    fn free_return(&mut self, number: &Value) -> Option<&mut FreeReturn> {
        self.free_returns.iter_mut().find(|coupon| number == coupon.number)
    }

    /// Of a member the usable ones, or the one that is named.
    fn coupons(&self, query: &Value) -> Value {
        let of_member = self.free_returns.iter().filter(|coupon| query["mbrNo"] == coupon.member_no);
        let wanted = of_member.filter(|coupon| match query["cpnIsuNo"].as_str() {
            Some(number) => coupon.number == number,
            None => coupon.status == "10",
        });
        json!({"list": wanted.map(FreeReturn::shown).collect::<Vec<_>>()})
    }

    fn hold(&mut self, body: &Value) -> Value {
        match self.free_return(&body["cpnIsuNo"]) {
            Some(coupon) if coupon.status == "10" && body["mbrNo"] == coupon.member_no => {
                coupon.status = "20";
                json!({"heldYn": "Y", "rsn": null})
            }
            _ => json!({"heldYn": "N", "rsn": "USED"}),
        }
    }

    fn release(&mut self, body: &Value) -> Value {
        let number = body["cpnIsuNo"].as_str().unwrap_or("").to_owned();
        let is_lost = self.lost_coupons.contains_key(&number);
        match self.free_return(&body["cpnIsuNo"]) {
            Some(coupon) if is_lost => {
                coupon.status = "30";
                json!({"restoredYn": "N", "rsn": "EXPIRED"})
            }
            Some(coupon) => {
                coupon.status = "10";
                json!({"restoredYn": "Y", "rsn": null})
            }
            None => json!({"restoredYn": "N", "rsn": "NOT_HELD"}),
        }
    }

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
        steps
            .iter()
            .filter(|body| body["ordNo"] == order_no)
            .filter_map(|body| body["restoreAmt"].as_i64())
            .sum()
    }
}

impl World for Benefits {
    fn answer(&mut self, _method: &str, path: &str, body: &Value) -> (u16, Option<Value>) {
        if path == "/internal/coupons" {
            return (200, Some(self.coupons(body)));
        }
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
            "/internal/coupons/hold" => Some(self.hold(body)),
            "/internal/coupons/release" => Some(self.release(body)),
            "/internal/accumulation/takeBack" | "/internal/mileage/restore" => None,
            _ => return (404, None),
        };
        self.done.insert(key, (body.clone(), answer.clone()));
        (200, answer)
    }
}
