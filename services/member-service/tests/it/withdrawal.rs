use std::time::{Duration, Instant};

use chrono::TimeDelta;
use commerce::OrderNo;
use diesel::prelude::*;
use member_service::app::purge_archive;
use member_service::store::PERSONAL_ARCHIVE;
use member_service::store::member::MEMBERS;
use serde_json::{Value, json};
use service_kit::sealer::DataKey;
use test_kit::dump::{all_rows, rows_of};
use test_kit::identity::{DATA_KEY, agent, guest, member, service};
use test_kit::service::read;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::app::{TestApp, eventually, settings};
use crate::orders::{
    INTAKE, MEMBER, ORDER, ORIGINALS, TOTALS, WITHDRAWAL, asking, order, order_with, plain_order, sisters,
};

const GUEST_ORDER: &str = "20260801O000002";
const OTHERS_ORDER: &str = "20260801O000003";

fn guest_order() -> Value {
    let mut order = plain_order(GUEST_ORDER, MEMBER, "2026-08-01T10:00:00", 100, "11");
    order["mbrNo"] = Value::Null;
    order["ordPwd"] = json!("guest-1234");
    order["ordManNm"] = json!("비회원씨");
    for (field, value) in [("cellTxnoNo", "0000"), ("cellEndNo", "0000"), ("emailAddr", "guest@example.org")]
    {
        order[field] = json!(value);
    }
    let delivery = &mut order["dlvpList"][0];
    for field in ["rcvmnNm", "cellTxnoNo", "cellEndNo", "zipAddr", "dtlAddr", "deliMsg", "persCstmCd"] {
        delivery[field] = json!("다른 값");
    }
    order
}

/// The original of the archive, opened.
async fn archived(app: &TestApp, order_no: &'static str) -> Option<Value> {
    let order_no = OrderNo::parse(order_no).unwrap();
    let no = order_no.clone();
    let sealed = app.write(move |conn| Ok(PERSONAL_ARCHIVE.find(conn, no.as_str())?)).await?;
    let sealer = DataKey::from_base64(&DATA_KEY.into()).unwrap().sealer("archive");
    Some(serde_json::from_slice(&sealer.open(order_no.as_str(), &sealed).unwrap()).unwrap())
}

async fn assert_nothing_is_readable(app: &TestApp) {
    let rows = all_rows(&app.db).await.join("\n");
    let bytes = app.bytes_on_disk();
    for original in ORIGINALS {
        assert!(!rows.contains(original), "{original} stands in a table");
        let is_on_disk = bytes.windows(original.len()).any(|window| window == original.as_bytes());
        assert!(!is_on_disk, "{original} stands in the files");
    }
}

#[tokio::test]
async fn a_name_is_masked_as_its_reader_sees_it() {
    let sisters = sisters(0).await;
    // 남궁길동 as Macs and some phones send it, and names that are no letters.
    let decomposed =
        "\u{1102}\u{1161}\u{11B7}\u{1100}\u{116E}\u{11BC}\u{1100}\u{1175}\u{11AF}\u{1103}\u{1169}\u{11BC}";
    let mut order = order_with(ORDER, &json!({"ordManNm": decomposed}));
    order["dlvpList"][0]["rcvmnNm"] = json!("👨‍👩‍👧‍👦길👍🏽");
    order["etcGftDlvpList"][0]["rcvmnNm"] = json!("\u{1102}\u{1161}\u{11B7}");
    let app = TestApp::spawn_with(asking(&sisters)).await.with_orders(&[order]).await;
    app.withdraw(MEMBER).await;
    let masked = app.snapshot(ORDER).await.json["order"].clone();
    assert_eq!(masked["ordManNm"], "\u{1102}\u{1161}\u{11B7}**\u{1103}\u{1169}\u{11BC}");
    assert_eq!(masked["dlvpList"][0]["rcvmnNm"], "👨‍👩‍👧‍👦*👍🏽");
    assert_eq!(masked["etcGftDlvpList"][0]["rcvmnNm"], "*");
}

