//! getOrdClaimCnt of the member's page: member-service has been told of every claim, and counts as claim-service would.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use claim_service::usecase::claim::count::{CountPurpose, count_claims};
use claim_service::usecase::claim::tell::count_untold;
use commerce::calendar::{kst_date_of, kst_day_start};
use commerce::{MemberNo, SiteNo};
use dto::date_time::KstDateTime;
use platform::clock::Clock;
use service_kit::error::Error;
use stories::{guest_order, order};
use test_kit::TestDatabase;

use super::*;

pub(super) const OTHER_MEMBER: &str = "100001399";
pub(super) const GUESTS: &str = "20261101O000009";
pub(super) const DELIVERED: &str = "20261101O000001";
/// Whose claims another system takes.
pub(super) const ELSEWHERE: &str = "20261101O000002";
/// Just ordered.
pub(super) const FRESH: &str = "20261101O000003";
/// The same, for other items.
pub(super) const CHANGED: &str = "20261101O000004";

fn ago(days: i64) -> DateTime<Utc> {
    Clock::system().now() - TimeDelta::days(days)
}

/// A house with orders of everybody, and what has been claimed in it.
pub(super) struct Walk {
    pub(super) shop: Storefront,
    random: u64,
    /// Returns and exchanges of [`DELIVERED`].
    claims: Vec<String>,
    imported: Vec<Value>,
}

impl Walk {
    pub(super) async fn begin(stack: &Stack, seed: u64) -> Self {
        let shop = stack.storefront();
        put_goods(&shop, &[("001", 100), ("002", 100)]).await;
        let of_goods = |number: &str, member_no: &str, quantity: i64| {
            let mut order = order(number, member_no, "2026-11-01T00:00:00", quantity, 10_000);
            order["goodsList"][0]["goodsNo"] = json!(GOODS);
            order
        };
        let mut orders = vec![of_goods(DELIVERED, MEMBER, 30), of_goods(ELSEWHERE, OTHER_MEMBER, 90)];
        orders.extend([FRESH, CHANGED].map(|number| of_goods(number, MEMBER, 20)));
        orders.push(guest_order(GUESTS, "a-password"));
        shop.take_in(&orders).await;
        for number in [DELIVERED, ELSEWHERE] {
            let line = json!([{"ordSeq": 1, "ordDtlStatCd": "15", "dtm": KstDateTime(ago(1))}]);
            shop.move_lines(number, &line).await;
        }
        Self { shop, random: seed, claims: Vec::new(), imported: Vec::new() }
    }

    /// Below a bound, of a sequence that is the same every time (xorshift).
    pub(super) fn pick(&mut self, bound: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        usize::try_from(self.random % u64::try_from(bound).expect("small")).expect("small")
    }

    fn one_of<T: Copy>(&mut self, several: &[T]) -> T {
        several[self.pick(several.len())]
    }

    /// What is not possible just now is refused, and is no step.
    pub(super) async fn post(&self, path: &str, token: &str, body: &Value) -> Option<String> {
        let answer = self.shop.post(path, token, body).await;
        assert!(matches!(answer.status, 200 | 900), "{path} {body}: {} {}", answer.status, answer.text);
        if answer.status != 200 {
            return None;
        }
        Some(answer.payload()["claimNo"].as_str().unwrap_or_default().to_owned())
    }

    pub(super) async fn step(&mut self) {
        let member = self.shop.member(MEMBER);
        match self.pick(16) {
            0 | 1 => {
                self.post(CANCEL, &member, &request(FRESH, 1)).await;
            }
            2 => {
                let item_no = self.one_of(&["001", "002"]);
                let change = json!({"ordNo": CHANGED, "ordSeq": 1, "goodsNo": GOODS, "itmNo": item_no});
                self.post("/v1/claim/orderChange/ordChangeFO", &member, &change).await;
            }
            3 | 4 => self.import().await,
            5 => {
                let defective = with(request(DELIVERED, 1), "claimRsnCd", json!("272"));
                let asked = self.post(returns::RETURN, &member, &defective).await;
                self.claims.extend(asked);
            }
            6 => {
                let goods = json!([{"ordSeq": 1, "claimQty": 1, "exchItmNo": "002", "itmNo": "001"}]);
                let body = json!({"ordNo": DELIVERED, "claimRsnCd": "273", "claimGoodsList": goods});
                let asked = self.post(returns::EXCHANGE, &member, &body).await;
                self.claims.extend(asked.clone());
                if let (Some(number), 0) = (asked, self.pick(2)) {
                    for way in [Way::Collected, Way::Accepted, Way::Delivered] {
                        self.go(&number, way).await;
                    }
                }
            }
            7..=14 => {
                for _ in 0..3 {
                    self.travel().await;
                }
            }
            _ => {
                self.post(CANCEL, &self.shop.guest(GUESTS), &request(GUESTS, 1)).await;
            }
        }
    }

