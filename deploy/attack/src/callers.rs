//! Who calls, and what the honest ones have bought.

use std::net::Ipv4Addr;

use bytes::Bytes;
use chrono::TimeDelta;
use contract::operations::{claim, inquiry, member, promotion};
use local_stack::environment::Process;
use local_stack::failure::{Context as _, Failure};
use local_stack::token::{AUDIENCE, ISSUER, LocalIssuer};
use platform::clock::Clock;
use platform::identity::{Caller, GATEWAY, INTERNAL_HEADER, IdentitySettings, InternalKeys};
use serde_json::{Value, json};

use crate::house::House;
use crate::wire::{Ask, HOME};

pub(crate) const MEMBER_NO: &str = "100001311";
pub(crate) const PASSWORD: &str = "guest-password-1";
/// Where honest guests call from: attackers have addresses of their own.
const HONEST: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 200);

pub(crate) struct Callers {
    issuer: LocalIssuer,
    internal: InternalKeys,
    /// An honest member, and the shop's own backend.
    pub(crate) member: String,
    pub(crate) shop: String,
    pub(crate) attacking_member: String,
    pub(crate) attacking_shop: String,
}

impl Callers {
    pub(crate) fn new(house: &House) -> Result<Self, Failure> {
        let keys = &house.surroundings.keys;
        let issuer = LocalIssuer::open(keys)?;
        let settings = IdentitySettings { secret: keys.internal_secret()?.into(), previous_secret: None };
        Ok(Self {
            internal: InternalKeys::new(&settings).context("the internal secret")?,
            member: token(&issuer, "member", MEMBER_NO)?,
            shop: token(&issuer, "service", "shop-backend")?,
            attacking_member: token(&issuer, "member", "100009999")?,
            attacking_shop: token(&issuer, "service", "another-backend")?,
            issuer,
        })
    }

    /// So that no quota of one caller's stands before the attack.
    pub(crate) fn another_member(&self, number: usize) -> Result<String, Failure> {
        token(&self.issuer, "member", &format!("{}", 200_000_000 + number))
    }

    /// Nobody in particular, as the gateway would vouch for them at a service's own door.
    pub(crate) fn vouched(&self, ask: Ask, service: Process) -> Ask {
        let caller = Caller::anonymous();
        let now = Clock::system().now();
        let token = self.internal.sign(service.name(), GATEWAY, &caller, now, TimeDelta::minutes(10));
        ask.with(INTERNAL_HEADER, &token)
    }

    /// An order of a member and one of a guest, that honest callers ask for.
    pub(crate) async fn fill(&self, house: &House) -> Result<(), Failure> {
        let orders = json!({"orders": [member_order(1), guest_order(guest_number(0))]});
        let answer = self.intake(orders).send(house.gateway()).await;
        if answer.status == 200 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        Err(Failure::new(format!("the honest orders are answered {}: {text}", answer.status)))
    }

    pub(crate) fn intake(&self, orders: Value) -> Ask {
        Ask::post(member::ORDERS.path, HOME, orders.to_string()).by(&self.shop)
    }

    /// What honest callers ask of a service, and are answered 200.
    pub(crate) fn honest(&self, process: Process) -> Vec<Ask> {
        let by_member = |path: &str, body: Value| Ask::post(path, HOME, body.to_string()).by(&self.member);
        match process {
            Process::Member => vec![
                log_in(HONEST, &guest_number(0), PASSWORD),
                by_member(
                    member::GET_ORD_TOT_AMT.path,
                    json!({"mbrNo": MEMBER_NO, "buyStrDtm": "2026-01-01T00:00:00", "buyEndDtm": "2026-01-01T23:59:59"}),
                ),
            ],
            Process::Inquiry => vec![
                Ask::get(inquiry::GET_QUESTION_INIT.path, HONEST),
                by_member(
                    inquiry::QUESTION_SAVE.path,
                    json!({"cnslTypNo": "9090", "title": "배송 문의", "accpCont": "언제 오나요?"}),
                ),
            ],
            Process::Promotion => {
                let goods = json!({"goodsNo": "10002553", "itmNo": "001", "purchaseAmt": 20_000, "stdCtgNo": "S0101",
                    "dispCtgNo": "C0101", "brandNo": "B01", "entrNo": "E0001", "chlNo": "1000001"});
                vec![by_member(
                    promotion::PROMOTION_ACCUMULATION.path,
                    json!({"mbrNo": MEMBER_NO, "mbrGradeCd": "30", "ordMediaCd": "20",
                        "baseDtm": "2026-01-01T10:00:00+09:00", "goodsList": [goods]}),
                )]
            }
            Process::Claim => vec![by_member(
                claim::CLAIM_CALCULATE_COST_FO.path,
                json!({"ordNo": member_number(1), "claimRsnCd": "251", "claimGoodsList": [{"ordSeq": 1, "claimQty": 1}]}),
            )],
            Process::Gateway => Vec::new(),
        }
    }
}

