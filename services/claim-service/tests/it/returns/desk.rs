//! The operations that move a claim, as the desk and the customer call them.

use claim_service::domain::collection::CollectionClaim;
use commerce::EndReason;
use contract::operations::claim::{
    APPROVE_CLAIM, REJECT_CLAIM, SAVE_RFD_ACCT_FO, SAVE_WITHDRAW_STAT_UPDATE_PROCESS, SAVE_WTHD_INV_FO,
    WITHDRAWAL_EXCHANGE, WITHDRAWAL_EXCHANGE_FO, WITHDRAWAL_RETURN_FO,
};
use platform::identity::Caller;
use serde_json::{Value, json};
use test_kit::identity::agent;
use test_kit::service::TestAnswer;

use crate::app::{House, TestApp};
use crate::goods_back::{assert_refused, delivered_in, exchange_of, noon, number_in, paid, return_of};
use crate::member::ORDER;

/// The contract's order was delivered, and what is asked for waits for an agent.
pub(super) async fn waiting() -> TestApp {
    delivered_in(House::at(noon()).with("RETURNS__AUTO_APPROVE", "false"), |_| {}).await
}

/// Where a claim stands, and why it ended.
pub(super) async fn stands(app: &TestApp, claim_no: &str) -> String {
    let standing = app.kept(claim_no).await.standing;
    match standing.end_reason {
        Some(why) => format!("{}/{}", standing.progress.code(), why.code()),
        None => standing.progress.code().to_owned(),
    }
}

/// Whether nothing of a claim has changed since.
pub(super) async fn assert_unchanged(app: &TestApp, before: &CollectionClaim) {
    assert_eq!(&app.kept(before.claim_no.as_str()).await, before);
}

pub(super) fn ended_as(claim: &CollectionClaim) -> Option<&'static str> {
    claim.standing.end_reason.map(EndReason::code)
}

/// A claim of the contract's order.
pub(super) fn named(claim_no: &str) -> Value {
    json!({"ordNo": ORDER, "claimNo": claim_no})
}

/// The same with the first parcel.
pub(super) fn parcel(claim_no: &str) -> Value {
    json!({"ordNo": ORDER, "claimNo": claim_no, "hdcCd": "CJ", "invNo": "1234-5678"})
}

impl TestApp {
    /// 접수승인
    pub(super) async fn approve(&self, claim_no: &str, method: Option<&str>) -> TestAnswer {
        let request = json!({"ordNo": ORDER, "claimNo": claim_no, "wthdMthdCd": method});
        self.service.post(APPROVE_CLAIM.path, &agent("cs1"), &request).await
    }

    /// 반려
    pub(super) async fn reject(&self, claim_no: &str, reason: &str, text: Option<&str>) -> TestAnswer {
        let request = json!({"ordNo": ORDER, "claimNo": claim_no, "rjtRsnCd": reason, "rjtRsnCntt": text});
        self.service.post(REJECT_CLAIM.path, &agent("cs1"), &request).await
    }

    /// 반품 철회
    pub(super) async fn withdraw_return(&self, caller: &Caller, claim_no: &str) -> TestAnswer {
        self.service.post(WITHDRAWAL_RETURN_FO.path, caller, &named(claim_no)).await
    }

    /// 교환 철회
    pub(super) async fn withdraw_exchange(&self, caller: &Caller, claim_no: &str) -> TestAnswer {
        self.service.post(WITHDRAWAL_EXCHANGE_FO.path, caller, &named(claim_no)).await
    }

    /// 교환 철회, or with a cause 보류, at the back office
    pub(super) async fn take_exchange_back(&self, claim_no: &str, cause: Option<&str>) -> TestAnswer {
        let request = json!({"systemType": "BO", "claimBusinessType": "20", "ordMediaCd": "10", "ordNo": ORDER,
            "mbrNo": null, "claimNo": claim_no, "wthdFnshWaitProcCaus": cause});
        self.service.post(WITHDRAWAL_EXCHANGE.path, &agent("cs1"), &request).await
    }

    /// 회수송장 등록
    pub(super) async fn say_parcel(&self, caller: &Caller, claim_no: &str, number: &str) -> TestAnswer {
        let request = json!({"ordNo": ORDER, "claimNo": claim_no, "hdcCd": "POST", "invNo": number});
        self.service.post(SAVE_WTHD_INV_FO.path, caller, &request).await
    }

    /// 환불계좌 등록
    pub(super) async fn say_account(&self, caller: &Caller, request: &Value) -> TestAnswer {
        self.service.post(SAVE_RFD_ACCT_FO.path, caller, request).await
    }

    /// 회수 진행상태 수정
    pub(super) async fn save_status(
        &self,
        caller: &Caller,
        (from, to): (&str, &str),
        rows: &[Value],
    ) -> TestAnswer {
        let request = json!({"ordDtlStatCd": from, "updateTargetOrdDtlStatCd": to,
            "withdrawStatUpdateSaveInfoList": rows});
        self.service.post(SAVE_WITHDRAW_STAT_UPDATE_PROCESS.path, caller, &request).await
    }

    /// The same by an agent, with one row that moves or doesn't.
    pub(super) async fn step(&self, step: (&str, &str), row: Value, updated: i64) {
        let answer = self.save_status(&agent("cs1"), step, &[row]).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert_eq!(answer.payload(), &json!({"updated": updated}));
    }
}

/// One shirt, back at the shop.
pub(super) async fn one_back(app: &TestApp) -> String {
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    app.collect(&claim_no).await;
    claim_no
}

/// The same, for another size.
pub(super) async fn one_for_another(app: &TestApp) -> String {
    let asked = paid(exchange_of("252", 1, "002"), "tk_fee");
    let claim_no = number_in(&app.ask_exchange(&asked).await, "20");
    app.collect(&claim_no).await;
    claim_no
}

#[track_caller]
pub(super) fn assert_conflict(answer: &TestAnswer) {
    assert_refused(answer, "CLAIM_STATUS_CONFLICT", &[]);
}