#[tokio::test]
async fn nothing_of_a_withdrawn_member_stays_readable() {
    let sisters = sisters(0).await;
    let app = TestApp::spawn_with(asking(&sisters)).await.with_orders(&[order(), guest_order()]).await;
    let rows = all_rows(&app.db).await.join("\n");
    for original in ORIGINALS {
        assert!(rows.contains(original), "{original} is not there to begin with");
    }
    let answer = app.withdraw(MEMBER).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ""));
    assert_nothing_is_readable(&app).await;

    let snapshot = app.snapshot(ORDER).await.json;
    assert_eq!(snapshot["masked"], true);
    let masked = &snapshot["order"];
    assert_eq!(masked["ordManNm"], "남**동");
    assert_eq!([&masked["cellSctNo"], &masked["cellTxnoNo"], &masked["cellEndNo"]], ["010", "****", "****"]);
    assert_eq!(masked["emailAddr"], "****");
    let place = |row: &Value| {
        ["rcvmnNm", "zipNo", "zipAddr", "dtlAddr", "deliMsg", "cellTxnoNo"].map(|field| row[field].clone())
    };
    let expected = |name: &str| {
        [
            json!(name),
            json!("06236"),
            json!("서울특별시 강남구 ****"),
            json!("****"),
            Value::Null,
            json!("****"),
        ]
    };
    assert_eq!(place(&masked["dlvpList"][0]), expected("홍**인"));
    assert_eq!(masked["dlvpList"][0]["persCstmCd"], "****");
    assert_eq!(place(&masked["etcGftDlvpList"][0]), expected("김**품"));
    assert_eq!(masked["payList"][0]["cardNo"], "****");
    assert_eq!(masked["payList"][1]["cardNo"], Value::Null);
    assert_eq!(masked["payList"][0]["payAmt"], 46_000);
    assert_eq!(masked["goodsList"], {
        let mut goods = order()["goodsList"].clone();
        goods[0]["goodsImg"] = Value::Null;
        goods[0]["benefitList"][0]["maxDcAmt"] = Value::Null;
        goods
    });
    // What it bought stays known, and a guest of the same day is untouched.
    assert_eq!(app.totals().await.json["totOrdAmt"], 49_000);
    assert_eq!(app.snapshot(GUEST_ORDER).await.json["order"]["ordManNm"], "비회원씨");
}

#[tokio::test]
async fn the_originals_lie_sealed_in_the_archive() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    app.withdraw(MEMBER).await;
    let original = archived(&app, ORDER).await.unwrap();
    let sent = order();
    for field in ["ordManNm", "cellSctNo", "cellTxnoNo", "cellEndNo", "emailAddr", "dlvpList"] {
        assert_eq!(original[field], sent[field], "{field}");
    }
    assert_eq!(original["etcGftDlvpList"][0]["zipAddr"], sent["etcGftDlvpList"][0]["zipAddr"]);
    assert_eq!(original["payList"][0], json!({"payNo": "PAY1", "cardNo": "4321********8765"}));
}

#[tokio::test]
async fn withdrawing_twice_changes_nothing() {
    let sisters = sisters(0).await;
    let app = TestApp::spawn_with(asking(&sisters)).await.with_orders(&[order()]).await;
    app.withdraw(MEMBER).await;
    let tables = ["ord_base", "ord_dlvp", "ord_pay", "ord_etc_gft_dlvp", "personal_archive", "ord_mbr"];
    let content = async || {
        let mut rows = Vec::new();
        for table in tables {
            rows.extend(rows_of(&app.db, table).await);
        }
        rows
    };
    let first = content().await;
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(app.withdraw(MEMBER).await.status, 200);
    assert_eq!(content().await, first);
}

#[tokio::test]
async fn a_member_without_orders_withdraws_as_well() {
    let app = TestApp::spawn().await;
    let answer = app.withdraw(MEMBER).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ""));
}

