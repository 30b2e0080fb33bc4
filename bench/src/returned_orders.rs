//! Orders whose goods have come back, and the requests that settle their returns.

use chrono::{DateTime, Utc};
use contract::operations::{claim, member};
use local_stack::environment::Process;
use serde_json::{Value, json};

use crate::callers::Callers;
use crate::fresh_orders::{intake, member_no, order};

/// Claims of one request that moves them; the contract allows as many.
const MOVED_AT_ONCE: usize = 100;
/// 클레임사유 of a return: the customer has changed their mind.
const REASON: &str = "251";

pub(crate) struct ReturnedOrders<'a> {
    pub(crate) count: u32,
    pub(crate) callers: &'a Callers,
}

impl ReturnedOrders<'_> {
    pub(crate) fn intake(&self, now: DateTime<Utc>) -> Vec<String> {
        intake(self.callers, self.count, |number| order(&order_no(number), number, now))
    }

    /// 배송완료 of each.
    pub(crate) fn deliveries(&self, now: DateTime<Utc>) -> Vec<String> {
        let delivered_at = now.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let body = json!({"lines": [{"ordSeq": 1, "ordDtlStatCd": "15", "dtm": delivered_at}]});
        let of_order = |number| member::ORDER_STATUS.path.replace("{ordNo}", &order_no(number));
        (0..self.count)
            .map(|number| self.callers.of_the_shop(Process::Member, &of_order(number), &body))
            .collect()
    }

    /// 반품신청 of one unit of each.
    pub(crate) fn requests(&self) -> Vec<String> {
        let body = |number| {
            json!({
                "ordNo": order_no(number), "claimRsnCd": REASON, "claimGoodsList": [{"ordSeq": 1, "claimQty": 1}],
            })
        };
        (0..self.count)
            .map(|number| {
                let (path, member_no) = (claim::RETURN_FO.path, member_no(number));
                self.callers.internal(Process::Claim, path, &member_no, &body(number))
            })
            .collect()
    }

    /// 회수완료 of these claims.
    pub(crate) fn collections(&self, claims: &[Returned]) -> Vec<String> {
        claims
            .chunks(MOVED_AT_ONCE)
            .map(|moved| {
                let rows: Vec<Value> = moved
                    .iter()
                    .map(|claim| {
                        json!({
                            "ordNo": claim.order_no, "claimNo": claim.claim_no, "hdcCd": "CJ", "invNo": "631234567890",
                        })
                    })
                    .collect();
                let body = json!({
                    "ordDtlStatCd": "33", "updateTargetOrdDtlStatCd": "36", "withdrawStatUpdateSaveInfoList": rows,
                });
                self.callers.of_the_shop(Process::Claim, claim::SAVE_WITHDRAW_STAT_UPDATE_PROCESS.path, &body)
            })
            .collect()
    }

    /// 환불승인 of each, by the shop's own system.
    pub(crate) fn settlements(&self, claims: &[Returned]) -> Vec<String> {
        let path = claim::SAVE_REFUND_BUNDLE_APPRO_MGMT.path;
        claims
            .iter()
            .map(|Returned { order_no, claim_no }| {
                let body = json!({"ordNo": order_no, "claimNo": claim_no, "claimBusinessType": "22"});
                let key = format!("settlement-{claim_no}");
                self.callers.of_the_shop_once(Process::Claim, path, &key, &body)
            })
            .collect()
    }
}

/// A return and its order.
pub(crate) struct Returned {
    pub(crate) order_no: String,
    pub(crate) claim_no: String,
}

/// Of a year that no other order's number has.
fn order_no(number: u32) -> String {
    format!("97010101O{number:06}")
}
