//! Nothing a customer uploads can hurt an agent, and nothing that breaks off is left behind.

use chrono::TimeDelta;
use commerce::{MemberNo, SiteNo};
use cs_inquiry_service::domain::writer::Writer;
use cs_inquiry_service::state::AppState;
use cs_inquiry_service::state::spool::Spool;
use cs_inquiry_service::usecase::collect_orphans::collect_orphans;
use cs_inquiry_service::usecase::store_files::{NamedFile, store_files};
use futures_util::StreamExt as _;
use platform::budget::Budget;
use platform::clock::Clock;
use reqwest::Method;
use test_kit::service::{TestAnswer, read};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::app::{
    CUSTOMER, MEMBER, TestApp, assert_fields, assert_refused, file_url, gildong, number, until,
};
use crate::form::{Multipart, jpeg, pdf, png};

#[actix_web::test]
async fn a_file_is_judged_by_its_content_and_not_by_its_name() {
    let app = TestApp::start().await;
    let mut zip = b"PK\x03\x04\x14\0\0\0".to_vec();
    zip.extend(vec![0; 1_000]);
    let archive_end = b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x2E\0\0\0\x40\0\0\0\0\0";
    let polyglots = [
        [b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01".as_slice(), &[0x5A; 2_000], archive_end].concat(),
        [b"GIF89a".as_slice(), &pdf()].concat(),
        [b"<html>".as_slice(), &pdf()].concat(),
        [jpeg(100).as_slice(), b"<html><script>alert(1)</script>"].concat(),
        [png().as_slice(), b"<svg onload=alert(1)>"].concat(),
        [jpeg(2_000).as_slice(), archive_end].concat(),
        [pdf().as_slice(), archive_end].concat(),
        [jpeg(100).as_slice(), b"%PDF-1.4"].concat(),
    ];
    let mut bad: Vec<(&str, &str, Vec<u8>)> = vec![
        ("photo.jpg", "image/jpeg", b"just text".to_vec()),
        ("photo.png", "image/png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec()),
        ("photo.svg", "image/svg+xml", b"<?xml version='1.0'?><svg/>".to_vec()),
        ("page.jpg", "image/jpeg", b"<!DOCTYPE html><html></html>".to_vec()),
        ("page.html", "text/html", b"<html></html>".to_vec()),
        ("bomb.zip", "application/zip", zip.clone()),
        ("bomb.pdf", "application/pdf", zip),
        ("animation.gif", "image/gif", b"GIF89a\x01\0\x01\0".to_vec()),
        ("tool.exe", "image/jpeg", b"MZ\x90\0\x03".to_vec()),
        ("empty.jpg", "image/jpeg", Vec::new()),
    ];
    bad.extend(polyglots.into_iter().map(|content| ("photo.jpg", "image/jpeg", content)));
    for (name, content_type, content) in &bad {
        let answer =
            app.save_multipart(&gildong(), &Multipart::inquiry().file(name, content_type, content)).await;
        assert_fields(&answer, &["files[0]"]);
    }
    let mixed =
        bad.iter().take(3).fold(Multipart::new().jpeg("ok.jpg"), |form, (name, content_type, content)| {
            form.file(name, content_type, content)
        });
    let answer = app.save_multipart(&gildong(), &mixed).await;
    assert_fields(&answer, &["files[1]", "files[2]", "files[3]", "cnslTypNo", "title", "accpCont"]);
    assert!(app.stored_files().is_empty(), "{:?}", app.stored_files());
    assert_eq!(app.file_rows().await, 0);
}

#[actix_web::test]
async fn chance_bytes_make_nothing_else_of_a_file() {
    let app = TestApp::start().await;
    let mut photo = jpeg(10_000);
    photo.splice(2_679..2_682, *b"<%@");
    let letter =
        [b"PK\x03\x04\x14\0\0\0".as_slice(), &[0; 100], b"PK\x05\x06\0\0\0\0\x01\0\x01\0", &[0; 10]].concat();
    let head = b"%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile >>\nstream\n";
    let carrier = [head.as_slice(), &letter, b"\nendstream\nendobj\n", &pdf()[9..]].concat();
    let form = Multipart::inquiry()
        .file("photo.jpg", "image/jpeg", &photo)
        .file("carrier.pdf", "application/pdf", &carrier)
        .file("marked.pdf", "application/pdf", &[b"\xEF\xBB\xBF".as_slice(), &pdf()].concat())
        .file("late.pdf", "application/pdf", &[b"\r\n".as_slice(), &pdf()].concat());
    let ccn_no = number(&app.save_multipart(&gildong(), &form).await);
    assert_eq!(app.files_of(&ccn_no).await.len(), 4);
}

#[actix_web::test]
async fn right_content_is_taken_under_any_name() {
    let app = TestApp::start().await;
    let names = [
        ("../../../etc/passwd", "passwd"),
        ("..", "첨부파일.jpg"),
        ("", "첨부파일.jpg"),
        ("a\u{202E}gpj.exe", "agpj.exe"),
        ("x/y\\z.txt", "z.txt"),
    ];
    let form = names.iter().fold(Multipart::inquiry(), |form, (name, _)| form.jpeg(name));
    let ccn_no = number(&app.save_multipart(&gildong(), &form).await);
    let files = app.files_of(&ccn_no).await;
    let shown: Vec<&str> = files.iter().map(|file| file["fileNm"].as_str().unwrap()).collect();
    assert_eq!(shown, names.map(|(_, shown)| shown));
    let long = format!("{}.jpg", "가".repeat(200));
    let ccn_no = number(&app.save_multipart(&gildong(), &Multipart::inquiry().jpeg(&long)).await);
    let name = app.files_of(&ccn_no).await[0]["fileNm"].as_str().unwrap().to_owned();
    assert!(name.len() <= 255 && name.ends_with(".jpg"));
}

#[actix_web::test]
async fn a_file_input_that_was_left_empty_is_no_file() {
    let app = TestApp::start().await;
    let saved = async |form: Multipart| {
        let ccn_no = number(&app.save_multipart(&gildong(), &form).await);
        let files = app.files_of(&ccn_no).await;
        files.iter().map(|file| file["fileNm"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let unchosen = |form: Multipart, field: &str| form.file_as(field, "", "application/octet-stream", b"");
    for field in ["files", "files[]", "files[7]"] {
        assert!(saved(unchosen(Multipart::inquiry(), field)).await.is_empty());
        let first = unchosen(Multipart::inquiry(), field).jpeg("a.jpg").jpeg("b.jpg");
        assert_eq!(saved(first).await, ["a.jpg", "b.jpg"]);
        let between = unchosen(Multipart::inquiry().jpeg("a.jpg"), field).jpeg("b.jpg");
        assert_eq!(saved(between).await, ["a.jpg", "b.jpg"]);
        let five = (0..5).fold(Multipart::inquiry(), |form, index| form.jpeg(&format!("{index}.jpg")));
        let behind = unchosen(unchosen(five, field), field);
        assert_eq!(saved(behind).await.len(), 5);
    }
    let refused = unchosen(Multipart::inquiry(), "files").file("a.jpg", "image/jpeg", b"text");
    assert_fields(&app.save_multipart(&gildong(), &refused).await, &["files[0]"]);
    let named = Multipart::inquiry().file("a.jpg", "image/jpeg", b"");
    assert_fields(&app.save_multipart(&gildong(), &named).await, &["files[0]"]);
}

#[actix_web::test]
async fn too_many_and_too_large_files_are_refused_by_place() {
    let app = TestApp::start().await;
    let six = (0..6).fold(Multipart::inquiry(), |form, index| form.jpeg(&format!("{index}.jpg")));
    assert_fields(&app.save_multipart(&gildong(), &six).await, &["files[5]"]);
    let large = Multipart::inquiry().jpeg("ok.jpg").file("large.jpg", "image/jpeg", &jpeg(11 << 20));
    assert_fields(&app.save_multipart(&gildong(), &large).await, &["files[1]"]);
    assert!(app.stored_files().is_empty());
    let limit = Multipart::inquiry().file("10MiB.jpg", "image/jpeg", &jpeg(10 << 20));
    assert_eq!(app.save_multipart(&gildong(), &limit).await.status, 200);
    let over = Multipart::inquiry().file("10MiB+1.jpg", "image/jpeg", &jpeg((10 << 20) + 1));
    assert_fields(&app.save_multipart(&gildong(), &over).await, &["files[0]"]);
    let five = (0..5).fold(Multipart::inquiry(), |form, index| form.jpeg(&format!("{index}.jpg")));
    assert_eq!(app.save_multipart(&gildong(), &five).await.status, 200);
}

#[actix_web::test]
async fn a_body_larger_than_any_inquiry_is_refused_even_if_it_does_not_say_so() {
    let app = TestApp::start().await;
    let form = (0..6).fold(Multipart::inquiry(), |form, _| form.file("a.jpg", "image/jpeg", &jpeg(10 << 20)));
    let declared = app.save_multipart(&gildong(), &form).await;
    assert_refused(&declared, 413, "BODY_TOO_LARGE");
    let body = form.bytes();
    let chunks: Vec<Result<Vec<u8>, std::io::Error>> =
        body.chunks(1 << 20).map(|chunk| Ok(chunk.to_vec())).collect();
    let request = app
        .service
        .request(Method::POST, &format!("{CUSTOMER}/questionSave"), &gildong())
        .header("content-type", form.content_type())
        .body(reqwest::Body::wrap_stream(futures_util::stream::iter(chunks)));
    // The service may hang up before everything is sent.
    if let Ok(response) = request.send().await {
        assert_eq!(response.status(), 413);
    }
    until(async || app.stored_files().is_empty()).await;
}

#[actix_web::test]
async fn a_broken_body_is_a_validation_error() {
    let app = TestApp::start().await;
    let path = format!("{CUSTOMER}/questionSave");
    let send = async |content_type: &str, body: &[u8]| -> TestAnswer {
        let request = app.service.request(Method::POST, &path, &gildong());
        read(request.header("content-type", content_type).body(body.to_vec())).await
    };
    let form = Multipart::inquiry().jpeg("a.jpg");
    let whole = form.bytes();
    assert_fields(&send(&form.content_type(), &whole[..whole.len() / 2]).await, &["body"]);
    assert_fields(&send("multipart/form-data", &whole).await, &["body"]);
    assert_fields(&send("multipart/form-data; boundary=other", &whole).await, &["body"]);
    let many = (0..300).fold(Multipart::inquiry(), |form, _| form.text("x", "y"));
    assert_fields(&send(&many.content_type(), &many.bytes()).await, &["body"]);
    // A text that can't be taken does not hide what else is wrong, and is named once.
    let long = Multipart::new().text("accpCont", &"x".repeat(300_000)).text("title", "제목").file(
        "a.gif",
        "image/gif",
        b"GIF89a",
    );
    assert_fields(&send(&long.content_type(), &long.bytes()).await, &["accpCont", "files[0]", "cnslTypNo"]);
    let mut broken = Multipart::inquiry().text("title", "@").bytes();
    let at = broken.iter().rposition(|byte| *byte == b'@').unwrap();
    broken[at] = 0xFF;
    assert_fields(&send(&form.content_type(), &broken).await, &["title"]);
    assert!(app.stored_files().is_empty());
}

#[actix_web::test]
async fn parts_that_no_field_is_for_are_ignored() {
    let app = TestApp::start().await;
    let form = Multipart::inquiry()
        .text("unknown", &"x".repeat(500_000))
        .jpeg("a.jpg")
        .text("title[]", "다른 제목")
        .text("", "이름 없음");
    let ccn_no = number(&app.save_multipart(&gildong(), &form).await);
    assert_eq!(app.files_of(&ccn_no).await.len(), 1);
    assert_eq!(app.detail(&gildong(), &ccn_no).await.payload()["title"], "배송 문의");
}

#[actix_web::test]
async fn a_sender_may_not_be_silent_for_long() {
    let app = TestApp::with(|settings| settings.attachment.idle_timeout_seconds = 1).await;
    let form = Multipart::inquiry().file("a.jpg", "image/jpeg", &jpeg(1 << 20));
    let half = form.bytes()[..1 << 19].to_vec();
    let silence = futures_util::stream::once(async { Ok::<_, std::io::Error>(half) })
        .chain(futures_util::stream::pending());
    let request = app
        .service
        .request(Method::POST, &format!("{CUSTOMER}/questionSave"), &gildong())
        .header("content-type", form.content_type())
        .body(reqwest::Body::wrap_stream(silence));
    assert_refused(&read(request).await, 408, "REQUEST_TIMEOUT");
    assert!(app.stored_files().is_empty());
}

#[actix_web::test]
async fn a_file_goes_to_disk_while_it_arrives() {
    let app = TestApp::start().await;
    let form = Multipart::inquiry().file("a.jpg", "image/jpeg", &jpeg(9 << 20));
    let (address, head) = app.by_hand(&form);
    let (first, rest) = {
        let body = form.bytes();
        let (first, rest) = body.split_at(7 << 20);
        (first.to_vec(), rest.to_vec())
    };
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&first).await.unwrap();
    // The sender has said a part of it, and that is on disk already.
    let on_disk =
        || app.stored_files().iter().map(|path| path.metadata().map_or(0, |file| file.len())).sum::<u64>();
    until(async || on_disk() > 4 << 20).await;
    assert_eq!(app.file_rows().await, 0, "it is nobody's yet");
    stream.write_all(&rest).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert_eq!((on_disk(), app.stored_files().len()), (9 << 20, 1));
}

#[actix_web::test]
async fn a_compressed_body_is_not_unpacked() {
    let app = TestApp::start().await;
    let form = Multipart::inquiry().jpeg("a.jpg");
    // An empty stream as gzip has it: whoever unpacked it would find no part in it either, but no fault.
    let packed = b"\x1F\x8B\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0".to_vec();
    let request = app
        .service
        .request(Method::POST, &format!("{CUSTOMER}/questionSave"), &gildong())
        .header("content-type", form.content_type())
        .header("content-encoding", "gzip");
    assert_fields(&read(request.body(packed)).await, &["body"]);
    let request = app
        .service
        .request(Method::POST, &format!("{CUSTOMER}/questionSave"), &gildong())
        .header("content-type", form.content_type())
        .header("content-encoding", "gzip");
    assert_eq!(read(request.body(form.bytes())).await.status, 200, "the bytes are taken as they are");
}

#[actix_web::test]
async fn a_connection_cut_half_way_leaves_nothing() {
    let app = TestApp::start().await;
    let form = Multipart::inquiry().file("a.jpg", "image/jpeg", &jpeg(4 << 20));
    let body = form.bytes();
    let (address, head) = app.by_hand(&form);
    for sent in [0, 500, body.len() / 2, body.len() - 10] {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&body[..sent]).await.unwrap();
    }
    until(async || app.stored_files().is_empty()).await;
    assert_eq!(app.file_rows().await, 0);
    assert_eq!(
        app.service.get(&format!("{CUSTOMER}/getQuestion"), &gildong()).await.payload()["totalCount"],
        0
    );
}

#[actix_web::test]
async fn an_upload_whose_process_died_is_collected() {
    let app = TestApp::start().await;
    let spool = Spool::open(app.files.path().join("tmp"), Budget::new("spool_bytes", 10_000)).await.unwrap();
    let mut arriving = spool.begin().await.unwrap();
    arriving.write(&jpeg(5_000)).await.unwrap();
    let (_, arrived) = arriving.finish().await.unwrap();
    // Stored and never claimed, as if the process had died before the transaction.
    let writer = Writer { member_no: MemberNo::parse(MEMBER).unwrap(), site_no: SiteNo::parse("1").unwrap() };
    let file = NamedFile { name: "a.jpg".to_owned(), file: arrived.unwrap() };
    store_files(&app.state, &writer, vec![file]).await.unwrap();
    let ccn_no = number(&app.save_multipart(&gildong(), &Multipart::inquiry().jpeg("kept.jpg")).await);
    assert_eq!(app.stored_files().len(), 2);

    assert_eq!(collect_orphans(&app.state).await.unwrap(), 0, "it may still be under way");
    // Not by the service's clock yet: it collects by itself when it starts.
    let an_hour = TimeDelta::minutes(61);
    let later = AppState { clock: Clock::fixed(app.clock.now() + an_hour), ..app.state.clone() };
    assert_eq!(collect_orphans(&later).await.unwrap(), 1);
    app.clock.advance(an_hour);
    until(async || app.stored_files().len() == 1).await;
    assert_eq!(app.file_rows().await, 1);
    let kept = app.files_of(&ccn_no).await;
    assert_eq!(app.service.get(&file_url(&kept[0]), &gildong()).await.status, 200);
}
