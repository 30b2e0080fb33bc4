//! One customer's comings and goings, asked one after another at a steady pace, and looked for again afterwards.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use contract::operations::{claim, inquiry, member, promotion};
use http::Method;
use local_stack::failure::{Context as _, Failure};
use local_stack::token::{AUDIENCE, ISSUER, LocalIssuer};
use platform::clock::Clock;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior};

use crate::fleet::Fleet;
use crate::line::{Ask, Line};
use crate::settings::Settings;
use crate::tally::Tally;

const PRICE: i64 = 20_000;
const UNITS: i64 = 2;
/// Every so many rounds an order is cancelled in part.
const ROUNDS_BETWEEN_CANCELS: u32 = 4;
/// What follows an answer may take so long.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Callers<'a> {
    fleet: &'a Fleet,
    settings: &'a Settings,
    issuer: LocalIssuer,
}

pub(crate) struct Caller {
    number: u32,
    member_no: String,
    as_member: String,
    as_shop: String,
    line: Line,
    pause: Duration,
    round: u32,
    kept: Kept,
}

/// What was answered, and must be there.
#[derive(Debug, Default)]
struct Kept {
    orders: i64,
    cancelled_units: i64,
    inquiries: i64,
}

impl<'a> Callers<'a> {
    pub(crate) fn new(fleet: &'a Fleet, settings: &'a Settings) -> Result<Self, Failure> {
        Ok(Self { fleet, settings, issuer: LocalIssuer::open(&fleet.surroundings.keys)? })
    }

    pub(crate) fn all(&self) -> Result<Vec<Caller>, Failure> {
        (0..self.settings.callers).map(|number| self.one(number)).collect()
    }

    fn one(&self, number: u32) -> Result<Caller, Failure> {
        let member_no = format!("{}", 700_000_000 + number);
        Ok(Caller {
            number,
            as_member: self.token("member", &member_no)?,
            as_shop: self.token("service", "shop-backend")?,
            member_no,
            line: Line::to(self.fleet.way_in()),
            pause: Duration::from_secs(1) * self.settings.callers / self.settings.rate,
            round: 0,
            kept: Kept::default(),
        })
    }

    fn token(&self, role: &str, subject: &str) -> Result<String, Failure> {
        let now = Clock::system().now().timestamp();
        self.issuer.sign(&json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": subject, "roles": [role], "siteNo": "1", "mbrGradeCd": "30",
            "iat": now, "exp": now + 6 * 3_600,
        }))
    }
}

impl Caller {
    /// Asks until it is told to stop, one request after another, at its own share of the rate.
    pub(crate) async fn call(mut self, tally: Arc<Tally>, mut stopping: watch::Receiver<bool>) -> Self {
        let mut pace = tokio::time::interval(self.pause);
        pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
        loop {
            self.round += 1;
            for step in Step::ALL {
                if step == Step::Cancel && !self.round.is_multiple_of(ROUNDS_BETWEEN_CANCELS) {
                    continue;
                }
                tokio::select! {
                    biased;
                    _ = stopping.wait_for(|stop| *stop) => return self,
                    _ = pace.tick() => {}
                }
                let started = Instant::now();
                match self.take(step).await {
                    Ok(()) => tally.answered(step.name(), started.elapsed()),
                    Err(failure) => tally.failed(step.name(), &failure.to_string()),
                }
            }
        }
    }

    async fn take(&mut self, step: Step) -> Result<(), Failure> {
        let ask = self.ask(step);
        let answer = self.answered(&ask).await?;
        match step {
            Step::Order => self.kept.orders += 1,
            Step::Cancel => self.kept.cancelled_units += 1,
            Step::Inquiry => self.kept.inquiries += 1,
            // Nothing of an order is cancelled before its round's end, so all that is known must be counted.
            Step::Amounts => self.expect_at_least(amount(&answer), self.known_amount())?,
            Step::Inquiries => self.expect_at_least(total_count(&answer), self.kept.inquiries)?,
            Step::Counts | Step::Accumulation | Step::Preview => {}
        }
        Ok(())
    }

    /// What was answered before counts in an answer that comes later, whichever pods give the two.
    fn expect_at_least(&self, found: Option<i64>, known: i64) -> Result<(), Failure> {
        if found.is_some_and(|found| found >= known) {
            return Ok(());
        }
        Err(Failure::new(format!("{} finds {found:?} where {known} were answered", self.member_no)))
    }

    fn known_amount(&self) -> i64 {
        (self.kept.orders * UNITS - self.kept.cancelled_units) * PRICE
    }

    async fn answered(&mut self, ask: &Ask) -> Result<Value, Failure> {
        let (status, body) = self.line.ask(ask).await?;
        if status != 200 {
            return Err(Failure::new(format!("{status} {}", String::from_utf8_lossy(&body))));
        }
        read(&body)
    }

