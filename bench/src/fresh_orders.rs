//! Orders that can be cancelled, and the requests for it.

use chrono::{DateTime, TimeDelta, Utc};
use contract::operations::{claim, member};
use local_stack::environment::Process;
use local_stack::failure::{Context as _, Failure};
use serde_json::{Value, json};

use crate::callers::{Callers, IDEMPOTENCY_KEY};
use crate::http::post;

/// Units of each order. A request cancels one.
const UNITS: u32 = 4;
const UNIT_PRICE: u32 = 20_000;
/// Whose orders they are; few, because the signature of each one's token takes a millisecond.
const MEMBERS: u32 = 1_000;
/// Orders of one intake request.
const BATCH: u32 = 200;
/// 클레임사유 of a cancel: the customer has changed their mind.
const REASON: &str = "251";

pub(crate) struct FreshOrders<'a> {
    pub(crate) count: u32,
    pub(crate) callers: &'a Callers,
}

/// 주문 수신 of so many orders, as the shop sends them.
pub(crate) fn intake(callers: &Callers, count: u32, order: impl Fn(u32) -> Value) -> Vec<String> {
    let numbers: Vec<u32> = (0..count).collect();
    let batches = numbers.chunks(BATCH.try_into().unwrap_or(1));
    batches
        .map(|batch| {
            let orders: Vec<Value> = batch.iter().map(|number| order(*number)).collect();
            let body = json!({ "orders": orders });
            callers.of_the_shop(Process::Member, member::ORDERS.path, &body)
        })
        .collect()
}

impl FreshOrders<'_> {
    pub(crate) fn intake(&self, now: DateTime<Utc>) -> Vec<String> {
        intake(self.callers, self.count, |number| order(&order_no(number), number, now))
    }

    /// Of each order, what one unit would come to.
    pub(crate) fn previews(&self) -> Vec<String> {
        let path = claim::CLAIM_CALCULATE_COST_FO.path;
        (0..self.count).map(|number| self.internal(path, number)).collect()
    }

    /// Half the units, one after the other: before an order's second unit every other order has lost its first. Each under a key
    /// of its own, as a storefront asks.
    pub(crate) fn cancels(&self) -> Vec<String> {
        let path = claim::CANCEL_FO.path;
        self.half("direct")
            .map(|(number, key)| {
                let member_no = member_no(number);
                self.callers.internal_once(Process::Claim, path, &member_no, &key, &request(number))
            })
            .collect()
    }

    /// The other half of the units, with the tokens that a storefront sends.
    pub(crate) fn cancels_through_gateway(&self) -> Result<Vec<String>, Failure> {
        let members = 0..MEMBERS.min(self.count);
        let bearers = members.map(|number| self.callers.bearer(&member_no(number)));
        let bearers = bearers.collect::<Result<Vec<String>, Failure>>()?;
        self.half("gateway")
            .map(|(number, key)| {
                let place = usize::try_from(number % MEMBERS).context("a member's place")?;
                let bearer = bearers.get(place).ok_or_else(|| Failure::new("a member has no token"))?;
                let body = request(number).to_string();
                let headers = [("authorization", bearer.as_str()), (IDEMPOTENCY_KEY, &key)];
                Ok(post(claim::CANCEL_FO.path, &headers, &body))
            })
            .collect()
    }

    /// Numbers of orders, each with the key of its cancel.
    fn half(&self, way: &'static str) -> impl Iterator<Item = (u32, String)> {
        let count = self.count;
        let key = move |unit, number| (number, format!("{way}-{unit}-{number}"));
        (0..UNITS / 2).flat_map(move |unit| (0..count).map(move |number| key(unit, number)))
    }

    fn internal(&self, path: &str, number: u32) -> String {
        self.callers.internal(Process::Claim, path, &member_no(number), &request(number))
    }
}

pub(crate) fn member_no(number: u32) -> String {
    (300_000_000 + number % MEMBERS).to_string()
}

/// Of a year that no other order's number has.
fn order_no(number: u32) -> String {
    format!("98010101O{number:06}")
}

/// One unit of it.
fn request(number: u32) -> Value {
    json!({
        "ordNo": order_no(number), "claimRsnCd": REASON, "claimGoodsList": [{"ordSeq": 1, "claimQty": 1}],
    })
}

/// Paid an hour ago by card, not on its way yet.
pub(crate) fn order(order_no: &str, number: u32, now: DateTime<Utc>) -> Value {
    let ordered_at = (now - TimeDelta::hours(1)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    json!({
        "ordNo": order_no, "siteNo": "1", "mbrNo": member_no(number), "mbrGradeCd": "30",
        "ordManNm": "홍길동", "cellSctNo": "010", "cellTxnoNo": "1234", "cellEndNo": "5678",
        "emailAddr": "gildong@example.com", "ordPwd": null, "ordMediaCd": "20", "ordDtm": ordered_at,
        "dlvpList": [{
            "dlvpSeq": 1, "rcvmnNm": "홍길동", "cellSctNo": "010", "cellTxnoNo": "1234", "cellEndNo": "5678",
            "zipNo": "06236", "zipAddr": "서울특별시 강남구 테헤란로 152", "dtlAddr": "10층", "deliMsg": null,
            "persCstmCd": null,
        }],
        "deliGrpList": [{
            "deliGrpNo": 1, "deliPolcNo": "D001", "entrNo": "E0001", "dlvpSeq": 1, "baseDeliAmt": 3_000,
            "freeStdAmt": null, "chrgDeliAmt": 0, "dlvCpn": null,
        }],
        "goodsList": [{
            "ordSeq": 1, "goodsNo": "10002552", "itmNo": "001", "goodsNm": "린넨 셔츠", "itmNm": "화이트/M",
            "entrNo": "E0001", "brandNo": "B01", "stdCtgNo": "S0101", "dispCtgNo": "C0101", "chlNo": "1000001",
            "deliGrpNo": 1, "deliProcTypCd": "CNTR_DLV", "ordQty": UNITS, "salePrc": UNIT_PRICE,
            "ordDtlStatCd": "11", "ordCnclPsbYn": "Y", "rsvGoodsYn": "N", "benefitList": [],
        }],
        "ordPromotionList": [], "ordAccmList": [], "giftList": [], "etcGftDlvpList": [],
        "payList": [{
            "payNo": "PAY1", "payMeansCd": "10", "payAmt": UNITS * UNIT_PRICE, "sctnCnclPsbYn": "Y",
            "pgPayKey": format!("tk_{number}"), "cardNo": "****",
        }],
    })
}
