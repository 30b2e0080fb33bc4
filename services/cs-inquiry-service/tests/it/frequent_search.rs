//! What frequent searches found is kept per day. Whatever happens to inquiries meanwhile, totals and pages are those that
//! reading every inquiry gives.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate, NaiveDateTime, TimeDelta};
use commerce::MemberNo;
use commerce::calendar::kst_date_of;
use cs_inquiry_service::app::purge_once;
use cs_inquiry_service::settings::{SearchSettings, Settings};
use cs_inquiry_service::usecase::carry_out::{fold_counts, fold_versions};
use cs_inquiry_service::usecase::mask_withdrawn_member::mask_withdrawn_member;
use db::Backend;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};
use futures_util::future::{join, join_all};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use test_kit::identity::agent;

use crate::app::{MEMBER, OTHER_MEMBER, TestApp, boss, gildong, kim, lee};
use crate::dice::Dice;

/// Every part is frequent.
fn search(few: u32, kept_days: usize) -> impl FnOnce(&mut Settings) {
    move |settings| {
        settings.search = SearchSettings { rare: 0, few_titles: few, few_inquiries: few / 2, kept_days };
        settings.inquiry.fold_seconds = 3_600;
    }
}

#[derive(Debug, Clone, QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    ccn_no: i64,
    #[diesel(sql_type = Text)]
    title_fold: String,
    #[diesel(sql_type = Text)]
    cnsl_stat_cd: String,
    #[diesel(sql_type = BigInt)]
    cnsl_typ_no: i64,
    #[diesel(sql_type = Nullable<Text>)]
    proc_user_id: Option<String>,
    #[diesel(sql_type = Timestamp)]
    accp_dtm: NaiveDateTime,
}

impl Row {
    fn day(&self) -> NaiveDate {
        kst_date_of(self.accp_dtm.and_utc())
    }
}

/// All inquiries that are not deleted, the newest first.
async fn rows(app: &TestApp) -> Vec<Row> {
    let sql = "SELECT ccn_no, title_fold, cnsl_stat_cd, cnsl_typ_no, proc_user_id, accp_dtm FROM counsel \
        WHERE del_dtm IS NULL ORDER BY accp_dtm DESC, ccn_no DESC";
    app.query(move |conn| diesel::sql_query(sql).load(conn)).await
}

#[derive(Debug, Clone, Default)]
struct Asked {
    part: String,
    first_day: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    status: Option<&'static str>,
    kind: Option<i64>,
    agent: Option<&'static str>,
}

impl Asked {
    fn of(dice: &mut Dice) -> Self {
        let part = match dice.below(4) {
            // Longer than a tail, so that titles have to be read.
            0 => dice.text(9),
            _ => dice.text(2),
        };
        let mut asked = Self { part: part.trim().to_owned(), ..Self::default() };
        if dice.below(3) == 0 {
            asked.first_day = Some(day(dice.below(20)));
            asked.last_day = asked.first_day.map(|first| first + chrono::Days::new(dice.below(12)));
        }
        if dice.below(4) == 0 {
            asked.status = Some(*dice.one_of(&["10", "20", "30"]));
        }
        if dice.below(4) == 0 {
            asked.kind = Some(*dice.one_of(&[9090, 5010, 9000, 5000]));
        }
        if dice.below(5) == 0 {
            asked.agent = Some(*dice.one_of(&["agent-kim", "agent-lee"]));
        }
        asked
    }

    fn fits(&self, row: &Row) -> bool {
        row.title_fold.contains(&self.part)
            && self.first_day.is_none_or(|first| row.day() >= first)
            && self.last_day.is_none_or(|last| row.day() <= last)
            && self.status.is_none_or(|status| row.cnsl_stat_cd == status)
            && self.kind.is_none_or(|kind| row.cnsl_typ_no == kind || row.cnsl_typ_no / 1_000 * 1_000 == kind)
            && self.agent.is_none_or(|agent| row.proc_user_id.as_deref() == Some(agent))
    }

