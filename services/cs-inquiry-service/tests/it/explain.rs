//! On PostgreSQL, with many inquiries, the agents' list and a member's counts read indexes and nothing else.

use commerce::period::Period;
use commerce::{InquiryStatus, MemberNo, OrderNo};
use cs_inquiry_service::domain::counsel_list::{ListFilter, PageStart, Place};
use cs_inquiry_service::domain::inquiry::InquiryId;
use cs_inquiry_service::store::inquiry_list::{explain_count, explain_count_by_day, explain_page};
use cs_inquiry_service::store::title_search::title_tail;
use cs_inquiry_service::usecase::fold_changes::{fold_counts, fold_versions};
use cs_inquiry_service::usecase::title_search::prepare_older::cut_older_titles;
use db::{Backend, DbError};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use crate::app::{TestApp, kim, noon, until};

/// The tests fill tables at the same time as others, on whatever machine: no statement may take long.
const AT_ONCE: usize = 2_500;
const INQUIRIES: usize = 50_000;

/// Two years of inquiries: most of them answered, some in progress, a few waiting.
const FILL: &str = "
    INSERT INTO counsel (site_no, mbr_no, cnsl_typ_no, title, title_fold, accp_cont, ord_no, sms_noti_yn, cnsl_stat_cd,
        proc_user_id, accp_dtm, accp_dt, mod_dtm, file_cnt, ans_cont, ans_dtm, ans_user_id)
    SELECT '1', (100000000 + n % 5000)::text, (ARRAY[1010, 2010, 3010, 4010, 5010, 9090])[1 + n % 6],
        '문의 ' || n, '문의 ' || n, repeat('내용', 200), '20260801O' || lpad((n % 20000)::text, 6, '0'), 'N', stat,
        CASE stat WHEN '10' THEN NULL ELSE 'agent-' || n % 50 END, at, (at + interval '9 hours')::date, at, 0,
        CASE stat WHEN '30' THEN '답변' END, CASE stat WHEN '30' THEN at + interval '1 hour' END,
        CASE stat WHEN '30' THEN 'agent-' || n % 50 END
    FROM (SELECT n, timestamp '2024-11-22' + n * interval '21 minutes' AS at,
        CASE WHEN n % 100 = 0 THEN '10' WHEN n % 100 = 1 THEN '20' ELSE '30' END AS stat
        FROM generate_series(:first, :last) AS n) AS made";

pub(crate) async fn fill(app: &TestApp) {
    app.query(|conn| {
        conn.batch_execute("ALTER TABLE counsel DISABLE TRIGGER counsel_title_cut_in")?;
        for first in (1..=INQUIRIES).step_by(AT_ONCE) {
            let last = first + AT_ONCE - 1;
            let fill = FILL.replace(":first", &first.to_string()).replace(":last", &last.to_string());
            conn.batch_execute(&fill)?;
        }
        conn.batch_execute(
            "ALTER TABLE counsel ENABLE TRIGGER counsel_title_cut_in;
             INSERT INTO counsel_title_backlog (next_ccn_no, last_ccn_no)
             SELECT min(ccn_no), max(ccn_no) FROM counsel",
        )
    })
    .await;
    while cut_older_titles(&app.db).await.unwrap() {}
    // A vacuum says which pages everybody may see, so that an index can answer alone. As long as a transaction of
    // another test is older than the rows they are not visible to everybody.
    until(async || vacuumed(app).await.everywhere).await;
    while fold_counts(&app.db).await.unwrap() > 0 {}
    while fold_versions(&app.db).await.unwrap() > 0 {}
}

#[derive(QueryableByName)]
struct Visible {
    #[diesel(sql_type = diesel::sql_types::Bool)]
    everywhere: bool,
}

/// A vacuum is not possible inside a transaction.
async fn vacuumed(app: &TestApp) -> Visible {
    let visible =
        "SELECT relallvisible = relpages AS everywhere FROM pg_class WHERE oid = 'counsel'::regclass";
    let found = app.db.read(move |conn| {
        conn.batch_execute("VACUUM ANALYZE counsel, counsel_title_tail")?;
        diesel::sql_query(visible).get_result(conn).map_err(DbError::from)
    });
    found.await.unwrap()
}

fn titled(part: &str, status: Option<InquiryStatus>) -> ListFilter {
    let statuses = status.into_iter().collect();
    ListFilter { title_part: Some(part.to_owned()), statuses, ..ListFilter::default() }
}

#[track_caller]
pub(crate) fn check_plan(name: &str, plan: &str) {
    assert!(plan.contains("Index"), "{name}:\n{plan}");
    assert!(!plan.contains("Seq Scan on counsel"), "{name}:\n{plan}");
}

