//! 장애 지점: the real process is killed at each moment of each call a cancel makes, and of the caller's own. The next
//! process on the same database brings every accepted claim to its end, and every effect happens once.

mod collections;
pub(crate) mod process;
mod stage;
mod wire;

use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::{Value, json};
use test_kit::service::TestAnswer;

use crate::cancel::{costly_order, with};
use crate::member::order;
use crate::quote::request;

use stage::Stage;
use wire::Moment::{self, Answered, Arrived, CarriedOut, Committed};
use wire::Trap;

const GOODS: &str = "10002552";
const STOCK_AT_FIRST: i64 = 100;

/// Where a process dies.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// The caller's own request.
    Caller,
    /// What was paid in addition is read before anything is accepted.
    PaymentRead,
    /// And then held for the order.
    PaymentHold,
    Order,
    Refund,
    /// Our own: it calls nobody.
    Stock,
    Coupon,
    Accrual,
    Mileage,
    Notice,
}

impl Step {
    /// What its calls bear in their first line.
    const fn call(self) -> &'static str {
        match self {
            Self::Caller => "/cancelFO ",
            Self::PaymentRead => "GET /v1/payments/",
            Self::PaymentHold => "/additionalPayments ",
            Self::Order => "/claims ",
            // The stock comes back after the refund, while everything else of its stage is held up.
            Self::Refund | Self::Stock => "/cancel ",
            Self::Coupon => "/internal/coupons/",
            Self::Accrual => "/internal/accumulation/",
            Self::Mileage => "/internal/mileage/",
            Self::Notice => "/internal/notifications ",
        }
    }

    /// `stepCd` of its tasks.
    const fn code(self) -> &'static str {
        match self {
            Self::Caller | Self::PaymentRead | Self::PaymentHold => "",
            Self::Order => "ORDER",
            Self::Refund => "REFUND",
            Self::Stock => "STOCK",
            Self::Coupon => "COUPON",
            Self::Accrual => "ACCM",
            Self::Mileage => "MILEAGE",
            Self::Notice => "NOTI",
        }
    }
}

/// How the order decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    Confirms,
    Rejects,
}

/// One cancel and what is to come of it.
struct Case {
    serial: i64,
    decision: Decision,
    step: Step,
    moment: Moment,
    order_no: String,
    asked: Value,
}

impl Case {
    fn new(serial: i64, decision: Decision, step: Step, moment: Moment) -> Self {
        let order_no = format!("20260801O{:06}", 100 + serial);
        let asked = match decision {
            Decision::Confirms => request(&order_no, "251", &[(1, 3)]),
            Decision::Rejects => {
                let paid = json!({"payMeansCd": "70", "pgPayKey": format!("tk_additional_{serial}")});
                with(request(&order_no, "251", &[(1, 1)]), "addPay", paid)
            }
        };
        Self { serial, decision, step, moment, order_no, asked }
    }

    fn own_payment(&self) -> String {
        format!("tk_own_{}", self.serial)
    }

    fn additional_payment(&self) -> String {
        format!("tk_additional_{}", self.serial)
    }

    /// Puts the order and its payments where they belong.
    fn prepare(&self, stage: &Stage) {
        let mut order = match self.decision {
            Decision::Confirms => {
                let mut order = order(&self.order_no);
                order["ordAccmList"] = json!([
                    {"accmGbCd": "21", "promoNo": "P21", "promoNm": "적립", "ourChrgRate": 100, "entrChrgRate": 0,
                        "accmRate": 1, "accmAmt": 300, "fixamtFxrtGbCd": "02", "rsrvStdAmt": 25_000, "goodsAccmList": [
                            {"ordSeq": 1, "goodsNo": GOODS, "itmNo": "001", "accmAmt": 300}]}]);
                order
            }
            Decision::Rejects => costly_order(&self.order_no),
        };
        order["payList"][0]["pgPayKey"] = json!(self.own_payment());
        let paid = order["payList"][0]["payAmt"].as_i64().expect("an amount");
        stage.toss.paid(&self.own_payment(), paid);
        stage.toss.paid_for(&self.additional_payment(), "간편결제", &format!("{}-add", self.order_no), 2_000);
        stage.house.member.put(order);
        if self.decision == Decision::Rejects {
            stage.house.member.0.world().shipped_first.push(self.order_no.clone());
        }
    }

    /// Asks for the cancel, and what the caller hears when the process is dead.
    async fn run_into_death(&self, stage: &Stage, key: &str) -> Option<TestAnswer> {
        stage.fate.set(Trap { call: self.step.call(), passed_by: 0, moment: self.moment });
        let death = async {
            if self.moment == Committed {
                stage.until_committed(&self.order_no, self.step.code()).await;
                stage.fate.strikes().await;
            }
            stage.until_dead().await;
        };
        futures_util::future::join(stage.cancel(&self.asked, key), death).await.0
    }

    /// Whether the process may die before the cancel is accepted.
    const fn may_be_unaccepted(&self) -> bool {
        matches!(
            (self.step, self.moment),
            (Step::Caller, Arrived) | (Step::PaymentRead | Step::PaymentHold, _)
        )
    }

