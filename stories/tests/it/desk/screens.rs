//! Every screen as it stands with a shop behind it, for everybody to use, in either scheme.

use serde_json::json;
use stories::{Options, Stack};

use super::browser::Browser;

/// Where each screen is, what it says once it has been asked for, and what its picture is called.
const SCREENS: [(&str, &str, &str); 8] = [
    ("counsel", "배송이 언제 되나요", "counsel"),
    ("claims", "검수/환불대기", "claims"),
    ("customer/100001311", "린넨 셔츠", "customer"),
    ("order/20260801O000001", "49,000", "order"),
    ("templates", "기본 인사", "templates"),
    ("types", "배송 조회", "types"),
    ("access", "getIntegratedCounselList", "access"),
    ("settings", "단축키", "settings"),
];

#[actix_web::test]
async fn every_screen_can_be_used_by_everybody() {
    let Some(browser) = Browser::open().await else { return };
    let stack = Stack::start_with(Options { has_issuer: true, ..Options::default() }).await;
    stack.load_demo_shop().await;
    browser.sign_in(&stack, "ADM1").await;
    for (place, text, name) in SCREENS {
        browser.open_at(place).await;
        browser.says(text).await;
        browser.is_usable(name).await;
    }
    // In one column, as on a small screen or at 400 % of a large one, nothing stands beside the page.
    let narrow = json!({"width": 480, "height": 800, "deviceScaleFactor": 1, "mobile": false});
    browser.driver.chromium("Emulation.setDeviceMetricsOverride", narrow).await;
    for (place, text, _) in SCREENS {
        browser.open_at(place).await;
        browser.says(text).await;
        let beside = browser.driver.execute("return document.documentElement.scrollWidth - innerWidth").await;
        assert!(
            beside.as_i64().is_some_and(|pixels| pixels <= 0),
            "{place}: {beside} pixels beside the page"
        );
    }
    browser.driver.chromium("Emulation.clearDeviceMetricsOverride", json!({})).await;
    // The oldest one that waits, with its customer beside it.
    browser.open_at("counsel").await;
    browser.says("배송이 언제 되나요").await;
    browser.press("n").await;
    browser.find(".customer [aria-pressed], .customer [role=tab]").await;
    browser.is_usable("inquiry").await;
    browser.ends_well(&[]).await;
}
