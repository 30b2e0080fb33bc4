//! The agents' list while inquiries become a million, through HTTP, on the database of `BENCH_DATABASE_URL`, a PostgreSQL
//! or a new SQLite file: `make bench` calls it. It asserts nothing but that pages come; figures are read by people.
//!
//! One agent turns pages: the first, the next one (which goes on behind the first) and one in the middle, which is
//! jumped to. What many titles have is asked for the first time as well, and after an inquiry has changed.
//! The plans are those of the service's own statements, as PostgreSQL tells them.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod questions;

use std::collections::HashMap;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use commerce::calendar::kst_date_of;
use cs_inquiry_service::app;
use cs_inquiry_service::domain::counsel_list::{ListFilter, PageStart, Place};
use cs_inquiry_service::domain::inquiry::InquiryId;
use cs_inquiry_service::settings::{DEFAULTS, PREFIX, Settings};
use cs_inquiry_service::store::inquiry_list::{explain_count, explain_page};
use cs_inquiry_service::store::title_search::title_tail;
use db::{Backend, Db, DbError};
use diesel::connection::SimpleConnection as _;
use platform::clock::Clock;
use platform::identity::Caller;
use reqwest::Method;
use test_kit::identity::{INTERNAL_SECRET, agent};
use test_kit::service::{TestService, any_port};

use crate::questions::{Question, questions};

const FILL: &str = include_str!("fill.sql");
const FILL_SQLITE: &str = include_str!("fill_sqlite.sql");
const SIZES: [i64; 3] = [10_000, 100_000, 1_000_000];
const DESK: &str = "/v1/customerservice/integratedCounselMgmt/getIntegratedCounselList";
const PAGE_SIZE: i64 = 10;
/// A measurement ends with so many pages, or after so long if there are some at least.
const MOST_PAGES: usize = 200;
const FEWEST_PAGES: usize = 20;
const LONGEST: Duration = Duration::from_secs(3);
/// Agents who turn pages at the same time.
const AGENTS: usize = 8;

#[actix_web::main]
async fn main() {
    let url = std::env::var("BENCH_DATABASE_URL")
        .expect("BENCH_DATABASE_URL names a database (bench/run.sh sets it)");
    let now = Clock::system().now();
    let clock = Clock::fixed(now);
    let files = tempfile::tempdir().expect("there is room for temporary files");
    let settings = settings(&url, files.path());
    let application =
        app::build(settings.clone(), clock.clone(), any_port()).await.expect("the service starts");
    let service = TestService::start(app::NAME, application, clock);
    let db = Db::open(&settings.database).expect("the database is there");
    let questions = questions(kst_date_of(now));

    let mut growth: Vec<Vec<u64>> = questions.iter().map(|_| Vec::new()).collect();
    let most = std::env::var("BENCH_INQUIRIES")
        .map_or(i64::MAX, |text| text.parse().expect("BENCH_INQUIRIES is a number"));
    let sizes: Vec<i64> = SIZES.into_iter().filter(|size| *size <= most).collect();
    for size in sizes.iter().copied() {
        eprintln!("list_bench: {size} inquiries");
        fill(&db, size, now).await;
        println!("## {size} inquiries: ms\n");
        println!("| list | total | page 1: p50 | p99 | page 2: p50 | p99 | middle: p50 | p99 |");
        println!("|---|---:|---:|---:|---:|---:|---:|---:|");
        for (question, sizes) in questions.iter().zip(&mut growth) {
            let total = total(&service, question).await;
            let middle = (total / PAGE_SIZE / 2).max(1);
            let mut row = format!("| {} | {total} |", question.name);
            for (place, page_no) in [1, 2, middle].into_iter().enumerate() {
                let times = turn_pages(&service, "agent-1", question, page_no).await;
                row += &format!(" {} | {} |", milliseconds(&times, 50), milliseconds(&times, 99));
                if place == 0 {
                    sizes.push(percentile(&times, 50));
                }
            }
            println!("{row}");
        }
        println!();
        println!("### Searches for what many have: ms\n");
        println!(
            "| list | first time: p50 | max | one day changed: p50 | max | 16 days: p50 | max | unchanged: p50 | max |"
        );
        println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        for question in questions.iter().filter(|question| question.filter.title_part.is_some()) {
            let mut row = format!("| {} |", question.name);
            for days in [Some(i64::MAX), Some(1), Some(16), None] {
                let times = ask_after_changes(&service, &db, question, days).await;
                row += &format!(" {} | {} |", milliseconds(&times, 50), milliseconds(&times, 100));
            }
            println!("{row}");
        }
        println!();
    }
    println!("## Page 1 while inquiries become more: p50, ms\n");
    println!("| list | {} |", sizes.iter().map(i64::to_string).collect::<Vec<_>>().join(" | "));
    println!("|---|{}", "---:|".repeat(sizes.len()));
    for (question, sizes) in questions.iter().zip(&growth) {
        let figures: Vec<String> = sizes.iter().map(|time| hundredths(*time)).collect();
        println!("| {} | {} |", question.name, figures.join(" | "));
    }
    println!();
    at_once(&service, &questions).await;
    if db.backend() == Backend::Postgres {
        for question in &questions {
            explain(&db, question, now).await;
        }
    }
}

