//! A part of a title is found by the tails of titles, and what is found is what the titles hold.

use commerce::InquiryStatus;
use cs_inquiry_service::app;
use cs_inquiry_service::domain::counsel_list::{ListFilter, PageStart, Place};
use cs_inquiry_service::domain::inquiry::InquirySummary;
use cs_inquiry_service::domain::title_search::Lookup;
use cs_inquiry_service::store::inquiry_list::{self, Counted};
use cs_inquiry_service::store::title_search::title_tail;
use cs_inquiry_service::usecase::title_search::prepare_older::cut_older_titles;
use db::Backend;
use diesel::connection::SimpleConnection as _;
use serde_json::json;
use service_kit::start::migrate;
use test_kit::service::{TestService, any_port};

use crate::app::{TestApp, gildong, kim, lee, until};
use crate::random::Random;

/// Inquiries as another program would put them down: titles of few different characters, so that parts come again.
const FILL: &str = "
    INSERT INTO counsel (site_no, mbr_no, cnsl_typ_no, title, title_fold, accp_cont, sms_noti_yn, cnsl_stat_cd,
        proc_user_id, accp_dtm, accp_dt, mod_dtm, file_cnt, del_dtm)
    VALUES ";

const RARE: i64 = 20_000;

fn row(number: i64, title: &str) -> String {
    let (status, agent) = if number % 3 == 0 { ("20", "'agent-kim'") } else { ("10", "NULL") };
    let kind = if number % 2 == 0 { 9090 } else { 5010 };
    let (hour, minute) = (number / 60 % 24, number % 60);
    let deleted = if status == "10" && number % 7 == 0 { "'2026-11-22 00:00:00'" } else { "NULL" };
    format!(
        "('1', '100001311', {kind}, '{title}', '{title}', 'c', 'N', '{status}', {agent}, \
         '2026-11-20 {hour:02}:{minute:02}:00', '2026-11-20', '2026-11-22 00:00:00', 0, {deleted})"
    )
}

async fn fill(app: &TestApp, random: &mut Random, count: i64) {
    let rows: Vec<String> = (0..count).map(|number| row(number, &random.text(24))).collect();
    let sql = format!("{FILL} {}", rows.join(", "));
    app.query(move |conn| conn.batch_execute(&sql)).await;
}

/// Both ways to find a filter's inquiries, the tails first.
async fn both_ways(app: &TestApp, filter: ListFilter) -> [(Counted, Vec<i64>); 2] {
    app.query(move |conn| {
        let part = filter.title_part.clone().unwrap();
        let lookup = title_tail::find_lookup(conn, &part, RARE)?.unwrap();
        let from_tails = title_tail::count(conn, &filter, &lookup)?;
        let from_titles = inquiry_list::count(conn, &filter)?;
        let start = PageStart::Skipping(1);
        let ids = |rows: Vec<InquirySummary>| rows.into_iter().map(|row| row.id.0).collect::<Vec<_>>();
        let looked_up = ids(title_tail::find_page(conn, &filter, &lookup, start, 100)?);
        let read = ids(inquiry_list::find_page(conn, &filter, start, 100)?);
        Ok([(from_tails, looked_up), (from_titles, read)])
    })
    .await
}

async fn check_many_words(app: &TestApp, random: &mut Random, count: usize) {
    let mut found = 0;
    for number in 0..count {
        // Among them words that are longer than a tail.
        let part = random.text(if number % 4 == 0 { 12 } else { 3 });
        let everything = ListFilter { title_part: Some(part), ..ListFilter::default() };
        let filters = [
            everything.clone(),
            ListFilter { statuses: vec![InquiryStatus::Received], ..everything.clone() },
            ListFilter { agent: Some("agent-kim".to_owned()), type_ids: vec![5010], ..everything.clone() },
        ];
        for filter in filters {
            let [tails, titles] = both_ways(app, filter.clone()).await;
            assert_eq!(tails, titles, "{filter:?}");
            found += titles.0.count;
        }
    }
    assert!(found > 1_000, "the words are there: {found}");
}

/// Rows that stand in one of both only: the tails that are kept, and those that the titles have now.
async fn differences(app: &TestApp) -> i64 {
    app.count(
        "SELECT (SELECT count(*) FROM (SELECT tail, ccn_no, shortest, accp_dtm, cnsl_stat_cd, cnsl_typ_no, \
         proc_user_id FROM counsel_title_tail EXCEPT SELECT * FROM counsel_title_tails) AS left_over) + \
         (SELECT count(*) FROM (SELECT * FROM counsel_title_tails EXCEPT SELECT tail, ccn_no, shortest, accp_dtm, \
         cnsl_stat_cd, cnsl_typ_no, proc_user_id FROM counsel_title_tail) AS missing) AS rows",
    )
    .await
}

