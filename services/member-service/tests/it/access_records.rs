//! What an agent is shown of a member is put down; what a member is shown of itself is not.

use serde_json::json;
use test_kit::identity::{agent, member};
use test_kit::looks::noted;

use crate::app::TestApp;

const MEMBER: &str = "100001311";

#[actix_web::test]
async fn sums_and_counts_of_a_member_leave_a_record_each() {
    let app = TestApp::spawn().await;
    let period =
        json!({"mbrNo": MEMBER, "buyStrDtm": "2026-08-01T00:00:00", "buyEndDtm": "2026-08-31T00:00:00"});
    let page = json!({"reqGubun": "myPage"});
    let ask = async |caller| {
        let sum = app.service.post("/v1/member/getOrdTotAmt", &caller, &period).await;
        let path = format!("/v1/member/getOrdClaimCnt?mbrNo={MEMBER}");
        let count = app.service.post(&path, &caller, &page).await;
        [sum.status, count.status]
    };
    let by_member = ask(member(MEMBER)).await;
    assert_eq!(noted(&app.db).await, Vec::<[String; 5]>::new());
    assert_eq!(ask(agent("cs1")).await, by_member);
    let look = |operation: &str| ["cs1", operation, MEMBER, "-", "-"].map(str::to_owned);
    let shown: Vec<_> = ["getMemberOrderTotalAmt", "getMemberOrderClaimCnt"]
        .into_iter()
        .zip(by_member)
        .filter(|(_, status)| *status == 200)
        .map(|(operation, _)| look(operation))
        .collect();
    assert!(!shown.is_empty());
    assert_eq!(noted(&app.db).await, shown);
}