#[tokio::test]
async fn only_the_member_itself_or_staff_withdraws_it() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    let body = json!({"mbrNo": MEMBER});
    for caller in [member("100001399"), guest(ORDER)] {
        assert_eq!(app.service.post(WITHDRAWAL, &caller, &body).await.status, 403);
    }
    for bad in [json!({}), json!({"mbrNo": null}), json!({"mbrNo": "abc"})] {
        let answer = app.service.post(WITHDRAWAL, &agent("a1"), &bad).await;
        assert_eq!((answer.status, answer.code(), answer.fields()), (900, "VALIDATION", vec!["mbrNo"]));
    }
    assert_eq!(app.snapshot(ORDER).await.json["masked"], false);
    assert_eq!(app.service.post(WITHDRAWAL, &agent("a1"), &body).await.status, 200);
    assert_eq!(app.service.post(WITHDRAWAL, &service("shop"), &body).await.status, 200);
    assert_eq!(app.snapshot(ORDER).await.json["masked"], true);
}

#[tokio::test]
async fn all_sites_of_the_member_are_masked_and_no_other_member() {
    let elsewhere = order_with("20260801O000004", &json!({"siteNo": "2"}));
    let others = order_with(OTHERS_ORDER, &json!({"mbrNo": "100001399"}));
    let app = TestApp::spawn().await.with_orders(&[order(), elsewhere, others]).await;
    app.withdraw(MEMBER).await;
    assert_eq!(app.snapshot("20260801O000004").await.json["order"]["ordManNm"], "남**동");
    assert_eq!(app.snapshot(OTHERS_ORDER).await.json["order"]["ordManNm"], "남궁길동");
}

#[tokio::test]
async fn an_order_that_arrives_late_is_masked_at_once_and_still_known_when_sent_again() {
    let app = TestApp::spawn().await;
    app.withdraw(MEMBER).await;
    let app = app.with_orders(&[order()]).await;
    assert_nothing_is_readable(&app).await;
    assert_eq!(app.snapshot(ORDER).await.json["order"]["ordManNm"], "남**동");
    assert_eq!(archived(&app, ORDER).await.unwrap()["ordManNm"], "남궁길동");
    assert_eq!(*app.send_orders(&[order()]).await.payload(), json!({"created": 0, "unchanged": 1}));
    let other = order_with(ORDER, &json!({"ordManNm": "남**동"}));
    assert_eq!(app.send_orders(&[other]).await.code(), "ORDER_EXISTS");
    assert_nothing_is_readable(&app).await;
}

#[tokio::test]
async fn an_order_that_arrives_while_its_member_leaves_is_masked_whoever_is_first() {
    let app = TestApp::spawn().await;
    for round in 0..10 {
        let member_no = format!("10000200{round}");
        let orders: Vec<Value> = (0..20)
            .map(|number| order_with(&format!("2026080{round}O{number:06}"), &json!({"mbrNo": member_no})))
            .collect();
        let (taken, withdrawn) = tokio::join!(app.send_orders(&orders), app.withdraw(&member_no));
        assert_eq!((taken.status, withdrawn.status), (200, 200), "{}", taken.text);
    }
    assert_eq!(rows_of(&app.db, "personal_archive").await.len(), 200);
    assert_nothing_is_readable(&app).await;
}

/// Fixes how claim-service and cs-inquiry-service hear of a withdrawal; they are built against this.
#[tokio::test]
async fn the_sisters_hear_of_a_withdrawal_even_when_they_are_down_at_the_time() {
    let sister = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(503))
        .up_to_n_times(6)
        .mount(&sister)
        .await;
    Mock::given(method("POST"))
        .and(path("/internal/members/withdrawal"))
        .respond_with(ResponseTemplate::new(200))
        .mount(&sister)
        .await;
    let change = asking(&sister);
    let app = TestApp::spawn_with(|settings| {
        change(settings);
        settings.client.breaker_failures = 1_000;
    })
    .await;
    assert_eq!(app.withdraw(MEMBER).await.status, 200);
    let are_put_back = async || {
        let rows = rows_of(&app.db, "outbox_message").await;
        rows.iter().filter(|row| row.contains("503")).count() == 2
    };
    eventually(are_put_back).await;
    app.clock.advance(TimeDelta::minutes(10));
    app.until(|backlog| backlog.waiting == 0).await;
    let requests = sister.received_requests().await.unwrap();
    let delivered = requests.iter().skip(6).collect::<Vec<_>>();
    assert_eq!(delivered.len(), 2);
    for request in delivered {
        assert_eq!(request.url.path(), "/internal/members/withdrawal");
        assert!(request.headers.contains_key("x-internal-identity"));
        assert_eq!(serde_json::from_slice::<Value>(&request.body).unwrap(), json!({"mbrNo": MEMBER}));
    }
}

