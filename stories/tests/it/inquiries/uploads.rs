//! What is uploaded through the gateway can hurt nobody, and nothing of what was refused or cut off stays.

use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use super::house::{House, Multipart, photo};
use crate::wait::until;

#[actix_web::test]
async fn files_are_judged_by_what_they_are() {
    let house = House::open().await;
    let archive = [b"PK\x03\x04\x14\0\0\0".as_slice(), &[0; 2_000]].concat();
    let archive_end = b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x2E\0\0\0\x40\0\0\0\0\0";
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    let bad: [(&str, &str, Vec<u8>); 8] = [
        ("photo.jpg", "image/jpeg", b"MZ\x90\0\x03".to_vec()),
        ("photo.png", "image/png", svg.to_vec()),
        ("picture.svg", "image/svg+xml", svg.to_vec()),
        ("page.jpg", "image/jpeg", b"<!DOCTYPE html><html></html>".to_vec()),
        ("bomb.zip", "application/zip", archive.clone()),
        ("bomb.pdf", "application/pdf", archive),
        ("photo.jpg", "image/jpeg", [photo(100).as_slice(), b"<script>alert(1)</script>"].concat()),
        ("photo.jpg", "image/jpeg", [photo(100_000).as_slice(), archive_end].concat()),
    ];
    for (name, content_type, content) in &bad {
        let answer = house.upload(&Multipart::inquiry().file(name, content_type, content)).await;
        assert_eq!((answer.status, answer.fields()), (900, vec!["files[0]"]), "{name}: {}", answer.text);
    }
    let six = (0..6).fold(Multipart::inquiry(), |form, _| form.file("a.jpg", "image/jpeg", &photo(1_000)));
    let six = house.upload(&six).await;
    assert_eq!((six.status, six.fields()), (900, vec!["files[5]"]), "{}", six.text);
    let large = Multipart::inquiry().file("a.jpg", "image/jpeg", &photo(1_000)).file(
        "b.jpg",
        "image/jpeg",
        &photo(11 << 20),
    );
    let large = house.upload(&large).await;
    assert_eq!((large.status, large.fields()), (900, vec!["files[1]"]), "{}", large.text);
    assert!(house.stored_files().is_empty(), "{:?}", house.stored_files());
    assert_eq!(house.get("getQuestion", &house.member).await.payload()["totalCount"], 0);

    let path = Multipart::inquiry().file("..\\..\\x/../../etc/passwd.jpg", "text/html", &photo(1_000));
    let answer = house.upload(&path).await;
    let ccn_no = answer.payload().as_str().expect("it is a photo");
    let detail = house.detail(ccn_no, &house.member).await;
    let file = &detail.payload()["files"][0];
    assert_eq!((&file["fileNm"], &file["type"]), (&json!("passwd.jpg"), &json!("image/jpeg")));
}

#[actix_web::test]
async fn five_files_of_ten_mebibytes_pass() {
    let house = House::open().await;
    let form =
        (0..5).fold(Multipart::inquiry(), |form, _| form.file("a.jpg", "image/jpeg", &photo(10 << 20)));
    let answer = house.upload(&form).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(house.stored_files().len(), 5);
}

#[actix_web::test]
async fn a_connection_cut_half_way_leaves_nothing() {
    let house = House::open().await;
    let form = Multipart::inquiry().file("a.jpg", "image/jpeg", &photo(6 << 20));
    let body = form.bytes();
    let head = format!(
        "POST /api/order/v1/customerservice/questionSave HTTP/1.1\r\nhost: shop\r\nauthorization: Bearer {}\r\n\
         content-type: {}\r\ncontent-length: {}\r\n\r\n",
        house.member,
        form.content_type(),
        body.len()
    );
    let address = house.shop.base().trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(&address).await.expect("the gateway listens");
    stream.write_all(head.as_bytes()).await.expect("the gateway reads");
    stream.write_all(&body[..5 << 20]).await.expect("the gateway reads on");
    until("a part of it has arrived", async || !house.stored_files().is_empty()).await;
    drop(stream);
    until("nothing of it is left", async || house.stored_files().is_empty()).await;
    for sent in [0, 500, body.len() - 10] {
        let mut stream = TcpStream::connect(&address).await.expect("the gateway listens");
        stream.write_all(head.as_bytes()).await.expect("the gateway reads");
        stream.write_all(&body[..sent]).await.expect("the gateway reads on");
    }
    assert_eq!(house.upload(&Multipart::inquiry()).await.status, 200, "the house goes on");
    until("nothing of it is left", async || house.stored_files().is_empty()).await;
    assert_eq!(house.get("getQuestion", &house.member).await.payload()["totalCount"], 1);
}
