//! Tokens that must not open anything: each is refused in the same words, and nobody is asked about it.

use contract::operations::{inquiry, member};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::app::TestApp;
use crate::keys::{GUESTS, LOCAL, NOW, OTHER_EC, OTHER_RSA, Token, encode};

type Corpus = Vec<(String, String)>;

/// Tokens that must not open anything, each with what is wrong with it.
fn known_tricks() -> Vec<(&'static str, String)> {
    let good = Token::member();
    let signed = good.sign();
    let (text, signature) = signed.rsplit_once('.').unwrap();
    let (header, payload) = text.split_once('.').unwrap();
    let modulus = LOCAL.jwk()["n"].as_str().unwrap().to_owned();
    let flipped = format!("{}{}", if signature.starts_with('A') { 'B' } else { 'A' }, &signature[1..]);
    let other_payload = encode(json!({"iss": "local", "sub": "1"}).to_string());
    vec![
        ("empty", String::new()),
        ("no JWT at all", "secret".into()),
        ("two parts", text.to_owned()),
        ("no signature", format!("{text}.")),
        ("four parts", format!("{signed}.{signature}")),
        ("five parts, as an encrypted one", format!("{signed}.AA.AA")),
        ("padding", format!("{signed}=")),
        ("padding in the payload", format!("{header}.{payload}=.{signature}")),
        ("the other base64 alphabet", format!("{header}.{payload}.+/{}", &signature[2..])),
        ("a space in the middle", format!("{header}. {payload}.{signature}")),
        ("longer than 8 KiB", good.clone().claim("x", json!("x".repeat(8 * 1024))).sign()),
        ("a tampered signature", format!("{text}.{flipped}")),
        ("a shortened signature", format!("{text}.{}", &signature[..signature.len() - 4])),
        ("another payload", format!("{header}.{other_payload}.{signature}")),
        ("alg none", format!("{}.", good.clone().field("alg", json!("none")).text())),
        ("alg none with a signature", good.clone().field("alg", json!("none")).sign()),
        ("alg None", good.clone().field("alg", json!("None")).sign()),
        (
            "HS256 with the public key",
            good.clone().field("alg", json!("HS256")).hmac_with(modulus.as_bytes()),
        ),
        ("HS256 under the name RS256", good.hmac_with(LOCAL.jwk().to_string().as_bytes())),
        ("RS512", good.clone().field("alg", json!("RS512")).sign()),
        ("ES256 at an RS256 issuer", good.clone().signed_by(&GUESTS).sign()),
        ("RS256 at an ES256 issuer", Token::guest().signed_by(&LOCAL).sign()),
        ("no alg", good.clone().field("alg", Value::Null).sign()),
        ("no kid", good.clone().field("kid", Value::Null).sign()),
        ("an unknown kid", good.clone().field("kid", json!("local-9")).sign()),
        ("a kid like a path", good.clone().field("kid", json!("../../dev/null")).sign()),
        ("a kid that is a number", good.clone().field("kid", json!(1)).sign()),
        ("another key under a known kid", good.clone().forged_by(&OTHER_RSA).sign()),
        ("another key under its own kid", good.clone().signed_by(&OTHER_RSA).sign()),
        (
            "its own key in the header",
            good.clone().forged_by(&OTHER_RSA).field("jwk", OTHER_RSA.jwk()).sign(),
        ),
        ("another guest key", Token::guest().forged_by(&OTHER_EC).sign()),
        ("crit", good.clone().field("crit", json!(["exp"])).sign()),
        ("b64", good.clone().field("b64", json!(false)).sign()),
        ("zip", good.clone().field("zip", json!("DEF")).sign()),
        ("typ of another kind", good.clone().field("typ", json!("dpop+jwt")).sign()),
        ("expired", good.clone().claim("exp", json!(NOW - 31)).sign()),
        ("no exp", good.clone().claim("exp", Value::Null).sign()),
        ("exp as text", good.clone().claim("exp", json!("9999999999")).sign()),
        ("exp 25 hours ahead", good.clone().claim("exp", json!(NOW + 25 * 3600)).sign()),
        ("not valid before tomorrow", good.clone().claim("nbf", json!(NOW + 3600)).sign()),
        ("another issuer", good.clone().claim("iss", json!("elsewhere")).sign()),
        ("another of our issuers", good.clone().claim("iss", json!("member-service")).sign()),
        ("no issuer", good.clone().claim("iss", Value::Null).sign()),
        ("another audience", good.clone().claim("aud", json!("elsewhere")).sign()),
        ("no audience", good.clone().claim("aud", Value::Null).sign()),
        ("no subject", good.clone().claim("sub", Value::Null).sign()),
        ("an empty subject", good.clone().claim("sub", json!("")).sign()),
        ("no roles", good.clone().claim("roles", Value::Null).sign()),
        ("empty roles", good.clone().claim("roles", json!([])).sign()),
        ("an unknown role", good.clone().claim("roles", json!(["member", "root"])).sign()),
        ("roles that are no list", good.clone().claim("roles", json!("member")).sign()),
        ("a role its issuer may not give", good.clone().claim("roles", json!(["guest"])).sign()),
        ("a guest issuer's agent", Token::guest().claim("roles", json!(["agent"])).sign()),
        ("a guest without an order", Token::guest().claim("ordNo", Value::Null).sign()),
        ("a guest of a malformed order", Token::guest().claim("ordNo", json!("1")).sign()),
        ("a site number that is none", good.clone().claim("siteNo", json!("a b")).sign()),
        ("a site number of another type", good.clone().claim("siteNo", json!(1)).sign()),
        ("an unknown grade", good.claim("mbrGradeCd", json!("99")).sign()),
    ]
}