#[actix_web::test]
async fn the_list_of_many_inquiries_reads_indexes() {
    let app = TestApp::start().await;
    if app.db.backend() != Backend::Postgres {
        return;
    }
    fill(&app).await;

    let behind = PageStart::Behind(Place { accepted_at: noon(), id: InquiryId(1_020_000) });
    let day = |text: &str| text.parse().ok();
    let everything = ListFilter::default();
    let month = Period { first_day: day("2025-05-01"), last_day: day("2025-05-31") };
    let filters = [
        ("everything", everything.clone()),
        ("a month", ListFilter { period: month, ..everything.clone() }),
        ("waiting", ListFilter { statuses: vec![InquiryStatus::Received], ..everything.clone() }),
        (
            "answered in a month",
            ListFilter { statuses: vec![InquiryStatus::Answered], period: month, ..everything.clone() },
        ),
        ("a type", ListFilter { type_ids: vec![2010], ..everything.clone() }),
        ("a member", ListFilter { member_no: MemberNo::parse("100000042").ok(), ..everything.clone() }),
        ("an order", ListFilter { order_no: OrderNo::parse("20260801O000042").ok(), ..everything.clone() }),
        ("an agent", ListFilter { agent: Some("agent-7".to_owned()), ..everything.clone() }),
        (
            "an agent's open ones",
            ListFilter {
                agent: Some("agent-1".to_owned()),
                statuses: vec![InquiryStatus::InProgress],
                ..everything.clone()
            },
        ),
        (
            "an agent's of a type",
            ListFilter {
                agent: Some("agent-1".to_owned()),
                type_ids: vec![2010, 2020],
                ..everything.clone()
            },
        ),
        (
            "waiting of a type",
            ListFilter {
                statuses: vec![InquiryStatus::Received],
                type_ids: vec![9090],
                ..everything.clone()
            },
        ),
        ("a title", titled("1234", None)),
        ("a title that none has", titled("없는 말", None)),
        ("a title among the answered", titled("1234", Some(InquiryStatus::Answered))),
        ("a title longer than a tail", titled("문의 12345 678", None)),
        ("a title of an agent", ListFilter { agent: Some("agent-1".to_owned()), ..titled("1234", None) }),
    ];
    for (name, filter) in filters {
        if let Some(part) = filter.title_part.clone() {
            let asked = filter.clone();
            let plans = app.query(move |conn| {
                let lookup = title_tail::find_lookup(conn, &part, 20_000)?.unwrap();
                let counting = title_tail::explain_count(conn, &asked, &lookup)?;
                let by_day = title_tail::explain_count_by_day(conn, &asked, &lookup)?;
                let page = title_tail::explain_page(conn, &asked, &lookup, PageStart::Skipping(0), 10)?;
                Ok([counting, by_day, page])
            });
            for plan in plans.await {
                check_plan(name, &plan);
                assert!(plan.contains("counsel_title_tail_pkey"), "{name}:\n{plan}");
            }
            // A day that has changed, and a part that no tail is long enough for.
            for period in
                [Period::default(), Period { first_day: day("2025-05-31"), last_day: day("2025-05-31") }]
            {
                let asked = ListFilter { period, ..filter.clone() };
                let plan = app.query(move |conn| explain_count_by_day(conn, &asked)).await;
                check_plan(&format!("{name}, counted by day"), &plan);
            }
        }
        if !filter.is_counted_daily() {
            let asked = filter.clone();
            let counting = app.query(move |conn| explain_count(conn, &asked)).await;
            check_plan(&format!("{name}, counted"), &counting);
        }
        for start in
            [PageStart::Skipping(0), behind, PageStart::OnDay { day: "2025-06-01".parse().unwrap(), skip: 3 }]
        {
            let asked = filter.clone();
            let plan = app.query(move |conn| explain_page(conn, &asked, start, 10)).await;
            check_plan(&format!("{name} {start:?}"), &plan);
        }
    }
    for (query, total) in
        [("", 50_000), ("cnslStatCd=10", 500), ("cnslTypNo=2000", 8_334), ("procUserId=agent-1", 1_000)]
    {
        for page in [1, 2, 40, 49] {
            let answer = app.list(&kim(), &format!("{query}&pageNo={page}")).await;
            assert_eq!(answer.json["totalCount"], total, "{query}");
            assert_eq!(answer.json["payloads"].as_array().unwrap().len(), 10, "{query} {page}");
        }
    }
}

#[actix_web::test]
async fn a_members_count_reads_one_index_alone() {
    let app = TestApp::start().await;
    if app.db.backend() != Backend::Postgres {
        return;
    }
    fill(&app).await;
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text, column_name = "QUERY PLAN")]
        line: String,
    }
    let count = "EXPLAIN SELECT count(*) FROM counsel WHERE mbr_no = '100000042' AND del_dtm IS NULL \
        AND cnsl_stat_cd IN ('10', '20') AND site_no = '1' AND accp_dtm >= '2025-01-01'";
    let lines: Vec<Line> = app.query(move |conn| diesel::sql_query(count).load(conn)).await;
    let plan: String = lines.into_iter().map(|line| line.line + "\n").collect();
    assert!(plan.contains("counsel_by_member") && !plan.contains("Seq Scan"), "{plan}");
}