    fn query(&self) -> String {
        let mut query = format!("searchNm={}", utf8_percent_encode(&self.part, NON_ALPHANUMERIC));
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                query += &format!("&{name}={value}");
            }
        };
        add("strDt", self.first_day.map(|day| day.to_string()));
        add("endDt", self.last_day.map(|day| day.to_string()));
        add("cnslStatCd", self.status.map(str::to_owned));
        add("cnslTypNo", self.kind.map(|kind| kind.to_string()));
        add("procUserId", self.agent.map(str::to_owned));
        query
    }
}

/// Asks and compares: either a page that is jumped to, or all pages one after the other.
async fn check(app: &TestApp, dice: &mut Dice, asked: &Asked, rows: &[Row], who: &str) -> usize {
    let expected: Vec<String> =
        rows.iter().filter(|row| asked.fits(row)).map(|row| row.ccn_no.to_string()).collect();
    let page_size = usize::try_from(1 + dice.below(7)).unwrap();
    let pages = expected.len() / page_size + 1;
    let turned: Vec<usize> = match dice.below(4) {
        0 => (1..=pages).collect(),
        _ => vec![usize::try_from(1 + dice.below(u64::try_from(pages).unwrap())).unwrap()],
    };
    for page_no in turned {
        let query = format!("{}&pageNo={page_no}&pageSize={page_size}", asked.query());
        let list = app.list(&agent(who), &query).await;
        assert_eq!(list.status, 200, "{asked:?}: {}", list.text);
        assert_eq!(list.json["totalCount"], expected.len(), "{asked:?}");
        let from = ((page_no - 1) * page_size).min(expected.len());
        let shown: Vec<&str> = list.json["payloads"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["ccnNo"].as_str().unwrap())
            .collect();
        let until = (from + page_size).min(expected.len());
        assert_eq!(shown, expected[from..until], "{asked:?} page {page_no} of {page_size}");
    }
    expected.len()
}

/// A day of October 2026.
fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, 1).unwrap() + chrono::Days::new(number)
}

/// An instant of one of twenty days, often the first or the last of the day.
fn time_on(dice: &mut Dice, day: NaiveDate) -> NaiveDateTime {
    let start = commerce::calendar::kst_day_start(day).naive_utc();
    let seconds = [0, 0, 1, 43_200, 86_399][usize::try_from(dice.below(5)).unwrap()];
    start + TimeDelta::seconds(seconds)
}

fn insert(dice: &mut Dice, member: &str) -> String {
    let accepted_on = day(dice.below(20));
    let title = dice.text(12);
    format!(
        "INSERT INTO counsel (site_no, mbr_no, cnsl_typ_no, title, title_fold, accp_cont, sms_noti_yn, cnsl_stat_cd,
            accp_dtm, accp_dt, mod_dtm, file_cnt, inqmn_nm)
         VALUES ('1', '{member}', {}, '{title}', '{title}', 'c', 'N', '10', '{}', '{accepted_on}',
            '2026-11-22 00:00:00', 0, '홍길동')",
        dice.one_of(&[9090, 5010]),
        time_on(dice, accepted_on)
    )
}

/// As another program would; as well as an answer of the service.
async fn execute(app: &TestApp, sql: String) -> u16 {
    app.query(move |conn| conn.batch_execute(&sql)).await;
    200
}

