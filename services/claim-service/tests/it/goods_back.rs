//! 회수: goods that come back to the shop, step by step, and what is kept of it.

use chrono::{DateTime, Utc};
use claim_service::domain::collection::CollectionClaim;
use claim_service::domain::money::ledger::{Account, Posting, imbalances};
use claim_service::store;
use commerce::{ClaimNo, CostChange, ReturnProgress};
use contract::operations::Operation;
use contract::operations::claim::{
    CONVERT_EXCHANGE_TO_RETURN, EXCHANGE_FO, INTERNAL_MEMBERS_WITHDRAWAL, RETURN_FO, SAVE_EXCHANGE_DELI_STAT,
    SAVE_INSPECT_RSLT, SAVE_REFUND_BUNDLE_APPRO_MGMT, SAVE_WITHDRAW_STAT_UPDATE_PROCESS,
};
use db::DbError;
use serde_json::{Value, json};
use test_kit::identity::{agent, member};
use test_kit::service::TestAnswer;

use crate::app::{House, TestApp};
use crate::cancel::with;
use crate::member::{MEMBER, ORDER, order};

/// The contract's goods.
pub(crate) const SHIRT: &str = "10002552";
/// 금액변동사유 of what comes to what was shown.
pub(crate) const UNCHANGED: [CostChange; 0] = [];

/// Noon in Korea, five days after the contract's order was delivered.
pub(crate) fn noon() -> DateTime<Utc> {
    "2026-08-10T03:00:00Z".parse().expect("an instant")
}

/// The contract's order was delivered; five more shirts of the item ordered are in stock, and two of another.
pub(crate) async fn delivered() -> TestApp {
    delivered_as(|_| {}).await
}

/// The same, with the order edited before it was placed.
pub(crate) async fn delivered_as(edit: impl FnOnce(&mut Value)) -> TestApp {
    delivered_in(House::at(noon()), edit).await
}

/// The same, around a house.
pub(crate) async fn delivered_in(house: House, edit: impl FnOnce(&mut Value)) -> TestApp {
    let app = TestApp::spawn_in(house).await;
    app.put_goods(SHIRT, &[("001", 5), ("002", 2)]).await;
    let mut order = order(ORDER);
    order["deliGrpList"][0]["rtnDeliAmt"] = json!(3_000);
    order["deliGrpList"][0]["exchDeliAmt"] = json!(6_000);
    edit(&mut order);
    app.member.put(order);
    app.member.deliver(ORDER, "2026-08-05T12:00:00+09:00");
    app
}

/// So many units of the order's line.
pub(crate) fn return_of(reason: &str, quantity: i64) -> Value {
    json!({"ordNo": ORDER, "claimRsnCd": reason, "claimGoodsList": [{"ordSeq": 1, "claimQty": quantity}]})
}

/// The same for another item.
pub(crate) fn exchange_of(reason: &str, quantity: i64, item_no: &str) -> Value {
    let mut request = return_of(reason, quantity);
    request["claimGoodsList"][0]["exchItmNo"] = json!(item_no);
    request
}

pub(crate) fn paid(request: Value, key: &str) -> Value {
    with(request, "addPay", json!({"payMeansCd": "10", "pgPayKey": key}))
}

pub(crate) fn row(accepted: i64, refused: i64) -> Value {
    let reason = if refused > 0 { json!("02") } else { Value::Null };
    json!({"ordSeq": 1, "acptQty": accepted, "rjtQty": refused, "rjtRsnCd": reason})
}

pub(crate) fn inspection(claim_no: &str, rows: &[Value]) -> Value {
    json!({"ordNo": ORDER, "claimNo": claim_no, "insptList": rows})
}

#[track_caller]
pub(crate) fn assert_refused(answer: &TestAnswer, code: &str, fields: &[&str]) {
    assert_eq!(
        (answer.status, answer.code(), answer.fields()),
        (900, code, fields.to_vec()),
        "{}",
        answer.text
    );
}

#[track_caller]
pub(crate) fn number_in(answer: &TestAnswer, status: &str) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.payload()["claimStatCd"], status, "{}", answer.text);
    answer.payload()["claimNo"].as_str().expect("a claim has a number").to_owned()
}

impl TestApp {
    async fn as_agent(&self, operation: &Operation, request: &Value) -> TestAnswer {
        self.service.post(operation.path, &agent("cs1"), request).await
    }

    /// 반품 신청 by the member
    pub(crate) async fn ask_return(&self, request: &Value) -> TestAnswer {
        self.service.post(RETURN_FO.path, &member(MEMBER), request).await
    }

    /// 반품 신청 by an agent
    pub(crate) async fn ask_return_for(&self, request: &Value) -> TestAnswer {
        self.as_agent(&RETURN_FO, request).await
    }

    /// 교환 신청 by the member
    pub(crate) async fn ask_exchange(&self, request: &Value) -> TestAnswer {
        self.service.post(EXCHANGE_FO.path, &member(MEMBER), request).await
    }

    /// 교환 신청 by an agent
    pub(crate) async fn ask_exchange_for(&self, request: &Value) -> TestAnswer {
        self.as_agent(&EXCHANGE_FO, request).await
    }

