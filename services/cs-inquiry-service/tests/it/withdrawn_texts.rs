//! A member has left: what it is known by is found in all that was written in its inquiries, whenever and however.

use chrono::TimeDelta;
use diesel::RunQueryDsl as _;
use serde_json::{Value, json};
use test_kit::dump::{all_rows, rows_of};
use test_kit::identity::{member, service};

use crate::app::{MEMBER, OTHER_MEMBER, TestApp, gildong, kim, number, until};
use crate::form::Multipart;
use crate::sisters::{ORDER, Sisters};

/// What the orders say of the member.
fn orders() -> [Value; 2] {
    [
        json!({"nmList": ["남궁길동"], "cellList": [{"cellTxnoNo": "1234", "cellEndNo": "5678"}],
            "emailList": ["gildong@example.com"]}),
        json!({"nmList": ["독고영재"], "addrList": [
            {"zipAddr": "부산광역시 해운대구 센텀중앙로 79", "dtlAddr": "비밀동 707호"}]}),
    ]
}

const KNOWN: [&str; 13] = [
    "남궁길동",
    "독고영재",
    "01012345678",
    "010-1234-5678",
    "010 1234 5678",
    "1234-5678",
    "1234 5678",
    "12345678",
    "gildong@example.com",
    "센텀중앙로",
    "비밀동 707호",
    // Of an inquiry's own columns.
    "98765432",
    "own@example.com",
];

const TITLE: &str = "남궁길동 010-1234-5678 문의";
const MASKED_TITLE: &str = "남**동 010-****-**** 문의";
pub(crate) const TEXT: &str = "저는 남궁길동이고 01012345678, +82 10 1234 5678, gildong@example.com 입니다.\n\
                    부산광역시 해운대구 센텀중앙로 79 비밀동 707호로 독고영재님께 보내 주세요.";
pub(crate) const MASKED_TEXT: &str = "저는 남**동이고 010********, +82 10 **** ****, **** 입니다.\n\
                           부산광역시 해운대구 **** ****로 독**재님께 보내 주세요.";

pub(crate) async fn with_orders() -> TestApp {
    let app = TestApp::start().await;
    for page in orders() {
        app.sisters.learn(page);
    }
    app
}

fn inquiry() -> Value {
    json!({"cnslTypNo": "9090", "title": TITLE, "accpCont": TEXT})
}

