//! One life whose process dies: what is asked for, the death in it, and what must be there once afterwards.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use contract::operations::claim::{
    CONVERT_EXCHANGE_TO_RETURN, EXCHANGE_FO, RETURN_FO, SAVE_EXCHANGE_DELI_STAT, SAVE_INSPECT_RSLT,
    SAVE_REFUND_BUNDLE_APPRO_MGMT, SAVE_WITHDRAW_STAT_UPDATE_PROCESS, WITHDRAWAL_RETURN_FO,
};
use platform::identity::Caller;
use reqwest::Method;
use serde_json::{Value, json};
use test_kit::identity::{agent, member};
use test_kit::service::TestAnswer;

use super::life::{Deed, Life};
use crate::cancel::{costly_order, with};
use crate::crash_points::GOODS as SHIRT;
use crate::crash_points::stage::Stage;
use crate::crash_points::wire::Moment::{self, Arrived, CarriedOut, Committed};
use crate::crash_points::wire::Trap;
use crate::member::{MEMBER, order};
use crate::promotion::FreeReturn;

/// The call in which the process dies: what its first line holds, `stepCd` of its task, and how many such calls come before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step(pub(super) &'static str, pub(super) &'static str, pub(super) usize);

/// One life, and where in it the process dies.
pub(super) struct Case {
    serial: i64,
    life: Life,
    order_no: String,
    coupon_no: String,
}

impl Case {
    pub(super) fn new(serial: i64, life: Life) -> Self {
        Self {
            serial,
            life,
            order_no: format!("20260801O{:06}", 300 + serial),
            coupon_no: format!("CI15{serial}"),
        }
    }

    fn own_payment(&self) -> String {
        format!("tk_own_{}", self.serial)
    }

    fn advance_payment(&self) -> String {
        format!("tk_advance_{}", self.serial)
    }

    /// Puts the order, its payments and the coupon where they belong.
    pub(super) fn prepare(&self, stage: &Stage) {
        let mut placed =
            if self.life.has_costly_order() { costly_order(&self.order_no) } else { order(&self.order_no) };
        if self.life == Life::WholeReturn {
            placed["ordAccmList"] = json!([
                {"accmGbCd": "21", "promoNo": "P21", "promoNm": "적립", "ourChrgRate": 100, "entrChrgRate": 0,
                    "accmRate": 1, "accmAmt": 300, "fixamtFxrtGbCd": "02", "rsrvStdAmt": 25_000, "goodsAccmList": [
                        {"ordSeq": 1, "goodsNo": SHIRT, "itmNo": "001", "accmAmt": 300}]}]);
        }
        placed["payList"][0]["pgPayKey"] = json!(self.own_payment());
        let paid = placed["payList"][0]["payAmt"].as_i64().expect("an amount");
        stage.toss.paid(&self.own_payment(), paid);
        let order_id = format!("{}-add", self.order_no);
        stage.toss.paid_for(&self.advance_payment(), "간편결제", &order_id, self.life.advance());
        stage.house.member.put(placed);
        let delivered = stage.house.clock.now() - TimeDelta::days(5);
        stage.house.member.deliver(&self.order_no, &delivered.to_rfc3339());
        let coupon = FreeReturn::usable(self.coupon_no.clone().leak(), MEMBER);
        stage.house.promotion.world().free_returns.push(coupon);
    }

    /// Where it is asked for, by whom, and what is sent.
    fn asked(&self, deed: Deed, claims: &[String], stage: &Stage) -> (&'static str, Caller, Value) {
        let claim_no = claims.last().cloned().unwrap_or_default();
        let named = json!({"ordNo": self.order_no, "claimNo": claim_no});
        match deed {
            Deed::Request => {
                let path = if self.life.is_exchange() { EXCHANGE_FO.path } else { RETURN_FO.path };
                (path, member(MEMBER), self.request())
            }
            Deed::Collect => {
                let row = with(with(named, "hdcCd", json!("CJ")), "invNo", json!("1234"));
                let rows = json!({"ordDtlStatCd": "33", "updateTargetOrdDtlStatCd": "36",
                    "withdrawStatUpdateSaveInfoList": [row]});
                (SAVE_WITHDRAW_STAT_UPDATE_PROCESS.path, agent("cs1"), rows)
            }
            Deed::Inspect => {
                let rows = json!([{"ordSeq": 1, "acptQty": 1, "rjtQty": 0}]);
                let mut found = with(named, "insptList", rows);
                if self.life != Life::Conversion {
                    found["imptDivCd"] = json!("20");
                }
                (SAVE_INSPECT_RSLT.path, agent("cs1"), found)
            }
            Deed::Settle => {
                let mut settled = with(named, "claimBusinessType", json!("22"));
                settled["systemType"] = json!("BO");
                settled["amtChgCfrmYn"] = json!("Y");
                (SAVE_REFUND_BUNDLE_APPRO_MGMT.path, agent("cs1"), settled)
            }
            Deed::Withdraw => (WITHDRAWAL_RETURN_FO.path, member(MEMBER), named),
            Deed::Convert => (CONVERT_EXCHANGE_TO_RETURN.path, agent("cs1"), named),
            Deed::Deliver => {
                let now = stage.house.clock.now().to_rfc3339();
                let delivered = with(with(named, "ordDtlStatCd", json!("15")), "dtm", json!(now));
                (SAVE_EXCHANGE_DELI_STAT.path, agent("cs1"), delivered)
            }
        }
    }

