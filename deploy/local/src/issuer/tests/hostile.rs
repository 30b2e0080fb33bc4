//! Forty ways to ask for what one may not have. None of them gets a code or a token.

use super::*;

type Change = (&'static str, Option<&'static str>);

const LONG: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// What is refused where it stands: nobody is sent to an address like that.
const NOT_SENT_BACK: [Change; 13] = [
    ("client_id", None),
    ("client_id", Some("other")),
    ("client_id", Some("shop")),
    ("redirect_uri", None),
    ("redirect_uri", Some("https://evil.example/desk/callback")),
    ("redirect_uri", Some("http://127.0.0.1:18080/desk/callback/")),
    ("redirect_uri", Some("http://127.0.0.1:18080/desk/callback?a=b")),
    ("redirect_uri", Some("http://127.0.0.1:18080/desk/callback#a")),
    ("redirect_uri", Some("http://127.0.0.1:18080@evil.example/desk/callback")),
    ("redirect_uri", Some("http://127.0.0.1:18081/desk/callback")),
    ("redirect_uri", Some("HTTP://127.0.0.1:18080/desk/callback")),
    ("redirect_uri", Some("http://127.0.0.1:18080/desk/../desk/callback")),
    ("person", Some("root")),
];

/// What the page is told about.
const SENT_BACK: [Change; 14] = [
    ("response_type", None),
    ("response_type", Some("token")),
    ("response_type", Some("code id_token")),
    ("response_mode", Some("fragment")),
    ("scope", Some("profile")),
    ("code_challenge", None),
    ("code_challenge", Some("short")),
    ("code_challenge", Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM")),
    ("code_challenge_method", None),
    ("code_challenge_method", Some("plain")),
    ("state", None),
    ("nonce", None),
    ("request", Some("eyJhbGciOiJub25lIn0.e30.")),
    ("prompt", Some("none")),
];

/// What is brought with a good code.
const NOT_REDEEMED: [Change; 13] = [
    ("grant_type", None),
    ("grant_type", Some("password")),
    ("grant_type", Some("client_credentials")),
    ("grant_type", Some("refresh_token")),
    ("client_id", None),
    ("client_id", Some("shop")),
    ("client_secret", Some("secret")),
    ("code", Some("other")),
    ("redirect_uri", None),
    ("redirect_uri", Some("http://localhost:18080/desk/callback")),
    ("code_verifier", None),
    ("code_verifier", Some(CHALLENGE)),
    ("code_verifier", Some(LONG)),
];

fn picked(change: Change) -> Vec<(String, String)> {
    let mut fields = Running::asked(&[("person", Some("A001")), change]);
    fields.sort();
    fields
}

#[tokio::test]
async fn nobody_gets_a_code_who_asks_wrongly() {
    let issuer = Running::start();
    for change in NOT_SENT_BACK {
        let answer = issuer.authorize(&picked(change)).await;
        assert_eq!((answer.status().as_u16(), way_back_of(&answer)), (400, None), "{change:?}");
    }
    for change in SENT_BACK {
        let back = way_back_of(&issuer.authorize(&picked(change)).await).unwrap();
        assert!(
            back.starts_with(&format!("{BACK}?")) && value(&back, "error").is_some(),
            "{change:?}: {back}"
        );
        assert_eq!(value(&back, "code"), None, "{change:?}");
        // A page that is only looked at refuses the same.
        let request = issuer.http.get(format!("{}/authorize", issuer.base)).query(&picked(change));
        assert_eq!(request.send().await.unwrap().status(), 303, "{change:?}");
    }
}

#[tokio::test]
async fn nobody_gets_a_code_past_the_form() {
    let issuer = Running::start();
    let fields = picked(("scope", Some("openid")));
    let post = || issuer.http.post(format!("{}/authorize", issuer.base));
    let twice: Vec<_> = fields.iter().cloned().chain([("person".to_owned(), "ADM1".to_owned())]).collect();
    for (what, request, status) in [
        ("twice the same name", post().form(&twice), 400),
        ("another page's form", post().header("origin", "https://evil.example").form(&fields), 403),
        ("a form of nobody", post().header("origin", "null").form(&fields), 403),
        ("the desk's own form", post().header("origin", "http://127.0.0.1:18080").form(&fields), 403),
        ("JSON", post().json(&json!({"client_id": "desk"})), 403),
        ("a name that leads here", post().header("host", "evil.example").form(&fields), 421),
        ("too much", post().form(&[("state", "a".repeat(20_000))]), 413),
    ] {
        let answer = request.send().await.unwrap();
        assert_eq!((answer.status().as_u16(), way_back_of(&answer)), (status, None), "{what}");
    }
    let picked_by_address = issuer.http.get(format!("{}/authorize", issuer.base)).query(&fields);
    assert_eq!(way_back_of(&picked_by_address.send().await.unwrap()), None, "a link picks nobody");
}

#[tokio::test]
async fn nobody_gets_a_token_who_brings_something_wrong() {
    let issuer = Running::start();
    for change in NOT_REDEEMED {
        let code = issuer.code_of("A001").await;
        let (status, answer) = issuer.token(&Running::redeemed(&code, &[change])).await;
        assert_eq!((status, answer.get("access_token")), (400, None), "{change:?}");
        assert!(answer["error"].is_string(), "{change:?}: {answer}");
        let is_about_the_code = ["redirect_uri", "code_verifier"].contains(&change.0);
        let (status, _) = issuer.token(&Running::redeemed(&code, &[])).await;
        assert!(status == 400 || !is_about_the_code, "{change:?}: a code is tried once");
    }
    let code = issuer.code_of("A001").await;
    let fields = Running::redeemed(&code, &[]);
    let post = || issuer.http.post(format!("{}/token", issuer.base));
    let twice: Vec<_> =
        fields.iter().cloned().chain([("code_verifier".to_owned(), VERIFIER.to_owned())]).collect();
    for (what, request, status) in [
        ("another page", post().header("origin", "https://evil.example").form(&fields), 403),
        ("in the address", post().query(&fields), 403),
        ("JSON", post().json(&json!({"code": code})), 403),
        ("with a secret", post().basic_auth("desk", Some("x")).form(&fields), 400),
        ("twice the same name", post().form(&twice), 400),
        (
            "a token of no family",
            post().form(&with(
                &[("grant_type", "refresh_token"), ("client_id", "desk"), ("refresh_token", "a.b")],
                &[],
            )),
            400,
        ),
    ] {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{what}");
        assert!(!answer.text().await.unwrap().contains("access_token"), "{what}");
    }
    assert_eq!(issuer.token(&fields).await.0, 200, "none of these touched the code");
}
