//! Attachments in a bucket: against a stand-in that speaks S3 and takes nothing that is not signed rightly.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use aws_lc_rs::{digest, hmac};
use cs_inquiry_service::settings::StoreKind;
use reqwest::Method;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::app::{CUSTOMER, TestApp, assert_refused, gildong, number, until};
use crate::form::{Multipart, jpeg};

const ACCESS_KEY: &str = "AKIDEXAMPLE";
const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const REGION: &str = "ap-northeast-2";

#[derive(Clone, Default)]
struct Bucket {
    objects: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    /// Of uploads under way: their parts by number.
    parts: Arc<Mutex<BTreeMap<u32, Vec<u8>>>>,
    is_down: Arc<Mutex<bool>>,
}

impl Bucket {
    async fn start() -> (Self, MockServer) {
        let (bucket, server) = (Self::default(), MockServer::start().await);
        Mock::given(wiremock::matchers::any()).respond_with(bucket.clone()).mount(&server).await;
        (bucket, server)
    }

    fn keys(&self) -> Vec<String> {
        self.objects.lock().unwrap().keys().cloned().collect()
    }

    fn sizes(&self) -> Vec<usize> {
        self.objects.lock().unwrap().values().map(Vec::len).collect()
    }
}

impl Respond for Bucket {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        if let Err(reason) = check_signature(request) {
            let body =
                format!("<Error><Code>SignatureDoesNotMatch</Code><Message>{reason}</Message></Error>");
            return ResponseTemplate::new(403).set_body_string(body);
        }
        if *self.is_down.lock().unwrap() {
            return ResponseTemplate::new(503).set_body_string("<Error><Code>SlowDown</Code></Error>");
        }
        let key = request.url.path().to_owned();
        let query = |name: &str| {
            let found = request.url.query_pairs().find(|(known, _)| known == name);
            found.map(|(_, value)| value.into_owned())
        };
        let mut objects = self.objects.lock().unwrap();
        let mut parts = self.parts.lock().unwrap();
        match (request.method.as_str(), query("partNumber"), query("uploadId"), query("uploads")) {
            ("PUT", Some(part), Some(_), _) => {
                parts.insert(part.parse().unwrap(), request.body.clone());
                ResponseTemplate::new(200).insert_header("etag", format!("\"part-{part}\""))
            }
            ("PUT", None, None, _) => {
                objects.insert(key, request.body.clone());
                ResponseTemplate::new(200).insert_header("etag", "\"whole\"")
            }
            ("POST", _, None, Some(_)) => ResponseTemplate::new(200).set_body_string(
                "<InitiateMultipartUploadResult><Bucket>b</Bucket><Key>k</Key><UploadId>u1</UploadId>\
                 </InitiateMultipartUploadResult>",
            ),
            ("POST", _, Some(_), None) => {
                objects.insert(key, std::mem::take(&mut *parts).into_values().flatten().collect());
                ResponseTemplate::new(200).set_body_string(
                    "<CompleteMultipartUploadResult><ETag>\"all\"</ETag></CompleteMultipartUploadResult>",
                )
            }
            ("GET", ..) => match objects.get(&key) {
                Some(bytes) => ResponseTemplate::new(200)
                    .insert_header("etag", "\"whole\"")
                    .insert_header("last-modified", "Sun, 22 Nov 2026 03:00:00 GMT")
                    .set_body_bytes(bytes.clone()),
                None => ResponseTemplate::new(404).set_body_string("<Error><Code>NoSuchKey</Code></Error>"),
            },
            ("DELETE", ..) => {
                objects.remove(&key);
                ResponseTemplate::new(204)
            }
            other => panic!("the service asks for something new: {other:?}"),
        }
    }
}

/// Signature Version 4, computed from the request as it arrived.
fn check_signature(request: &Request) -> Result<(), String> {
    let header = |name: &str| {
        let value = request.headers.get(name).and_then(|value| value.to_str().ok());
        value.map(str::to_owned).ok_or(format!("no {name}"))
    };
    let authorization = header("authorization")?;
    let fields = authorization.strip_prefix("AWS4-HMAC-SHA256 ").ok_or("another algorithm")?;
    let field = |name: &str| {
        let found = fields.split(',').map(str::trim).find_map(|field| field.strip_prefix(name));
        found.ok_or(format!("no {name}"))
    };
    let (credential, names, signature) =
        (field("Credential=")?, field("SignedHeaders=")?, field("Signature=")?);
    let time = header("x-amz-date")?;
    let scope = format!("{}/{REGION}/s3/aws4_request", &time[..8]);
    if credential != format!("{ACCESS_KEY}/{scope}") {
        return Err(format!("another credential: {credential}"));
    }
    let payload_hash = header("x-amz-content-sha256")?;
    if payload_hash != "UNSIGNED-PAYLOAD" && payload_hash != sha256(&request.body) {
        return Err("the body is not the signed one".to_owned());
    }
    let mut query: Vec<String> = request
        .url
        .query()
        .unwrap_or("")
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(str::to_owned)
        .collect();
    query.iter_mut().filter(|pair| !pair.contains('=')).for_each(|pair| pair.push('='));
    query.sort();
    let mut canonical = format!("{}\n{}\n{}\n", request.method, request.url.path(), query.join("&"));
    for name in names.split(';') {
        canonical.push_str(&format!("{name}:{}\n", header(name)?.trim()));
    }
    canonical.push_str(&format!("\n{names}\n{payload_hash}"));
    let to_sign = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", sha256(canonical.as_bytes()));
    let mut key = format!("AWS4{SECRET_KEY}").into_bytes();
    for part in [&time[..8], REGION, "s3", "aws4_request"] {
        key = sign(&key, part.as_bytes());
    }
    let expected = hex::encode(sign(&key, to_sign.as_bytes()));
    if expected == signature { Ok(()) } else { Err(format!("signed otherwise: {canonical}")) }
}