pub(crate) async fn withdraw(app: &TestApp) {
    let body = json!({"mbrNo": MEMBER});
    let answer = app.service.post_as_sister("/internal/members/withdrawal", "member-service", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

pub(crate) async fn at_rest(app: &TestApp) {
    until(async || {
        app.clock.advance(TimeDelta::seconds(10));
        rows_of(&app.db, "outbox_message").await.is_empty()
    })
    .await;
}

/// Neither a table nor a file of the database shows anything.
pub(crate) async fn assert_nothing_is_readable(app: &TestApp) {
    for row in all_rows(&app.db).await {
        assert!(KNOWN.iter().all(|known| !row.contains(known)), "still readable: {row}");
    }
    for file in app.database.files().iter().filter(|file| file.exists()) {
        let bytes = std::fs::read(file).unwrap();
        for known in KNOWN {
            let is_there = bytes.windows(known.len()).any(|window| window == known.as_bytes());
            assert!(!is_there, "`{known}` is still in {}", file.display());
        }
    }
}

async fn found(app: &TestApp, part: &str) -> Value {
    let part: String = part.bytes().map(|byte| format!("%{byte:02X}")).collect();
    app.list(&kim(), &format!("searchNm={part}")).await.json["totalCount"].clone()
}

#[actix_web::test]
async fn everything_that_was_written_is_masked_and_nothing_else_is_touched() {
    let app = with_orders().await;
    let form = Multipart::new().text("cnslTypNo", "9090").text("title", TITLE).text("accpCont", TEXT);
    let form = form.jpeg("남궁길동_010-1234-5678.jpg").jpeg("영수증.jpg");
    let answered = number(&app.save_multipart(&gildong(), &form).await);
    let answer = json!({"ccnNo": answered, "ansCont": "독고영재님 앞, 남궁길동님께. {{mbrNm}} {{ordNo}}"});
    assert_eq!(app.desk("saveAnswer", &kim(), answer).await.status, 200);
    let open = number(&app.save(&gildong(), inquiry()).await);
    let others = number(&app.save(&member(OTHER_MEMBER), inquiry()).await);
    let changed = app.desk_detail(&kim(), &open).await.payload()["modDtm"].clone();
    assert_eq!(found(&app, "남궁길동").await, 3);

    withdraw(&app).await;
    at_rest(&app).await;
    let shown = app.detail(&gildong(), &answered).await;
    let payload = shown.payload();
    assert_eq!((&payload["title"], &payload["accpCont"]), (&json!(MASKED_TITLE), &json!(MASKED_TEXT)));
    assert_eq!(payload["ansCont"], "독**재님 앞, 남**동님께. 고객 -");
    assert_eq!(payload["files"][0]["fileNm"], "남**동_010-****-****.jpg");
    assert_eq!(payload["files"][1]["fileNm"], "영수증.jpg");
    let open = app.desk_detail(&kim(), &open).await;
    assert_eq!(open.payload()["accpCont"], MASKED_TEXT);
    assert_eq!(open.payload()["modDtm"], changed, "it is no change of the member's");
    assert_eq!(app.desk_detail(&kim(), &others).await.payload()["accpCont"], TEXT);
    // Titles are found by what they show.
    assert_eq!((found(&app, "남궁길동").await, found(&app, "궁길").await), (json!(1), json!(1)));
    assert_eq!((found(&app, "남**동").await, found(&app, MASKED_TITLE).await), (json!(2), json!(2)));

    app.delete(&member(OTHER_MEMBER), &others).await;
    at_rest(&app).await;
    assert_nothing_is_readable(&app).await;
}

#[actix_web::test]
async fn a_masked_title_is_found_however_it_was_typed() {
    let app = with_orders().await;
    // 셔츠, decomposed.
    let decomposed = "\u{1109}\u{1167}\u{110E}\u{1173}";
    let mut typed = inquiry();
    typed["title"] = json!(format!("{decomposed} 남궁길동"));
    number(&app.save(&gildong(), typed).await);
    assert_eq!((found(&app, "셔츠").await, found(&app, decomposed).await), (json!(1), json!(1)));
    withdraw(&app).await;
    at_rest(&app).await;
    assert_eq!((found(&app, "셔츠").await, found(&app, decomposed).await), (json!(1), json!(1)));
    assert_eq!((found(&app, "셔츠 남**동").await, found(&app, "남궁길동").await), (json!(1), json!(0)));
}

#[actix_web::test]
async fn what_is_written_after_the_withdrawal_is_masked_too() {
    let app = with_orders().await;
    withdraw(&app).await;
    at_rest(&app).await;
    let form = Multipart::new().text("cnslTypNo", "9090").text("title", TITLE).text("accpCont", TEXT);
    let form = form.text("cellSctNo", "010").text("cellTxnoNo", "9876").text("cellEndNo", "5432");
    // Whatever is written asks for it: nothing may be found only because of what is written next.
    let saved = number(&app.save_multipart(&gildong(), &form.jpeg("남궁길동 98765432.jpg")).await);
    at_rest(&app).await;
    assert_nothing_is_readable(&app).await;
    let question = json!({"mbrNo": MEMBER, "inqmnNm": "남궁길동", "emailAddr": "own@example.com",
        "accpCont": format!("{TEXT} own@example.com")});
    let transferred =
        number(&app.post("/v1/customerservice/transferQnaSave", &service("shop"), question).await);
    at_rest(&app).await;
    assert_nothing_is_readable(&app).await;
    let edited = app.written().await;
    at_rest(&app).await;
    let mut edit = inquiry();
    edit["ccnNo"] = json!(edited);
    assert_eq!(app.edit(&gildong(), edit).await.status, 200);
    at_rest(&app).await;
    assert_nothing_is_readable(&app).await;
    let answered = app.written().await;
    at_rest(&app).await;
    let answer = json!({"ccnNo": answered, "ansCont": "남궁길동님, 010-1234-5678로 전화드렸습니다."});
    assert_eq!(app.desk("saveAnswer", &kim(), answer).await.status, 200);
    at_rest(&app).await;

    for ccn_no in [&saved, &edited] {
        assert_eq!(app.detail(&gildong(), ccn_no).await.payload()["accpCont"], MASKED_TEXT);
    }
    let transferred = app.detail(&gildong(), &transferred).await;
    assert_eq!(transferred.payload()["accpCont"], format!("{MASKED_TEXT} ****"));
    let answered = app.detail(&gildong(), &answered).await;
    assert_eq!(answered.payload()["ansCont"], "남**동님, 010-****-****로 전화드렸습니다.");
    assert_nothing_is_readable(&app).await;
}

#[actix_web::test]
async fn with_member_service_down_what_the_inquiries_say_themselves_goes_at_once_and_the_rest_later() {
    let app = with_orders().await;
    let mut own = inquiry();
    own["accpCont"] = json!("남궁길동, 010-9876-5432, OWN@example.com");
    for (name, value) in [
        ("cellSctNo", "010"),
        ("cellTxnoNo", "9876"),
        ("cellEndNo", "5432"),
        ("emailAddr", "own@example.com"),
    ] {
        own[name] = json!(value);
    }
    let with_contact = number(&app.save(&gildong(), own).await);
    let mut without = inquiry();
    without["accpCont"] = json!("다시 씁니다. 010 9876 5432");
    let without_contact = number(&app.save(&gildong(), without).await);
    Sisters::break_down(&app.sisters.member, 503).await;
    withdraw(&app).await;
    let text = async |ccn_no: &str| app.detail(&gildong(), ccn_no).await.payload()["accpCont"].clone();
    assert_eq!(text(&with_contact).await, "남궁길동, 010-****-****, ****");
    assert_eq!(text(&without_contact).await, "다시 씁니다. 010 **** ****");
    until(async || {
        let rows = rows_of(&app.db, "outbox_message").await;
        rows.iter().any(|row| row.contains("withdrawal.texts") && row.contains("status 503"))
    })
    .await;
    for row in rows_of(&app.db, "outbox_message").await {
        assert!(KNOWN.iter().all(|known| !row.contains(known)), "an outbox row shows it: {row}");
    }

    app.sisters.repair_member().await;
    at_rest(&app).await;
    assert_eq!(text(&with_contact).await, "남**동, 010-****-****, ****");
    assert_nothing_is_readable(&app).await;

    // More is known, and it is told once more.
    app.sisters.learn(json!({"nmList": ["다시"]}));
    withdraw(&app).await;
    at_rest(&app).await;
    assert_eq!(text(&without_contact).await, "다* 씁니다. 010 **** ****");
}

#[actix_web::test]
async fn the_template_calls_one_who_has_left_by_the_masked_name() {
    let app = with_orders().await;
    let about_order =
        json!({"cnslTypNo": "2010", "title": "t", "accpCont": "c", "ordNo": ORDER, "ordSeq": 1});
    let ccn_no = number(&app.save(&gildong(), about_order).await);
    app.desk("saveAnswer", &kim(), json!({"ccnNo": ccn_no, "ansCont": "{{mbrNm}}님, {{ordNo}}"})).await;
    let shown = async || app.detail(&gildong(), &ccn_no).await.payload()["ansCont"].clone();
    assert_eq!(shown().await, format!("홍길동님, {ORDER}"));
    withdraw(&app).await;
    assert_eq!(shown().await, format!("홍*동님, {ORDER}"));
}

#[actix_web::test]
async fn a_withdrawal_that_the_release_before_has_taken_is_seen_to_as_well() {
    let app = with_orders().await;
    let ccn_no = number(&app.save(&gildong(), inquiry()).await);
    // As its code writes it.
    app.query(|conn| {
        diesel::sql_query(format!(
            "INSERT INTO counsel_member AS known (mbr_no, wthd_dtm) VALUES ('{MEMBER}', '2026-11-22 03:00:00.000000') \
             ON CONFLICT (mbr_no) DO UPDATE SET wthd_dtm = coalesce(known.wthd_dtm, excluded.wthd_dtm)"
        ))
        .execute(conn)
    })
    .await;
    at_rest(&app).await;
    assert_eq!(app.detail(&gildong(), &ccn_no).await.payload()["accpCont"], MASKED_TEXT);
}

#[actix_web::test]
async fn a_deleted_inquiry_leaves_nothing_behind_in_the_files() {
    let app = TestApp::start().await;
    let deleted = number(&app.save(&gildong(), inquiry()).await);
    app.delete(&gildong(), &deleted).await;
    at_rest(&app).await;
    assert_nothing_is_readable(&app).await;
}

#[actix_web::test]
async fn an_answer_at_the_moment_of_the_withdrawal_keeps_no_name() {
    let app = with_orders().await;
    for round in 0..20 {
        let ccn_no = app.written().await;
        let answer = json!({"ccnNo": ccn_no, "ansCont": format!("남궁길동님 {round}")});
        let (answered, ()) =
            futures_util::future::join(app.desk("saveAnswer", &kim(), answer), withdraw(&app)).await;
        assert_eq!(answered.status, 200, "{}", answered.text);
    }
    at_rest(&app).await;
    assert_nothing_is_readable(&app).await;
}
