//! The service under test, with a method per thing a test does often.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use cs_inquiry_service::app;
use cs_inquiry_service::settings::{DEFAULTS, PREFIX, Settings};
use cs_inquiry_service::state::AppState;
use db::{Db, DbConnection, DbError};
use diesel::{QueryableByName, RunQueryDsl as _};
use platform::clock::Clock;
use platform::identity::{Caller, INTERNAL_HEADER};
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use test_kit::TestDatabase;
use test_kit::identity::{INTERNAL_SECRET, admin, agent, internal_keys, member};
use test_kit::service::{TestAnswer, TestService, any_port, read};

use crate::form::Multipart;
use crate::sisters::Sisters;

pub(crate) const MEMBER: &str = "100001311";
pub(crate) const OTHER_MEMBER: &str = "100001312";

pub(crate) struct TestApp {
    pub(crate) service: TestService,
    pub(crate) clock: Clock,
    pub(crate) sisters: Sisters,
    pub(crate) settings: Settings,
    /// Handles of its own, as another replica would have.
    pub(crate) db: Db,
    pub(crate) state: AppState,
    pub(crate) database: TestDatabase,
    pub(crate) files: TempDir,
}

/// Noon in Korea.
pub(crate) fn noon() -> DateTime<Utc> {
    "2026-11-22T03:00:00Z".parse().unwrap()
}

pub(crate) fn gildong() -> Caller {
    member(MEMBER)
}

pub(crate) fn kim() -> Caller {
    agent("agent-kim")
}

pub(crate) fn lee() -> Caller {
    agent("agent-lee")
}

pub(crate) fn boss() -> Caller {
    admin("admin-park")
}

pub(crate) const CUSTOMER: &str = "/v1/customerservice";
pub(crate) const DESK: &str = "/v1/customerservice/integratedCounselMgmt";

impl TestApp {
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// With settings changed by a test.
    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let clock = Clock::fixed(noon());
        let database = TestDatabase::new();
        let sisters = Sisters::start(&clock).await;
        let files = tempfile::tempdir().unwrap();
        let mut settings = settings(&database, &sisters, files.path().to_path_buf());
        change(&mut settings);
        let application = app::build(settings.clone(), clock.clone(), any_port()).await.unwrap();
        let service = TestService::start(app::NAME, application, clock.clone());
        let db = database.open();
        let state = app::app_state(settings.clone(), &db, &internal_keys(), &clock).await.unwrap();
        Self { service, clock, sisters, settings, db, state, database, files }
    }

    pub(crate) async fn post(&self, path: &str, caller: &Caller, body: Value) -> TestAnswer {
        self.service.post(path, caller, &body).await
    }

    pub(crate) async fn save(&self, caller: &Caller, body: Value) -> TestAnswer {
        self.post(&format!("{CUSTOMER}/questionSave"), caller, body).await
    }

    /// Writes an inquiry that needs nothing else, and says its number.
    pub(crate) async fn written(&self) -> String {
        self.written_by(&gildong(), "배송 문의").await
    }

    pub(crate) async fn written_by(&self, caller: &Caller, title: &str) -> String {
        let body = json!({"cnslTypNo": "9090", "title": title, "accpCont": "언제 오나요?"});
        number(&self.save(caller, body).await)
    }

    pub(crate) async fn save_multipart(&self, caller: &Caller, form: &Multipart) -> TestAnswer {
        self.multipart(Method::POST, &format!("{CUSTOMER}/questionSave"), caller, form).await
    }

    pub(crate) async fn multipart(
        &self,
        method: Method,
        path: &str,
        caller: &Caller,
        form: &Multipart,
    ) -> TestAnswer {
        let request = self.service.request(method, path, caller);
        read(request.header("content-type", form.content_type()).body(form.bytes())).await
    }

    pub(crate) async fn edit(&self, caller: &Caller, body: Value) -> TestAnswer {
        self.post(&format!("{CUSTOMER}/questionMod"), caller, body).await
    }

    pub(crate) async fn delete(&self, caller: &Caller, ccn_no: &str) -> TestAnswer {
        let path = format!("{CUSTOMER}/questionDel?ccnNo={ccn_no}");
        read(self.service.request(Method::DELETE, &path, caller)).await
    }

    pub(crate) async fn detail(&self, caller: &Caller, ccn_no: &str) -> TestAnswer {
        self.service.get(&format!("{CUSTOMER}/getQuestionDtl?ccnNo={ccn_no}"), caller).await
    }

    pub(crate) async fn desk_detail(&self, caller: &Caller, ccn_no: &str) -> TestAnswer {
        self.service.get(&format!("{DESK}/getIntegratedCounselDetail?ccnNo={ccn_no}"), caller).await
    }

    pub(crate) async fn list(&self, caller: &Caller, query: &str) -> TestAnswer {
        self.service.get(&format!("{DESK}/getIntegratedCounselList?{query}"), caller).await
    }

    /// One of the desk's moves.
    pub(crate) async fn desk(&self, operation: &str, caller: &Caller, body: Value) -> TestAnswer {
        self.post(&format!("{DESK}/{operation}"), caller, body).await
    }

    pub(crate) async fn start_process(&self, caller: &Caller, ccn_no: &str) -> TestAnswer {
        self.desk("startProcess", caller, json!({"ccnNo": ccn_no})).await
    }

    pub(crate) async fn answer(&self, caller: &Caller, ccn_no: &str) -> TestAnswer {
        self.desk("saveAnswer", caller, json!({"ccnNo": ccn_no, "ansCont": "내일 도착합니다."})).await
    }

    /// What answers say the time is.
    pub(crate) fn now_on_the_wire(&self) -> String {
        dto::date_time::KstDateTime(self.clock.now()).to_string()
    }

    /// Runs a query beside the service.
    pub(crate) async fn query<T: Send + 'static>(
        &self,
        work: impl Fn(&mut DbConnection) -> diesel::QueryResult<T> + Send + 'static,
    ) -> T {
        self.db.write(move |conn| work(conn).map_err(DbError::from)).await.unwrap()
    }

    /// The head of gildong's upload, for a test that sends its body by hand, and where to send it.
    pub(crate) fn by_hand(&self, form: &Multipart) -> (String, String) {
        self.by_hand_at(self.clock.now(), form)
    }

    /// The same for a process whose clock says `now`.
    pub(crate) fn by_hand_at(&self, now: DateTime<Utc>, form: &Multipart) -> (String, String) {
        let life = TimeDelta::seconds(60);
        let token = internal_keys().sign("cs-inquiry-service", "gateway", &gildong(), now, life);
        let head = format!(
            "POST {CUSTOMER}/questionSave HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{INTERNAL_HEADER}: {token}\r\n\
             content-type: {}\r\ncontent-length: {}\r\n\r\n",
            form.content_type(),
            form.bytes().len()
        );
        (self.service.base.trim_start_matches("http://").to_owned(), head)
    }

    /// The files of one of gildong's inquiries.
    pub(crate) async fn files_of(&self, ccn_no: &str) -> Vec<Value> {
        let detail = self.detail(&gildong(), ccn_no).await;
        assert_eq!(detail.status, 200, "{}", detail.text);
        let files = detail.payload()["files"].as_array().unwrap().clone();
        assert_eq!(detail.payload()["fileCnt"], files.len());
        files
    }

    /// How many files the database knows of.
    pub(crate) async fn file_rows(&self) -> i64 {
        self.count("SELECT count(*) AS rows FROM attachment").await
    }

    /// The column `rows` of a query's one row.
    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            rows: i64,
        }
        let count: Count = self.query(move |conn| diesel::sql_query(sql).get_result(conn)).await;
        count.rows
    }

    /// Files that lie in the attachment directory, those on their way in too.
    pub(crate) fn stored_files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.files.path().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { found.push(path) }
            }
        }
        found
    }
}

