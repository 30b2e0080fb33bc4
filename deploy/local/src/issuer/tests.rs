//! The issuer as a browser, a page and an attacker meet it, over HTTP.

mod hostile;

use chrono::{DateTime, TimeDelta};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use reqwest::{Client, Response, redirect};
use serde_json::{Value, json};

use super::*;
use crate::environment::{Ports, Process};
use crate::keys::Keys;
use crate::settings::{Settings, Variables};
use crate::token::AUDIENCE;

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// RFC 7636's own example.
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const GATEWAY_PORT: u16 = 18_080;
const BACK: &str = "http://127.0.0.1:18080/desk/callback";

struct Running {
    base: String,
    http: Client,
    clock: Clock,
    place: tempfile::TempDir,
}

impl Running {
    fn start() -> Self {
        let place = tempfile::tempdir().unwrap();
        let listener = listen(0).unwrap();
        let port = listener.local_addr().unwrap().port();
        let given = [
            ("DATA_DIR", place.path().to_str().unwrap().to_owned()),
            ("GATEWAY_PORT", GATEWAY_PORT.to_string()),
            ("SHOP_PORT", port.to_string()),
        ];
        let given = given.map(|(name, value)| (name.to_owned(), value)).into();
        let settings = Settings::read(&Variables::new(given, &|_| None)).unwrap();
        let keys = Keys::open_or_make(&settings.keys_dir()).unwrap();
        let ports = Ports(Process::ALL.into_iter().map(|process| (process, 1)).collect());
        let clock = Clock::fixed(DateTime::from_timestamp(1_800_000_000, 0).unwrap());
        serve(listener, &Surroundings { settings, keys, ports }, clock.clone()).unwrap();
        let http = Client::builder().no_proxy().redirect(redirect::Policy::none()).build().unwrap();
        Self { base: format!("http://127.0.0.1:{port}"), http, clock, place }
    }

    /// What a page asks for, with some of it said otherwise; `None` leaves it out.
    fn asked(changes: &[(&str, Option<&str>)]) -> Vec<(String, String)> {
        with(
            &[
                ("client_id", "desk"),
                ("redirect_uri", BACK),
                ("response_type", "code"),
                ("scope", "openid"),
                ("code_challenge", CHALLENGE),
                ("code_challenge_method", "S256"),
                ("state", "a state"),
                ("nonce", "a nonce"),
            ],
            changes,
        )
    }

    /// What a page redeems a code with.
    fn redeemed(code: &str, changes: &[(&str, Option<&str>)]) -> Vec<(String, String)> {
        with(
            &[
                ("grant_type", "authorization_code"),
                ("client_id", "desk"),
                ("code", code),
                ("redirect_uri", BACK),
                ("code_verifier", VERIFIER),
            ],
            changes,
        )
    }

    async fn authorize(&self, fields: &[(String, String)]) -> Response {
        self.http.post(format!("{}/authorize", self.base)).form(fields).send().await.unwrap()
    }

    /// Picks a person, as the form does.
    async fn code_of(&self, person: &str) -> String {
        let mut fields = Self::asked(&[]);
        fields.push(("person".to_owned(), person.to_owned()));
        let back = way_back_of(&self.authorize(&fields).await).unwrap();
        assert!(back.starts_with(&format!("{BACK}?")), "{back}");
        assert_eq!(value(&back, "state").as_deref(), Some("a state"));
        assert_eq!(value(&back, "iss"), Some(self.base.clone()));
        value(&back, "code").unwrap()
    }