fn settings(url: &str, files: &std::path::Path) -> Settings {
    let mut variables = HashMap::from([
        ("CS_INQUIRY_DATABASE__URL".to_owned(), url.to_owned()),
        ("CS_INQUIRY_IDENTITY__SECRET".to_owned(), INTERNAL_SECRET.to_owned()),
        // The list asks no sister.
        ("CS_INQUIRY_UPSTREAMS__MEMBER_URL".to_owned(), "http://127.0.0.1:9".to_owned()),
        ("CS_INQUIRY_UPSTREAMS__CLAIM_URL".to_owned(), "http://127.0.0.1:9".to_owned()),
        ("CS_INQUIRY_ATTACHMENT__DIRECTORY".to_owned(), files.display().to_string()),
        ("CS_INQUIRY_DATABASE__STATEMENT_TIMEOUT_MS".to_owned(), "600000".to_owned()),
    ]);
    if url.starts_with("postgres") {
        variables.insert("CS_INQUIRY_DATABASE__SCHEMA".to_owned(), "inquiry_list_bench".to_owned());
    }
    platform::config::load_from(PREFIX, DEFAULTS, variables).expect("these settings are complete")
}

async fn fill(db: &Db, size: i64, now: DateTime<Utc>) {
    let fill = match db.backend() {
        Backend::Postgres => FILL,
        Backend::Sqlite => FILL_SQLITE,
    };
    let sql = fill.replace(":size", &size.to_string()).replace(":now", &now.naive_utc().to_string());
    db.write(move |conn| conn.batch_execute(&sql).map_err(DbError::from))
        .await
        .expect("the tables are filled");
    if db.backend() == Backend::Postgres {
        // Not possible inside a transaction; index-only scans need to know which pages everybody may see.
        let vacuum = "VACUUM ANALYZE counsel, counsel_title_tail, counsel_count, counsel_count_change, list_cursor, \
            access_record";
        db.read(move |conn| conn.batch_execute(vacuum).map_err(DbError::from))
            .await
            .expect("the tables are vacuumed");
    }
}

async fn total(service: &TestService, question: &Question) -> i64 {
    let answer = service.get(&format!("{DESK}?{}", question.query), &agent("agent-1")).await;
    assert_eq!(answer.status, 200, "{}: {}", question.name, answer.text);
    answer.json.get("totalCount").and_then(serde_json::Value::as_i64).expect("a list has a total")
}

/// The times of one page, asked for again and again, in microseconds and in order.
async fn turn_pages(service: &TestService, who: &str, question: &Question, page_no: i64) -> Vec<u64> {
    let path = format!("{DESK}?{}&pageNo={page_no}&pageSize={PAGE_SIZE}", question.query);
    let caller = agent(who);
    let mut times = Vec::new();
    let begun = Instant::now();
    while times.len() < FEWEST_PAGES || (times.len() < MOST_PAGES && begun.elapsed() < LONGEST) {
        times.push(time_of_page(service, &path, &caller).await);
    }
    // The first ones prepare statements on connections.
    times.drain(..5);
    times.sort_unstable();
    times
}

/// How long a page takes, in microseconds.
async fn time_of_page(service: &TestService, path: &str, caller: &Caller) -> u64 {
    let request = service.request(Method::GET, path, caller);
    let asked = Instant::now();
    let response = request.send().await.expect("the service answers");
    assert_eq!(response.status(), 200, "{path}");
    response.bytes().await.expect("the answer is whole");
    u64::try_from(asked.elapsed().as_micros()).unwrap_or(u64::MAX)
}