/// Something happens to inquiries, by the service or by another program. Says what, if it could.
async fn happen(app: &TestApp, dice: &mut Dice, rows: &[Row]) -> Option<u64> {
    let kind = dice.below(13);
    let started: Vec<Row> = rows.iter().filter(|row| row.cnsl_stat_cd == "20").cloned().collect();
    let of = if kind == 8 && !started.is_empty() { &started } else { rows };
    let ccn_no = dice.one_of(of).ccn_no.to_string();
    let status = match kind {
        0 | 1 => {
            let member = *dice.one_of(&[MEMBER, OTHER_MEMBER]);
            execute(app, insert(dice, member)).await
        }
        2 => {
            let title = dice.text(12);
            let set = format!("title = '{title}', title_fold = '{title}'");
            execute(app, format!("UPDATE counsel SET {set} WHERE ccn_no = {ccn_no}")).await
        }
        3 => {
            let moved_to = day(dice.below(20));
            let set = format!("accp_dtm = '{}', accp_dt = '{moved_to}'", time_on(dice, moved_to));
            execute(app, format!("UPDATE counsel SET {set} WHERE ccn_no = {ccn_no}")).await
        }
        4 => {
            let title = dice.text(12).replace(' ', "의");
            let kind = dice.one_of(&["9090", "5010"]);
            let edit = json!({"ccnNo": ccn_no, "cnslTypNo": kind, "title": title, "accpCont": "c"});
            app.edit(&gildong(), edit).await.status
        }
        5 => app.start_process(&kim(), &ccn_no).await.status,
        6 => app.start_process(&lee(), &ccn_no).await.status,
        7 => {
            let owner = dice.one_of(&["agent-kim", "agent-lee"]);
            app.desk("assign", &boss(), json!({"ccnNo": ccn_no, "procUserId": owner})).await.status
        }
        8 => app.desk("releaseProcess", &boss(), json!({"ccnNo": ccn_no})).await.status,
        9 => app.answer(&boss(), &ccn_no).await.status,
        10 => app.delete(&gildong(), &ccn_no).await.status,
        11 => execute(app, format!("DELETE FROM counsel WHERE ccn_no = {ccn_no}")).await,
        _ => {
            fold_counts(&app.db).await.unwrap();
            fold_versions(&app.db).await.unwrap();
            200
        }
    };
    (status == 200).then_some(kind)
}

async fn check_a_life(few: u32, kept_days: usize, seed: u64) {
    let app = TestApp::with(search(few, kept_days)).await;
    let mut dice = Dice(seed);
    for _ in 0..60 {
        let sql = insert(&mut dice, MEMBER);
        execute(&app, sql).await;
    }
    // The same questions come again, so that what was kept is used.
    let asked: Vec<Asked> =
        (0..12).map(|_| Asked::of(&mut dice)).filter(|asked| !asked.part.is_empty()).collect();
    let (mut found, mut all, mut happened) = (0, Vec::new(), BTreeSet::new());
    for step in 0..150 {
        all = rows(&app).await;
        for number in 0..2 {
            let again = dice.one_of(&asked).clone();
            found += check(&app, &mut dice, &again, &all, &format!("agent-{step}-{number}")).await;
        }
        happened.extend(happen(&app, &mut dice, &all).await);
    }
    assert_eq!(happened.len(), 13, "everything could happen: {happened:?}");
    assert!(found > 500 && all.len() > 20, "{found} {}", all.len());

    // Members withdraw, and old inquiries go.
    let clock = app.clock.clone();
    let member = MemberNo::parse(OTHER_MEMBER).unwrap();
    app.db.write(move |conn| mask_withdrawn_member(conn, &clock, &member)).await.unwrap();
    all = rows(&app).await;
    for (number, asked) in asked.iter().enumerate() {
        check(&app, &mut dice, asked, &all, &format!("agent-masked-{number}")).await;
    }
    app.clock.set(commerce::calendar::kst_day_start(day(10)) + Months::new(36));
    let purged = purge_once(&app.settings, &app.clock).await.unwrap();
    assert!(purged.inquiries > 0);
    all = rows(&app).await;
    for (number, asked) in asked.iter().enumerate() {
        check(&app, &mut dice, asked, &all, &format!("agent-purged-{number}")).await;
    }
}

#[actix_web::test]
async fn totals_and_pages_are_exact_whatever_happens_when_titles_are_read() {
    check_a_life(1_000_000, 200_000, 1).await;
}

#[actix_web::test]
async fn totals_and_pages_are_exact_whatever_happens_when_tails_are_looked_up() {
    check_a_life(0, 200_000, 2).await;
}

#[actix_web::test]
async fn totals_and_pages_are_exact_whatever_happens_when_little_is_kept() {
    check_a_life(25, 90, 3).await;
}