/// It may hold other names and addresses than the orders before it.
#[tokio::test]
async fn the_sisters_hear_again_when_an_order_arrives_late() {
    let sister = sisters(0).await;
    let app = TestApp::spawn_with(asking(&sister)).await;
    app.withdraw(MEMBER).await;
    let told = async || {
        let requests = sister.received_requests().await.unwrap();
        requests.iter().filter(|request| request.url.path() == "/internal/members/withdrawal").count()
    };
    eventually(async || told().await == 2).await;
    let late = order_with("20260801O000009", &json!({}));
    let app = app.with_orders(&[order(), late, guest_order()]).await;
    eventually(async || told().await == 4).await;
    assert_eq!(app.send_orders(&[order()]).await.payload()["unchanged"], 1);
    app.clock.advance(TimeDelta::minutes(2));
    app.until(|backlog| backlog.waiting == 0).await;
    assert_eq!(told().await, 4, "once for all orders of a request, and not for what is known");
    for row in all_rows(&app.db).await.iter().filter(|row| row.starts_with("outbox_message")) {
        assert!(ORIGINALS.iter().all(|original| !row.contains(original)), "{row}");
    }
}

#[tokio::test]
async fn what_a_crash_leaves_readable_is_masked_afterwards() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    // The request came as far as its first transaction.
    app.write(|conn| {
        use db::outbox::{NewMessage, enqueue};
        let (now, member_no) = (crate::app::noon(), commerce::MemberNo::parse(MEMBER).unwrap());
        MEMBERS.withdraw(conn, member_no.as_str(), now)?;
        let message = NewMessage {
            key: "withdrawal.rest:100001311",
            topic: "withdrawal.rest",
            payload: MEMBER,
            traceparent: None,
            not_before: now,
        };
        enqueue(conn, now, &message)?;
        Ok(())
    })
    .await;
    eventually(async || app.snapshot(ORDER).await.json["masked"] == true).await;
    app.until(|backlog| backlog.waiting == 0 || backlog.waiting == 1).await;
    eventually(async || {
        !rows_of(&app.db, "outbox_message").await.iter().any(|row| row.contains("withdrawal.rest"))
    })
    .await;
    assert_nothing_is_readable(&app).await;
}

#[tokio::test]
async fn the_members_kept_answers_are_forgotten_while_their_keys_stay() {
    let app = TestApp::spawn().await;
    let withdraw = async |key: &str| {
        let request = app.service.request(reqwest::Method::POST, WITHDRAWAL, &member(MEMBER));
        read(request.header("Idempotency-Key", key).json(&json!({"mbrNo": MEMBER}))).await
    };
    // A kept answer of another operation, as a claim's would be.
    app.write(|conn| {
        use db::idempotency::{Begin, Scope, SentAnswer, begin, complete};
        let now = crate::app::noon();
        let scope = Scope {
            caller: format!("member:{MEMBER}:@1"),
            subject: MEMBER.to_owned(),
            operation: "questionSave",
            key: "k-1".to_owned(),
            body_digest: "digest".to_owned(),
        };
        let Begin::Fresh(ticket) = begin(conn, now, &scope, Duration::from_secs(60))? else {
            panic!("a new key")
        };
        let answer = SentAnswer { status: 200, content_type: "application/json", body: "남궁길동" };
        assert!(complete(conn, now, &ticket, Some(answer))?);
        Ok(())
    })
    .await;
    assert_eq!(withdraw("k-2").await.status, 200);
    assert_nothing_is_readable(&app).await;
    assert_eq!(rows_of(&app.db, "idempotency_key").await.len(), 2);
    // The withdrawal's own answer is still repeated, and so it is after another withdrawal.
    assert_eq!(withdraw("k-2").await.status, 200);
    assert_eq!(withdraw("k-3").await.status, 200);
    assert_eq!(withdraw("k-2").await.status, 200);
}

