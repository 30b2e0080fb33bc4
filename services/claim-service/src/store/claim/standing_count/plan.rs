//! How the databases count claims of a period: by their state and time, from an index alone.

use db::DbError;
use test_kit::TestDatabase;

use super::*;
use crate::store::MIGRATIONS;
use crate::store::explained::Planned;

fn months() -> Period {
    let day = |text: &str| text.parse().expect("a fixed day");
    Period::new(Some(day("2026-09-01")), Some(day("2026-12-01"))).expect("a period")
}

async fn migrated(database: &TestDatabase) -> db::Db {
    let db = database.open();
    let handle = db.clone();
    tokio::task::spawn_blocking(move || handle.migrate(MIGRATIONS)).await.unwrap().unwrap();
    db
}

#[tokio::test]
async fn sqlite_counts_from_the_index_alone() {
    let database = TestDatabase::sqlite();
    let db = migrated(&database).await;
    let steps = db.read(|conn| {
        let rows: Vec<(i32, i32, i32, String)> = Planned(all_claims!(months())).load(conn)?;
        Ok::<_, DbError>(rows)
    });
    let steps: Vec<String> = steps.await.unwrap().into_iter().map(|(.., step)| step).collect();
    let index = "COVERING INDEX claim_by_state (claim_stat_cd=? AND req_dtm>? AND req_dtm<?)";
    assert!(steps.iter().any(|step| step.contains(index)), "{steps:?}");
}

#[cfg(feature = "postgres")]
mod postgres {
    use diesel::connection::SimpleConnection as _;

    use super::*;
    use crate::store::explained::Explained;

    /// Two years of claims.
    const MANY: &str = "
        INSERT INTO claim (claim_no, site_no, ord_no, claim_business_type, claim_stat_cd, req_dtm, cmpl_dtm, claim_rsn_cd)
        SELECT '20260801C' || lpad(n::text, 6, '0'), '1', '20260801O' || lpad((n / 2)::text, 6, '0'), '10', '30',
            TIMESTAMP '2025-01-01' + n * INTERVAL '10 minutes', TIMESTAMP '2025-01-02' + n * INTERVAL '10 minutes', '251'
        FROM generate_series(1, 100000) AS n;
        ANALYZE claim;";

    #[tokio::test]
    async fn what_is_counted_is_found_by_an_index() {
        let Some(database) = TestDatabase::postgres() else { return };
        let db = migrated(&database).await;
        db.write(|conn| Ok::<_, DbError>(conn.batch_execute(MANY)?)).await.unwrap();
        let plan = db.read(|conn| {
            let rows: Vec<String> = Explained(all_claims!(months())).load(conn)?;
            Ok::<_, DbError>(rows)
        });
        let plan = plan.await.unwrap().join("\n");
        assert!(plan.contains("claim_by_") && !plan.contains("Seq Scan"), "{plan}");
    }
}