fn sign(key: &[u8], text: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text).as_ref().to_vec()
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(digest::digest(&digest::SHA256, bytes))
}

async fn app_with(server: &MockServer, secret: &str) -> TestApp {
    TestApp::with(|settings| {
        settings.attachment.store = StoreKind::S3;
        let s3 = &mut settings.attachment.s3;
        s3.endpoint = server.uri();
        s3.bucket = "inquiry-files".to_owned();
        s3.access_key_id = ACCESS_KEY.to_owned();
        s3.secret_access_key = secret.to_owned().into();
        s3.path_style = true;
        s3.allow_http = true;
    })
    .await
}

#[actix_web::test]
async fn files_go_to_the_bucket_and_come_back() {
    let (bucket, server) = Bucket::start().await;
    let app = app_with(&server, SECRET_KEY).await;
    // One in a single piece, one in two parts, one that ends exactly where a part does.
    let sizes = [10_000, 9 << 20, 5 << 20];
    let form =
        sizes.iter().fold(Multipart::inquiry(), |form, size| form.file("a.jpg", "image/jpeg", &jpeg(*size)));
    let ccn_no = number(&app.save_multipart(&gildong(), &form).await);
    assert!(app.stored_files().is_empty(), "nothing stays on the way");
    assert!(
        bucket.keys().iter().all(|key| key.starts_with("/inquiry-files/inquiries/")),
        "{:?}",
        bucket.keys()
    );
    let mut stored = bucket.sizes();
    stored.sort_unstable();
    assert_eq!(stored, [10_000, 5 << 20, 9 << 20]);
    let detail = app.detail(&gildong(), &ccn_no).await;
    for (file, size) in detail.payload()["files"].as_array().unwrap().iter().zip(sizes) {
        let response =
            app.service.request(Method::GET, file["url"].as_str().unwrap(), &gildong()).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "image/jpeg");
        assert!(response.bytes().await.unwrap() == jpeg(size), "{size}");
    }
    app.delete(&gildong(), &ccn_no).await;
    until(async || bucket.keys().is_empty()).await;
}

#[actix_web::test]
async fn a_bucket_that_is_away_takes_only_files_with_it() {
    let (bucket, server) = Bucket::start().await;
    let app = app_with(&server, SECRET_KEY).await;
    let ccn_no = number(&app.save_multipart(&gildong(), &Multipart::inquiry().jpeg("a.jpg")).await);
    *bucket.is_down.lock().unwrap() = true;
    let refused = app.save_multipart(&gildong(), &Multipart::inquiry().jpeg("b.jpg")).await;
    assert_refused(&refused, 503, "SERVICE_UNAVAILABLE");
    let detail = app.detail(&gildong(), &ccn_no).await;
    let url = detail.payload()["files"][0]["url"].as_str().unwrap();
    assert_refused(&app.service.get(url, &gildong()).await, 503, "SERVICE_UNAVAILABLE");
    app.written().await;
    let list = app.service.get(&format!("{CUSTOMER}/getQuestion"), &gildong()).await;
    assert_eq!(list.payload()["totalCount"], 2, "the inquiry whose file could not be stored was not taken");
    *bucket.is_down.lock().unwrap() = false;
    assert_eq!(app.service.get(url, &gildong()).await.status, 200);
}

#[actix_web::test]
async fn the_stand_in_takes_nothing_that_is_signed_otherwise() {
    let (bucket, server) = Bucket::start().await;
    let app = app_with(&server, "another-secret").await;
    let refused = app.save_multipart(&gildong(), &Multipart::inquiry().jpeg("a.jpg")).await;
    assert_refused(&refused, 503, "SERVICE_UNAVAILABLE");
    assert!(bucket.keys().is_empty());
}