fn settings(database: &TestDatabase, sisters: &Sisters, files: PathBuf) -> Settings {
    let variables = HashMap::from([
        ("CS_INQUIRY_DATABASE__URL".to_owned(), "sqlite://replaced-below".to_owned()),
        ("CS_INQUIRY_IDENTITY__SECRET".to_owned(), INTERNAL_SECRET.to_owned()),
        ("CS_INQUIRY_UPSTREAMS__MEMBER_URL".to_owned(), sisters.member.uri()),
        ("CS_INQUIRY_UPSTREAMS__CLAIM_URL".to_owned(), sisters.claim.uri()),
        ("CS_INQUIRY_ATTACHMENT__DIRECTORY".to_owned(), files.to_str().unwrap().to_owned()),
        ("CS_INQUIRY_SERVER__WORKERS".to_owned(), "2".to_owned()),
        ("CS_INQUIRY_CLIENT__BREAKER_FAILURES".to_owned(), "1000000".to_owned()),
    ]);
    let mut settings: Settings = platform::config::load_from(PREFIX, DEFAULTS, variables).unwrap();
    settings.database = database.settings();
    settings
}

pub(crate) fn file_url(file: &Value) -> String {
    file["url"].as_str().unwrap().to_owned()
}

/// The number of an inquiry that was taken.
#[track_caller]
pub(crate) fn number(answer: &TestAnswer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.payload().as_str().unwrap().to_owned()
}

#[track_caller]
pub(crate) fn assert_refused(answer: &TestAnswer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.code()), (status, code), "{}", answer.text);
    assert_eq!(answer.json["isProcess"], false);
}

#[track_caller]
pub(crate) fn assert_fields(answer: &TestAnswer, fields: &[&str]) {
    assert_refused(answer, 900, "VALIDATION");
    assert_eq!(answer.fields(), fields, "{}", answer.text);
}

/// Waits for something a worker does.
pub(crate) async fn until(what: impl AsyncFn() -> bool) {
    for _ in 0..3_000 {
        if what().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it did not come to pass within a minute");
}
