//! The agents' desk: off unless it is switched on, and every answer of it under one strict policy.

use gateway::Settings;
use serde_json::json;

use crate::app::{TestApp, build_with};

const ISSUER: &str = "https://login.example/shop";

fn with_desk(settings: &mut Settings) {
    settings.issuers[0].iss = ISSUER.to_owned();
    settings.cors_origins = vec!["https://shop.example".to_owned()];
    settings.desk.enabled = true;
    settings.desk.issuer = ISSUER.to_owned();
    settings.desk.client_id = "desk".to_owned();
    settings.desk.extra_params.insert("audience".to_owned(), "order-aftercare".to_owned());
    settings.desk.image_origins =
        vec!["https://img.example".to_owned(), "https://cdn.example:8443".to_owned()];
    settings.desk.label = "시험".to_owned();
}

type Change = fn(&mut Settings);

async fn get(app: &TestApp, path: &str) -> reqwest::Response {
    app.http.get(app.url(path)).send().await.unwrap()
}

/// What every answer of the desk says, to the letter.
#[track_caller]
fn assert_marked(answer: &reqwest::Response) {
    let at = answer.url().path().to_owned();
    let hash = &desk::page().import_map_hash;
    for (name, expected) in [
        (
            "content-security-policy",
            format!(
                "default-src 'none'; script-src 'self' 'sha256-{hash}'; style-src 'self'; \
                 img-src 'self' blob: https://img.example https://cdn.example:8443; \
                 connect-src 'self' https://login.example; font-src 'self'; manifest-src 'self'; base-uri 'none'; \
                 form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
            )
            .as_str(),
        ),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        (
            "permissions-policy",
            "camera=(), microphone=(), geolocation=(), payment=(), clipboard-write=(self)",
        ),
    ] {
        let said: Vec<_> = answer.headers().get_all(name).iter().map(|value| value.to_str().unwrap()).collect();
        assert_eq!(said, [expected], "{name} of {at}");
    }
}

fn kept_for(answer: &reqwest::Response) -> &str {
    answer.headers()["cache-control"].to_str().unwrap()
}

#[actix_web::test]
async fn the_page_stands_behind_its_policy_and_is_never_kept() {
    let app = TestApp::with(with_desk).await;
    for path in ["/desk", "/desk/callback", "/desk/callback?code=a&state=b"] {
        let answer = get(&app, path).await;
        assert_eq!((answer.status().as_u16(), kept_for(&answer)), (200, "no-store"), "{path}");
        assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
        assert_marked(&answer);
        assert_eq!(answer.text().await.unwrap(), desk::page().html);
    }
}

#[actix_web::test]
async fn the_page_is_told_what_it_has_to_know() {
    let app = TestApp::with(with_desk).await;
    let answer = get(&app, "/desk/config.json").await;
    assert_eq!((answer.status().as_u16(), kept_for(&answer)), (200, "no-store"));
    assert_marked(&answer);
    assert_eq!(
        answer.json::<serde_json::Value>().await.unwrap(),
        json!({
            "issuer": ISSUER, "clientId": "desk", "scope": "openid",
            "extraParams": {"audience": "order-aftercare"},
            "idleLockMin": 15, "pollS": 10, "undoS": 5,
            "imageOrigins": ["https://img.example", "https://cdn.example:8443"],
            "label": "시험", "buildId": desk::page().build_id,
        })
    );
}

#[actix_web::test]
async fn files_are_kept_for_ever_under_the_name_of_their_build() {
    let app = TestApp::with(with_desk).await;
    let build_id = desk::page().build_id.clone();
    let answer = get(&app, &format!("/desk/_/{build_id}/vendor/preact/dist/preact.mjs")).await;
    assert_eq!((answer.status().as_u16(), kept_for(&answer)), (200, "public, max-age=31536000, immutable"));
    assert_eq!(answer.headers()["content-type"], "text/javascript; charset=utf-8");
    assert_marked(&answer);
    let held = desk::find("vendor/preact/dist/preact.mjs").unwrap();
    assert_eq!(answer.bytes().await.unwrap(), *held.content);
}

#[actix_web::test]
async fn what_the_desk_has_not_got_is_refused_behind_the_same_policy() {
    let app = TestApp::with(with_desk).await;
    let build_id = desk::page().build_id.clone();
    for path in [
        "/desk/",
        "/desk/other",
        "/desk/%63allback",
        "/desk/_/",
        "/desk/_/0123456789abcdef/vendor/preact/dist/preact.mjs",
        &format!("/desk/_/{build_id}"),
        &format!("/desk/_/{build_id}/index.html"),
        &format!("/desk/_/{build_id}/vendor/SHA256SUMS"),
        &format!("/desk/_/{build_id}/%2e%2e/src/lib.rs"),
    ] {
        let answer = get(&app, path).await;
        assert_eq!((answer.status().as_u16(), kept_for(&answer)), (404, "no-store"), "{path}");
        assert_marked(&answer);
    }
    let posted = app.http.post(app.url("/desk")).send().await.unwrap();
    assert_eq!(posted.status(), 405);
    assert_marked(&posted);
    assert_eq!(get(&app, "/deskx").await.headers().get("content-security-policy"), None);
    assert_eq!(get(&app, "/%64esk").await.status(), 404);
}

#[actix_web::test]
async fn where_it_is_off_nobody_learns_of_it() {
    let app = TestApp::spawn().await;
    for path in ["/desk", "/desk/callback", "/desk/config.json"] {
        for method in [reqwest::Method::GET, reqwest::Method::POST] {
            let answer = app.http.request(method, app.url(path)).send().await.unwrap();
            assert_eq!(answer.status(), 404, "{path}");
            assert_eq!(answer.headers().get("content-security-policy"), None, "{path}");
        }
    }
}

#[actix_web::test]
async fn a_desk_that_nobody_could_sign_in_at_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("local.json"), crate::keys::key_set(&[&crate::keys::LOCAL])).unwrap();
    std::fs::write(folder.path().join("guests.json"), crate::keys::key_set(&[&crate::keys::GUESTS])).unwrap();
    let changes: [(&str, Change); 10] = [
        ("issuer", |settings| settings.desk.issuer = "https://other.example".to_owned()),
        ("issuer", |settings| {
            settings.issuers[0].iss = "http://login.example".to_owned();
            settings.desk.issuer = "http://login.example".to_owned();
        }),
        ("issuer", |settings| {
            settings.issuers[0].iss = "local".to_owned();
            settings.desk.issuer = "local".to_owned();
        }),
        ("client_id", |settings| settings.desk.client_id.clear()),
        ("scope", |settings| settings.desk.scope = "profile".to_owned()),
        ("extra_params", |settings| {
            settings.desk.extra_params.insert("redirect_uri".to_owned(), "https://evil.example".to_owned());
        }),
        ("idle_lock_min", |settings| settings.desk.idle_lock_min = 0),
        ("poll_s", |settings| settings.desk.poll_s = 0),
        ("undo_s", |settings| settings.desk.undo_s = 31),
        ("image_origins", |settings| settings.desk.image_origins.push("https://a;script-src *".to_owned())),
    ];
    for (name, change) in changes {
        let started = build_with(&folder, |settings| {
            with_desk(settings);
            change(settings);
        });
        let refusal = started.await.err().unwrap().to_string();
        assert!(refusal.contains(&format!("desk.{name}")), "{refusal}");
    }
}