#[tokio::test]
async fn the_archive_is_purged_five_years_after_the_order() {
    let at = |number: &str, time: &str| order_with(number, &json!({"ordDtm": time}));
    let app = TestApp::spawn().await;
    let app = app
        .with_orders(&[
            at("20210901O000001", "2021-09-01T12:00:00+09:00"),
            at("20210901O000002", "2021-09-01T12:00:00.000001+09:00"),
        ])
        .await;
    app.withdraw(MEMBER).await;
    assert_eq!(rows_of(&app.db, "personal_archive").await.len(), 2);
    let settings = settings(app.folder.path(), &app.database);
    assert_eq!(purge_archive(&settings, &app.clock).await.unwrap(), 1);
    assert_eq!(purge_archive(&settings, &app.clock).await.unwrap(), 0);
    assert_eq!(archived(&app, "20210901O000001").await, None);
    assert!(archived(&app, "20210901O000002").await.is_some());
    app.clock.advance(TimeDelta::microseconds(1));
    assert_eq!(purge_archive(&settings, &app.clock).await.unwrap(), 1);
}

#[tokio::test]
async fn a_member_with_ten_thousand_orders_is_masked_in_seconds() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    // Copies of the whole order under other numbers.
    app.write(|conn| {
        for (table, columns) in [
            ("ord_base", "site_no, mbr_no, mbr_grade_cd, ord_man_nm, cell_sct_no, cell_txno_no, cell_end_no, email_addr, \
                          ord_pwd_hash, ord_media_cd, ord_dtm, ord_terms, ord_dgst, mask_yn, pur_amt, open_yn, \
                          live_dlvd_dtm, reg_dtm"),
            ("ord_dlvp", "dlvp_seq, rcvmn_nm, cell_sct_no, cell_txno_no, cell_end_no, zip_no, zip_addr, dtl_addr, \
                          deli_msg, pers_cstm_cd"),
            ("ord_pay", "pay_no, pay_means_cd, pay_amt, sctn_cncl_psb_yn, pg_pay_key, card_no"),
            ("ord_etc_gft_dlvp", "etc_gft_dlvp_no, etc_gft_nm, rcvmn_nm, zip_no, zip_addr, dtl_addr, cell_sct_no, \
                                  cell_txno_no, cell_end_no, deli_msg"),
        ] {
            diesel::sql_query(format!(
                "WITH RECURSIVE number (n) AS (SELECT 100001 UNION ALL SELECT n + 1 FROM number WHERE n < 110000) \
                 INSERT INTO {table} (ord_no, {columns}) \
                 SELECT '20260802O' || n, {columns} FROM number, {table} WHERE ord_no = '{ORDER}'"
            ))
            .execute(conn)?;
        }
        Ok(())
    })
    .await;
    let started = Instant::now();
    assert_eq!(app.withdraw(MEMBER).await.status, 200);
    let took = started.elapsed();
    println!("10,001 orders masked in {took:?}");
    assert_eq!(rows_of(&app.db, "personal_archive").await.len(), 10_001);
    assert_nothing_is_readable(&app).await;
    assert!(took < Duration::from_secs(30), "{took:?}");
}

#[tokio::test]
async fn a_withdrawn_member_may_still_be_asked_about_by_an_agent() {
    let app = TestApp::spawn().await.with_orders(&[order()]).await;
    app.withdraw(MEMBER).await;
    let body =
        json!({"mbrNo": MEMBER, "buyStrDtm": "2026-01-01T00:00:00", "buyEndDtm": "2026-12-31T00:00:00"});
    assert_eq!(app.service.post(TOTALS, &agent("a1"), &body).await.json["totOrdAmt"], 49_000);
    assert_eq!(
        app.service.post(INTAKE, &service("shop"), &json!({"orders": [order()]})).await.payload()["unchanged"],
        1
    );
}