#[actix_web::test]
async fn tails_find_what_titles_hold_whoever_wrote_them() {
    let app = TestApp::start().await;
    let mut random = Random(20_261_128);
    fill(&app, &mut random, 600).await;
    assert!(app.count("SELECT count(*) AS rows FROM counsel_title_tail").await > 3_000);
    check_many_words(&app, &mut random, 80).await;
}

#[actix_web::test]
async fn tails_follow_every_change_of_an_inquiry() {
    let app = TestApp::start().await;
    let total =
        async |part: &str| app.list(&kim(), &format!("searchNm={part}")).await.json["totalCount"].clone();
    let ccn_no = app.written_by(&gildong(), "환불 환불 요청 ABC").await;
    for (part, expected) in [
        ("환불", 1),
        ("환", 1),
        ("%20", 1),
        ("환불%20환불%20요청%20abc", 1),
        ("Abc", 1),
        ("불환", 0),
        ("교환", 0),
    ] {
        assert_eq!(total(part).await, expected, "{part}");
    }
    let edit = json!({"ccnNo": ccn_no, "cnslTypNo": "5010", "title": "교환 요청", "accpCont": "c"});
    assert_eq!(app.edit(&gildong(), edit).await.status, 200);
    assert_eq!((total("환불").await, total("교환").await), (json!(0), json!(1)));
    assert_eq!(total("교환&cnslTypNo=5010&cnslStatCd=10").await, 1);
    app.start_process(&lee(), &ccn_no).await;
    assert_eq!(total("교환&cnslStatCd=10").await, 0);
    assert_eq!(total("교환&cnslStatCd=20&procUserId=agent-lee").await, 1);
    app.answer(&lee(), &ccn_no).await;
    assert_eq!(total("교환&cnslStatCd=30").await, 1);
    let deleted = app.written_by(&gildong(), "교환 취소").await;
    assert_eq!(total("교환").await, 2);
    app.delete(&gildong(), &deleted).await;
    assert_eq!(total("교환").await, 1);
    assert_eq!(differences(&app).await, 0);
    let purged = "DELETE FROM counsel_history; DELETE FROM counsel";
    app.query(move |conn| conn.batch_execute(purged)).await;
    assert_eq!(app.count("SELECT count(*) AS rows FROM counsel_title_tail").await, 0);
}

#[actix_web::test]
async fn a_page_goes_on_behind_the_last_inquiry_among_tails_too() {
    let app = TestApp::start().await;
    let mut random = Random(7);
    fill(&app, &mut random, 300).await;
    let pages = app.query(move |conn| {
        let filter = ListFilter { title_part: Some("문".to_owned()), ..ListFilter::default() };
        let lookup: Lookup = title_tail::find_lookup(conn, "문", RARE)?.unwrap();
        let all = title_tail::find_page(conn, &filter, &lookup, PageStart::Skipping(0), 1_000)?;
        let mut turned = title_tail::find_page(conn, &filter, &lookup, PageStart::Skipping(0), 7)?;
        while let Some(last) = turned.last() {
            let behind = PageStart::Behind(Place { accepted_at: last.accepted_at, id: last.id });
            let next = title_tail::find_page(conn, &filter, &lookup, behind, 7)?;
            if next.is_empty() {
                break;
            }
            turned.extend(next);
        }
        let ids = |rows: Vec<InquirySummary>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
        Ok((ids(all), ids(turned)))
    });
    let (all, turned) = pages.await;
    assert!(all.len() > 100, "{}", all.len());
    assert_eq!(all, turned);
}

/// Takes the tails away, as if the release that cuts them had never been there.
fn as_before_tails(backend: Backend) -> &'static str {
    match backend {
        Backend::Postgres => {
            "DROP TRIGGER counsel_title_cut_in ON counsel; DROP TRIGGER counsel_title_cut_over ON counsel;
             DROP FUNCTION counsel_title_cut(); DROP VIEW counsel_title_tails; DROP TABLE counsel_title_tail;
             DROP TABLE counsel_title_backlog; DELETE FROM __diesel_schema_migrations WHERE version = '0004'"
        }
        Backend::Sqlite => {
            "DROP TRIGGER counsel_title_cut_in; DROP TRIGGER counsel_title_cut_out; DROP TRIGGER counsel_title_cut_over;
             DROP VIEW counsel_title_tails; DROP TABLE counsel_title_tail; DROP TABLE counsel_title_place;
             DROP TABLE counsel_title_backlog; DELETE FROM __diesel_schema_migrations WHERE version = '0004'"
        }
    }
}

