//! What PostgreSQL does for the two aggregates, in its own words.

use db::DbError;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use member_service::domain::purchase_period::PurchasePeriod;
use member_service::store::MIGRATIONS;
use member_service::store::order_summary;
use secrecy::ExposeSecret as _;
use test_kit::TestDatabase;

use crate::app::{eventually, noon};
use crate::orders::MEMBER;

/// One member with many orders among twenty thousand of others'.
const FILL: &str = "
    INSERT INTO ord_base (ord_no, site_no, mbr_no, ord_man_nm, cell_sct_no, cell_txno_no, cell_end_no, ord_media_cd,
        ord_dtm, ord_terms, ord_dgst, mask_yn, pur_amt, open_yn, live_dlvd_dtm, reg_dtm)
    SELECT '20260801O' || lpad(n::text, 6, '0'), '1',
        CASE WHEN n % 10 = 0 THEN '100001311' ELSE (200000000 + n % 3000)::text END,
        '홍길동', '010', '1234', '5678', '20', TIMESTAMP '2025-09-01' + n * INTERVAL '26 minutes',
        repeat('{}', 400), repeat('0', 64), 'N', n, CASE WHEN n % 50 = 0 THEN 'Y' ELSE 'N' END,
        CASE WHEN n % 50 = 0 THEN NULL ELSE TIMESTAMP '2025-09-03' + n * INTERVAL '26 minutes' END,
        TIMESTAMP '2026-09-01'
    FROM generate_series(1, 20000) AS n";

const AMOUNTS: &str = "SELECT ord_no, ord_dtm, pur_amt FROM ord_base WHERE mbr_no = '100001311' AND site_no = '1' \
    AND ord_dtm >= '2026-08-02' AND ord_dtm <= '2026-09-01' AND pur_amt > 0 ORDER BY ord_dtm DESC, ord_no DESC";

const COUNT: &str = "SELECT (SELECT count(*) FROM ord_base WHERE mbr_no = '100001311' AND site_no = '1' \
    AND open_yn = 'Y') + (SELECT count(*) FROM ord_base WHERE mbr_no = '100001311' AND site_no = '1' \
    AND open_yn = 'N' AND live_dlvd_dtm >= '2026-08-22')";

/// A claim of each of them, one in a hundred open.
const FILL_CLAIMS: &str = "
    INSERT INTO mbr_claim (claim_no, mbr_no, site_no, open_yn, cmpl_dtm)
    SELECT replace(ord_no, 'O', 'C'), mbr_no, site_no, CASE WHEN pur_amt % 100 = 0 THEN 'Y' ELSE 'N' END,
        CASE WHEN pur_amt % 100 = 0 THEN NULL ELSE ord_dtm END
    FROM ord_base";

const COUNT_CLAIMS: &str = "SELECT (SELECT count(*) FROM mbr_claim WHERE mbr_no = '100001311' AND site_no = '1' \
    AND open_yn = 'Y') + (SELECT count(*) FROM mbr_claim WHERE mbr_no = '100001311' AND site_no = '1' \
    AND open_yn = 'N' AND cmpl_dtm >= '2026-08-22')";

const ALL_VISIBLE: &str = "SELECT bool_and(relallvisible >= relpages)::text AS line FROM pg_class WHERE relname IN ('ord_base', 'mbr_claim') \
    AND relnamespace = current_schema()::regnamespace";

