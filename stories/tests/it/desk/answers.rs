//! What agents do all day: take, write, send, by the keyboard.

use serde_json::{Value, json};

use super::browser::Browser;
use super::house::House;
use super::webdriver::{CONTROL, ENTER};
use crate::wait::until;

const ANSWER: &str = "textarea#answer";

#[actix_web::test]
async fn an_agent_takes_the_oldest_and_answers_it_by_key() {
    let Some(browser) = Browser::open().await else { return };
    let house = House::open().await;
    let template =
        json!({"tmplNm": "배송 안내", "tmplCont": "{{mbrNm}} 고객님, 내일 도착합니다.", "cmnYn": "Y"});
    house.save_template(&template).await;
    let oldest = house.written("배송이 언제 되나요", "어제 주문했어요.").await;
    house.written("교환하고 싶어요", "사이즈가 작아요.").await;
    browser.sign_in(&house.stack, "A001").await;
    browser.says("교환하고 싶어요").await;

    browser.press("n").await;
    browser.find(ANSWER).await;
    assert_eq!(house.state(&oldest).await, "20", "the oldest is taken");
    browser.press("r").await;
    browser.type_into(ANSWER, "/").await;
    browser.type_into("[role=combobox]", "배송").await;
    browser.says("배송 안내").await;
    browser.type_into("[role=combobox]", ENTER).await;
    until("the template is filled in", async || {
        browser.value(ANSWER).await == "홍길동 고객님, 내일 도착합니다."
    })
    .await;
    browser.type_into(ANSWER, &format!("{CONTROL}{ENTER}")).await;
    until("the answer is sent", async || house.state(&oldest).await == "30").await;
    let answer = house.detail(&oldest).await["ansCont"].clone();
    assert_eq!(answer, "홍길동 고객님, 내일 도착합니다.");
    browser.says("보냈습니다").await;
    browser.ends_well(&[]).await;
}

#[actix_web::test]
async fn what_was_sent_can_be_taken_back_for_a_moment() {
    let Some(browser) = Browser::open().await else { return };
    let house = House::open().await;
    let ccn_no = house.written("배송 문의", "언제 오나요?").await;
    browser.sign_in(&house.stack, "A001").await;
    browser.says("배송 문의").await;
    browser.press("n").await;
    browser.type_into(ANSWER, "잘못 쓴 답변").await;
    browser.type_into(ANSWER, &format!("{CONTROL}{ENTER}")).await;
    browser.find(".undo").await;
    browser.press("z").await;
    browser.says("보내지 않았습니다").await;
    assert_eq!(browser.value(ANSWER).await, "잘못 쓴 답변");
    assert_eq!(house.state(&ccn_no).await, "20");
    // The text is written on, and what leaves in the end is the whole of it.
    browser.type_into(ANSWER, ", 고침").await;
    browser.type_into(ANSWER, &format!("{CONTROL}{ENTER}")).await;
    until("the answer is sent", async || house.state(&ccn_no).await == "30").await;
    assert_eq!(house.detail(&ccn_no).await["ansCont"], "잘못 쓴 답변, 고침");
    browser.ends_well(&[]).await;
}

#[actix_web::test]
async fn a_text_survives_a_reload_and_a_faster_colleague() {
    let Some(browser) = Browser::open().await else { return };
    let house = House::open().await;
    let ccn_no = house.written("환불 문의", "왜 16,000원인가요?").await;
    browser.sign_in(&house.stack, "A001").await;
    browser.says("환불 문의").await;
    browser.open_at(&format!("counsel/{ccn_no}")).await;
    browser.type_into(ANSWER, "쓰다 만 답변").await;
    browser.find("[data-draft=saved]").await;

    browser.driver.refresh().await;
    browser.pick("A001").await;
    until("the text is there again", async || browser.value(ANSWER).await == "쓰다 만 답변").await;

    house.start_as("A002", &ccn_no).await;
    browser.says("A002 님이 이 문의를 처리하고 있습니다").await;
    assert_eq!(browser.value(ANSWER).await, "쓰다 만 답변");
    browser.ends_well(&[]).await;
}

#[actix_web::test]
async fn korean_that_is_being_composed_is_sent_whole_and_once() {
    let Some(browser) = Browser::open().await else { return };
    let house = House::open().await;
    let ccn_no = house.written("배송 문의", "언제 오나요?").await;
    browser.sign_in(&house.stack, "A001").await;
    browser.says("배송 문의").await;
    browser.press("n").await;
    browser.type_into(ANSWER, "고객님, ").await;
    // As an input method writes: the last syllable is not decided while the answer is sent.
    let composing = json!({"text": "안녕하세요", "selectionStart": 5, "selectionEnd": 5});
    browser.driver.chromium("Input.imeSetComposition", composing).await;
    let key = |kind: &str| json!({"type": kind, "modifiers": 2, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13});
    browser.driver.chromium("Input.dispatchKeyEvent", key("rawKeyDown")).await;
    browser.driver.chromium("Input.dispatchKeyEvent", key("keyUp")).await;
    browser.driver.chromium("Input.insertText", json!({"text": "안녕하세요"})).await;
    until("the answer is sent", async || house.state(&ccn_no).await == "30").await;
    assert_eq!(house.detail(&ccn_no).await["ansCont"], "고객님, 안녕하세요");
    browser.ends_well(&[]).await;
}

#[actix_web::test]
async fn hostile_text_is_text() {
    const HOSTILE: [&str; 9] = [
        "<script>window.ran = 1</script>",
        "<img src=x onerror='window.ran = 1'>",
        "<svg onload='window.ran = 1'><a href=\"javascript:window.ran = 1\">눌러 보세요</a></svg>",
        "javascript:window.ran=1",
        "{{constructor.constructor('window.ran = 1')()}} ${window.ran = 1}",
        "\u{202e}할인 exe.gpj\u{202c} 뒤집힌 글",
        "보이지\u{200b}않는\u{2060}글자",
        "\"><iframe srcdoc='<script>parent.ran = 1</script>'></iframe>",
        "👩‍👩‍👧‍👦 &lt;b&gt; &#x27; %3Cscript%3E",
    ];
    let Some(browser) = Browser::open().await else { return };
    let house = House::open().await;
    let long = "가".repeat(2_000);
    for text in HOSTILE.into_iter().chain([long.as_str()]) {
        let title: String = text.chars().take(80).collect();
        let ccn_no = house.written(&title, text).await;
        if text == HOSTILE[0] {
            browser.sign_in(&house.stack, "A001").await;
        }
        browser.open_at(&format!("counsel/{ccn_no}")).await;
        until(&format!("{text} is shown as it was written"), async || {
            browser.text_of(".asked .text").await == text && browser.text_of(".inquiry h2").await == title
        })
        .await;
    }
    assert_eq!(browser.driver.execute("return window.ran ?? null").await, Value::Null);
    browser.ends_well(&[]).await;
}