    /// Everything that was answered is there, once what follows an answer has happened.
    pub(crate) async fn find_everything_again(&mut self) -> Result<(), Failure> {
        let until = Instant::now() + PATIENCE;
        loop {
            let amounts = self.answered(&self.ask(Step::Amounts)).await?;
            let inquiries = self.answered(&self.ask(Step::Inquiries)).await?;
            let found = (amount(&amounts), total_count(&inquiries));
            let known = (Some(self.known_amount()), Some(self.kept.inquiries));
            if found == known {
                return Ok(());
            }
            if Instant::now() > until {
                return Err(Failure::new(format!("{} has {found:?} of {known:?}", self.member_no)));
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    fn ask(&self, step: Step) -> Ask {
        let (method, path, is_member) = match step {
            Step::Order => (Method::POST, member::ORDERS.path, false),
            Step::Amounts => (Method::POST, member::GET_ORD_TOT_AMT.path, true),
            Step::Counts => (Method::POST, member::GET_ORD_CLAIM_CNT.path, true),
            Step::Accumulation => (Method::POST, promotion::PROMOTION_ACCUMULATION.path, true),
            Step::Inquiry => (Method::POST, inquiry::QUESTION_SAVE.path, true),
            Step::Inquiries => (Method::GET, inquiry::GET_QUESTION.path, true),
            Step::Preview => (Method::POST, claim::CLAIM_CALCULATE_COST_FO.path, true),
            Step::Cancel => (Method::POST, claim::CANCEL_FO.path, true),
        };
        Ask {
            method,
            path: path.to_owned(),
            token: if is_member { &self.as_member } else { &self.as_shop }.clone(),
            idempotency_key: (step == Step::Cancel).then(|| self.order_no()),
            body: self.body(step),
        }
    }

    fn body(&self, step: Step) -> Option<Value> {
        let cancel = || json!({"ordNo": self.order_no(), "claimRsnCd": "251", "claimGoodsList": [{"ordSeq": 1, "claimQty": 1}]});
        Some(match step {
            Step::Order => json!({"orders": [self.order()]}),
            Step::Amounts => {
                json!({"mbrNo": self.member_no, "buyStrDtm": "2026-01-01T00:00:00", "buyEndDtm": "2026-01-01T23:59:59"})
            }
            Step::Counts => json!({"reqGubun": "myPage"}),
            Step::Accumulation => json!({
                "mbrNo": self.member_no, "mbrGradeCd": "30", "ordMediaCd": "20", "baseDtm": "2026-01-01T10:00:00+09:00",
                "goodsList": [{"goodsNo": "10002553", "itmNo": "001", "purchaseAmt": PRICE, "stdCtgNo": "S0101",
                    "dispCtgNo": "C0101", "brandNo": "B01", "entrNo": "E0001", "chlNo": "1000001"}],
            }),
            Step::Inquiry => json!({"cnslTypNo": "9090", "title": "배송 문의", "accpCont": "언제 오나요?"}),
            Step::Inquiries => return None,
            Step::Preview | Step::Cancel => cancel(),
        })
    }

    /// Of this round, and of nobody else.
    fn order_no(&self) -> String {
        format!("20260101O{:02}{:04}", self.number, self.round)
    }

    fn order(&self) -> Value {
        json!({
            "ordNo": self.order_no(), "siteNo": "1", "mbrNo": self.member_no, "mbrGradeCd": "30",
            "ordManNm": "홍길동", "cellSctNo": "010", "cellTxnoNo": "1234", "cellEndNo": "5678",
            "emailAddr": "gildong@example.com", "ordMediaCd": "30", "ordDtm": "2026-01-01T10:00:00+09:00",
            "dlvpList": [{"dlvpSeq": 1, "rcvmnNm": "홍길동", "cellSctNo": "010", "cellTxnoNo": "1234", "cellEndNo": "5678",
                "zipNo": "48058", "zipAddr": "부산광역시 해운대구 센텀중앙로 79", "dtlAddr": "101호", "deliMsg": null,
                "persCstmCd": null}],
            "deliGrpList": [{"deliGrpNo": 1, "deliPolcNo": "D001", "entrNo": "E0001", "dlvpSeq": 1, "baseDeliAmt": 0,
                "freeStdAmt": null, "chrgDeliAmt": 0, "dlvCpn": null}],
            "goodsList": [{"ordSeq": 1, "goodsNo": "10002553", "itmNo": "001", "goodsNm": "면 티셔츠", "itmNm": "네이비/L",
                "entrNo": "E0001", "brandNo": "B01", "stdCtgNo": "S0101", "dispCtgNo": "C0101", "chlNo": "1000001",
                "deliGrpNo": 1, "deliProcTypCd": "CORP_DLV", "ordQty": UNITS, "salePrc": PRICE, "ordDtlStatCd": "11",
                "ordCnclPsbYn": "Y", "rsvGoodsYn": "N", "benefitList": []}],
            "payList": [{"payNo": "PAY1", "payMeansCd": "10", "payAmt": UNITS * PRICE, "sctnCnclPsbYn": "Y",
                "pgPayKey": "pg_key", "cardNo": "5409123412341234"}],
        })
    }
}

/// What a customer does in a round, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Order,
    Amounts,
    Counts,
    Accumulation,
    Inquiry,
    Inquiries,
    Preview,
    Cancel,
}

impl Step {
    const ALL: [Self; 8] = [
        Self::Order,
        Self::Amounts,
        Self::Counts,
        Self::Accumulation,
        Self::Inquiry,
        Self::Inquiries,
        Self::Preview,
        Self::Cancel,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Order => "orders",
            Self::Amounts => "amounts",
            Self::Counts => "counts",
            Self::Accumulation => "accumulations",
            Self::Inquiry => "inquiries",
            Self::Inquiries => "lists",
            Self::Preview => "previews",
            Self::Cancel => "cancels",
        }
    }
}

fn read(body: &Bytes) -> Result<Value, Failure> {
    serde_json::from_slice(body).context("an answer that is no JSON")
}

fn amount(answer: &Value) -> Option<i64> {
    answer.get("totOrdAmt")?.as_i64()
}

fn total_count(answer: &Value) -> Option<i64> {
    answer.pointer("/payload/totalCount")?.as_i64()
}