/// Inquiries are written by another program that no trigger sees.
fn without_versions(backend: Backend) -> &'static str {
    match backend {
        Backend::Postgres => "ALTER TABLE counsel DISABLE TRIGGER counsel_day_changed_over",
        Backend::Sqlite => "DROP TRIGGER counsel_day_changed_over",
    }
}

#[actix_web::test]
async fn a_day_is_counted_again_only_when_it_has_another_version() {
    for few in [0, 1_000_000] {
        let app = TestApp::with(search(few, 1_000)).await;
        for number in 0..8 {
            app.clock.advance(TimeDelta::hours(12));
            app.written_by(&gildong(), &format!("문의 {number}")).await;
        }
        let total = async || app.list(&kim(), "searchNm=%EB%AC%B8%EC%9D%98").await.json["totalCount"].clone();
        assert_eq!(total().await, 8);
        let disable = without_versions(app.db.backend());
        app.query(move |conn| conn.batch_execute(disable)).await;
        execute(&app, "UPDATE counsel SET title = 'x', title_fold = 'x'".to_owned()).await;
        assert_eq!(total().await, 8, "nothing says that anything has changed");
        let days = app.count("SELECT count(DISTINCT accp_dt) AS rows FROM counsel").await;
        assert_eq!(days, 4);
        let change = "INSERT INTO counsel_day_change (accp_dt) SELECT min(accp_dt) FROM counsel";
        execute(&app, change.to_owned()).await;
        assert_eq!(total().await, 6, "the first day has two inquiries");
        let all = "INSERT INTO counsel_day_change (accp_dt) SELECT DISTINCT accp_dt FROM counsel";
        execute(&app, all.to_owned()).await;
        assert_eq!(total().await, 0);
    }
}

#[actix_web::test]
async fn totals_hold_still_while_inquiries_move_between_days() {
    let app = TestApp::with(search(30, 1_000)).await;
    let mut dice = Dice(4);
    const INQUIRIES: i64 = 60;
    for number in 0..INQUIRIES {
        let sql = insert(&mut dice, MEMBER);
        execute(&app, sql).await;
        execute(
            &app,
            format!(
                "UPDATE counsel SET title = '문의 {number}', title_fold = '문의 {number}' \
                WHERE ccn_no = (SELECT max(ccn_no) FROM counsel)"
            ),
        )
        .await;
    }
    let all = rows(&app).await;
    let is_over = std::cell::Cell::new(false);
    // Each moves other inquiries, whose titles stay what they are.
    let writers = (0..3_usize).map(|writer| {
        let (app, all) = (&app, &all);
        async move {
            let mut dice = Dice(100 + u64::try_from(writer).unwrap());
            for _ in 0..60 {
                let row = dice.one_of(&all[writer * 20..(writer + 1) * 20]);
                let moved_to = day(dice.below(20));
                let at = time_on(&mut dice, moved_to);
                let sql = format!(
                    "UPDATE counsel SET accp_dtm = '{at}', accp_dt = '{moved_to}' WHERE ccn_no = {}",
                    row.ccn_no
                );
                execute(app, sql).await;
            }
        }
    });
    let writing = async {
        join_all(writers).await;
        is_over.set(true);
    };
    let folding = async {
        while !is_over.get() {
            fold_versions(&app.db).await.unwrap();
            fold_counts(&app.db).await.unwrap();
        }
    };
    let readers = (0..3).map(|reader| {
        let (app, is_over) = (&app, &is_over);
        async move {
            let mut pages = 0;
            while !is_over.get() || pages < 5 {
                let list = app
                    .list(
                        &agent(&format!("reader-{reader}-{pages}")),
                        "searchNm=%EB%AC%B8%EC%9D%98&pageNo=3&pageSize=7",
                    )
                    .await;
                assert_eq!(list.json["totalCount"], INQUIRIES, "{}", list.text);
                assert_eq!(list.json["payloads"].as_array().map(Vec::len), Some(7));
                pages += 1;
            }
        }
    });
    join(join_all(readers), join(writing, folding)).await;
    let all = rows(&app).await;
    let everything = Asked { part: "문의".to_owned(), ..Asked::default() };
    for number in 0..10 {
        check(&app, &mut dice, &everything, &all, &format!("afterwards-{number}")).await;
    }
}