/// Headers that would have the gateway take its key, or its rules, from the token.
fn headers_with_ideas(listener: &str) -> Corpus {
    let forged = || Token::member().forged_by(&OTHER_RSA);
    let url = |path: &str| json!(format!("http://{listener}/{path}"));
    let mut corpus: Corpus = [
        ("jku", url("jwks.json")),
        ("x5u", url("chain.pem")),
        ("kid", url("jwks.json")),
        ("iss", url("")),
        ("x5c", json!(["MIIB"])),
        ("x5t", json!("AAAA")),
        ("jwk", OTHER_RSA.jwk()),
        ("kid", json!("")),
        ("kid", json!(" local-1")),
        ("kid", json!("local-1\u{0}")),
        ("kid", json!("LOCAL-1")),
        ("kid", json!("local-1' OR '1'='1")),
        ("kid", json!("../local.json")),
        ("kid", json!("/proc/self/environ")),
        ("kid", json!("k".repeat(4000))),
        ("kid", json!(["local-1"])),
        ("kid", json!({"local-1": 1})),
        ("kid", json!(true)),
        ("alg", json!("rs256")),
        ("alg", json!("RS256 ")),
        ("alg", json!(["RS256"])),
        ("alg", json!(256)),
        ("alg", json!("")),
        ("alg", json!("NONE")),
        ("alg", json!("nOnE")),
        ("alg", json!("HS384")),
        ("alg", json!("HS512")),
        ("alg", json!("RS384")),
        ("alg", json!("PS256")),
        ("alg", json!("ES384")),
        ("alg", json!("ES256K")),
        ("alg", json!("EdDSA")),
        ("alg", json!("RSA-OAEP")),
        ("alg", json!("dir")),
        ("typ", json!("JWS")),
        ("typ", json!("secevent+jwt")),
        ("typ", json!(1)),
        ("typ", json!(["JWT"])),
        ("crit", json!([])),
        ("crit", json!(["b64"])),
        ("crit", json!("exp")),
        ("b64", json!(true)),
        ("zip", json!("")),
    ]
    .into_iter()
    .map(|(name, value)| {
        let what = format!("header {name}: {}", &value.to_string()[..value.to_string().len().min(60)]);
        (what, forged().field(name, value).sign())
    })
    .collect();
    // The same ideas with the right key behind them, where they would change what the token means.
    for (name, value) in [
        ("crit", json!(["b64"])),
        ("crit", json!([])),
        ("b64", json!(true)),
        ("zip", json!("")),
        ("typ", json!("JWS")),
        ("typ", json!(["JWT"])),
        ("alg", json!("PS256")),
        ("alg", json!("rs256")),
        ("kid", json!("LOCAL-1")),
        ("kid", json!(["local-1"])),
    ] {
        corpus.push((
            format!("well signed, header {name}: {value}"),
            Token::member().field(name, value).sign(),
        ));
    }
    corpus
}

