//! How PostgreSQL comes to a vendor's rows.

use db::{DbBackend, DbError};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use test_kit::TestDatabase;

use crate::domain::vendors::cancel::VendorQuery;
use crate::domain::vendors::period::Period;
use crate::store::MIGRATIONS;
use crate::store::explained::Explained;
use crate::store::schema::{claim, claim_line};
use commerce::{ClaimStatus, ClaimType, OrderNo};

const MANY: &str = "
    INSERT INTO claim (claim_no, site_no, ord_no, claim_business_type, claim_stat_cd, req_dtm, cmpl_dtm, claim_rsn_cd)
    SELECT '20260801C' || lpad(n::text, 6, '0'), '1', '20260801O' || lpad((n / 2)::text, 6, '0'), '10', '30',
        TIMESTAMP '2026-01-01' + n * INTERVAL '10 minutes', TIMESTAMP '2026-01-01' + n * INTERVAL '10 minutes', '251'
    FROM generate_series(1, 20000) AS n;
    INSERT INTO claim_line (claim_no, ord_seq, claim_qty, entr_no, rmn_qty, cmpl_dtm)
    SELECT claim_no, 1, 1, 'E' || lpad((hashtext(claim_no) & 15)::text, 4, '0'), 1, cmpl_dtm FROM claim;
    ANALYZE claim; ANALYZE claim_line;";

#[tokio::test]
async fn a_vendors_rows_come_by_their_own_index_and_nobody_reads_all_lines() {
    let Some(database) = TestDatabase::postgres() else { return };
    let db = database.open();
    let handle = db.clone();
    tokio::task::spawn_blocking(move || handle.migrate(MIGRATIONS)).await.unwrap().unwrap();
    db.write(|conn| Ok::<_, DbError>(conn.batch_execute(MANY)?)).await.unwrap();

    let day = |text: &str| chrono::NaiveDate::parse_from_str(text, "%Y%m%d").unwrap();
    let period = VendorQuery::Period(Period::of_days(day("20260301"), day("20260307")).unwrap());
    let plan = explain(&db, period).await;
    assert!(plan.contains("claim_line_by_vendor"), "{plan}");
    assert!(!plan.contains("Seq Scan on claim_line"), "{plan}");

    let number = OrderNo::parse("20260801O000700").unwrap();
    let plan = explain(&db, VendorQuery::Order { number, line_seqs: Some(vec![1, 2]) }).await;
    assert!(!plan.contains("Seq Scan"), "{plan}");
}

async fn explain(db: &db::Db, query: VendorQuery) -> String {
    let rows = db.read(move |conn| {
        let rows: Vec<String> = Explained(wanted!("E0003", &query, 5_001)).load(conn)?;
        Ok::<_, DbError>(rows)
    });
    rows.await.expect("a plan can be read").join("\n")
}
