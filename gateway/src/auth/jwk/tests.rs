use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RsaKeyPair};

use super::*;

fn rsa_jwk(kid: &str) -> Value {
    let key = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    rsa_jwk_of(kid, &key)
}

fn rsa_jwk_of(kid: &str, key: &RsaKeyPair) -> Value {
    let n = URL_SAFE_NO_PAD.encode(key.public_key().modulus().big_endian_without_leading_zero());
    json!({"kty": "RSA", "kid": kid, "n": n, "e": "AQAB"})
}

fn ec_jwk(kid: &str) -> (EcdsaKeyPair, Value) {
    let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let point = key.public_key().as_ref();
    let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..]));
    (key, json!({"kty": "EC", "crv": "P-256", "kid": kid, "x": x, "y": y}))
}

fn parse(keys: &[Value], algorithm: Algorithm) -> Result<KeySet, SetRefusal> {
    KeySet::parse(json!({ "keys": keys }).to_string().as_bytes(), algorithm)
}

fn with(mut key: Value, name: &str, value: Value) -> Value {
    key[name] = value;
    key
}

#[test]
fn a_signature_holds_for_its_key_and_text_only() {
    let (pair, jwk) = ec_jwk("a");
    let (_, other) = ec_jwk("b");
    let set = parse(&[jwk, other], Algorithm::Es256).unwrap();
    let signature = pair.sign(&SystemRandom::new(), b"text").unwrap();
    assert_eq!(set.verifies("a", "text", signature.as_ref()), Some(true));
    assert_eq!(set.verifies("a", "Text", signature.as_ref()), Some(false));
    assert_eq!(set.verifies("b", "text", signature.as_ref()), Some(false));
    assert_eq!(set.verifies("a", "text", b""), Some(false));
    assert_eq!(set.verifies("c", "text", signature.as_ref()), None);
}

#[test]
fn a_key_that_does_not_fit_is_left_out_and_the_others_stay() {
    let good = rsa_jwk("good");
    for odd in [
        json!({"kty": "oct", "kid": "odd", "k": "c2VjcmV0"}),
        json!({"kty": "OKP", "kid": "odd", "crv": "Ed25519", "x": "AA"}),
        json!({"kty": "RSA", "kid": "odd"}),
        json!({"kid": "odd"}),
        json!({"kty": "RSA"}),
        json!("odd"),
        ec_jwk("odd").1,
        with(rsa_jwk("odd"), "use", json!("enc")),
        with(rsa_jwk("odd"), "alg", json!("RS512")),
        with(rsa_jwk("odd"), "alg", json!("RSA-OAEP")),
        with(rsa_jwk("odd"), "key_ops", json!(["encrypt"])),
        with(rsa_jwk("odd"), "d", json!("AQAB")),
        with(rsa_jwk("odd"), "e", json!("AQ")),
        with(rsa_jwk("odd"), "e", json!("Ag")),
        with(rsa_jwk("odd"), "n", json!("AQAB")),
        with(rsa_jwk("odd"), "n", json!(format!("{}=", rsa_jwk("x")["n"].as_str().unwrap()))),
    ] {
        let set = parse(&[odd.clone(), good.clone()], Algorithm::Rs256).unwrap();
        assert_eq!(set.keys.keys().collect::<Vec<_>>(), ["good"], "{odd}");
        assert!(matches!(parse(&[odd], Algorithm::Rs256), Err(SetRefusal::NoUsableKey(_))));
    }
    for fitting in [
        with(rsa_jwk("k"), "use", json!("sig")),
        with(rsa_jwk("k"), "alg", json!("RS256")),
        with(rsa_jwk("k"), "key_ops", json!(["verify"])),
    ] {
        assert!(parse(&[fitting], Algorithm::Rs256).is_ok());
    }
}

#[test]
fn a_point_off_the_curve_is_no_key() {
    let (_, jwk) = ec_jwk("k");
    let (_, other) = ec_jwk("k");
    for bad in [
        with(jwk.clone(), "y", other["y"].clone()),
        with(jwk.clone(), "x", json!("AQ")),
        with(jwk.clone(), "crv", json!("P-384")),
        with(jwk, "x", Value::Null),
    ] {
        assert!(parse(&[bad], Algorithm::Es256).is_err());
    }
}

#[test]
fn a_short_rsa_key_is_left_out() {
    let long = rsa_jwk("k");
    let modulus = URL_SAFE_NO_PAD.decode(long["n"].as_str().unwrap()).unwrap();
    let short = URL_SAFE_NO_PAD.encode(&modulus[1..]);
    assert!(parse(&[with(long.clone(), "n", json!(short))], Algorithm::Rs256).is_err());
    let with_leading_zero = URL_SAFE_NO_PAD.encode([&[0], modulus.as_slice()].concat());
    assert!(parse(&[with(long, "n", json!(with_leading_zero))], Algorithm::Rs256).is_ok());
}

#[test]
fn a_key_id_for_two_keys_refuses_the_set() {
    let twice = [rsa_jwk("k"), rsa_jwk("k")];
    assert!(matches!(parse(&twice, Algorithm::Rs256), Err(SetRefusal::DuplicateKeyId(_))));
    let with_an_odd_one = [rsa_jwk("k"), json!({"kty": "oct", "kid": "k"})];
    assert!(matches!(parse(&with_an_odd_one, Algorithm::Rs256), Err(SetRefusal::DuplicateKeyId(_))));
}

#[test]
fn what_is_no_set_is_refused() {
    for text in ["", "[]", "{}", r#"{"keys":{}}"#, r#"{"keys":[]}"#] {
        assert!(KeySet::parse(text.as_bytes(), Algorithm::Rs256).is_err(), "{text}");
    }
    assert!(matches!(
        KeySet::parse(&vec![b' '; MAX_SET_BYTES + 1], Algorithm::Rs256),
        Err(SetRefusal::TooLarge)
    ));
}

#[test]
fn only_public_members_are_shown() {
    let key = with(rsa_jwk("k"), "secret_note", json!("x"));
    let set = parse(&[key], Algorithm::Rs256).unwrap();
    let shown: Vec<_> = set.public_jwks().cloned().collect();
    let mut names: Vec<&String> = shown[0].as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, ["alg", "e", "kid", "kty", "n", "use"]);
}