    async fn token(&self, fields: &[(String, String)]) -> (u16, Value) {
        let answer = self.http.post(format!("{}/token", self.base)).form(fields).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    async fn renew(&self, refresh_token: &str) -> (u16, Value) {
        let fields =
            [("grant_type", "refresh_token"), ("client_id", "desk"), ("refresh_token", refresh_token)];
        self.token(&with(&fields, &[])).await
    }

    /// What a token says, if the key the gateway knows has signed it for this reader.
    fn claims(&self, token: &str, audience: &str) -> Result<Value, jsonwebtoken::errors::Error> {
        let jwks = std::fs::read(self.place.path().join("keys/local-issuer.jwks.json")).unwrap();
        let set: JwkSet = serde_json::from_slice(&jwks).unwrap();
        let kid = jsonwebtoken::decode_header(token)?.kid.unwrap();
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_audience(&[audience]);
        validation.validate_exp = false;
        let key = DecodingKey::from_jwk(set.find(&kid).unwrap())?;
        Ok(jsonwebtoken::decode::<Value>(token, &key, &validation)?.claims)
    }
}

fn with(fields: &[(&str, &str)], changes: &[(&str, Option<&str>)]) -> Vec<(String, String)> {
    let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    let mut all: Vec<_> = fields.iter().copied().map(own).collect();
    for (name, value) in changes {
        all.retain(|(known, _)| known != name);
        all.extend(value.map(|value| own((name, value))));
    }
    all
}

fn way_back_of(answer: &Response) -> Option<String> {
    answer.headers().get("location").map(|place| place.to_str().unwrap().to_owned())
}

fn value(address: &str, name: &str) -> Option<String> {
    let address = url::Url::parse(address).unwrap();
    address.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn who_is_picked_gets_a_token_for_the_gateway_and_one_for_the_page() {
    let issuer = Running::start();
    let code = issuer.code_of("A001").await;
    let (status, answer) = issuer.token(&Running::redeemed(&code, &[])).await;
    assert_eq!((status, &answer["expires_in"]), (200, &json!(600)), "{answer}");
    let (access, identity) = (answer["access_token"].as_str().unwrap(), answer["id_token"].as_str().unwrap());
    assert_eq!(
        issuer.claims(access, AUDIENCE).unwrap(),
        json!({"iss": issuer.base, "aud": AUDIENCE, "sub": "A001", "roles": ["agent"], "siteNo": "1",
               "iat": 1_800_000_000, "exp": 1_800_000_600})
    );
    let claims = issuer.claims(identity, "desk").unwrap();
    assert_eq!(
        (&claims["sub"], &claims["name"], &claims["nonce"]),
        (&json!("A001"), &json!("김상담"), &json!("a nonce"))
    );
    assert!(issuer.claims(identity, AUDIENCE).is_err(), "the gateway refuses the page's");
    let member = issuer.code_of("100001311").await;
    let (_, answer) = issuer.token(&Running::redeemed(&member, &[])).await;
    let claims = issuer.claims(answer["access_token"].as_str().unwrap(), AUDIENCE).unwrap();
    assert_eq!((&claims["roles"], &claims["mbrGradeCd"]), (&json!(["member"]), &json!("30")));
}

#[tokio::test]
async fn the_page_lists_the_people_and_holds_no_script() {
    let issuer = Running::start();
    let asked = Running::asked(&[("state", Some("\"><script>alert(1)</script>"))]);
    let answer = issuer.http.get(format!("{}/authorize", issuer.base)).query(&asked).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'self'; form-action 'self' http://127.0.0.1:18080"),
        "{policy}"
    );
    let page = answer.text().await.unwrap();
    for person in &PEOPLE {
        assert!(page.contains(&format!("value=\"{}\"", person.sub)) && page.contains(person.name), "{page}");
    }
    assert!(page.contains("로컬 전용") && !page.contains("<script"), "{page}");
}

#[tokio::test]
async fn a_code_is_good_once_and_for_a_minute() {
    let issuer = Running::start();
    let code = issuer.code_of("A001").await;
    issuer.clock.advance(TimeDelta::seconds(59));
    let (status, first) = issuer.token(&Running::redeemed(&code, &[])).await;
    assert_eq!(status, 200);
    let (status, again) = issuer.token(&Running::redeemed(&code, &[])).await;
    assert_eq!((status, again), (400, json!({"error": "invalid_grant"})));
    let (status, _) = issuer.renew(first["refresh_token"].as_str().unwrap()).await;
    assert_eq!(status, 400, "what a stolen code gave is taken back");

    let late = issuer.code_of("A001").await;
    issuer.clock.advance(TimeDelta::seconds(60));
    assert_eq!(issuer.token(&Running::redeemed(&late, &[])).await.0, 400);
}

#[tokio::test]
async fn a_refresh_token_changes_with_every_use_and_a_copy_ends_them_all() {
    let issuer = Running::start();
    let code = issuer.code_of("A001").await;
    let (_, answer) = issuer.token(&Running::redeemed(&code, &[])).await;
    let first = answer["refresh_token"].as_str().unwrap().to_owned();
    issuer.clock.advance(TimeDelta::seconds(500));
    let (status, answer) = issuer.renew(&first).await;
    assert_eq!(status, 200, "{answer}");
    let second = answer["refresh_token"].as_str().unwrap().to_owned();
    assert_ne!(first, second);
    let claims = issuer.claims(answer["access_token"].as_str().unwrap(), AUDIENCE).unwrap();
    assert_eq!(claims["exp"], 1_800_001_100);
    let claims = issuer.claims(answer["id_token"].as_str().unwrap(), "desk").unwrap();
    assert_eq!((&claims["auth_time"], claims.get("nonce")), (&json!(1_800_000_000), None));

    assert_eq!(issuer.renew(&first).await, (400, json!({"error": "invalid_grant"})), "used before");
    assert_eq!(issuer.renew(&second).await.0, 400, "and so its successor ends too");
}

#[tokio::test]
async fn signing_out_ends_the_tokens_and_goes_back_to_known_places_only() {
    let issuer = Running::start();
    let code = issuer.code_of("A001").await;
    let (_, answer) = issuer.token(&Running::redeemed(&code, &[])).await;
    let token = answer["refresh_token"].as_str().unwrap();
    let revoke = issuer.http.post(format!("{}/revoke", issuer.base)).form(&[("token", token)]);
    assert_eq!(revoke.send().await.unwrap().status(), 200);
    assert_eq!(issuer.renew(token).await.0, 400);

    let leave = async |place: &str| {
        let asked = [("client_id", "desk"), ("post_logout_redirect_uri", place)];
        way_back_of(&issuer.http.get(format!("{}/logout", issuer.base)).query(&asked).send().await.unwrap())
    };
    let known = "http://127.0.0.1:18080/desk?signedOut";
    assert_eq!(leave(known).await.as_deref(), Some(known));
    assert_eq!(leave("https://evil.example/").await, None);
}

#[tokio::test]
async fn known_pages_may_read_and_others_may_not() {
    let issuer = Running::start();
    let ask = async |origin: &str, path: &str| {
        let request = issuer.http.get(format!("{}{path}", issuer.base)).header("origin", origin);
        let answer = request.send().await.unwrap();
        answer.headers().get("access-control-allow-origin").map(|value| value.to_str().unwrap().to_owned())
    };
    let discovery = "/.well-known/openid-configuration";
    for origin in ["http://127.0.0.1:18080", "http://localhost:18080", &issuer.base] {
        assert_eq!(ask(origin, discovery).await.as_deref(), Some(origin));
    }
    for origin in ["https://evil.example", "null", "http://127.0.0.1:18080.evil.example"] {
        assert_eq!(ask(origin, discovery).await, None, "{origin}");
    }
    assert_eq!(ask("http://127.0.0.1:18080", "/authorize").await, None, "nobody picks for somebody else");
    let document: Value =
        issuer.http.get(format!("{}{discovery}", issuer.base)).send().await.unwrap().json().await.unwrap();
    assert_eq!(document["issuer"], json!(issuer.base));
    let keys: Value =
        issuer.http.get(document["jwks_uri"].as_str().unwrap()).send().await.unwrap().json().await.unwrap();
    assert_eq!(keys["keys"][0]["kty"], "RSA");
    assert_eq!(keys["keys"][0].get("d"), None);
}

#[tokio::test]
async fn the_shops_pages_learn_where_everything_is() {
    let issuer = Running::start();
    let answer = issuer.http.get(format!("{}/shop/config.json", issuer.base)).send().await.unwrap();
    let config: Value = answer.json().await.unwrap();
    assert_eq!(
        config,
        json!({"gateway": "http://127.0.0.1:18080", "issuer": issuer.base, "clientId": "shop"})
    );
    for path in [
        "/shop/..%2fREADME.md",
        "/shop/%2e%2e/README.md",
        "/shop//etc/passwd",
        "/shop/.git",
        "/shop/nothing.js",
    ] {
        let answer = issuer.http.get(format!("{}{path}", issuer.base)).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{path}");
    }
}

#[test]
fn it_serves_this_machine_only_and_says_who_has_its_port() {
    let place = tempfile::tempdir().unwrap();
    let given = [("DATA_DIR".to_owned(), place.path().to_str().unwrap().to_owned())].into();
    let settings = Settings::read(&Variables::new(given, &|_| None)).unwrap();
    let keys = Keys::open_or_make(&settings.keys_dir()).unwrap();
    let surroundings = Surroundings { settings, keys, ports: Ports([].into()) };
    let open = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
    let refusal = serve(open, &surroundings, Clock::system()).unwrap_err().to_string();
    assert!(refusal.contains("0.0.0.0"), "{refusal}");

    let taken = listen(0).unwrap();
    let port = taken.local_addr().unwrap().port();
    let refusal = listen(port).unwrap_err().to_string();
    assert!(refusal.contains(&format!("127.0.0.1:{port}")) && refusal.contains("SHOP_PORT"), "{refusal}");
}
