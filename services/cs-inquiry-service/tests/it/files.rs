//! Files come back safely, to those they belong to, for as long as their inquiry has them.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use commerce::FileNo;
use contract::ResultCode;
use cs_inquiry_service::clients::attachment_store::{AttachmentStore, ByteStream, LocalStore, StoreError};
use cs_inquiry_service::state::AppState;
use cs_inquiry_service::state::spool::Spool;
use cs_inquiry_service::usecase::collect_orphans::collect_orphans;
use cs_inquiry_service::usecase::open_file::open_file;
use cs_inquiry_service::usecase::read_inquiries::Viewer;
use diesel::connection::SimpleConnection as _;
use platform::budget::Budget;
use reqwest::Method;
use serde_json::json;
use service_kit::error::Error;
use test_kit::identity::{member, on_site};

use crate::app::{
    CUSTOMER, OTHER_MEMBER, TestApp, assert_fields, assert_refused, file_url, gildong, kim, number, until,
};
use crate::form::{Multipart, jpeg, pdf, png};

#[actix_web::test]
async fn files_come_back_as_they_were_sent_and_safely() {
    let app = TestApp::start().await;
    let photo = jpeg(300_000);
    let form = Multipart::inquiry()
        .file("영수증 사진.jpg", "image/jpeg", &photo)
        .file("scan.png", "application/octet-stream", &png())
        .file("C:\\문서\\계약서.html", "text/html", &pdf());
    let ccn_no = number(&app.save_multipart(&gildong(), &form).await);
    let files = app.files_of(&ccn_no).await;
    let shown: Vec<_> = files.iter().map(|file| (&file["fileNm"], &file["type"], &file["bytes"])).collect();
    assert_eq!(
        shown,
        [
            (&json!("영수증 사진.jpg"), &json!("image/jpeg"), &json!(300_000)),
            (&json!("scan.png"), &json!("image/png"), &json!(png().len())),
            (&json!("계약서.html"), &json!("application/pdf"), &json!(pdf().len())),
        ]
    );
    for caller in [gildong(), kim()] {
        let response = app.service.request(Method::GET, &file_url(&files[0]), &caller).send().await.unwrap();
        assert_eq!(response.status(), 200);
        let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "image/jpeg");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(header("content-length"), "300000");
        assert_eq!(header("cache-control"), "private, no-store");
        assert!(header("content-disposition").starts_with("attachment; filename=\""));
        assert_eq!(response.bytes().await.unwrap(), photo);
    }
    let document = app.service.get(&file_url(&files[2]), &kim()).await;
    let disposition = document.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.ends_with("filename*=UTF-8''%EA%B3%84%EC%95%BD%EC%84%9C.html.pdf"), "{disposition}");
}

#[actix_web::test]
async fn no_other_user_of_the_machine_reads_what_is_stored() {
    let app = TestApp::start().await;
    number(&app.save_multipart(&gildong(), &Multipart::inquiry().jpeg("a.jpg")).await);
    let mut seen = Vec::new();
    let mut folders = vec![app.files.path().to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let mode = entry.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{} {mode:o}", entry.path().display());
            seen.push(entry.path());
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            }
        }
    }
    assert_eq!(seen.len(), 4, "the spool, two folders and the file: {seen:?}");

    // Directories of before.
    let root = app.files.path().join("of-before");
    let spool = root.join("tmp");
    std::fs::create_dir_all(&spool).unwrap();
    for directory in [&root, &spool] {
        std::fs::set_permissions(directory, Permissions::from_mode(0o755)).unwrap();
    }
    LocalStore::open(&root).await.unwrap();
    let arriving =
        Spool::open(spool.clone(), Budget::new("spool_bytes", 1_000)).await.unwrap().begin().await.unwrap();
    let on_its_way = std::fs::read_dir(&spool).unwrap().next().unwrap().unwrap().path();
    for (path, expected) in [(&root, 0o700), (&spool, 0o700), (&on_its_way, 0o600)] {
        assert_eq!(
            std::fs::metadata(path).unwrap().permissions().mode() & 0o777,
            expected,
            "{}",
            path.display()
        );
    }
    drop(arriving);
}

#[actix_web::test]
async fn files_are_the_members_own() {
    let app = TestApp::start().await;
    let ccn_no = number(&app.save_multipart(&gildong(), &Multipart::inquiry().jpeg("a.jpg")).await);
    let file = app.files_of(&ccn_no).await.remove(0);
    for stranger in [member(OTHER_MEMBER), on_site(gildong(), "2")] {
        assert_refused(&app.service.get(&file_url(&file), &stranger).await, 403, "FORBIDDEN");
        let none = app.service.get(&format!("{CUSTOMER}/files/none"), &stranger).await;
        assert_refused(&none, 403, "FORBIDDEN");
    }
    let none = app.service.get(&format!("{CUSTOMER}/files/none"), &kim()).await;
    assert_refused(&none, 900, "FILE_NOT_FOUND");
    for malformed in ["a%2Fb", "..%2F..%2Fetc", "%00", &"x".repeat(65)] {
        let answer = app.service.get(&format!("{CUSTOMER}/files/{malformed}"), &gildong()).await;
        assert_fields(&answer, &["fileNo"]);
    }
    // Another's file can't be taken away through an inquiry of one's own.
    let other = member(OTHER_MEMBER);
    let own = app.written_by(&other, "내 문의").await;
    let edit = json!({"ccnNo": own, "cnslTypNo": "9090", "title": "t", "accpCont": "c", "delFileNos": [file["fileNo"]]});
    assert_refused(&app.edit(&other, edit).await, 403, "FORBIDDEN");
    assert_eq!(app.service.get(&file_url(&file), &gildong()).await.status, 200);
}

