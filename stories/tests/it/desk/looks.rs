//! Whoever looks at somebody's data at the desk leaves a record, and what shows nobody leaves none.

use super::browser::Browser;
use super::house::House;
use crate::wait::until;

#[actix_web::test]
async fn every_pane_an_agent_opens_is_recorded_with_the_place_it_sat_at() {
    let Some(browser) = Browser::open().await else { return };
    let house = House::open().await;
    let ccn_no = house.written("배송 문의", "언제 오나요?").await;
    house.cancel(1).await;
    let claim_no = house.claims().await.remove(0);
    browser.sign_in(&house.stack, "A001").await;
    let recorded = async |operation: &str| {
        until(&format!("{operation} is recorded"), async || {
            house.looks_of("A001").await.iter().any(|row| row["operNm"] == operation)
        })
        .await;
    };
    recorded("getIntegratedCounselList").await;
    browser.open_at(&format!("counsel/{ccn_no}")).await;
    recorded("getIntegratedCounselDetail").await;
    recorded("orderListFO").await;
    recorded("getClaimListFO").await;
    browser.says("린넨 셔츠").await;
    browser.press("4").await;
    recorded("getCoupons").await;
    browser.press("5").await;
    recorded("getNotificationMgmtList").await;
    browser.open_at(&format!("claims/{claim_no}")).await;
    recorded("getClaimDetail").await;
    for row in house.looks_of("A001").await {
        assert_eq!((&row["acsIp"], &row["mbrNo"]), (&"127.0.0.1".into(), &"100001311".into()), "{row}");
        let operation = row["operNm"].as_str().unwrap_or_default();
        let shows_nobody = ["getIntegratedCounselCount", "getIntegratedCounselState", "getClaimCount"];
        assert!(!shows_nobody.contains(&operation), "{row}");
    }
    browser.ends_well(&[]).await;
}