    fn claim_status(&self) -> &'static str {
        match self.decision {
            Decision::Confirms => "30",
            Decision::Rejects => "90",
        }
    }

    #[track_caller]
    fn assert_final(&self, answer: &TestAnswer, claim_no: &str) {
        match self.decision {
            Decision::Confirms => {
                let promised = json!({"claimNo": claim_no, "claimStatCd": "30", "rfdPrarAmt": 49_000, "addPayPrarAmt": 0});
                assert_eq!((answer.status, answer.payload()), (200, &promised), "{}", answer.text);
            }
            Decision::Rejects => {
                assert_eq!((answer.status, answer.code()), (900, "ORDER_NOT_CANCELABLE"), "{}", answer.text);
            }
        }
    }

    /// Everything the claim does to the world is done, and done once.
    async fn assert_effects(&self, stage: &Stage, claim_no: &str, stock: i64) {
        {
            let orders = stage.house.member.0.world();
            let decided = orders.decided.get(claim_no).map(|(_, decision)| *decision);
            let expected = if self.decision == Decision::Confirms { "CONFIRMED" } else { "REJECTED" };
            assert_eq!(decided, Some(expected));
            // Every order was asked by one claim.
            assert_eq!(i64::try_from(orders.decided.len()), Ok(self.serial + 1));
        }
        let taken_out = stage.house.member.cancelled(&self.order_no, 0);
        let given_back =
            (stage.given_back(&self.own_payment()), stage.given_back(&self.additional_payment()));
        let benefits = stage.benefits_of(claim_no);
        let notices = stage.notices_of(claim_no);
        match self.decision {
            Decision::Confirms => {
                assert_eq!((taken_out, given_back), (3, (vec![46_000], vec![])));
                let expected = [
                    format!("/internal/accumulation/takeBack {claim_no}:ACCM"),
                    format!("/internal/coupons/restore {claim_no}:COUPON:CI0001"),
                    format!("/internal/coupons/restore {claim_no}:COUPON:CI0002"),
                    format!("/internal/mileage/restore {claim_no}:MILEAGE:PAY2"),
                ];
                assert_eq!(benefits, BTreeSet::from(expected));
                assert_eq!(notices, [format!("{claim_no}:NOTI")]);
            }
            Decision::Rejects => {
                assert_eq!((taken_out, given_back), (0, (vec![], vec![2_000])));
                assert_eq!(benefits, BTreeSet::new());
                assert_eq!(notices, [format!("{claim_no}:REJECTED")]);
            }
        }
        assert_eq!(stage.stock(GOODS).await, Some(stock));
    }
}

/// One process after the other dies at the moments of one step; each successor first brings its predecessor's claim to
/// its end.
async fn dies_at(decision: Decision, step: Step, moments: &[Moment]) {
    let stage = Stage::open().await;
    stage.put_goods(GOODS, STOCK_AT_FIRST).await;
    let mut stock = STOCK_AT_FIRST;
    for (serial, moment) in (0..).zip(moments) {
        let case = Case::new(serial, decision, step, *moment);
        eprintln!("{decision:?} {step:?} {moment:?}");
        case.prepare(&stage);
        let key = format!("key-{serial}");
        let heard = case.run_into_death(&stage, &key).await;
        let at_death = stage.claims_of(&case.order_no).await;
        if matches!(moment, Arrived | CarriedOut) && !step.code().is_empty() {
            assert!(stage.has_open(&case.order_no, step.code()).await, "it died before the commit");
        }
        stage.begin().await;
        let claim_no = match at_death.as_slice() {
            [claim_no] => {
                stage.until_ended(&case.order_no, claim_no, case.claim_status()).await;
                claim_no.clone()
            }
            [] if case.may_be_unaccepted() => {
                assert_eq!(heard, None, "nothing was promised");
                stage.cancel_again(&case.asked, &key).await;
                let accepted = stage.claims_of(&case.order_no).await;
                let claim_no = accepted.into_iter().next().expect("it is accepted now");
                stage.until_ended(&case.order_no, &claim_no, case.claim_status()).await;
                claim_no
            }
            other => panic!("claims of the order: {other:?}"),
        };
        // Whoever was cut off asks again, and once more.
        let again = stage.cancel_again(&case.asked, &key).await;
        case.assert_final(&again, &claim_no);
        assert_eq!(stage.cancel_again(&case.asked, &key).await.text, again.text);
        if let Some(heard) = heard {
            assert_eq!(heard.text, again.text, "what was heard holds");
        }
        assert_eq!(stage.claims_of(&case.order_no).await, [claim_no.as_str()]);
        if decision == Decision::Confirms {
            stock += 3;
        }
        case.assert_effects(&stage, &claim_no, stock).await;
        stage.assert_books().await;
    }
}

const EACH: [Moment; 4] = [Arrived, CarriedOut, Answered, Committed];
/// For calls without a task, whose commit nothing in the database tells of.
const OF_A_CALL: [Moment; 3] = [Arrived, CarriedOut, Answered];

#[actix_web::test]
async fn a_crash_at_any_point_of_a_cancel_leaves_a_claim_that_reaches_its_end_with_each_effect_once() {
    let steps: [(Step, &[Moment]); 8] = [
        (Step::Caller, &OF_A_CALL),
        (Step::Order, &EACH),
        (Step::Refund, &EACH),
        (Step::Stock, &[Committed]),
        (Step::Coupon, &EACH),
        (Step::Accrual, &EACH),
        (Step::Mileage, &EACH),
        (Step::Notice, &EACH),
    ];
    join_all(steps.map(|(step, moments)| dies_at(Decision::Confirms, step, moments))).await;
}

#[actix_web::test]
async fn a_crash_at_any_point_of_a_rejected_cancel_gives_what_was_paid_for_it_back_once() {
    let steps: [(Step, &[Moment]); 6] = [
        (Step::Caller, &OF_A_CALL),
        (Step::PaymentRead, &OF_A_CALL),
        (Step::PaymentHold, &OF_A_CALL),
        (Step::Order, &EACH),
        (Step::Refund, &EACH),
        (Step::Notice, &OF_A_CALL),
    ];
    join_all(steps.map(|(step, moments)| dies_at(Decision::Rejects, step, moments))).await;
}
