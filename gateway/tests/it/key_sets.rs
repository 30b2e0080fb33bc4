//! Keys that come, go and fail to come.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::{App, HttpResponse, HttpServer, web};
use contract::operations::member::GET_ORD_TOT_AMT;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::app::{TestApp, reply};
use crate::keys::{LOCAL, OTHER_RSA, Token, key_set};

/// An issuer's web server: a set that can be changed, and a count of who asked.
#[derive(Clone)]
struct KeyServer {
    set: Arc<Mutex<Option<String>>>,
    asked: Arc<AtomicUsize>,
    /// Requests that came and are not answered until the test lets them.
    hanging: Arc<tokio::sync::Semaphore>,
    hangs: Arc<AtomicBool>,
}

impl KeyServer {
    fn spawn() -> (Self, url::Url) {
        let server = Self {
            set: Arc::default(),
            asked: Arc::default(),
            hanging: Arc::new(tokio::sync::Semaphore::new(0)),
            hangs: Arc::default(),
        };
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/jwks.json", listener.local_addr().unwrap()).parse().unwrap();
        let data = web::Data::new(server.clone());
        let http = HttpServer::new(move || App::new().app_data(data.clone()).default_service(web::to(serve)))
            .workers(1)
            .disable_signals()
            .listen(listener)
            .unwrap()
            .run();
        actix_web::rt::spawn(http);
        (server, url)
    }

