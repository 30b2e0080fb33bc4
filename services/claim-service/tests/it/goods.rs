//! The catalogue comes in, is shown and searched.

use claim_service::usecase::catalogue::find::prepare_older_goods;
use contract::operations::claim;
use db::DbError;
use diesel::connection::SimpleConnection as _;
use reqwest::Method;
use serde_json::{Value, json};
use test_kit::identity::{anonymous, member, service};
use test_kit::service::{TestAnswer, read};

use crate::app::TestApp;

fn shirt() -> Value {
    json!({"goodsNo": "10002552", "goodsNm": "Linen 셔츠 100%", "salePrc": 20000, "saleStatCd": "10", "rsvGoodsYn": "N",
        "goodsImg": "/img/shirt.jpg", "itms": [
            {"itmNo": "002", "itmNm": "화이트/L", "itmSaleStatCd": "10", "addPrc": 1000, "stkQty": 3},
            {"itmNo": "001", "itmNm": "화이트/M", "itmSaleStatCd": "20", "addPrc": -500, "stkQty": 0}]})
}

async fn put(app: &TestApp, goods: Value) -> TestAnswer {
    let request = app.service.request(Method::PUT, claim::GOODS.path, &service("shop"));
    read(request.json(&json!({"goods": goods}))).await
}

async fn other_itms(app: &TestApp, body: Value) -> TestAnswer {
    app.service.post(claim::OTHER_ITMS.path, &anonymous(), &body).await
}

#[actix_web::test]
async fn goods_come_in_and_are_shown_with_all_their_items() {
    let app = TestApp::spawn().await;
    let first = put(&app, json!([shirt()])).await;
    assert_eq!(first.payload(), &json!({"created": 1, "updated": 0}), "{}", first.text);
    let shown = other_itms(&app, json!([{"goodsNo": "404"}, {"goodsNo": "10002552", "itmNo": "002"}])).await;
    assert_eq!(
        shown.json,
        json!([{"goodsNo": "10002552", "goodsNm": "Linen 셔츠 100%", "salePrc": 20000, "saleStatCd": "10",
            "rsvGoodsYn": "N", "itms": [
                {"itmNo": "001", "itmNm": "화이트/M", "itmSaleStatCd": "20", "stkQty": 0, "salePrc": 19500},
                {"itmNo": "002", "itmNm": "화이트/L", "itmSaleStatCd": "10", "stkQty": 3, "salePrc": 21000}]}]),
        "{}",
        shown.text
    );
    assert_eq!(other_itms(&app, json!([])).await.json, json!([]));
}

#[actix_web::test]
async fn a_catalogue_sent_again_is_put_over_what_was_there() {
    let app = TestApp::spawn().await;
    put(&app, json!([shirt()])).await;
    let mut changed = shirt();
    changed["salePrc"] = json!(15000);
    changed["itms"] =
        json!([{"itmNo": "001", "itmNm": "화이트/S", "itmSaleStatCd": "10", "addPrc": 0, "stkQty": 7}]);
    let mut sock = shirt();
    sock["goodsNo"] = json!("10002553");
    let again = put(&app, json!([changed, sock])).await;
    assert_eq!(again.payload(), &json!({"created": 1, "updated": 1}));
    let shown = other_itms(&app, json!([{"goodsNo": "10002552"}])).await.json;
    assert_eq!(shown[0]["salePrc"], 15000);
    assert_eq!(shown[0]["itms"][0]["stkQty"], 7, "stock is absolute");
    assert_eq!(
        shown[0]["itms"][1]["salePrc"], 16000,
        "an item that is not named stays, at the goods' new price"
    );
}

#[actix_web::test]
async fn bad_goods_are_refused_by_their_path_and_none_is_taken() {
    let app = TestApp::spawn().await;
    let mut bad = shirt();
    bad["goodsNo"] = json!("10002553");
    bad["itms"][1]["addPrc"] = json!(-20_001);
    let refused = put(&app, json!([shirt(), bad])).await;
    assert_eq!((refused.status, refused.code()), (900, "VALIDATION"));
    assert_eq!(refused.fields(), ["goods[1].itms[1].addPrc"]);
    assert_eq!(other_itms(&app, json!([{"goodsNo": "10002552"}])).await.json, json!([]));

    let mut unknown_code = shirt();
    unknown_code["saleStatCd"] = json!("99");
    assert_eq!(put(&app, json!([unknown_code])).await.fields(), ["goods[0].saleStatCd"]);
    assert_eq!(put(&app, json!([])).await.payload(), &json!({"created": 0, "updated": 0}));

    let too_many: Vec<Value> = (0..101).map(|no| json!({"goodsNo": no.to_string()})).collect();
    assert_eq!(other_itms(&app, json!(too_many)).await.status, 900);
    assert_eq!(other_itms(&app, json!([{"itmNo": "001"}])).await.fields(), ["[0].goodsNo"]);
}