    /// A claim of another system comes in, or goes on.
    async fn import(&mut self) {
        let days = i64::try_from(self.pick(15)).expect("small");
        let status = self.one_of(&["10", "20", "30", "90"]);
        let mut claim = if self.imported.is_empty() || self.pick(2) == 0 {
            let number = format!("20261102C{:06}", self.imported.len());
            let claim = json!({"claimNo": number, "ordNo": ELSEWHERE, "claimBusinessType": self.one_of(&["10", "20", "30"]),
                "claimRsnCd": "251", "reqDtm": KstDateTime(ago(20)), "goodsList": [{"ordSeq": 1, "claimQty": 1}]});
            self.imported.push(claim.clone());
            claim
        } else {
            let place = self.pick(self.imported.len());
            self.imported[place].clone()
        };
        claim["claimStatCd"] = json!(status);
        claim["cmplDtm"] = if status == "30" { json!(KstDateTime(ago(days))) } else { Value::Null };
        self.post("/v1/claim/claims", &self.shop.service(), &json!({"claims": [claim]})).await;
    }

    /// A return or an exchange takes a step, if it can.
    async fn travel(&mut self) {
        if self.claims.is_empty() {
            return;
        }
        // One of the last few, so that some of them arrive.
        let place = self.claims.len() - 1 - self.pick(self.claims.len().min(2));
        let number = self.claims[place].clone();
        let way = self.one_of(&[
            Way::Collected,
            Way::Collected,
            Way::OnHold,
            Way::Accepted,
            Way::Accepted,
            Way::Refused,
            Way::Settled,
            Way::Settled,
            Way::Shipped,
            Way::Delivered,
            Way::Withdrawn,
            Way::Rejected,
            Way::Converted,
        ]);
        self.go(&number, way).await;
    }

    async fn go(&mut self, number: &str, way: Way) {
        let (member, agent, service) = (self.shop.member(MEMBER), self.shop.agent(), self.shop.service());
        let named = json!({"ordNo": DELIVERED, "claimNo": number});
        let moved = |from: &str, to: &str| {
            let row = with(with(named.clone(), "hdcCd", json!("CJ")), "invNo", json!("6012345"));
            let row = with(row, "wthdFnshWaitProcCaus", json!("확인"));
            json!({"ordDtlStatCd": from, "updateTargetOrdDtlStatCd": to, "withdrawStatUpdateSaveInfoList": [row]})
        };
        let shipped = |status: &str| {
            let row = with(named.clone(), "ordDtlStatCd", json!(status));
            let row = with(with(row, "hdcCd", json!("CJ")), "invNo", json!("7012345"));
            with(row, "dtm", json!(KstDateTime(ago(0))))
        };
        let found = |refused: i64| {
            let reason = if refused > 0 { json!("02") } else { Value::Null };
            let row = json!({"ordSeq": 1, "acptQty": 1 - refused, "rjtQty": refused, "rjtRsnCd": reason});
            with(named.clone(), "insptList", json!([row]))
        };
        let (path, token, body) = match way {
            Way::Collected => (returns::COLLECT, &service, moved("33", "36")),
            Way::OnHold => (returns::COLLECT, &service, moved("36", "38")),
            Way::Accepted => (returns::INSPECT, &agent, found(0)),
            Way::Refused => (returns::INSPECT, &agent, found(1)),
            Way::Settled => {
                let settled = with(named.clone(), "claimBusinessType", json!("22"));
                (returns::SETTLE, &agent, with(settled, "systemType", json!("BO")))
            }
            Way::Shipped => (returns::DELIVER, &service, shipped("13")),
            Way::Delivered => (returns::DELIVER, &service, shipped("15")),
            Way::Withdrawn => {
                self.post("/v1/claim/return/withdrawalReturnFO", &member, &named).await;
                ("/v1/claim/exchange/withdrawalExchangeFO", &member, named)
            }
            Way::Rejected => {
                ("/v1/claim/claimMgmt/rejectClaim", &agent, with(named, "rjtRsnCd", json!("01")))
            }
            Way::Converted => (returns::CONVERT, &agent, named),
        };
        let came = self.post(path, token, &body).await;
        if path == returns::CONVERT {
            self.claims.extend(came);
        }
    }
}

