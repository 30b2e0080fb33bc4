//! How much one inquiry may ask for.

use claim_service::usecase::vendors::listing::MOST_ROWS;
use db::DbError;
use diesel::connection::SimpleConnection as _;
use serde_json::json;

use super::{VENDOR, ask, ask_in_xml, key_of, order_of_two_vendors, pin, result, rows};
use crate::app::TestApp;
use crate::member::order;

/// `count` complete cancels of one unit each, at one second each, of orders that stand for one another.
async fn put_many(app: &TestApp, from: usize, count: usize, template: &str, orders: usize) {
    let mut sql = String::new();
    for serial in from..from + count {
        let order_no = format!("20260805O{:06}", serial % orders);
        if serial < orders {
            sql.push_str(&format!(
                "INSERT INTO order_copy SELECT '{order_no}', site_no, mbr_no, ord_doc, pinned_dtm FROM order_copy
                    WHERE ord_no = '{template}';"
            ));
        }
        sql.push_str(&format!(
            "INSERT INTO claim (claim_no, site_no, ord_no, claim_business_type, claim_stat_cd, req_dtm, cmpl_dtm,
                claim_rsn_cd) VALUES ('20260805C{serial:06}', '1', '{order_no}', '10', '30', '2026-08-05 00:00:00',
                '2026-08-05 01:00:00', '251');
             INSERT INTO claim_line (claim_no, ord_seq, claim_qty, entr_no, rmn_qty, cmpl_dtm)
                VALUES ('20260805C{serial:06}', 1, 1, '{VENDOR}', 3, '2026-08-05 01:00:00');"
        ));
    }
    let done = app.db.write(move |conn| Ok::<_, DbError>(conn.batch_execute(&sql)?)).await;
    done.expect("the claims can be put down");
}

#[actix_web::test]
async fn an_answer_holds_so_many_rows_and_no_more() {
    let app = TestApp::spawn().await;
    let key = key_of(&app, VENDOR).await;
    let template = "20260802O000009";
    app.member.put(order_of_two_vendors(template));
    pin(&app, template).await;
    // More orders than one question for names takes.
    let orders = 1_201;
    for serial in 0..orders {
        app.member.put(order(&format!("20260805O{serial:06}")));
    }
    put_many(&app, 0, MOST_ROWS, template, orders).await;
    let period = || json!({"perdStrDts": "20260805", "perdEndDts": "20260805"});
    let answer = ask(&app, &key, period()).await;
    assert_eq!(rows(&answer).len(), MOST_ROWS);
    assert!(rows(&answer).iter().all(|row| row["ordpeNm"] == "홍길동"));
    let in_xml = ask_in_xml(
        &app,
        &key,
        "<request><perdStrDts>20260805</perdStrDts><perdEndDts>20260805</perdEndDts></request>",
    );
    assert_eq!(in_xml.await.text.matches("<data>").count(), MOST_ROWS);

    put_many(&app, MOST_ROWS, 1, template, orders).await;
    let answer = ask(&app, &key, period()).await;
    assert_eq!((answer.status, result(&answer).0), (200, "20"), "{}", answer.text);
    assert!(result(&answer).1.contains("조회기간을 줄여"));
    let one_order = ask(&app, &key, json!({"orordNo": "20260805O000007"})).await;
    assert!((4..=5).contains(&rows(&one_order).len()));
}

#[actix_web::test]
async fn a_period_has_seven_days_at_most() {
    let app = TestApp::spawn().await;
    let key = key_of(&app, VENDOR).await;
    for (first, last, code) in [
        ("20260801", "20260807", "00"),
        ("20260801", "20260808", "12"),
        ("20260225", "20260303", "00"),
        ("20260225", "20260304", "12"),
        ("20260801", "20260731", "12"),
        ("00010101", "00010101", "00"),
        ("99991231", "99991231", "00"),
        ("20260801", "2026081", "11"),
        ("20260229", "20260301", "11"),
    ] {
        let answer = ask(&app, &key, json!({"perdStrDts": first, "perdEndDts": last})).await;
        assert_eq!((answer.status, result(&answer).0), (200, code), "{first} {last}: {}", answer.text);
    }
}

#[actix_web::test]
async fn a_huge_document_is_refused_and_a_large_one_read() {
    let app = TestApp::spawn().await;
    let key = key_of(&app, VENDOR).await;
    let document = |spaces: usize| {
        format!("<request><orordNo>{}20260801O000001</orordNo></request>", " ".repeat(spaces)).into_bytes()
    };
    let large = ask_in_xml(&app, &key, document(1_000_000)).await;
    assert!(large.text.contains("<resultCode>00</resultCode>"), "{}", large.text);
    assert_eq!(ask_in_xml(&app, &key, document(1_048_576)).await.status, 413);
}
