//! The tree of inquiry types.

use serde_json::{Value, json};
use test_kit::identity::anonymous;
use test_kit::service::TestAnswer;

use crate::app::{CUSTOMER, TestApp, assert_fields, assert_refused, boss, gildong, kim, number};

const TYPES: &str = "/v1/customerservice/counselTypeMgmt";

async fn save(app: &TestApp, body: Value) -> TestAnswer {
    app.post(&format!("{TYPES}/saveCounselType"), &boss(), body).await
}

async fn find(app: &TestApp, cnsl_typ_no: &str) -> Value {
    let list = app.service.get(&format!("{TYPES}/getCounselTypeList"), &kim()).await;
    let rows = list.json["payloads"].as_array().unwrap();
    assert_eq!(list.json["totalCount"], rows.len());
    rows.iter().find(|row| row["cnslTypNo"] == cnsl_typ_no).cloned().unwrap_or(Value::Null)
}

async fn is_offered(app: &TestApp, cnsl_typ_no: &str) -> bool {
    let init = app.service.get(&format!("{CUSTOMER}/getQuestionInit"), &anonymous()).await;
    let types = init.payload()["cnslTypList"].as_array().unwrap();
    types.iter().any(|row| row["cnslTypNo"] == cnsl_typ_no)
}

#[actix_web::test]
async fn admins_grow_the_tree() {
    let app = TestApp::start().await;
    let top = number(&save(&app, json!({"cnslTypNm": "대량구매"})).await);
    assert_eq!(
        find(&app, &top).await,
        json!({"cnslTypNo": top, "cnslTypNm": "대량구매", "uprCnslTypNo": null, "level": 1, "sortSeq": 0, "useYn": "Y",
            "goodsSelMdtyYn": "N", "ordSelMdtyYn": "N"})
    );
    let below = json!({"cnslTypNm": "견적", "uprCnslTypNo": top, "sortSeq": 5, "goodsSelMdtyYn": "Y"});
    let below = number(&save(&app, below).await);
    let shown = find(&app, &below).await;
    assert_eq!((&shown["level"], &shown["goodsSelMdtyYn"]), (&json!(2), &json!("Y")));
    assert!(is_offered(&app, &below).await);

    // What is not said stays.
    save(&app, json!({"cnslTypNo": below, "cnslTypNm": "견적 요청"})).await;
    let renamed = find(&app, &below).await;
    assert_eq!((&renamed["cnslTypNm"], &renamed["sortSeq"]), (&json!("견적 요청"), &json!(5)));
    assert_eq!(renamed["uprCnslTypNo"], json!(top));
    save(&app, json!({"cnslTypNo": below, "cnslTypNm": "견적", "uprCnslTypNo": ""})).await;
    assert_eq!(find(&app, &below).await["level"], 1);

    let refused = [
        (json!({"cnslTypNm": "x", "uprCnslTypNo": "777"}), "uprCnslTypNo"),
        (json!({"cnslTypNo": "1000", "cnslTypNm": "x", "uprCnslTypNo": "1010"}), "uprCnslTypNo"),
        (json!({"cnslTypNo": "1000", "cnslTypNm": "x", "uprCnslTypNo": "1000"}), "uprCnslTypNo"),
        (json!({"cnslTypNm": "가".repeat(51)}), "cnslTypNm"),
        (json!({"cnslTypNm": "x", "useYn": "?"}), "useYn"),
        (json!({"cnslTypNm": "x", "sortSeq": "first"}), "sortSeq"),
    ];
    for (body, field) in refused {
        assert_fields(&save(&app, body).await, &[field]);
    }
    assert_refused(
        &save(&app, json!({"cnslTypNo": "777", "cnslTypNm": "x"})).await,
        900,
        "COUNSEL_TYPE_NOT_FOUND",
    );
    let agent = app.post(&format!("{TYPES}/saveCounselType"), &kim(), json!({"cnslTypNm": "x"})).await;
    assert_refused(&agent, 403, "FORBIDDEN");
}

#[actix_web::test]
async fn a_type_out_of_use_is_offered_no_more_but_stays_where_it_was_chosen() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    save(&app, json!({"cnslTypNo": "9000", "cnslTypNm": "기타", "useYn": "N"})).await;
    assert!(!is_offered(&app, "9000").await);
    assert!(!is_offered(&app, "9090").await, "nor what lies below it");
    let new = json!({"cnslTypNo": "9090", "title": "t", "accpCont": "c"});
    assert_fields(&app.save(&gildong(), new.clone()).await, &["cnslTypNo"]);
    let mut edit = new;
    edit["ccnNo"] = json!(ccn_no);
    assert_eq!(app.edit(&gildong(), edit.clone()).await.status, 200);
    edit["cnslTypNo"] = json!("9010");
    assert_fields(&app.edit(&gildong(), edit).await, &["cnslTypNo"]);
    assert_eq!(app.detail(&gildong(), &ccn_no).await.payload()["cnslTypNm"], "기타 문의");
}
