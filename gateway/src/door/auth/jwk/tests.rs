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
    let signature = URL_SAFE_NO_PAD.encode(pair.sign(&SystemRandom::new(), b"text").unwrap());
    assert_eq!(set.verifies("a", "text", &signature), Some(true));
    assert_eq!(set.verifies("a", "Text", &signature), Some(false));
    assert_eq!(set.verifies("b", "text", &signature), Some(false));
    assert_eq!(set.verifies("a", "text", ""), Some(false));
    assert_eq!(set.verifies("a", "text", "no base64url!"), Some(false));
    assert_eq!(set.verifies("c", "text", &signature), None);
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

/// Key, kind of key, signed text, signature: RFC 7515, appendices A.2 and A.3, and RFC 7520, section 4.1.
const PUBLISHED: [(&str, Algorithm, &str, &str); 3] = [
    (
        r#"{"kty":"RSA","kid":"k","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}"#,
        Algorithm::Rs256,
        "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ",
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw",
    ),
    (
        r#"{"kty":"EC","kid":"k","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#,
        Algorithm::Es256,
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ",
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
    ),
    (
        r#"{"kty":"RSA","kid":"k","use":"sig","e":"AQAB","n":"n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRBSFKrKb2wqVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6cS6M1FZcD1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_qixoR7jig3__kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw"}"#,
        Algorithm::Rs256,
        "eyJhbGciOiJSUzI1NiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9.SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9mZiB0by4",
        "MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZopdHM1O2U4mwzJdQx996ivp83xuglII7PNDi84wnB-BDkoBwA78185hX-Es4JIwmDLJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCrUCTJDt5aAE6x8wW1Kt9eRo4QPocSadnHXFxnt8Is9UzpERV0ePPQdLuW3IS_de3xyIrDaLGdjluPxUAhb6L2aXic1U12podGU0KLUQSE_oI-ZnmKJ3F4uOZDnd6QZWJushZ41Axf_fcIe8u9ipH84ogoree7vjbU5y18kDquDg",
    ),
];

#[test]
fn the_published_examples_verify_and_nothing_near_them_does() {
    for (key, algorithm, text, signature) in PUBLISHED {
        let set = KeySet::parse(format!(r#"{{"keys":[{key}]}}"#).as_bytes(), algorithm).unwrap();
        assert_eq!(set.verifies("k", text, signature), Some(true), "{text}");
        assert_eq!(set.verifies("other", text, signature), None);
        assert_eq!(set.verifies("k", &text.replacen('e', "f", 1), signature), Some(false));
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        for index in [0, 1, signature.len() / 2, signature.len() - 1] {
            for bit in [1, 128] {
                let mut flipped = signature.clone();
                flipped[index] ^= bit;
                let flipped = URL_SAFE_NO_PAD.encode(flipped);
                assert_eq!(set.verifies("k", text, &flipped), Some(false), "byte {index}");
            }
        }
    }
}