/// The times of page 1, each time after inquiries of so many days have changed, in microseconds and in order.
///
/// The days lie evenly in the list; a change is what one leaves behind.
async fn ask_after_changes(
    service: &TestService,
    db: &Db,
    question: &Question,
    days: Option<i64>,
) -> Vec<u64> {
    const TIMES: usize = 9;
    let path = format!("{DESK}?{}&pageSize={PAGE_SIZE}", question.query);
    let caller = agent("agent-2");
    let mut times = Vec::new();
    for _ in 0..TIMES {
        if let Some(days) = days {
            change(db, days).await;
        }
        times.push(time_of_page(service, &path, &caller).await);
    }
    times.sort_unstable();
    times
}

async fn change(db: &Db, days: i64) {
    let sql = format!(
        "INSERT INTO counsel_day_change (accp_dt) SELECT accp_dt FROM (SELECT accp_dt, row_number() OVER \
         (ORDER BY accp_dt DESC) - 1 AS place, count(*) OVER () AS days FROM counsel_day_version) AS known \
         WHERE place % (1 + days / {days}) = 0"
    );
    db.write(move |conn| conn.batch_execute(&sql).map_err(DbError::from)).await.expect("days change");
}

/// Several agents, each with another list, and none of them searching.
async fn at_once(service: &TestService, questions: &[Question]) {
    let begun = Instant::now();
    let lists: Vec<_> = questions.iter().filter(|question| question.filter.title_part.is_none()).collect();
    let turning = (0..AGENTS).zip(lists.iter().cycle()).map(|(number, question)| async move {
        let who = format!("agent-{number}");
        [turn_pages(service, &who, question, 1).await, turn_pages(service, &who, question, 2).await].concat()
    });
    let mut times = futures_util::future::join_all(turning).await.concat();
    times.sort_unstable();
    let seconds = begun.elapsed().as_millis().max(1);
    let pages = u128::try_from(times.len()).unwrap_or_default() * 1_000 / seconds;
    println!(
        "{AGENTS} agents at once: {pages} pages/s, p50 {} ms, p99 {} ms\n",
        milliseconds(&times, 50),
        milliseconds(&times, 99)
    );
}

async fn explain(db: &Db, question: &Question, now: DateTime<Utc>) {
    let behind = PageStart::Behind(Place { accepted_at: now, id: InquiryId(1_900_000) });
    println!("== {}", question.name);
    for (what, start) in [("page 1", PageStart::Skipping(0)), ("page 2", behind)] {
        let filter = question.filter.clone();
        println!("-- {what}\n{}", read(db, move |conn| explain_page(conn, &filter, start, PAGE_SIZE)).await);
    }
    if !question.filter.is_counted_daily() {
        let filter: ListFilter = question.filter.clone();
        println!("-- total\n{}", read(db, move |conn| explain_count(conn, &filter)).await);
    }
    if question.filter.title_part.is_some() {
        let filter = question.filter.clone();
        println!("-- looked up\n{}", read(db, move |conn| explain_lookup(conn, &filter)).await);
    }
    println!();
}

/// The plans of a count and a page that a part of a title is looked up for.
fn explain_lookup(conn: &mut db::DbConnection, filter: &ListFilter) -> diesel::QueryResult<String> {
    let part = filter.title_part.as_deref().unwrap_or_default();
    let Some(lookup) = title_tail::find_lookup(conn, part, 20_000)? else { return Ok(String::new()) };
    let count = if lookup.is_rare {
        title_tail::explain_count(conn, filter, &lookup)?
    } else {
        title_tail::explain_count_by_day(conn, filter, &lookup)?
    };
    let page = title_tail::explain_page(conn, filter, &lookup, PageStart::Skipping(0), PAGE_SIZE)?;
    Ok(format!("rare: {}, whole: {}\n{count}\n{page}", lookup.is_rare, lookup.is_whole))
}

async fn read(
    db: &Db,
    work: impl FnOnce(&mut db::DbConnection) -> diesel::QueryResult<String> + Send + 'static,
) -> String {
    db.read(move |conn| work(conn).map_err(DbError::from)).await.expect("the plan is told")
}

/// Of sorted values.
fn percentile(sorted: &[u64], percent: usize) -> u64 {
    sorted.get(sorted.len().saturating_sub(1) * percent / 100).copied().unwrap_or_default()
}

fn milliseconds(sorted: &[u64], percent: usize) -> String {
    hundredths(percentile(sorted, percent))
}

/// Microseconds as milliseconds.
fn hundredths(microseconds: u64) -> String {
    format!("{}.{:02}", microseconds / 1_000, microseconds % 1_000 / 10)
}
