//! The shop's example pages, from another origin: what a storefront's developer sees first.

use serde_json::json;
use stories::Stack;

use super::browser::Browser;
use super::house::House;
use super::webdriver::CONTROL;
use crate::wait::until;

impl Browser {
    /// Opens the shop and signs in as a member.
    async fn visit(&self, stack: &Stack, member_no: &str) {
        self.driver.goto(&format!("{}/shop/", stack.issuer_url())).await;
        self.click("[data-do=signIn]").await;
        self.pick(member_no).await;
    }

    async fn click(&self, css: &str) {
        let element = self.find(css).await;
        self.driver.click(&element).await.expect("it can be clicked");
    }
}

#[actix_web::test]
async fn a_member_cancels_one_shirt_for_the_amount_it_was_shown() {
    let Some(browser) = Browser::open().await else { return };
    let house = House::open().await;
    browser.visit(&house.stack, "100001311").await;
    browser.says("린넨 셔츠").await;
    browser.click("a[href*='cancel']").await;
    browser.says("취소 1/3").await;
    browser.type_into("input[type=number]:enabled", &format!("{CONTROL}a")).await;
    browser.type_into("input[type=number]:enabled", "1").await;
    browser.click("form button.primary").await;
    browser.says("취소 2/3").await;
    browser.says("10,000원 환불받고 취소").await;
    browser.click("button[name=confirm]").await;
    until("the claim is made and shown as done", async || browser.text().await.contains("완료")).await;
    let claims = house.claims().await;
    assert_eq!(claims.len(), 1);
    let claim = house.claim(&claims[0]).await;
    assert_eq!(
        (&claim["cost"]["payInfo"]["rfdPrarAmt"], &claim["reqRoleCd"]),
        (&json!(10_000), &json!("MEMBER"))
    );
    browser.says(&claims[0]).await;
    browser.ends_well(&[]).await;
}

#[actix_web::test]
async fn a_guest_sees_its_order_by_its_password() {
    let Some(browser) = Browser::open().await else { return };
    let house = House::open().await;
    house.shop.take_in(&[stories::guest_order("20260802O000002", "guest-demo-1")]).await;
    browser.driver.goto(&format!("{}/shop/", house.stack.issuer_url())).await;
    browser.type_into("input[name=ordNo]", "20260802O000002").await;
    browser.type_into("input[name=ordPwd]", "guest-demo-1").await;
    browser.click("form button").await;
    browser.says("주문 20260802O000002").await;
    browser.ends_well(&[]).await;
}
