//! How the databases come to a vendor's goods that come back.

use commerce::{ClaimNo, OrderNo};
use db::DbError;
use test_kit::TestDatabase;

use super::*;
use crate::domain::vendors::period::Period;
use crate::store::MIGRATIONS;
use crate::store::explained::Planned;

/// Each query, with the way in on PostgreSQL and on SQLite.
fn cases() -> [(TargetQuery, [&'static str; 2]); 3] {
    let day = |text: &str| chrono::NaiveDate::parse_from_str(text, "%Y%m%d").unwrap();
    let period = Period::of_days(day("20260301"), day("20260307")).unwrap();
    let kinds = vec![CollectionKind::Return, CollectionKind::Exchange];
    let order = OrderNo::parse("20260801O000700").unwrap();
    let claim = ClaimNo::parse("20260801C000700").unwrap();
    [
        (
            TargetQuery::Period { period, kinds },
            ["claim_rtn_by_day", "claim_rtn_by_day (wthd_dirc_dtm>? AND wthd_dirc_dtm<?)"],
        ),
        (TargetQuery::Order(order), ["claim_by_order", "claim_by_order (ord_no=?)"]),
        (TargetQuery::Claim(claim), ["claim_rtn_goods", "sqlite_autoindex_claim_1 (claim_no=?)"]),
    ]
}

async fn migrated(database: &TestDatabase) -> db::Db {
    let db = database.open();
    let handle = db.clone();
    tokio::task::spawn_blocking(move || handle.migrate(MIGRATIONS)).await.unwrap().unwrap();
    db
}

#[tokio::test]
async fn sqlite_finds_which_claims_first_and_of_them_the_vendors_goods() {
    let database = TestDatabase::sqlite();
    let db = migrated(&database).await;
    for (query, [_, index]) in cases() {
        let asked = query.clone();
        let steps = db.read(move |conn| {
            let rows: Vec<(i32, i32, i32, String)> = Planned(wanted!("E0003", &asked, 5_001)).load(conn)?;
            Ok::<_, DbError>(rows)
        });
        let steps: Vec<String> = steps.await.unwrap().into_iter().map(|(.., step)| step).collect();
        for index in [index, "claim_rtn_goods_by_vendor (entr_no=? AND claim_no=?)"] {
            assert!(steps.iter().any(|step| step.contains(index)), "{query:?}: {steps:?}");
        }
        assert!(!steps.iter().any(|step| step.starts_with("SCAN")), "{query:?}: {steps:?}");
    }
}

#[cfg(feature = "postgres")]
mod postgres {
    use diesel::connection::SimpleConnection as _;

    use super::*;
    use crate::store::explained::Explained;

    /// Returns and exchanges of nine months, of sixteen vendors, and as many cancels.
    const MANY: &str = "
        INSERT INTO claim (claim_no, site_no, ord_no, claim_business_type, claim_stat_cd, req_dtm, claim_rsn_cd)
        SELECT '20260801C' || lpad(n::text, 6, '0'), '1', '20260801O' || lpad((n / 2)::text, 6, '0'),
            CASE n % 4 WHEN 0 THEN '20' WHEN 1 THEN '30' ELSE '10' END, '20',
            TIMESTAMP '2026-01-01' + n * INTERVAL '10 minutes', '251'
        FROM generate_series(1, 40000) AS n;
        INSERT INTO claim_rtn (claim_no, deli_grp_no, entr_no, ord_dtl_stat_cd, impt_div_cd, req_impt_div_cd,
            wthd_mthd_cd, req_wthd_mthd_cd, req_cost_doc, req_cost_hash, wthd_dirc_dtm)
        SELECT claim_no, 1, 'E0001', '33', '10', '10', '10', '10', '{}', '', req_dtm
        FROM claim WHERE claim_business_type <> '10';
        INSERT INTO claim_rtn_goods (claim_no, ord_seq, itm_no, goods_no, entr_no, claim_qty)
        SELECT claim_no, 1, '001', 'G1', 'E' || lpad((hashtext(claim_no) & 15)::text, 4, '0'), 1 FROM claim_rtn;
        ANALYZE claim; ANALYZE claim_rtn; ANALYZE claim_rtn_goods;";

    #[tokio::test]
    async fn what_comes_back_is_found_by_indexes_and_nobody_reads_all_claims() {
        let Some(database) = TestDatabase::postgres() else { return };
        let db = migrated(&database).await;
        db.write(|conn| Ok::<_, DbError>(conn.batch_execute(MANY)?)).await.unwrap();
        for (query, [index, _]) in cases() {
            let asked = query.clone();
            let rows = db.read(move |conn| {
                let rows: Vec<String> = Explained(wanted!("E0003", &asked, 5_001)).load(conn)?;
                Ok::<_, DbError>(rows)
            });
            let plan = rows.await.unwrap().join("\n");
            assert!(plan.contains(index), "{query:?}: {plan}");
            assert!(!plan.contains("Seq Scan"), "{query:?}: {plan}");
        }
    }
}