/// Well signed tokens that say what nobody may say.
fn claims_too_far() -> Corpus {
    let mut corpus: Corpus = [
        ("exp", json!(0)),
        ("exp", json!(-1)),
        ("exp", json!(NOW - 6)),
        ("exp", json!(1e300)),
        ("exp", json!(1e9)),
        ("exp", json!(i64::MAX)),
        ("exp", json!(u64::MAX)),
        ("exp", json!([NOW + 60])),
        ("exp", json!({"at": NOW + 60})),
        ("exp", json!(true)),
        ("exp", json!(NOW + 365 * 24 * 3600)),
        ("nbf", json!(NOW + 31)),
        ("nbf", json!(i64::MAX)),
        ("nbf", json!("0")),
        ("nbf", json!([])),
        ("iat", json!("yesterday")),
        ("iss", json!("")),
        ("iss", json!("LOCAL")),
        ("iss", json!("local ")),
        ("iss", json!(["local"])),
        ("iss", json!(1)),
        ("aud", json!("")),
        ("aud", json!([])),
        ("aud", json!(["elsewhere", "another"])),
        ("aud", json!("Order-Aftercare")),
        ("aud", json!({"order-aftercare": true})),
        ("aud", json!([["order-aftercare"]])),
        ("sub", json!(100_001_311)),
        ("sub", json!(["100001311"])),
        ("sub", json!("100001311\r\nX-Internal-Identity: forged")),
        ("sub", json!("\u{0}")),
        ("sub", json!("-1")),
        ("sub", json!("100001311 OR 1=1")),
        ("sub", json!("1".repeat(129))),
        ("sub", json!("\u{ff11}\u{ff10}\u{ff10}")),
        ("roles", json!("admin")),
        ("roles", json!({"admin": true})),
        ("roles", json!([1])),
        ("roles", json!([null])),
        ("roles", json!(["Member"])),
        ("roles", json!(["member "])),
        ("roles", json!(["member,admin"])),
        ("roles", json!(["*"])),
        ("roles", json!([["member"]])),
        ("siteNo", json!("")),
        ("siteNo", json!("1'")),
        ("siteNo", json!(["1"])),
        ("siteNo", json!("../1")),
        ("mbrGradeCd", json!(30)),
        ("mbrGradeCd", json!("")),
    ]
    .into_iter()
    .map(|(name, value)| (format!("claim {name}: {value}"), Token::member().claim(name, value).sign()))
    .collect();
    for (name, value) in
        [("ordNo", json!("20230808O007404'")), ("ordNo", json!(["20230808O007404"])), ("ordNo", json!(""))]
    {
        corpus.push((format!("a guest's {name}: {value}"), Token::guest().claim(name, value).sign()));
    }
    corpus
}

