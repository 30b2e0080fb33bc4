//! A cancel by phone: explained line by line before it is made, and never another amount than was shown.

use serde_json::{Value, json};

use super::browser::{Browser, REFUSED};
use super::house::House;
use super::webdriver::{ARROW_DOWN, CONTROL, ENTER};
use crate::wait::until;

const QUANTITY: &str = "dialog input[type=number]";
const REASON: &str = "dialog select[data-field=claimRsnCd]";

#[actix_web::test]
async fn a_refund_is_explained_and_an_amount_that_changes_is_shown_again() {
    let Some(browser) = Browser::open().await else { return };
    let house = House::open().await;
    let ccn_no = house.written("취소해 주세요", "한 장만 취소하고 싶어요.").await;
    browser.sign_in(&house.stack, "A001").await;
    browser.open_at(&format!("counsel/{ccn_no}")).await;
    browser.says("린넨 셔츠").await;
    browser.says("주문 취소").await;

    browser.press("x").await;
    browser.type_into(QUANTITY, &format!("{CONTROL}a")).await;
    browser.type_into(QUANTITY, "1").await;
    browser.type_into(REASON, ARROW_DOWN).await;
    let shown = house.preview(1).await;
    explains(&browser, &shown).await;
    assert_eq!(shown["payInfo"]["rfdPrarAmt"], 10_000);

    // The member cancels one itself before the agent does: the next one costs another amount.
    house.cancel(1).await;
    browser.type_into(REASON, &format!("{CONTROL}{ENTER}")).await;
    browser.find("dialog .compared").await;
    let changed = house.preview(1).await;
    assert_eq!(changed["payInfo"]["rfdPrarAmt"], 16_000);
    explains(&browser, &changed).await;
    assert_eq!(house.claims().await.len(), 1, "nothing has happened");
    assert_eq!(browser.value(QUANTITY).await, "1", "what was chosen stays");

    browser.type_into(REASON, &format!("{CONTROL}{ENTER}")).await;
    until("the second cancel is made", async || house.claims().await.len() == 2).await;
    let claims = house.claims().await;
    let by_agent = house.claim(&claims[0]).await;
    assert_eq!((&by_agent["reqUserId"], &by_agent["reqRoleCd"]), (&json!("A001"), &json!("AGENT")));
    assert_eq!(by_agent["cost"]["costHash"], changed["costHash"], "what was shown is what was done");
    assert_eq!(house.claim(&claims[1]).await["reqRoleCd"], "MEMBER");
    // The amount that had changed was refused, and said so.
    browser.ends_well(&REFUSED).await;
    assert_eq!(house.order_left().await, 1);
}

/// The newest explanation on the page is this one, line by line, and adds up.
async fn explains(browser: &Browser, cost: &Value) {
    const LINES: &str = "return [...[...document.querySelectorAll('dialog .calc')].at(-1)?.querySelectorAll('tr[data-amount]') ?? []]
        .map((row) => Number(row.dataset.amount))";
    let expected: Vec<Value> =
        cost["calcList"].as_array().into_iter().flatten().map(|row| row["amt"].clone()).collect();
    until(&format!("{expected:?} is shown"), async || browser.driver.execute(LINES).await == json!(expected))
        .await;
    let (refund, payment) = (&cost["payInfo"]["rfdPrarAmt"], &cost["payInfo"]["addPayPrarAmt"]);
    let sum: i64 = expected.iter().filter_map(Value::as_i64).sum();
    assert_eq!(Some(sum), refund.as_i64().zip(payment.as_i64()).map(|(refund, payment)| refund - payment));
    browser.find("dialog .calc[data-adds-up=true]").await;
}