#[actix_web::test]
async fn a_sister_searches_by_name_whatever_the_case_and_takes_signs_literally() {
    let app = TestApp::spawn().await;
    put(&app, json!([shirt()])).await;
    let search = async |query: &str| {
        let path = format!("{}?{query}", claim::INTERNAL_GOODS_SEARCH.path);
        app.service.get_as_sister(&path, "cs-inquiry-service").await
    };
    for query in ["searchNm=LINEN", "searchNm=%EC%85%94%EC%B8%A0", "searchNm=100%25", "", "goodsNo=10002552"]
    {
        let found = search(query).await;
        assert_eq!(found.json["totalCount"], 2, "{query}: {}", found.text);
    }
    for query in ["searchNm=%25%25", "searchNm=L_nen", "searchNm=nothing", "goodsNo=1"] {
        assert_eq!(search(query).await.json, json!({"totalCount": 0, "list": []}), "{query}");
    }
    let second = search("pageNo=2&pageSize=1").await.json;
    assert_eq!(
        second["list"],
        json!([{"goodsNo": "10002552", "goodsNm": "Linen 셔츠 100%", "itmNo": "002", "itmNm": "화이트/L",
            "salePrc": 21000, "goodsImg": "/img/shirt.jpg"}])
    );
    assert_eq!(search("pageSize=0").await.fields(), ["pageSize"]);
    assert_eq!(app.service.get(claim::INTERNAL_GOODS_SEARCH.path, &member("1")).await.status, 403);
}

#[actix_web::test]
async fn goods_are_found_however_their_name_and_the_word_were_typed() {
    const COMPOSED: &str = "%EC%85%94%EC%B8%A0";
    const DECOMPOSED: &str = "%E1%84%89%E1%85%A7%E1%84%8E%E1%85%B3";
    let app = TestApp::spawn().await;
    // 셔츠, decomposed.
    let decomposed = "\u{1109}\u{1167}\u{110E}\u{1173}";
    let named = |name: &str| {
        let mut goods = shirt();
        goods["goodsNm"] = json!(name);
        json!([goods])
    };
    let found = async |word: &str| {
        let path = format!("{}?searchNm={word}", claim::INTERNAL_GOODS_SEARCH.path);
        app.service.get_as_sister(&path, "cs-inquiry-service").await.json["totalCount"].clone()
    };
    for name in ["린넨 셔츠", &format!("린넨 {decomposed}")] {
        assert_eq!(put(&app, named(name)).await.status, 200);
        assert_eq!((found(COMPOSED).await, found(DECOMPOSED).await), (json!(2), json!(2)), "{name}");
    }
    // As the release before would have put it down, and an upgrade would find it. The service's own worker may take it in hand
    // as soon as the backlog names it.
    let before = format!("UPDATE goods SET search_nm = '{decomposed}'");
    app.db.write(move |conn| Ok::<_, DbError>(conn.batch_execute(&before)?)).await.unwrap();
    assert_eq!(found(COMPOSED).await, 0);
    let backlog = "INSERT INTO goods_search_backlog (after_goods_no) VALUES ('')";
    app.db.write(move |conn| Ok::<_, DbError>(conn.batch_execute(backlog)?)).await.unwrap();
    while prepare_older_goods(&app.db).await.unwrap() {}
    assert_eq!(found(COMPOSED).await, 2);

    let family = "👨‍👩‍👧‍👦";
    assert_eq!(put(&app, named(&family.repeat(300))).await.status, 200);
    assert_eq!(put(&app, named(&family.repeat(301))).await.fields(), ["goods[0].goodsNm"]);
    let stacked = format!("a{}", "\u{301}".repeat(16 * 300));
    for name in [stacked.as_str(), "\u{3164}\u{200B}"] {
        assert_eq!(put(&app, named(name)).await.fields(), ["goods[0].goodsNm"], "{name:?}");
    }
}