#[actix_web::test]
async fn writers_of_every_kind_leave_exact_totals_behind() {
    let app = TestApp::with(search(10, 1_000)).await;
    let mut numbers = Vec::new();
    for number in 0..40 {
        app.clock.advance(TimeDelta::hours(7));
        numbers.push(app.written_by(&gildong(), &format!("문의 {number}")).await);
    }
    let is_over = std::cell::Cell::new(false);
    let writers = (0..4_usize).map(|writer| {
        let (app, numbers) = (&app, &numbers);
        async move {
            for place in 0..numbers.len() {
                // They meet in the middle.
                let ccn_no = &numbers[if writer == 1 { numbers.len() - 1 - place } else { place }];
                match writer {
                    0 => drop(app.start_process(&kim(), ccn_no).await),
                    1 => {
                        let edit = json!({"ccnNo": ccn_no, "cnslTypNo": "5010", "title": "환불 문의", "accpCont": "c"});
                        drop(app.edit(&gildong(), edit).await);
                    }
                    2 if ccn_no.ends_with('3') => drop(app.delete(&gildong(), ccn_no).await),
                    2 => drop(app.answer(&boss(), ccn_no).await),
                    _ => drop(app.written_by(&gildong(), "새 문의").await),
                }
            }
        }
    });
    let writing = async {
        join_all(writers).await;
        is_over.set(true);
    };
    let reading = async {
        while !is_over.get() {
            for query in ["searchNm=%EB%AC%B8", "searchNm=%EB%AC%B8&cnslStatCd=10", "searchNm=%ED%99%98"] {
                let list = app.list(&lee(), query).await;
                let total = list.json["totalCount"].as_i64().unwrap();
                let shown = list.json["payloads"].as_array().map_or(0, Vec::len);
                assert_eq!(
                    i64::try_from(shown).unwrap(),
                    total.min(10),
                    "{query}: a total and its page are of one moment"
                );
            }
        }
    };
    join(writing, reading).await;
    let all = rows(&app).await;
    let mut dice = Dice(5);
    for (number, (part, status)) in
        [("문", None), ("문", Some("10")), ("환", None), ("문의", Some("20")), ("새 문의", None)]
            .into_iter()
            .enumerate()
    {
        let asked = Asked { part: part.to_owned(), status, ..Asked::default() };
        let found = check(&app, &mut dice, &asked, &all, &format!("agent-after-{number}")).await;
        assert!(found > 0 || number > 0, "{asked:?}");
    }
}

#[actix_web::test]
async fn pages_of_a_frequent_search_hold_still_while_inquiries_arrive_and_leave() {
    let app = TestApp::with(search(1_000_000, 1_000)).await;
    let write = async |title: &str, after: TimeDelta| {
        app.clock.advance(after);
        app.written_by(&gildong(), title).await
    };
    for number in 1..=25 {
        write(&format!("문의 {number:02}"), TimeDelta::hours(5)).await;
    }
    let page = async |page_no: i32| -> Vec<Value> {
        let list = app.list(&kim(), &format!("searchNm=%EB%AC%B8%EC%9D%98&pageNo={page_no}")).await;
        list.json["payloads"].as_array().unwrap().iter().map(|row| row["title"].clone()).collect()
    };
    let titles = |range: std::ops::Range<i32>| -> Vec<Value> {
        range.rev().map(|number| json!(format!("문의 {number:02}"))).collect()
    };
    assert_eq!(page(1).await, titles(16..26));
    let new =
        [write("문의 새것", TimeDelta::seconds(1)).await, write("문의 새것", TimeDelta::seconds(1)).await];
    assert_eq!(page(2).await, titles(6..16), "nothing twice, nothing passed over");
    assert_eq!(page(3).await, titles(1..6));
    for ccn_no in new {
        app.delete(&gildong(), &ccn_no).await;
    }
    assert_eq!(page(2).await, titles(6..16), "back and forth");
    assert_eq!(page(3).await, titles(1..6));
    assert_eq!(page(4).await, Vec::<Value>::new());
}