/// What may become of a return or an exchange next.
#[derive(Clone, Copy)]
enum Way {
    Collected,
    OnHold,
    Accepted,
    Refused,
    Settled,
    Shipped,
    Delivered,
    Withdrawn,
    Rejected,
    Converted,
}

/// As claim-service counts them itself.
async fn counted_by_claim_service(stack: &Stack, member_no: &str) -> i64 {
    let member_no = MemberNo::parse(member_no).expect("a member's number");
    let site_no = SiteNo::parse("1").expect("a site's number");
    let today = kst_date_of(Clock::system().now());
    let purpose = CountPurpose::MyPage { complete_from: Some(kst_day_start(today) - TimeDelta::days(10)) };
    let claims = claim_database(stack);
    let count = claims.read(move |conn| count_claims(conn, &member_no, &site_no, purpose)).await;
    count.expect("the claims can be counted")
}

/// Nothing is on its way any more, and member-service has heard of everything.
pub(super) async fn all_is_told(stack: &Stack) {
    let claims = claim_database(stack);
    until("everything is carried out", async || rows_of(&claims, "outbox_message").await.is_empty()).await;
    until("everything is told", async || {
        let untold = claims.read(|conn| Ok::<_, Error>(count_untold(conn, 1)?)).await;
        untold.expect("the claims can be read") == 0
    })
    .await;
    let member = stack.database(Process::Member).open();
    until("that it was everything", async || rows_of(&member, "mbr_claim_backlog").await.is_empty()).await;
}

async fn walk(database: fn() -> TestDatabase) {
    let mut stack = Stack::start_with(Options { database, ..Options::default() }).await;
    let mut walk = Walk::begin(&stack, 0x9E37_79B9_7F4A_7C15).await;
    let members = [MEMBER, OTHER_MEMBER];
    let page = async |shop: &Storefront, member_no: &str| {
        let asked = json!({"reqGubun": "myPage"});
        let answer = shop.post("/v1/member/getOrdClaimCnt", &shop.member(member_no), &asked).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json["claimCnt"].as_i64().expect("claims are counted")
    };
    for _ in 0..4 {
        for _ in 0..40 {
            walk.step().await;
        }
        all_is_told(&stack).await;
        for member_no in members {
            let counted = counted_by_claim_service(&stack, member_no).await;
            assert_eq!(page(&walk.shop, member_no).await, counted, "{member_no}");
        }
    }
    // Number, site, order, member, type, status.
    let claims = rows_of(&claim_database(&stack), "claim").await;
    let claims = claims.iter().map(|row| row.split(['|', ',']).skip(4).take(2).collect::<Vec<_>>());
    let claims: BTreeSet<Vec<&str>> = claims.collect();
    let came_to = |kind: &str, status: &str| claims.contains(&vec![kind, status]);
    for status in ["20", "30", "90"] {
        assert!(came_to("20", status) && came_to("30", status), "the walk is too short: {claims:?}");
    }
    assert!(came_to("10", "30") && came_to("11", "30"), "{claims:?}");
    let before = [page(&walk.shop, MEMBER).await, page(&walk.shop, OTHER_MEMBER).await];
    assert!(before.iter().all(|count| *count > 0), "{before:?}");
    stack.stop(Process::Claim).await;
    assert_eq!([page(&walk.shop, MEMBER).await, page(&walk.shop, OTHER_MEMBER).await], before);
    let leaving = json!({"reqGubun": "quit"});
    let answer = walk.shop.post("/v1/member/getOrdClaimCnt", &walk.shop.member(MEMBER), &leaving).await;
    assert_eq!((answer.status, answer.code()), (503, "SERVICE_UNAVAILABLE"), "{}", answer.text);
}

#[actix_web::test]
async fn whatever_is_claimed_the_page_counts_as_claim_service_does_and_answers_without_it() {
    walk(TestDatabase::sqlite).await;
    if TestDatabase::postgres().is_none() {
        println!("only half of the story: TEST_DATABASE_URL is not set");
        return;
    }
    walk(|| TestDatabase::postgres().expect("it was there a moment ago")).await;
}

#[actix_web::test]
async fn a_cancel_counts_as_soon_as_it_is_answered() {
    let stack = Stack::start().await;
    let walk = Walk::begin(&stack, 1).await;
    all_is_told(&stack).await;
    let answer = cancel(&walk.shop, &walk.shop.member(MEMBER), &request(FRESH, 1)).await;
    claim_no_of(&answer);
    assert_eq!(counts(&walk.shop, "myPage").await.1, Some(1));
}
