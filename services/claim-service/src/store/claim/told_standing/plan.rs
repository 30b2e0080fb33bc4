//! How PostgreSQL comes to the claims that are to be told of among a hundred thousand.

use db::DbError;
use diesel::connection::SimpleConnection as _;
use test_kit::TestDatabase;

use super::*;
use crate::store::MIGRATIONS;
use crate::store::explained::Explained;

/// One in a thousand is to be told of: half of them for their status, half for their cost.
const MANY: &str = "
    INSERT INTO claim (claim_no, site_no, ord_no, claim_business_type, claim_stat_cd, req_dtm, claim_rsn_cd, stl_dtm, told_ord_cd)
    SELECT '20260801C' || lpad(n::text, 6, '0'), '1', '20260801O' || lpad((n / 2)::text, 6, '0'), '20', '20',
        TIMESTAMP '2025-01-01' + n * INTERVAL '10 minutes', '251', TIMESTAMP '2026-08-01',
        CASE WHEN n % 2000 = 0 THEN '10' WHEN n % 1000 = 0 THEN '20' ELSE '20S' END
    FROM generate_series(1, 100000) AS n;
    ANALYZE claim;";

#[tokio::test]
async fn what_is_to_be_told_comes_by_its_index_alone() {
    let Some(database) = TestDatabase::postgres() else { return };
    let db = database.open();
    let handle = db.clone();
    tokio::task::spawn_blocking(move || handle.migrate(MIGRATIONS)).await.unwrap().unwrap();
    db.write(|conn| Ok::<_, DbError>(conn.batch_execute(MANY)?)).await.unwrap();
    let plans = db.read(|conn| {
        let list: Vec<String> = Explained(ListUntold { limit: 500 }).load(conn)?;
        let count: Vec<String> = Explained(CountUntold { limit: 500 }).load(conn)?;
        Ok::<_, DbError>(([list.join("\n"), count.join("\n")], list_untold(conn, 500)?.len()))
    });
    let (plans, count) = plans.await.unwrap();
    for plan in plans {
        assert!(plan.contains("claim_untold_ord") && !plan.contains("Seq Scan on claim "), "{plan}");
    }
    assert_eq!(count, 100);
}
