//! What all uploads of a process hold together has a bound, and whatever ends gives back what it held.

use cs_inquiry_service::settings::Settings;
use futures_util::future::join_all;
use reqwest::header::RETRY_AFTER;
use test_kit::service::TestAnswer;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::app::{CUSTOMER, TestApp, assert_fields, gildong, number, until};
use crate::form::{Multipart, jpeg};

const MIB: usize = 1 << 20;

/// An upload that has been sent but for its last bytes.
struct Open {
    stream: TcpStream,
    rest: Vec<u8>,
}

impl Open {
    async fn begin(app: &TestApp, form: &Multipart) -> Self {
        let (address, head) = app.by_hand(form);
        let mut body = form.bytes();
        let rest = body.split_off(body.len() - 10);
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&body).await.unwrap();
        Self { stream, rest }
    }

    async fn end(mut self) -> String {
        self.stream.write_all(&self.rest).await.unwrap();
        let mut answer = String::new();
        self.stream.read_to_string(&mut answer).await.unwrap();
        answer
    }
}

#[track_caller]
fn assert_full(answer: &TestAnswer) {
    assert_eq!((answer.status, answer.code()), (503, "SERVICE_UNAVAILABLE"), "{}", answer.text);
    assert_eq!(answer.headers[RETRY_AFTER], "2");
}

fn bytes_on_disk(app: &TestApp) -> u64 {
    app.stored_files().iter().map(|path| path.metadata().map_or(0, |file| file.len())).sum()
}

#[actix_web::test]
async fn more_uploads_at_once_than_there_is_room_for_are_told_to_come_again() {
    let app = TestApp::with(|settings| settings.attachment.uploads_at_once = 2).await;
    let form = Multipart::inquiry().file("a.jpg", "image/jpeg", &jpeg(MIB));
    let (first, second) = (Open::begin(&app, &form).await, Open::begin(&app, &form).await);
    until(async || app.stored_files().len() == 2).await;
    assert_full(&app.save_multipart(&gildong(), &Multipart::inquiry()).await);
    number(
        &app.save(&gildong(), serde_json::json!({"cnslTypNo": "9090", "title": "t", "accpCont": "c"})).await,
    );
    // One is cut off, the other comes to its end: both places are free again.
    drop(first);
    until(async || app.save_multipart(&gildong(), &Multipart::inquiry()).await.status == 200).await;
    assert!(second.end().await.starts_with("HTTP/1.1 200 "));
    let gildong = gildong();
    let both = join_all((0..2).map(|_| app.save_multipart(&gildong, &form))).await;
    assert!(both.iter().all(|answer| answer.status == 200));
    // Neither do those that were refused hold anything.
    for _ in 0..5 {
        let refused = Multipart::inquiry().file("a.jpg", "image/jpeg", b"text");
        assert_fields(&app.save_multipart(&gildong, &refused).await, &["files[0]"]);
    }
    number(&app.save_multipart(&gildong, &form).await);
}

#[actix_web::test]
async fn files_on_their_way_in_take_no_more_of_the_disk_than_they_may() {
    let room = 50 << 20;
    let app = TestApp::with(|settings| settings.attachment.spool_bytes = room).await;
    let form = (0..4).fold(Multipart::inquiry(), |form, _| form.file("a.jpg", "image/jpeg", &jpeg(9 * MIB)));
    let first = Open::begin(&app, &form).await;
    until(async || bytes_on_disk(&app) > 35 << 20).await;
    let (address, head) = app.by_hand(&form);
    let mut second = TcpStream::connect(address).await.unwrap();
    second.write_all(head.as_bytes()).await.unwrap();
    // The service may hang up before everything is sent.
    let _ = second.write_all(&form.bytes()).await;
    drop(second);
    assert!(bytes_on_disk(&app) <= room);
    until(async || app.stored_files().len() == 4).await;
    drop(first);
    until(async || app.stored_files().is_empty()).await;
    number(&app.save_multipart(&gildong(), &form).await);
    // What is stored is no longer on its way.
    number(&app.save_multipart(&gildong(), &form).await);
}

#[actix_web::test]
async fn texts_that_come_as_parts_take_no_more_memory_than_they_may() {
    let app = TestApp::with(|settings| settings.attachment.text_bytes = 2 << 20).await;
    let long = "가".repeat(21_000);
    let names =
        ["cnslTypNo", "title", "accpCont", "ordNo", "ordSeq", "goodsNo", "itmNo", "emailAddr", "delFileNos"];
    let texts = |times: usize| {
        let names = names.iter().cycle().take(names.len() * times);
        names.fold(Multipart::new(), |form, name| form.text(name, &long))
    };
    // Alone it may come as often as there may be parts: of each text only the last is held.
    let answer = app.save_multipart(&gildong(), &texts(22)).await;
    assert_eq!(answer.status, 900, "{}", answer.text);
    // The file comes behind the texts: where it lies on the disk they are held, so that no other takes their room.
    let form = texts(4).file("a.jpg", "image/jpeg", &jpeg(MIB));
    let open = [Open::begin(&app, &form).await, Open::begin(&app, &form).await];
    until(async || app.stored_files().len() == 2).await;
    // A third would need as much again.
    assert_full(&app.save_multipart(&gildong(), &texts(8)).await);
    drop(open);
    until(async || app.save_multipart(&gildong(), &texts(8)).await.status == 900).await;
}