#[actix_web::test]
async fn an_edit_adds_and_removes_files() {
    let app = TestApp::start().await;
    let form = Multipart::inquiry().jpeg("a.jpg").jpeg("b.jpg").jpeg("c.jpg");
    let ccn_no = number(&app.save_multipart(&gildong(), &form).await);
    let before = app.files_of(&ccn_no).await;
    let numbers: Vec<&str> = before.iter().map(|file| file["fileNo"].as_str().unwrap()).collect();
    let edit = |form: Multipart| form.text("ccnNo", &ccn_no);
    let path = format!("{CUSTOMER}/questionMod");

    let three_more =
        (0..3).fold(edit(Multipart::inquiry()), |form, index| form.jpeg(&format!("{index}.jpg")));
    let refused = app.multipart(Method::PUT, &path, &gildong(), &three_more).await;
    assert_fields(&refused, &["files[2]"]);
    assert_eq!(app.files_of(&ccn_no).await, before, "nothing has changed");

    let swap = three_more.text("delFileNos", numbers[0]).text("delFileNos", numbers[1]);
    assert_eq!(app.multipart(Method::PUT, &path, &gildong(), &swap).await.status, 200);
    let after = app.files_of(&ccn_no).await;
    let names: Vec<&str> = after.iter().map(|file| file["fileNm"].as_str().unwrap()).collect();
    assert_eq!(names, ["c.jpg", "0.jpg", "1.jpg", "2.jpg"]);
    assert_refused(&app.service.get(&file_url(&before[0]), &gildong()).await, 403, "FORBIDDEN");
    until(async || app.stored_files().len() == 4 + 3).await;
    // The three files of the refused edit wait for the collector.
    app.clock.advance(TimeDelta::minutes(61));
    collect_orphans(&app.state).await.unwrap();
    until(async || app.stored_files().len() == 4).await;
}

/// A store whose inquiry is deleted just before its bytes are asked for, or which has lost them.
struct Late {
    db: db::Db,
    deletes_first: bool,
}

#[async_trait::async_trait]
impl AttachmentStore for Late {
    async fn put(&self, _: &FileNo, _: &Path) -> Result<(), StoreError> {
        Ok(())
    }

    async fn open(&self, _: &FileNo) -> Result<Option<ByteStream>, StoreError> {
        if self.deletes_first {
            let gone = "UPDATE counsel SET del_dtm = accp_dtm, file_cnt = 0; DELETE FROM attachment;";
            self.db.write(|conn| conn.batch_execute(gone).map_err(db::DbError::from)).await.unwrap();
        }
        Ok(None)
    }

    async fn delete(&self, _: &FileNo) -> Result<(), StoreError> {
        Ok(())
    }
}

#[actix_web::test]
async fn a_file_that_goes_between_two_looks_was_not_there() {
    let app = TestApp::start().await;
    let ccn_no = number(&app.save_multipart(&gildong(), &Multipart::inquiry().jpeg("a.jpg")).await);
    let file_no = FileNo::parse(app.files_of(&ccn_no).await[0]["fileNo"].as_str().unwrap()).unwrap();
    let open = async |deletes_first: bool, viewer: Viewer| {
        let attachments = Arc::new(Late { db: app.db.clone(), deletes_first });
        let state = AppState { attachments, ..app.state.clone() };
        match open_file(&state, viewer, file_no.clone()).await {
            Err(Error::Refused(problem)) => problem.code,
            Err(error) => panic!("{error}"),
            Ok(_) => panic!("there is nothing to open"),
        }
    };
    assert_eq!(open(false, Viewer::Agent).await, ResultCode::InternalError, "a loss is a fault, and is said");
    assert_eq!(open(true, Viewer::Agent).await, ResultCode::FileNotFound);
}

#[actix_web::test]
async fn files_go_with_their_inquiry() {
    let app = TestApp::start().await;
    let form = Multipart::inquiry().jpeg("a.jpg").jpeg("b.jpg");
    let ccn_no = number(&app.save_multipart(&gildong(), &form).await);
    let files = app.files_of(&ccn_no).await;
    assert_eq!(app.stored_files().len(), 2);
    assert_eq!(app.delete(&gildong(), &ccn_no).await.status, 200);
    for caller in [gildong(), kim()] {
        let answer = app.service.get(&file_url(&files[0]), &caller).await;
        assert!(matches!(answer.code(), "FORBIDDEN" | "FILE_NOT_FOUND"), "{}", answer.text);
    }
    until(async || app.stored_files().is_empty()).await;
    assert_eq!(app.file_rows().await, 0);
}
