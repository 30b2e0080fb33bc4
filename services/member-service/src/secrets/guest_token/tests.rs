use std::path::Path;

use aws_lc_rs::rand::SystemRandom;
use chrono::DateTime;
use jsonwebtoken::{DecodingKey, Validation, decode, decode_header};
use serde_json::{Value, json};

use super::*;

/// Writes a fresh key and gives its public point.
fn write_key(path: &Path) -> Vec<u8> {
    let der =
        EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).expect("a key");
    let body = STANDARD.encode(der.as_ref());
    std::fs::write(path, format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n"))
        .expect("written");
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der.as_ref()).expect("a key");
    pair.public_key().as_ref().to_vec()
}

fn settings(path: &Path) -> GuestTokenSettings {
    GuestTokenSettings {
        key_file: path.to_owned(),
        key_id: None,
        issuer: "member-service".to_owned(),
        audience: "order-aftercare".to_owned(),
    }
}

#[test]
fn a_guest_token_opens_one_order_for_half_an_hour() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("key.pem");
    let point = write_key(&path);
    let now = DateTime::from_timestamp(4_000_000_000, 0).expect("a time");
    let tokens = GuestTokens::open(&settings(&path), Clock::fixed(now)).expect("the key is good");

    let order_no = OrderNo::parse("20260802O000002").expect("an order number");
    let site_no = SiteNo::parse("2").expect("a site number");
    let token = tokens.sign(&order_no, &site_no).expect("signed");

    let header = decode_header(&token).expect("a header");
    assert_eq!(header.alg, Algorithm::ES256);
    assert_eq!(header.kid, thumbprint(&point));
    let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..]));
    let key = DecodingKey::from_ec_components(&x, &y).expect("a public key");
    let mut validation = Validation::new(Algorithm::ES256);
    validation.set_audience(&["order-aftercare"]);
    validation.set_issuer(&["member-service"]);
    let claims = decode::<Value>(&token, &key, &validation).expect("the signature holds").claims;
    assert_eq!(
        claims,
        json!({"iss": "member-service", "aud": "order-aftercare", "sub": "20260802O000002", "roles": ["guest"],
               "siteNo": "2", "ordNo": "20260802O000002", "iat": 4_000_000_000_i64, "exp": 4_000_001_800_i64})
    );
}

#[test]
fn a_missing_or_wrong_key_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("key.pem");
    let open = || GuestTokens::open(&settings(&path), Clock::system()).err().expect("refused").to_string();
    assert!(open().contains("can't be read"));
    std::fs::write(&path, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").expect("written");
    assert!(open().contains("holds no P-256 private key"));
}

#[test]
fn the_thumbprint_is_that_of_rfc_7638() {
    // Made once with another implementation: the key set of RFC 7517, appendix A.1.
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64url");
    let mut point = vec![4];
    point.extend(decode("MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"));
    point.extend(decode("4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"));
    assert_eq!(thumbprint(&point).as_deref(), Some("cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s"));
    assert_eq!(thumbprint(&[4; 3]), None);
}
