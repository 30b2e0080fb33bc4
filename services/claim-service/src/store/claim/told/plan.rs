//! How PostgreSQL comes to the claims that are to be told of among a hundred thousand.

use db::DbError;
use diesel::connection::SimpleConnection as _;
use test_kit::TestDatabase;

use super::*;
use crate::store::MIGRATIONS;
use crate::store::explained::Explained;

/// One in a thousand is to be told of.
const MANY: &str = "
    INSERT INTO claim (claim_no, site_no, ord_no, mbr_no, claim_business_type, claim_stat_cd, req_dtm, claim_rsn_cd, told_stat_cd)
    SELECT '20260801C' || lpad(n::text, 6, '0'), '1', '20260801O' || lpad((n / 2)::text, 6, '0'), (n / 10)::text, '20', '20',
        TIMESTAMP '2025-01-01' + n * INTERVAL '10 minutes', '251', CASE WHEN n % 1000 = 0 THEN '10' ELSE '20' END
    FROM generate_series(1, 100000) AS n;
    ANALYZE claim;";

#[tokio::test]
async fn what_is_to_be_told_comes_by_its_index_alone() {
    let Some(database) = TestDatabase::postgres() else { return };
    let db = database.open();
    let handle = db.clone();
    tokio::task::spawn_blocking(move || handle.migrate(MIGRATIONS)).await.unwrap().unwrap();
    db.write(|conn| Ok::<_, DbError>(conn.batch_execute(MANY)?)).await.unwrap();
    let plan = db.read(|conn| {
        let lines: Vec<String> = Explained(ListUntold { limit: 500 }).load(conn)?;
        Ok::<_, DbError>((lines.join("\n"), list_untold(conn, 500)?.len()))
    });
    let (plan, count) = plan.await.unwrap();
    assert!(plan.contains("claim_untold") && !plan.contains("Seq Scan"), "{plan}");
    assert_eq!(count, 100);
}