    /// 검수결과 저장
    pub(crate) async fn inspect(&self, request: &Value) -> TestAnswer {
        self.as_agent(&SAVE_INSPECT_RSLT, request).await
    }

    /// 환불승인
    pub(crate) async fn settle(&self, claim_no: &str, is_confirmed: bool) -> TestAnswer {
        let confirmed = if is_confirmed { "Y" } else { "N" };
        let request = json!({"ordNo": ORDER, "claimNo": claim_no, "claimBusinessType": "22", "systemType": "BO",
            "amtChgCfrmYn": confirmed});
        self.as_agent(&SAVE_REFUND_BUNDLE_APPRO_MGMT, &request).await
    }

    /// 교환배송상태 저장, now
    pub(crate) async fn ship(&self, claim_no: &str, status: &str, invoice: Option<&str>) -> TestAnswer {
        let carrier = invoice.map(|_| "CJ");
        let request = json!({"ordNo": ORDER, "claimNo": claim_no, "ordDtlStatCd": status, "hdcCd": carrier,
            "invNo": invoice, "dtm": self.clock.now().to_rfc3339()});
        self.as_agent(&SAVE_EXCHANGE_DELI_STAT, &request).await
    }

    /// 교환 반품전환
    pub(crate) async fn convert(&self, claim_no: &str) -> TestAnswer {
        self.as_agent(&CONVERT_EXCHANGE_TO_RETURN, &json!({"ordNo": ORDER, "claimNo": claim_no})).await
    }

    /// 회수상태 변경: the goods have come to this step of their way.
    pub(crate) async fn move_goods(&self, claim_no: &str, to: ReturnProgress) {
        let from = self.kept(claim_no).await.standing.progress;
        let row = json!({"ordNo": ORDER, "claimNo": claim_no, "hdcCd": "CJ", "invNo": "1234",
            "wthdFnshWaitProcCaus": "상자가 비어 있음"});
        let request = json!({"ordDtlStatCd": from, "updateTargetOrdDtlStatCd": to,
            "withdrawStatUpdateSaveInfoList": [row]});
        let answer = self.as_agent(&SAVE_WITHDRAW_STAT_UPDATE_PROCESS, &request).await;
        assert_eq!((answer.status, &answer.payload()["updated"]), (200, &json!(1)), "{}", answer.text);
    }

    /// 회수완료
    pub(crate) async fn collect(&self, claim_no: &str) {
        self.move_goods(claim_no, ReturnProgress::Collected).await;
    }

    /// Everything that is kept of a return or an exchange.
    pub(crate) async fn kept(&self, claim_no: &str) -> CollectionClaim {
        let claim_no = parsed(claim_no);
        let found =
            self.db.read(move |conn| Ok::<_, DbError>(store::collection::find(conn, &claim_no)?)).await;
        found.expect("claims can be read").expect("a return or an exchange")
    }

    /// 금액변동사유
    pub(crate) async fn changes(&self, claim_no: &str) -> Vec<CostChange> {
        let claim_no = parsed(claim_no);
        let found = self
            .db
            .read(move |conn| Ok::<_, DbError>(store::collection::find_changes(conn, &claim_no)?))
            .await;
        found.expect("claims can be read")
    }

    /// What was booked for a claim, which is sound.
    pub(crate) async fn postings(&self, claim_no: &str) -> Vec<Posting> {
        let claim_no = parsed(claim_no);
        let found = self.db.read(move |conn| Ok::<_, DbError>(store::ledger::find(conn, &claim_no)?)).await;
        let postings = found.expect("the ledger can be read");
        assert!(imbalances(&postings).is_empty(), "{postings:?}");
        postings
    }

    /// Won that stand in an account of a claim.
    pub(crate) async fn balance(&self, claim_no: &str, account: Account) -> i64 {
        let postings = self.postings(claim_no).await;
        postings.iter().filter(|posting| posting.account == account).map(|posting| posting.amount).sum()
    }

    /// What the customer was told, in the order of the keys.
    pub(crate) async fn told(&self) -> Vec<String> {
        self.until_outbox_is_empty().await;
        let world = self.member.0.world();
        world.notices.values().filter_map(|notice| notice["tmplCd"].as_str().map(str::to_owned)).collect()
    }
}

fn parsed(claim_no: &str) -> ClaimNo {
    ClaimNo::parse(claim_no).expect("a claim number")
}

/// Shirts in stock, of the item ordered and of the other.
pub(crate) async fn shirts(app: &TestApp) -> (i64, i64) {
    let stock = app.stock(SHIRT).await;
    (stock[0].1, stock[1].1)
}

/// The order's member leaves; this is what it is known by from then on.
pub(crate) async fn leave(app: &TestApp, name: &str) {
    app.member.0.world().known = json!({"nmList": [name]});
    let body = json!({"mbrNo": MEMBER});
    let answer = app.service.post_as_sister(INTERNAL_MEMBERS_WITHDRAWAL.path, "member-service", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    app.until_outbox_is_empty().await;
}
