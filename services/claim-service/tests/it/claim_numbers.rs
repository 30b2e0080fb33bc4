//! 클레임번호 채번: tries that fail use no numbers up, and a day never runs out of them.

use commerce::ClaimNo;
use commerce::calendar::kst_date_of;
use contract::operations::claim::ORD_CHANGE_FO;
use db::{Backend, DbError};
use diesel::RunQueryDsl as _;
use serde_json::json;
use test_kit::dump::rows_of;
use test_kit::identity::{agent, member};

use crate::app::{House, TestApp};
use crate::cancel::claim_no_of;
use crate::member::{MEMBER, ORDER, plain_order};
use crate::quote::request;

impl House {
    async fn run(&self, sql: String) {
        self.db
            .write(move |conn| {
                diesel::sql_query(&sql).execute(conn)?;
                Ok::<_, DbError>(())
            })
            .await
            .expect("the statement is right");
    }

    /// From now on no row comes into this table.
    async fn close(&self, table: &str) {
        let begins = format!("CREATE TRIGGER closed_{table} BEFORE INSERT ON {table}");
        if self.db.backend() == Backend::Sqlite {
            return self.run(format!("{begins} BEGIN SELECT RAISE(ABORT, 'closed'); END")).await;
        }
        let function = "CREATE OR REPLACE FUNCTION closed() RETURNS trigger LANGUAGE plpgsql AS \
                        $$ BEGIN RAISE EXCEPTION 'closed'; END $$";
        self.run(function.to_owned()).await;
        self.run(format!("{begins} FOR EACH ROW EXECUTE FUNCTION closed()")).await;
    }

    async fn open(&self, table: &str) {
        let of_table =
            if self.db.backend() == Backend::Sqlite { String::new() } else { format!(" ON {table}") };
        self.run(format!("DROP TRIGGER closed_{table}{of_table}")).await;
    }
}

#[actix_web::test]
async fn tries_that_fail_in_the_database_use_no_numbers_up() {
    let app = TestApp::spawn().await;
    app.put_goods("10002552", &[("001", 7), ("002", 7)]).await;
    let asked = request(ORDER, "251", &[(1, 1)]);
    let change = json!({"ordNo": ORDER, "ordSeq": 1, "goodsNo": "10002552", "itmNo": "002"});
    app.close("claim_task").await;
    app.close("claim_opt").await;
    for _ in 0..20 {
        assert_eq!(app.cancel(&member(MEMBER), &asked).await.code(), "INTERNAL_ERROR");
        let changed = app.service.post(ORD_CHANGE_FO.path, &member(MEMBER), &change).await;
        assert_eq!(changed.code(), "INTERNAL_ERROR", "{}", changed.text);
    }
    app.open("claim_task").await;
    app.open("claim_opt").await;
    let claim_no = claim_no_of(&app.cancel(&member(MEMBER), &asked).await);
    assert!(claim_no.ends_with("C000001"), "{claim_no}");
    let serials = rows_of(&app.db, "claim_serial").await;
    let taken = serials.iter().filter(|row| row.trim_end_matches(')').ends_with("16")).count();
    assert_eq!((taken, serials.len()), (1, 1), "{serials:?}");
}

#[actix_web::test]
async fn numbers_go_on_when_six_digits_are_used_up() {
    let app = TestApp::spawn_in(House::at("2026-08-03T01:00:00Z".parse().expect("a time"))).await;
    let order_no = "20260801O000070";
    app.member.put(plain_order(order_no, &[(40, 1_000)], "10"));
    let serial = "INSERT INTO claim_serial (claim_day, last_no) VALUES ('2026-08-03', 999990)";
    app.run(serial.to_owned()).await;
    // Another system's claim bears one of them.
    let imported = json!([{"claimNo": "20260803C9999990000000002", "ordNo": ORDER, "claimBusinessType": "10",
        "claimStatCd": "10", "claimRsnCd": "251", "reqDtm": "2026-08-02T10:00:00+09:00", "cmplDtm": null,
        "goodsList": [{"ordSeq": 1, "claimQty": 1}]}]);
    let answer = app.import(imported).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let mut given = Vec::new();
    for _ in 0..12 {
        given.push(claim_no_of(&app.cancel(&member(MEMBER), &request(order_no, "251", &[(1, 1)])).await));
    }
    let day = kst_date_of(app.clock.now());
    let expected: Vec<String> = (999_991..=1_000_003)
        .filter(|serial| *serial != 1_000_001)
        .filter_map(|serial| ClaimNo::of_day(day, serial))
        .map(|number| number.to_string())
        .collect();
    assert_eq!(given, expected);
    let longest = given.last().expect("claims were taken");
    assert_eq!(longest, "20260803C9999990000000004");
    let details = app.details(&agent("cs1"), order_no, longest).await.json;
    assert_eq!((&details["claimNo"], &details["claimStatCd"]), (&json!(longest), &json!("30")));
    app.until_outbox_is_empty().await;
    app.assert_books().await;
}
