//! How the databases come to a page of claims: PostgreSQL among a hundred thousand.

use chrono::NaiveDate;
use commerce::period::Period;
use commerce::{MemberNo, OrderNo, SagaStep};
use db::DbError;
use test_kit::TestDatabase;

use super::*;
use crate::store::MIGRATIONS;
use crate::store::explained::Planned;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a fixed day")
}

fn open(needs_attention: bool) -> ClaimFilter {
    let step = Some(("claim.effect", Some(SagaStep::Refund)));
    ClaimFilter {
        open: Some(OpenFilter { step, needs_attention: Some(needs_attention) }),
        ..ClaimFilter::default()
    }
}

async fn migrated(database: &TestDatabase) -> db::Db {
    let db = database.open();
    let handle = db.clone();
    tokio::task::spawn_blocking(move || handle.migrate(MIGRATIONS)).await.unwrap().unwrap();
    db
}

#[tokio::test]
async fn sqlite_finds_the_claims_of_a_state_and_what_is_open_by_indexes() {
    let database = TestDatabase::sqlite();
    let db = migrated(&database).await;
    let months = Period::new(Some(day("2026-09-01")), Some(day("2026-12-01"))).unwrap();
    let of_state =
        ClaimFilter { status: Some(ClaimStatus::InProgress), period: months, ..ClaimFilter::default() };
    let stuck = ClaimFilter { needs_attention: Some(true), ..ClaimFilter::default() };
    let oldest = ClaimFilter { is_oldest_first: true, ..of_state.clone() };
    let cases = [
        ("claim_by_state (claim_stat_cd=? AND req_dtm>? AND req_dtm<?)", of_state),
        ("claim_by_state (claim_stat_cd=? AND req_dtm>? AND req_dtm<?)", oldest),
        ("sqlite_autoindex_claim_1 (claim_no=?)", stuck),
        ("sqlite_autoindex_claim_1 (claim_no=?)", open(true)),
        ("sqlite_autoindex_claim_1 (claim_no=?)", open(false)),
    ];
    for (index, filter) in cases {
        let asked = filter.clone();
        let steps = db.read(move |conn| {
            let rows: Vec<(i32, i32, i32, String)> =
                Planned(page!(&asked, day("2026-12-01"), 10, 0)).load(conn)?;
            Ok::<_, DbError>(rows)
        });
        let steps: Vec<String> = steps.await.unwrap().into_iter().map(|(.., step)| step).collect();
        assert!(steps.iter().any(|step| step.contains(index)), "{filter:?}: {steps:?}");
        assert!(!steps.iter().any(|step| step.starts_with("SCAN claim")), "{filter:?}: {steps:?}");
    }
}

#[cfg(feature = "postgres")]
mod postgres {
    use diesel::connection::SimpleConnection as _;

    use super::*;
    use crate::store::explained::Explained;