#[actix_web::test]
async fn an_upgrade_cuts_the_titles_it_finds_while_everybody_works_on() {
    let app = TestApp::start().await;
    let mut random = Random(42);
    let backend = app.db.backend();
    app.query(move |conn| conn.batch_execute(as_before_tails(backend))).await;
    fill(&app, &mut random, 900).await;
    let known = app.written_by(&gildong(), "찾을 수 있는 제목").await;

    migrate(&app.db, || cs_inquiry_service::store::MIGRATIONS).await.unwrap();
    // The service's own worker may have begun by now; whatever is cut, the answers are the same.
    let search = async || app.list(&kim(), "searchNm=%EC%9E%88%EB%8A%94").await.json["totalCount"].clone();
    assert_eq!(search().await, 1);
    // What is written, edited and deleted now is cut by the triggers.
    let new = app.written_by(&gildong(), "방금 있는 제목").await;
    assert_eq!(search().await, 2);
    cut_older_titles(&app.db).await.unwrap();
    let edit = json!({"ccnNo": known, "cnslTypNo": "9090", "title": "바뀐 제목", "accpCont": "c"});
    assert_eq!(app.edit(&gildong(), edit).await.status, 200);
    assert_eq!(app.delete(&gildong(), &new).await.status, 200);
    assert_eq!(search().await, 0);
    while cut_older_titles(&app.db).await.unwrap() {}
    assert_eq!(app.count("SELECT count(*) AS rows FROM counsel_title_backlog").await, 0);
    assert_eq!(differences(&app).await, 0);
    assert_eq!(search().await, 0);
    check_many_words(&app, &mut random, 20).await;
    assert!(!cut_older_titles(&app.db).await.unwrap(), "there is nothing left to do");
}

#[actix_web::test]
async fn a_new_service_cuts_older_titles_by_itself() {
    let app = TestApp::start().await;
    let mut random = Random(11);
    let backend = app.db.backend();
    app.query(move |conn| conn.batch_execute(as_before_tails(backend))).await;
    fill(&app, &mut random, 450).await;
    let next = app::build(app.settings.clone(), app.clock.clone(), any_port()).await.unwrap();
    let _next = TestService::start(app::NAME, next, app.clock.clone());
    until(async || app.count("SELECT count(*) AS rows FROM counsel_title_backlog").await == 0).await;
    assert!(app.count("SELECT count(*) AS rows FROM counsel_title_tail").await > 3_000);
    assert_eq!(differences(&app).await, 0);
}

#[actix_web::test]
async fn titles_are_read_as_long_as_older_ones_are_not_cut() {
    let app = TestApp::start().await;
    app.written_by(&gildong(), "배송 문의").await;
    let is_behind = app.query(|conn| {
        let before = title_tail::is_behind(conn)?;
        conn.batch_execute(
            "INSERT INTO counsel_title_backlog (next_ccn_no, last_ccn_no) VALUES (1, 9000000)",
        )?;
        let meanwhile = title_tail::is_behind(conn)?;
        while title_tail::cut_older(conn, 1)? {}
        Ok((before, meanwhile, title_tail::is_behind(conn)?))
    });
    assert_eq!(is_behind.await, (false, true, false));
}

#[actix_web::test]
async fn edits_and_cutting_at_the_same_time_leave_no_tail_of_an_old_title() {
    let app = TestApp::start().await;
    let mut numbers = Vec::new();
    for number in 0..40 {
        numbers.push(app.written_by(&gildong(), &format!("처음 제목 {number}")).await);
    }
    for round in 0..3 {
        let uncut = "DELETE FROM counsel_title_tail;
            INSERT INTO counsel_title_backlog (next_ccn_no, last_ccn_no) SELECT min(ccn_no), max(ccn_no) FROM counsel";
        app.query(move |conn| conn.batch_execute(uncut)).await;
        let cutting = async {
            while app.db.write(|conn| Ok::<_, db::DbError>(title_tail::cut_older(conn, 3)?)).await.unwrap() {}
        };
        let editing = async {
            for ccn_no in &numbers {
                let title = format!("바뀐 제목 {round}");
                let edit = json!({"ccnNo": ccn_no, "cnslTypNo": "9090", "title": title, "accpCont": "c"});
                assert_eq!(app.edit(&gildong(), edit).await.status, 200);
            }
        };
        futures_util::future::join(cutting, editing).await;
        assert_eq!(differences(&app).await, 0, "round {round}");
    }
}
