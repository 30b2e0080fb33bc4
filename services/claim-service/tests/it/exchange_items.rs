//! 교환단품 확인: what could go out in exchange, asked before anything is.

use contract::operations::claim::IS_EXISTS_EXCHANGE_GOODS_ITM;
use reqwest::Method;
use serde_json::{Value, json};
use test_kit::identity::{member, service};
use test_kit::service::{TestAnswer, read};

use crate::app::TestApp;
use crate::goods_back::{SHIRT, assert_refused, delivered, exchange_of, shirts};
use crate::member::MEMBER;

/// The shirts, with another item at another price and one that is not sold.
async fn put_more(app: &TestApp, reserved: &str) {
    let item = |no: &str, status: &str, addition: i64| json!({"itmNo": no, "itmNm": no, "itmSaleStatCd": status, "addPrc": addition, "stkQty": 2});
    let goods = json!({"goods": [{"goodsNo": SHIRT, "goodsNm": "린넨 셔츠", "salePrc": 20_000, "saleStatCd": "10",
        "rsvGoodsYn": reserved, "goodsImg": null,
        "itms": [item("001", "10", 0), item("002", "10", 0), item("003", "10", 1_000), item("004", "20", 0)]}]});
    let path = contract::operations::claim::GOODS.path;
    let answer = read(app.service.request(Method::PUT, path, &service("shop")).json(&goods)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

async fn ask(app: &TestApp, rows: Value) -> TestAnswer {
    app.service.post(IS_EXISTS_EXCHANGE_GOODS_ITM.path, &member(MEMBER), &rows).await
}

fn item(item_no: &str) -> Value {
    json!({"goodsNo": SHIRT, "itmNo": item_no})
}

#[actix_web::test]
async fn each_item_is_judged_and_the_first_that_can_not_go_out_is_named() {
    let app = delivered().await;
    put_more(&app, "N").await;
    let answer =
        ask(&app, json!([item("001"), {"goodsNo": SHIRT, "itmNo": "002", "claimQty": 2, "salePrc": 20_000}]))
            .await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ""));
    let other_price = json!({"goodsNo": SHIRT, "itmNo": "003", "salePrc": 20_000});
    assert_refused(&ask(&app, json!([item("001"), other_price])).await, "OPTION_PRICE_DIFFERS", &["[1]"]);
    assert_refused(&ask(&app, json!([item("004")])).await, "OPTION_NOT_ON_SALE", &["[0]"]);
    assert_refused(&ask(&app, json!([item("005")])).await, "OPTION_NOT_ON_SALE", &["[0]"]);
    let unknown = json!({"goodsNo": "1", "itmNo": "001"});
    assert_refused(&ask(&app, json!([unknown])).await, "OPTION_NOT_ON_SALE", &["[0]"]);
    // Over all rows.
    let three = json!([item("002"), {"goodsNo": SHIRT, "itmNo": "002", "claimQty": 2}]);
    assert_refused(&ask(&app, three).await, "OPTION_STOCK_SHORT", &["[0]"]);
    assert_eq!(shirts(&app).await, (2, 2), "nothing is held");
    put_more(&app, "Y").await;
    assert_refused(&ask(&app, json!([item("001")])).await, "OPTION_RESERVED_GOODS", &["[0]"]);
}

#[actix_web::test]
async fn a_list_has_a_row_at_least_and_a_hundred_at_most() {
    let app = delivered().await;
    assert_refused(&ask(&app, json!([])).await, "VALIDATION", &["body"]);
    let many: Vec<Value> = (0..101).map(|_| item("001")).collect();
    assert_eq!(ask(&app, json!(many)).await.code(), "VALIDATION");
    let bad = json!([{"goodsNo": SHIRT, "claimQty": 0}, {"itmNo": "001", "salePrc": -1}]);
    let fields = ["[0].itmNo", "[0].claimQty", "[1].goodsNo", "[1].salePrc"];
    assert_refused(&ask(&app, bad).await, "VALIDATION", &fields);
}

#[actix_web::test]
async fn an_exchange_is_refused_for_the_same() {
    let app = delivered().await;
    put_more(&app, "N").await;
    for (item_no, code) in
        [("003", "OPTION_PRICE_DIFFERS"), ("004", "OPTION_NOT_ON_SALE"), ("005", "OPTION_NOT_ON_SALE")]
    {
        let answer = app.ask_exchange(&exchange_of("272", 1, item_no)).await;
        assert_refused(&answer, code, &["claimGoodsList[0].exchItmNo"]);
    }
    let answer = app.ask_exchange(&exchange_of("272", 3, "002")).await;
    assert_refused(&answer, "OPTION_STOCK_SHORT", &["claimGoodsList[0].exchItmNo"]);
    put_more(&app, "Y").await;
    let answer = app.ask_exchange(&exchange_of("272", 1, "002")).await;
    assert_refused(&answer, "OPTION_RESERVED_GOODS", &["claimGoodsList[0].exchItmNo"]);
    assert_eq!(shirts(&app).await, (2, 2));
}