pub(crate) fn log_in(from: Ipv4Addr, order_no: &str, password: &str) -> Ask {
    let body = json!({"ordNo": order_no, "ordPwd": password}).to_string();
    Ask::post(member::NON_MBR_LOGIN.path, from, Bytes::from(body))
}

fn token(issuer: &LocalIssuer, role: &str, subject: &str) -> Result<String, Failure> {
    let now = Clock::system().now().timestamp();
    issuer.sign(&json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": subject, "roles": [role], "siteNo": "1", "mbrGradeCd": "30",
        "iat": now, "exp": now + 6 * 3_600,
    }))
}

pub(crate) fn member_number(number: usize) -> String {
    format!("20260101O{number:06}")
}

pub(crate) fn guest_number(number: usize) -> String {
    format!("20260102O{number:06}")
}

pub(crate) fn member_order(number: usize) -> Value {
    order(json!({"ordNo": member_number(number), "mbrNo": MEMBER_NO, "mbrGradeCd": "30"}))
}

pub(crate) fn guest_order(order_no: String) -> Value {
    order(json!({"ordNo": order_no, "mbrNo": null, "mbrGradeCd": null, "ordPwd": PASSWORD}))
}

fn order(whose: Value) -> Value {
    let mut order = json!({
        "siteNo": "1", "ordManNm": "홍길동", "cellSctNo": "010", "cellTxnoNo": "1234", "cellEndNo": "5678",
        "emailAddr": "gildong@example.com", "ordMediaCd": "30", "ordDtm": "2026-01-01T10:00:00+09:00",
        "dlvpList": [{"dlvpSeq": 1, "rcvmnNm": "홍길동", "cellSctNo": "010", "cellTxnoNo": "1234", "cellEndNo": "5678",
            "zipNo": "48058", "zipAddr": "부산광역시 해운대구 센텀중앙로 79", "dtlAddr": "101호", "deliMsg": null,
            "persCstmCd": null}],
        "deliGrpList": [{"deliGrpNo": 1, "deliPolcNo": "D001", "entrNo": "E0001", "dlvpSeq": 1, "baseDeliAmt": 0,
            "freeStdAmt": null, "chrgDeliAmt": 0, "dlvCpn": null}],
        "goodsList": [{"ordSeq": 1, "goodsNo": "10002553", "itmNo": "001", "goodsNm": "면 티셔츠", "itmNm": "네이비/L",
            "entrNo": "E0001", "brandNo": "B01", "stdCtgNo": "S0101", "dispCtgNo": "C0101", "chlNo": "1000001",
            "deliGrpNo": 1, "deliProcTypCd": "CORP_DLV", "ordQty": 2, "salePrc": 20_000, "ordDtlStatCd": "11",
            "ordCnclPsbYn": "Y", "rsvGoodsYn": "N", "benefitList": []}],
        "payList": [{"payNo": "PAY1", "payMeansCd": "10", "payAmt": 40_000, "sctnCnclPsbYn": "Y", "pgPayKey": "pg_key",
            "cardNo": "5409123412341234"}],
    });
    if let (Value::Object(order), Value::Object(whose)) = (&mut order, whose) {
        order.extend(whose);
    }
    order
}