/// Signatures and encodings that sloppy libraries take.
fn broken_shapes() -> Corpus {
    let signed = Token::member().sign();
    let (text, signature) = signed.rsplit_once('.').unwrap();
    let (header, payload) = text.split_once('.').unwrap();
    let guest = Token::guest().sign();
    let (guest_text, _) = guest.rsplit_once('.').unwrap();
    let raw = |header: &str, payload: &str| {
        let text = format!("{}.{}", encode(header), encode(payload));
        format!("{text}.{}", encode(LOCAL.sign(&text)))
    };
    let good_header = r#"{"alg":"RS256","kid":"local-1"}"#;
    let good_claims =
        format!(r#""iss":"local","aud":"order-aftercare","sub":"1","exp":{},"roles":["member"]"#, NOW + 60);
    let corpus = vec![
        ("no signature but nought bytes of the right length", format!("{text}.{}", encode([0; 256]))),
        ("a signature of ones", format!("{text}.{}", encode([255; 256]))),
        ("a signature that is the modulus", format!("{text}.{}", LOCAL.jwk()["n"].as_str().unwrap())),
        ("a signature with a byte more", format!("{text}.{signature}AA")),
        ("a signature with a byte before", format!("{text}.AA{signature}")),
        ("an ES256 signature of noughts", format!("{guest_text}.{}", encode([0; 64]))),
        ("an ES256 signature with r nought", format!("{guest_text}.{}", encode([[0; 32], [1; 32]].concat()))),
        ("an ES256 signature of ones", format!("{guest_text}.{}", encode([255; 64]))),
        ("an ES256 signature in DER", format!("{guest_text}.{}", encode(b"\x30\x06\x02\x01\x01\x02\x01\x01"))),
        ("an ES256 signature of 96 bytes", format!("{guest_text}.{}", encode([1; 96]))),
        ("the signature of another token", format!("{guest_text}.{signature}")),
        ("header and payload changed places", format!("{payload}.{header}.{signature}")),
        ("only dots", "..".into()),
        ("one dot", ".".into()),
        ("many dots", ".".repeat(5000)),
        ("an encoded line feed inside", format!("{header}.{payload}.%0a{signature}")),
        ("standard base64 with padding", format!("{header}.{payload}.{signature}==")),
        ("stray bits in the last character", format!("{header}.{payload}.{}", with_stray_bits(signature))),
        ("JSON serialisation", json!({"payload": payload, "protected": header, "signature": signature}).to_string()),
        ("an encrypted token", format!("{header}.AAAA.AAAA.AAAA.AAAA")),
        ("the private JWK of nobody", LOCAL.jwk().to_string()),
        ("an array for a header", raw(r#"["RS256","local-1"]"#, &format!("{{{good_claims}}}"))),
        ("an array of claims", raw(good_header, &format!("[{{{good_claims}}}]"))),
        ("claims that are a string", raw(good_header, "\"local\"")),
        ("claims that are null", raw(good_header, "null")),
        ("empty claims", raw(good_header, "{}")),
        ("claims with a comma too many", raw(good_header, &format!("{{{good_claims},}}"))),
        ("claims and something behind them", raw(good_header, &format!("{{{good_claims}}}{{}}"))),
        ("a byte order mark", raw(good_header, &format!("\u{feff}{{{good_claims}}}"))),
        ("sub twice", raw(good_header, &format!(r#"{{{good_claims},"sub":"2"}}"#))),
        ("roles twice", raw(good_header, &format!(r#"{{{good_claims},"roles":["admin"]}}"#))),
        ("exp twice", raw(good_header, &format!(r#"{{"exp":9,{good_claims}}}"#))),
        ("iss twice", raw(good_header, &format!(r#"{{{good_claims},"iss":"member-service"}}"#))),
        ("alg twice", raw(r#"{"alg":"RS256","alg":"none","kid":"local-1"}"#, &format!("{{{good_claims}}}"))),
        ("kid twice", raw(r#"{"alg":"RS256","kid":"x","kid":"local-1"}"#, &format!("{{{good_claims}}}"))),
        ("a number that never ends", raw(good_header, &format!(r#"{{"x":{},{good_claims}"#, "9".repeat(3000)))),
        ("claims of a thousand depths and no end", raw(good_header, &format!(r#"{{{good_claims},"x":{}"#, "[".repeat(3000)))),
        ("RFC 7515, A.2, which is not from here", RFC_7515_A2.into()),
        ("RFC 7515, A.5, unsecured", "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.".into()),
        ("a secret key's HMAC over nothing", Token::member().field("alg", json!("HS256")).hmac_with(b"")),
        ("HMAC with the key id", Token::member().field("alg", json!("HS256")).hmac_with(LOCAL.kid.as_bytes())),
        ("HMAC with the set", Token::member().field("alg", json!("HS256")).hmac_with(crate::keys::key_set(&[&LOCAL]).as_bytes())),
    ];
    corpus.into_iter().map(|(what, token)| (what.to_owned(), token)).collect()
}

const RFC_7515_A2: &str = concat!(
    "eyJhbGciOiJSUzI1NiJ9.",
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.",
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t",
    "1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12j",
    "zDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQ",
    "Ge77Rw",
);

/// The same bytes in another spelling: of the last character only some bits count.
fn with_stray_bits(signature: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (start, last) = signature.split_at(signature.len() - 1);
    let index = ALPHABET.iter().position(|character| *character == last.as_bytes()[0]).unwrap();
    format!("{start}{}", char::from(ALPHABET[index + 1]))
}

#[actix_web::test]
async fn every_bad_token_gets_the_same_401_and_nothing_is_forwarded() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let app = TestApp::with(|settings| settings.rates.failed_tokens_per_second = 0).await;
    let mut corpus: Corpus =
        known_tricks().into_iter().map(|(what, token)| (what.to_owned(), token)).collect();
    corpus.extend(headers_with_ideas(&address));
    corpus.extend(claims_too_far());
    corpus.extend(broken_shapes());
    assert!(corpus.len() >= 120, "{}", corpus.len());
    let mut bodies = Vec::new();
    for (what, token) in corpus {
        for operation in [&member::GET_ORD_TOT_AMT, &inquiry::GET_QUESTION_INIT] {
            let reply = app.call(operation, Some(&token)).await;
            assert_eq!(reply.status, 401, "{what}: {}", reply.body);
            assert_eq!(reply.refusal().1, "UNAUTHORIZED", "{what}");
            assert_eq!(reply.header("www-authenticate"), Some("Bearer"), "{what}");
            let mut body = reply.body;
            body["timestamp"] = Value::Null;
            bodies.push(body);
        }
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "the reason shows: {bodies:?}");
    assert_eq!(app.echo.seen(), Vec::<String>::new());
    assert!(
        futures_util::poll!(std::pin::pin!(listener.accept())).is_pending(),
        "a token's address was asked"
    );
}

#[actix_web::test]
async fn what_only_looks_like_a_trick_is_let_in() {
    let app = TestApp::spawn().await;
    for (what, token) in [
        ("a field nobody knows", Token::member().field("x", json!(["y"]))),
        (
            "an address nobody asks, with the right key",
            Token::member().field("jku", json!("http://127.0.0.1:9/")),
        ),
        ("several audiences", Token::member().claim("aud", json!(["elsewhere", "order-aftercare"]))),
        ("a fraction of a second", Token::member().claim("exp", json!(1_800_000_060.5))),
        ("expired within the leeway", Token::member().claim("exp", json!(NOW - 4))),
        ("a claim nobody knows", Token::member().claim("admin", json!(true))),
        ("a member's ordNo", Token::member().claim("ordNo", json!("rubbish"))),
    ] {
        assert_eq!(app.call(&member::GET_ORD_TOT_AMT, Some(&token.sign())).await.status, 200, "{what}");
    }
}