    fn request(&self) -> Value {
        let (reason, quantity) = match self.life {
            Life::WholeReturn => ("272", 3),
            Life::NeedlesslyPaid | Life::Withdrawn => ("251", 1),
            Life::Exchange | Life::Conversion => ("252", 1),
        };
        let mut request = json!({"ordNo": self.order_no, "claimRsnCd": reason,
            "claimGoodsList": [{"ordSeq": 1, "claimQty": quantity}]});
        if self.life.is_exchange() {
            request["claimGoodsList"][0]["exchItmNo"] = json!("002");
        }
        if self.life.advance() > 0 {
            request["addPay"] = json!({"payMeansCd": "70", "pgPayKey": self.advance_payment()});
        }
        if self.life.has_costly_order() {
            request["rtnCpnIsuNo"] = json!(self.coupon_no);
        }
        request
    }

    /// Asks for it while the process dies of the trap, and what the caller hears.
    async fn run_into_death(
        &self,
        stage: &Stage,
        (path, caller, body, key): (&str, &Caller, &Value, &str),
        (step, moment): (Step, Moment),
    ) -> Option<TestAnswer> {
        stage.until_silent().await;
        stage.fate.set(Trap { call: step.0, passed_by: step.2, moment });
        let death = async {
            if moment == Committed {
                stage.until_committed(&self.order_no, step.1).await;
                stage.fate.strikes().await;
            }
            stage.until_dead().await;
        };
        let asking = stage.ask(Method::POST, path, caller, key, body);
        futures_util::future::join(asking, death).await.0
    }

    /// Lives it, with a death in one deed; what was asked for then is asked for again.
    pub(super) async fn live(&self, stage: &Stage, dies_in: Deed, at: (Step, Moment)) {
        for deed in self.life.deeds() {
            let claims = stage.claims_of(&self.order_no).await;
            let (path, caller, body) = self.asked(*deed, &claims, stage);
            let key = format!("key-{}-{deed:?}", self.serial);
            let heard = if *deed == dies_in {
                let heard = self.run_into_death(stage, (path, &caller, &body, &key), at).await;
                if matches!(at.1, Arrived | CarriedOut) && !at.0.1.is_empty() {
                    assert!(stage.has_open(&self.order_no, at.0.1).await, "it died before the commit");
                }
                stage.begin().await;
                heard
            } else {
                None
            };
            let again = stage.ask_again(path, &caller, &key, &body).await;
            assert_eq!(again.status, 200, "{deed:?}: {}", again.text);
            assert_eq!(stage.ask_again(path, &caller, &key, &body).await.text, again.text);
            if let Some(heard) = heard {
                assert_eq!(heard.text, again.text, "what was heard holds");
            }
        }
    }

    /// Everything is done, and done once.
    pub(super) async fn assert_effects(&self, stage: &Stage) {
        let claims = stage.claims_of(&self.order_no).await;
        assert_eq!(claims.len(), self.life.ends().len(), "{claims:?}");
        for (claim_no, (status, told)) in claims.iter().zip(self.life.ends()) {
            stage.until_ended(&self.order_no, claim_no, status).await;
            assert_eq!(told_of(stage, claim_no), *told, "{claim_no}");
        }
        let returned = {
            let world = stage.house.member.0.world();
            let of_order = |claim_no: &&String| world.decided.contains_key(*claim_no);
            assert_eq!(claims.iter().filter(of_order).count(), usize::from(self.life.returned() > 0));
            world.orders[&self.order_no]["lineList"][0]["rtnQty"].clone()
        };
        assert_eq!(returned, self.life.returned());
        assert_eq!(stage.given_back(&self.own_payment()), self.life.given_back());
        let advance = self.life.advance();
        let back = if advance > 0 { vec![advance] } else { Vec::new() };
        assert_eq!(stage.given_back(&self.advance_payment()), back);
        let is_held = stage.house.member.has_for_good(&self.advance_payment(), &self.order_no);
        assert_eq!(is_held, advance > 0, "it pays for nothing else any more");
        assert_eq!(stage.benefits_of(&claims[0]), self.benefits(&claims[0]));
        let world = stage.house.promotion.world();
        let coupon = world.free_returns.iter().find(|coupon| coupon.number == self.coupon_no);
        assert_eq!(coupon.map(|coupon| coupon.status), Some("10"), "it is usable in the end");
    }

    /// Keys under which promotion-service was asked for something.
    fn benefits(&self, claim_no: &str) -> BTreeSet<String> {
        let asked: Vec<String> = match self.life {
            Life::WholeReturn => vec![
                format!("/internal/accumulation/takeBack {claim_no}:ACCM"),
                format!("/internal/coupons/restore {claim_no}:COUPON:CI0001"),
                format!("/internal/coupons/restore {claim_no}:COUPON:CI0002"),
                format!("/internal/mileage/restore {claim_no}:MILEAGE:PAY2"),
            ],
            Life::NeedlesslyPaid | Life::Withdrawn => vec![
                format!("/internal/coupons/hold {claim_no}:COUPON:hold"),
                format!("/internal/coupons/release {claim_no}:COUPON:{}/held", self.coupon_no),
            ],
            Life::Exchange | Life::Conversion => Vec::new(),
        };
        asked.into_iter().collect()
    }
}

/// What the customer was told of a claim, each once.
fn told_of(stage: &Stage, claim_no: &str) -> Vec<String> {
    let world = stage.house.member.0.world();
    let notices = world.notices.iter().filter(|(key, _)| key.contains(claim_no));
    let mut told: Vec<String> =
        notices.filter_map(|(_, notice)| notice["tmplCd"].as_str().map(str::to_owned)).collect();
    told.sort();
    told
}