#[derive(QueryableByName)]
struct Detail {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[tokio::test]
async fn every_aggregate_reads_an_index_and_nothing_else() {
    let Some(database) = TestDatabase::postgres() else {
        println!("skipped: TEST_DATABASE_URL names no PostgreSQL server");
        return;
    };
    let db = database.open();
    db.migrate(MIGRATIONS).unwrap();
    db.write(|conn| {
        conn.batch_execute(FILL)?;
        Ok::<_, DbError>(conn.batch_execute(FILL_CLAIMS)?)
    })
    .await
    .unwrap();
    // VACUUM marks the pages that an index alone may answer for, unless some transaction in the same database, of
    // another test for example, might still not see their rows.
    eventually(async || {
        db.read(|conn| {
            // Without a transaction: VACUUM takes none.
            conn.batch_execute("VACUUM ANALYZE ord_base")?;
            conn.batch_execute("VACUUM ANALYZE mbr_claim")?;
            let rows: Vec<Line> = diesel::sql_query(ALL_VISIBLE).load(conn)?;
            Ok::<_, DbError>(rows.iter().any(|row| row.line == "true"))
        })
        .await
        .unwrap()
    })
    .await;

    let (member_no, site_no) =
        (commerce::MemberNo::parse(MEMBER).unwrap(), commerce::SiteNo::parse("1").unwrap());
    let period = PurchasePeriod::new(noon() - chrono::TimeDelta::days(30), noon()).unwrap();
    let (member, site) = (member_no.clone(), site_no.clone());
    let of_page = (member_no.clone(), site_no.clone());
    let amounts = db
        .read(move |conn| Ok::<_, DbError>(order_summary::find_amounts(conn, &member, &site, period)?))
        .await
        .unwrap();
    let count = db
        .read(move |conn| {
            Ok::<_, DbError>(order_summary::count_live(
                conn,
                &member_no,
                &site_no,
                noon() - chrono::TimeDelta::days(10),
            )?)
        })
        .await
        .unwrap();
    assert!(!amounts.is_empty() && count > 400, "{} {count}", amounts.len());
    let (member_no, site_no) = (of_page.0, of_page.1);
    let since = noon() - chrono::TimeDelta::days(10);
    let page = db
        .read(move |conn| {
            Ok::<_, DbError>(order_summary::count_page(conn, &member_no, &site_no, since, since)?)
        })
        .await
        .unwrap();
    assert_eq!((page.orders, page.claims), (count, None), "nobody has told of claims");

    let plan = explain(&db, AMOUNTS).await;
    assert_reads_only(&plan, "ord_base_purchase");
    assert!(!plan.contains("Sort"), "the index gives the order as well:\n{plan}");
    let plan = explain(&db, COUNT).await;
    assert_reads_only(&plan, "ord_base_live");
    let plan = explain(&db, COUNT_CLAIMS).await;
    assert_reads_only(&plan, "mbr_claim_live");
}

#[tokio::test]
async fn sqlite_reads_the_same_indexes_and_no_row() {
    let database = TestDatabase::sqlite();
    let db = database.open();
    db.migrate(MIGRATIONS).unwrap();
    let counts = [(COUNT, "ord_base_live"), (COUNT_CLAIMS, "mbr_claim_live")];
    for (sql, index) in [&[(AMOUNTS, "ord_base_purchase")], &counts[..]].concat() {
        let plan = db
            .read(move |conn| {
                let rows: Vec<Detail> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load(conn)?;
                Ok::<_, DbError>(rows.into_iter().map(|row| row.detail).collect::<Vec<_>>().join("\n"))
            })
            .await
            .unwrap();
        assert!(plan.contains(&format!("USING COVERING INDEX {index}")), "{plan}");
        assert!(
            !plan.contains("TEMP B-TREE")
                && !plan.contains("SCAN ord_base")
                && !plan.contains("SCAN mbr_claim"),
            "{plan}"
        );
    }
}

async fn explain(db: &db::Db, sql: &str) -> String {
    let sql = format!("EXPLAIN (COSTS OFF) {sql}");
    db.read(move |conn| {
        // The column of a plan has a name that no Rust field can have.
        let wrapped = format!(
            "DO $$ DECLARE row record; text text := ''; BEGIN FOR row IN {sql} LOOP text := text || row.\"QUERY PLAN\" \
             || E'\\n'; END LOOP; PERFORM set_config('test.plan', text, false); END $$"
        );
        conn.batch_execute(&wrapped)?;
        let rows: Vec<Line> = diesel::sql_query("SELECT current_setting('test.plan') AS line").load(conn)?;
        Ok::<_, DbError>(rows.into_iter().map(|row| row.line).collect())
    })
    .await
    .unwrap()
}

#[track_caller]
fn assert_reads_only(plan: &str, index: &str) {
    assert!(plan.contains("Index Only Scan") && plan.contains(index), "{plan}");
    for other in ["Seq Scan", "Bitmap", "Index Scan"] {
        assert!(!plan.contains(other), "{other}:\n{plan}");
    }
}

/// What lists of orders and notifications ask, with what of each must not be read whole.
const LISTS: [(&str, &str, &str); 6] = [
    (
        "SELECT ord_no FROM ord_base WHERE mbr_no = '100001311' AND site_no = '1' AND ord_dtm >= '2026-06-01' \
         AND ord_dtm < '2026-09-02' ORDER BY ord_dtm DESC, ord_no DESC LIMIT 10",
        "ord_base_purchase",
        "ord_base",
    ),
    (
        "SELECT count(*) FROM ord_base WHERE mbr_no = '100001311' AND (EXISTS (SELECT 1 FROM ord_claim_stat s WHERE \
         s.ord_no = ord_base.ord_no) OR EXISTS (SELECT 1 FROM ord_claim c WHERE c.ord_no = ord_base.ord_no))",
        "ord_base_",
        "ord_base",
    ),
    (
        "SELECT claim_no FROM ord_claim_stat WHERE ord_no IN ('20260801O000700', '20260801O000701') ORDER BY ord_no, req_dtm, claim_no",
        "ord_claim_stat_by_order",
        "ord_claim_stat",
    ),
    (
        "SELECT ord_no FROM ord_base WHERE mask_yn = 'N' AND substr(cell_sct_no, 1, 20) = '010' \
         AND substr(cell_txno_no, 1, 20) = '0700' AND substr(cell_end_no, 1, 20) = '0700' ORDER BY ord_dtm DESC, ord_no DESC LIMIT 10",
        "ord_base_by_phone",
        "ord_base",
    ),
    (
        "SELECT count(*) FROM ord_base WHERE mask_yn = 'N' AND substr(cell_end_no, 1, 20) = '0700' AND ord_man_nm = '홍길동'",
        "ord_base_by_phone",
        "ord_base",
    ),
    (
        "SELECT noti_no FROM notification WHERE ord_no = '20260801O000700' AND chnl_cd = '40' \
         ORDER BY reg_dtm DESC, noti_no DESC LIMIT 10",
        "notification_by_order",
        "notification",
    ),
];

/// A phone for each order, and of each a claim and a notification.
const FILL_LISTS: &str = "
    UPDATE ord_base SET cell_txno_no = right(ord_no, 4), cell_end_no = right(ord_no, 4);
    INSERT INTO ord_claim_stat (claim_no, ord_no, claim_business_type, claim_stat_cd, claim_stg_cd, req_dtm, goods_doc)
    SELECT replace(ord_no, 'O', 'C'), ord_no, '10', '30', '30', ord_dtm, '[]' FROM ord_base;
    INSERT INTO notification (noti_no, noti_key, chnl_cd, tmpl_cd, site_no, mbr_no, ord_no, title, body, send_stat_cd, send_dtm, reg_dtm)
    SELECT ord_no, ord_no, '40', 'T', '1', mbr_no, ord_no, '', '', '20', ord_dtm, ord_dtm FROM ord_base;
    ANALYZE ord_base; ANALYZE ord_claim_stat; ANALYZE notification;";

#[tokio::test]
async fn lists_come_by_an_index_and_read_no_table_whole() {
    let on_sqlite = TestDatabase::sqlite();
    for database in TestDatabase::postgres().into_iter().chain([on_sqlite]) {
        let db = database.open();
        db.migrate(MIGRATIONS).unwrap();
        let is_postgres = database.settings().url.expose_secret().starts_with("postgres");
        if is_postgres {
            db.write(|conn| {
                conn.batch_execute(FILL)?;
                Ok::<_, DbError>(conn.batch_execute(FILL_LISTS)?)
            })
            .await
            .unwrap();
        }
        for (sql, index, table) in LISTS {
            let plan = if is_postgres { explain(&db, sql).await } else { query_plan(&db, sql).await };
            assert!(plan.contains(index), "{sql}:\n{plan}");
            for whole in [format!("Seq Scan on {table}"), format!("SCAN {table}")] {
                assert!(!plan.contains(&whole), "{sql}:\n{plan}");
            }
        }
    }
}

async fn query_plan(db: &db::Db, sql: &'static str) -> String {
    db.read(move |conn| {
        let rows: Vec<Detail> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load(conn)?;
        Ok::<_, DbError>(rows.into_iter().map(|row| row.detail).collect::<Vec<_>>().join("\n"))
    })
    .await
    .unwrap()
}