#[actix_web::test]
async fn the_last_of_a_text_that_comes_again_counts() {
    let app = TestApp::start().await;
    let form =
        (0..150).fold(Multipart::inquiry(), |form, index| form.text("title", &format!("제목 {index}")));
    let ccn_no = number(&app.save_multipart(&gildong(), &form).await);
    assert_eq!(app.detail(&gildong(), &ccn_no).await.payload()["title"], "제목 149");
}

#[actix_web::test]
async fn a_list_is_refused_by_its_name_beyond_its_bound() {
    let app = TestApp::start().await;
    let ccn_no = app.written().await;
    let numbers = |count: usize| (0..count).map(|n| format!("f{n}")).collect::<Vec<_>>();
    let edit = |list: serde_json::Value| serde_json::json!({"ccnNo": ccn_no, "cnslTypNo": "9090", "title": "t", "accpCont": "c", "delFileNos": list});
    let path = format!("{CUSTOMER}/questionMod");
    for count in [6, 100_000] {
        assert_fields(&app.edit(&gildong(), edit(numbers(count).into())).await, &["delFileNos"]);
        assert_fields(&app.edit(&gildong(), edit(numbers(count).join(",").into())).await, &["delFileNos"]);
    }
    let parts = numbers(6)
        .iter()
        .fold(Multipart::inquiry().text("ccnNo", &ccn_no), |form, number| form.text("delFileNos[]", number));
    assert_fields(&app.multipart(reqwest::Method::POST, &path, &gildong(), &parts).await, &["delFileNos"]);
    let five = app.edit(&gildong(), edit(numbers(5).into())).await;
    assert_eq!(five.code(), "FORBIDDEN", "they are not the inquiry's: {}", five.text);

    let send = async |body: String| {
        let request = app.service.request(reqwest::Method::POST, &path, &gildong());
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        test_kit::service::read(request.body(body)).await
    };
    assert_fields(&send("delFileNos=a&".repeat(1_001)).await, &["delFileNos"]);
    assert_fields(&send("title=a&".repeat(1_001)).await, &["title"]);
    assert_fields(&send("x=a&".repeat(100_000)).await, &["body"]);
    let most = format!("{}ccnNo={ccn_no}&cnslTypNo=9090&title=t&accpCont=c", "x=&".repeat(996));
    assert_eq!(send(most).await.status, 200);
    let request = app.service.request(reqwest::Method::POST, &format!("{CUSTOMER}/questionDel"), &gildong());
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let deleted = test_kit::service::read(request.body("ccnNo=1&".repeat(1_001))).await;
    assert_fields(&deleted, &["ccnNo"]);
}

#[actix_web::test]
async fn the_metrics_show_what_is_held() {
    let app = TestApp::with(|settings| settings.attachment.uploads_at_once = 7_001).await;
    let form = Multipart::inquiry().file("a.jpg", "image/jpeg", &jpeg(MIB));
    let open = Open::begin(&app, &form).await;
    until(async || !app.stored_files().is_empty()).await;
    let page = platform::metrics::get().scrape();
    for what in ["uploads", "upload_text_bytes", "spool_bytes"] {
        for state in ["in_use", "limit"] {
            let series = format!("aftercare_held{{what=\"{what}\",state=\"{state}\"}} ");
            assert!(page.contains(&series), "{series} is missing");
        }
    }
    assert!(open.end().await.starts_with("HTTP/1.1 200 "));
}

#[test]
fn a_process_with_less_room_than_an_upload_needs_does_not_start() {
    let check = |change: fn(&mut Settings)| {
        let variables = [
            ("DATABASE__URL", "sqlite://x"),
            ("IDENTITY__SECRET", "x"),
            ("UPSTREAMS__MEMBER_URL", "x"),
            ("UPSTREAMS__CLAIM_URL", "x"),
        ];
        let variables =
            variables.map(|(name, value)| (format!("CS_INQUIRY_{name}"), value.to_owned())).into();
        let mut settings: Settings =
            platform::config::load_from("CS_INQUIRY", cs_inquiry_service::settings::DEFAULTS, variables)
                .unwrap();
        change(&mut settings);
        settings.attachment.check().is_ok()
    };
    assert!(check(|_| {}));
    assert!(!check(|settings| settings.attachment.uploads_at_once = 0));
    assert!(!check(|settings| settings.attachment.text_bytes = 1_000));
    assert!(!check(|settings| settings.attachment.spool_bytes = 49 << 20));
}