    /// Two years of claims; every fifth is a return, and of those one in a hundred waits for its refund.
    const MANY: &str = "
    INSERT INTO claim (claim_no, site_no, ord_no, mbr_no, claim_business_type, claim_stat_cd, req_dtm, cmpl_dtm, claim_rsn_cd)
    SELECT '20260801C' || lpad(n::text, 6, '0'), '1', '20260801O' || lpad((n / 2)::text, 6, '0'), (n / 10)::text,
        CASE WHEN n % 5 = 0 THEN '20' ELSE '10' END, CASE WHEN n % 500 = 0 THEN '20' ELSE '30' END,
        TIMESTAMP '2025-01-01' + n * INTERVAL '10 minutes',
        CASE WHEN n % 500 = 0 THEN NULL ELSE TIMESTAMP '2025-01-02' + n * INTERVAL '10 minutes' END, '251'
    FROM generate_series(1, 100000) AS n;
    INSERT INTO claim_rtn (claim_no, deli_grp_no, entr_no, ord_dtl_stat_cd, impt_div_cd, req_impt_div_cd, wthd_mthd_cd,
        req_wthd_mthd_cd, req_cost_doc, req_cost_hash, rfd_due_dt)
    SELECT claim_no, 1, 'E' || lpad((hashtext(claim_no) & 15)::text, 4, '0'), CASE claim_stat_cd WHEN '20' THEN '36' ELSE '37' END,
        '10', '10', '10', '10', '{}', '', DATE(req_dtm) + 5
    FROM claim WHERE claim_business_type = '20';
    INSERT INTO claim_line (claim_no, ord_seq, claim_qty, entr_no, rmn_qty, cmpl_dtm)
    SELECT claim_no, 1, 1, 'E' || lpad((hashtext(claim_no) & 15)::text, 4, '0'), 1, cmpl_dtm
    FROM claim WHERE claim_business_type = '10';
    INSERT INTO claim_task (claim_no, task_seq, eff_key, step_cd, eff_doc, rslt_cd, try_cnt, rfsd_yn)
    SELECT claim_no, 0, claim_no || ':REFUND:PAY1', 'REFUND', '{}', CASE claim_stat_cd WHEN '30' THEN '10' END, 0,
        CASE claim_stat_cd WHEN '30' THEN 'N' ELSE 'Y' END
    FROM claim;
    INSERT INTO outbox_message (message_key, topic, payload, created_dtm, next_try_dtm, needs_attention, last_reason)
    SELECT eff_key, 'claim.effect', claim_no, TIMESTAMP '2026-12-01', TIMESTAMP '2026-12-01', TRUE, 'no'
    FROM claim_task WHERE rslt_cd IS NULL;
    ANALYZE claim; ANALYZE claim_rtn; ANALYZE claim_line; ANALYZE claim_task; ANALYZE outbox_message;";

    async fn plans(db: &db::Db, filter: ClaimFilter) -> [String; 2] {
        let today = day("2026-12-01");
        let read = db.read(move |conn| {
            let page: Vec<String> = Explained(page!(&filter, today, 10, 0)).load(conn)?;
            let count: Vec<String> = Explained(counted!(&filter, today)).load(conn)?;
            Ok::<_, DbError>([page.join("\n"), count.join("\n")])
        });
        read.await.expect("a plan can be read")
    }

    #[tokio::test]
    async fn a_page_comes_by_an_index_and_nobody_reads_all_claims() {
        let Some(database) = TestDatabase::postgres() else { return };
        let db = migrated(&database).await;
        db.write(|conn| Ok::<_, DbError>(conn.batch_execute(MANY)?)).await.unwrap();

        let months = Period::new(Some(day("2026-09-01")), Some(day("2026-12-01"))).unwrap();
        let of_period = ClaimFilter { period: months, ..ClaimFilter::default() };
        let member = |number: &str| Owner::Member { number: MemberNo::parse(number).unwrap(), site_no: None };
        let cases = [
            ("claim_by_request", of_period.clone()),
            ("claim_by_state", ClaimFilter { status: Some(ClaimStatus::InProgress), ..of_period.clone() }),
            (
                "claim_by_state",
                ClaimFilter {
                    status: Some(ClaimStatus::InProgress),
                    is_oldest_first: true,
                    ..of_period.clone()
                },
            ),
            (
                "claim_by_request",
                ClaimFilter { progress: Some(ReturnProgress::Returned), ..of_period.clone() },
            ),
            ("claim_by_request", ClaimFilter { vendor_no: Some("E0003".to_owned()), ..of_period }),
            ("claim_by_member", ClaimFilter { owner: member("700"), ..ClaimFilter::default() }),
            (
                "claim_by_order",
                ClaimFilter { order_no: OrderNo::parse("20260801O000700").ok(), ..ClaimFilter::default() },
            ),
            ("claim_rtn_by_state", ClaimFilter { is_late: Some(true), ..ClaimFilter::default() }),
            ("claim_pkey", ClaimFilter { needs_attention: Some(true), ..ClaimFilter::default() }),
            ("claim_pkey", open(true)),
            ("claim_pkey", open(false)),
        ];
        for (index, filter) in cases {
            for plan in plans(&db, filter.clone()).await {
                assert!(plan.contains(index), "{filter:?}: {plan}");
                for table in ["claim ", "claim_task"] {
                    assert!(!plan.contains(&format!("Seq Scan on {table}")), "{filter:?}: {plan}");
                }
            }
        }
    }
}