    fn publish(&self, set: Option<String>) {
        *self.set.lock().unwrap() = set;
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

async fn serve(server: web::Data<KeyServer>) -> HttpResponse {
    server.asked.fetch_add(1, Ordering::SeqCst);
    if server.hangs.load(Ordering::SeqCst) {
        server.hanging.acquire().await.unwrap().forget();
    }
    match &*server.set.lock().unwrap() {
        Some(set) => HttpResponse::Ok().content_type("application/json").body(set.clone()),
        None => HttpResponse::InternalServerError().finish(),
    }
}

/// Asks again and again until the status is there; the test's own time limit ends it otherwise.
async fn wait_for_status(app: &TestApp, token: &str, status: u16) {
    let wait = async {
        while app.call(&GET_ORD_TOT_AMT, Some(token)).await.status != status {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait).await.unwrap();
}

#[actix_web::test]
async fn a_changed_key_file_counts_without_a_restart_for_remembered_tokens_too() {
    let app = TestApp::with(|settings| settings.keys.file_check_ms = 10).await;
    let (old, new) = (Token::member().sign(), Token::member().signed_by(&OTHER_RSA).sign());
    assert_eq!(app.call(&GET_ORD_TOT_AMT, Some(&old)).await.status, 200);
    assert_eq!(app.call(&GET_ORD_TOT_AMT, Some(&new)).await.status, 401);

    std::fs::write(app.key_file("local.json"), key_set(&[&LOCAL, &OTHER_RSA])).unwrap();
    wait_for_status(&app, &new, 200).await;
    assert_eq!(app.call(&GET_ORD_TOT_AMT, Some(&old)).await.status, 200);

    std::fs::write(app.key_file("local.json"), key_set(&[&OTHER_RSA])).unwrap();
    wait_for_status(&app, &old, 401).await;
    assert_eq!(app.call(&GET_ORD_TOT_AMT, Some(&new)).await.status, 200);
}

#[actix_web::test]
async fn a_broken_key_file_leaves_the_last_good_keys() {
    let app = TestApp::with(|settings| settings.keys.file_check_ms = 10).await;
    let (old, new) = (Token::member().sign(), Token::member().signed_by(&OTHER_RSA).sign());
    let twice = json!({"keys": [LOCAL.jwk(), OTHER_RSA.jwk(), OTHER_RSA.jwk()]}).to_string();
    for broken in ["", "{", r#"{"keys":[]}"#, &twice] {
        std::fs::write(app.key_file("local.json"), broken).unwrap();
        // The unknown key of the new token makes the gateway look at the file again.
        for _ in 0..3 {
            assert_eq!(app.call(&GET_ORD_TOT_AMT, Some(&new)).await.status, 401);
            assert_eq!(app.call(&GET_ORD_TOT_AMT, Some(&old)).await.status, 200);
        }
    }
    std::fs::remove_file(app.key_file("local.json")).unwrap();
    assert_eq!(app.call(&GET_ORD_TOT_AMT, Some(&new)).await.status, 401);
    assert_eq!(app.call(&GET_ORD_TOT_AMT, Some(&old)).await.status, 200);
    std::fs::write(app.key_file("local.json"), key_set(&[&OTHER_RSA])).unwrap();
    wait_for_status(&app, &new, 200).await;
}

#[actix_web::test]
async fn an_unknown_key_asks_the_issuer_once_however_many_tokens_name_it() {
    let (server, url) = KeyServer::spawn();
    server.publish(Some(key_set(&[&LOCAL])));
    let app = TestApp::with(|settings| {
        settings.issuers[0].jwks_file = None;
        settings.issuers[0].jwks_url = Some(url);
    })
    .await;
    assert_eq!(server.asked(), 1);
    assert_eq!(app.call(&GET_ORD_TOT_AMT, Some(&Token::member().sign())).await.status, 200);
    assert_eq!(server.asked(), 1);

    server.publish(Some(key_set(&[&LOCAL, &OTHER_RSA])));
    let new = Token::member().signed_by(&OTHER_RSA).sign();
    let calls = (0..20).map(|_| app.call(&GET_ORD_TOT_AMT, Some(&new)));
    let replies = futures_util::future::join_all(calls).await;
    assert!(replies.iter().all(|reply| reply.status == 200));
    assert_eq!(server.asked(), 2);

    for number in 0..20 {
        let unknown = Token::member().field("kid", json!(format!("unknown-{number}"))).sign();
        assert_eq!(app.call(&GET_ORD_TOT_AMT, Some(&unknown)).await.status, 401);
    }
    assert_eq!(server.asked(), 2);
}

#[actix_web::test]
async fn an_issuer_that_fails_later_leaves_the_last_good_keys() {
    let (server, url) = KeyServer::spawn();
    server.publish(Some(key_set(&[&LOCAL])));
    let app = TestApp::with(|settings| {
        settings.keys.refresh_s = 1;
        settings.issuers[0].jwks_file = None;
        settings.issuers[0].jwks_url = Some(url);
    })
    .await;
    server.publish(None);
    let before = server.asked();
    while server.asked() < before + 2 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(app.call(&GET_ORD_TOT_AMT, Some(&Token::member().sign())).await.status, 200);
}

#[actix_web::test]
async fn the_gateway_is_ready_once_every_issuer_has_keys() {
    let (server, url) = KeyServer::spawn();
    let app = TestApp::with(|settings| {
        settings.keys.refresh_s = 1;
        settings.issuers[0].jwks_file = None;
        settings.issuers[0].jwks_url = Some(url);
    })
    .await;
    let health = |path: &str| reply(app.http.get(app.url(path)));
    assert_eq!(health("/health/live").await.status, 200);
    let not_ready = health("/health/ready").await;
    assert_eq!(not_ready.status, 503);
    assert!(not_ready.body["reason"].as_str().unwrap().contains("local"));
    assert_eq!(app.call(&GET_ORD_TOT_AMT, Some(&Token::member().sign())).await.status, 401);

    server.publish(Some(key_set(&[&LOCAL])));
    wait_for_status(&app, &Token::member().sign(), 200).await;
    assert_eq!(health("/health/ready").await.status, 200);
}

#[actix_web::test]
async fn public_keys_of_publishing_issuers_are_shown() {
    let app = TestApp::spawn().await;
    let shown = reply(app.http.get(app.url("/.well-known/jwks.json"))).await;
    assert_eq!(shown.status, 200);
    let kids: Vec<&str> =
        shown.body["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap()).collect();
    assert_eq!(kids, ["local-1"]);
    assert_eq!(shown.body["keys"][0]["n"], LOCAL.jwk()["n"]);
}

#[actix_web::test]
async fn an_address_without_https_is_refused_unless_it_is_this_machine() {
    for (url, is_good) in [
        ("http://login.example/jwks.json", false),
        ("ftp://127.0.0.1/jwks.json", false),
        ("http://127.0.0.1:9/jwks.json", true),
        ("http://localhost:9/jwks.json", true),
        ("http://[::1]:9/jwks.json", true),
        ("https://127.0.0.1:9/jwks.json", true),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let result = crate::app::build_with(&folder, |settings| {
            settings.issuers[0].jwks_file = None;
            settings.issuers[0].jwks_url = Some(url.parse().unwrap());
        })
        .await;
        assert_eq!(result.is_ok(), is_good, "{url}");
    }
}

#[actix_web::test]
async fn an_issuer_that_does_not_answer_keeps_no_known_token_waiting() {
    let (server, url) = KeyServer::spawn();
    server.publish(Some(key_set(&[&LOCAL])));
    let app = TestApp::with(|settings| {
        settings.issuers[0].jwks_file = None;
        settings.issuers[0].jwks_url = Some(url);
        settings.keys.fetch_timeout_ms = 60_000;
    })
    .await;
    server.publish(Some(key_set(&[&LOCAL, &OTHER_RSA])));
    server.hangs.store(true, Ordering::SeqCst);
    let new = Token::member().signed_by(&OTHER_RSA).sign();
    let waiting = app.call(&GET_ORD_TOT_AMT, Some(&new));
    let meanwhile = async {
        while server.asked() < 2 {
            tokio::task::yield_now().await;
        }
        for subject in ["100001311", "100001312", "100001313"] {
            let good = Token::of(&["member"], subject).sign();
            assert_eq!(app.call(&GET_ORD_TOT_AMT, Some(&good)).await.status, 200);
        }
        server.hanging.add_permits(1);
    };
    let (reply, ()) = tokio::join!(waiting, meanwhile);
    assert_eq!(reply.status, 200, "the new key arrived in the end");
}

#[actix_web::test]
async fn an_issuer_that_answers_too_late_or_not_at_all_leaves_the_last_good_keys() {
    let (server, url) = KeyServer::spawn();
    server.publish(Some(key_set(&[&LOCAL])));
    let app = TestApp::with(|settings| {
        settings.issuers[0].jwks_file = None;
        settings.issuers[0].jwks_url = Some(url);
        settings.keys.fetch_timeout_ms = 100;
        settings.keys.refresh_s = 1;
    })
    .await;
    server.hangs.store(true, Ordering::SeqCst);
    let unknown = Token::member().signed_by(&OTHER_RSA).sign();
    for asked in 2..4 {
        while server.asked() < asked {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(app.call(&GET_ORD_TOT_AMT, Some(&unknown)).await.status, 401);
        assert_eq!(app.call(&GET_ORD_TOT_AMT, Some(&Token::member().sign())).await.status, 200);
    }
}

#[actix_web::test]
async fn one_broken_key_takes_none_of_the_others_down() {
    let app = TestApp::with(|settings| settings.keys.file_check_ms = 10).await;
    let (old, new) = (Token::member().sign(), Token::member().signed_by(&OTHER_RSA).sign());
    for broken in [
        json!({"kty": "RSA", "kid": "broken", "n": "AQAB", "e": "AQAB"}),
        json!({"kty": "RSA", "kid": "broken", "n": "!", "e": "AQAB"}),
        json!({"kty": "RSA", "kid": "broken"}),
        json!({"kty": "oct", "kid": "broken", "k": "AAAA"}),
        json!({"kty": "EC", "kid": "broken", "crv": "P-521", "x": "AA", "y": "AA"}),
        json!({"kid": "broken"}),
        json!({"kty": "RSA"}),
        json!("broken"),
        json!(null),
    ] {
        let keys = json!({"keys": [broken, LOCAL.jwk(), OTHER_RSA.jwk()]});
        std::fs::write(app.key_file("local.json"), key_set(&[&LOCAL])).unwrap();
        wait_for_status(&app, &new, 401).await;
        std::fs::write(app.key_file("local.json"), keys.to_string()).unwrap();
        wait_for_status(&app, &new, 200).await;
        assert_eq!(app.call(&GET_ORD_TOT_AMT, Some(&old)).await.status, 200, "{broken}");
    }
}

#[actix_web::test]
async fn a_set_over_https_is_read_where_its_certificate_is_trusted() {
    let certificate = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let pem = certificate.cert.pem();
    let key = rustls::pki_types::PrivateKeyDer::try_from(certificate.signing_key.serialize_der()).unwrap();
    let config =
        rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.cert.der().clone()], key)
            .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url: url::Url =
        format!("https://localhost:{}/jwks.json", listener.local_addr().unwrap().port()).parse().unwrap();
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let Ok(mut connection) = acceptor.accept(connection).await else { continue };
            let set = key_set(&[&LOCAL]);
            let answer =
                format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{set}", set.len());
            let mut request = [0; 1024];
            let _ = connection.read(&mut request).await;
            let _ = connection.write_all(answer.as_bytes()).await;
            let _ = connection.shutdown().await;
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let ca_file = folder.path().join("ca.pem");
    std::fs::write(&ca_file, pem).unwrap();
    for (ca, expected) in [(Some(ca_file), 200), (None, 401)] {
        let app = TestApp::with(|settings| {
            settings.issuers[0].jwks_file = None;
            settings.issuers[0].jwks_url = Some(url.clone());
            settings.issuers[0].jwks_ca_file = ca;
        })
        .await;
        assert_eq!(app.call(&GET_ORD_TOT_AMT, Some(&Token::member().sign())).await.status, expected);
    }
}

#[actix_web::test]
async fn a_file_of_certificates_without_any_is_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "").unwrap();
    for path in [empty, folder.path().join("missing.pem")] {
        let result = crate::app::build_with(&folder, |settings| {
            settings.issuers[0].jwks_file = None;
            settings.issuers[0].jwks_url = Some("https://127.0.0.1:9/jwks.json".parse().unwrap());
            settings.issuers[0].jwks_ca_file = Some(path);
        })
        .await;
        assert!(result.is_err());
    }
}
