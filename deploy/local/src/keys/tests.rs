use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use super::*;
use crate::token::LocalIssuer;

#[test]
fn keys_are_made_once_and_are_nobody_elses_to_read() {
    let place = tempfile::tempdir().unwrap();
    let dir = place.path().join("data/keys");
    let keys = Keys::open_or_make(&dir).unwrap();
    let secret = keys.internal_secret().unwrap();
    assert_eq!(STANDARD.decode(&secret).unwrap().len(), 32);
    assert_ne!(secret, keys.data_key().unwrap());
    for entry in fs::read_dir(&dir).unwrap() {
        assert_eq!(entry.unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(Keys::open_or_make(&dir).unwrap().internal_secret().unwrap(), secret);
    assert_eq!(fs::read_dir(place.path().join("data")).unwrap().count(), 1, "the draft is gone");
}

#[test]
fn both_key_sets_say_what_they_are_for() {
    let place = tempfile::tempdir().unwrap();
    let keys = Keys::open_or_make(&place.path().join("keys")).unwrap();
    for (path, algorithm) in [(keys.local_issuer_jwks(), "RS256"), (keys.guest_issuer_jwks(), "ES256")] {
        let set: Value = serde_json::from_str(&read(&path).unwrap()).unwrap();
        assert_eq!(set["keys"][0]["alg"], algorithm);
        assert_eq!(set["keys"][0]["use"], "sig");
        assert_eq!(set["keys"][0]["kid"], Keys::key_id(&path).unwrap());
    }
}

/// What a script that needs no Rust prints.
#[track_caller]
fn script(name: &str, argument: &Path) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts").join(name);
    let output = Command::new("bash").arg(path).arg(argument).output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_script_shows_the_same_public_halves() {
    let place = tempfile::tempdir().unwrap();
    let keys = Keys::open_or_make(&place.path().join("keys")).unwrap();
    for (key, jwks) in
        [(keys.local_issuer(), keys.local_issuer_jwks()), (keys.guest_issuer(), keys.guest_issuer_jwks())]
    {
        let ours: Value = serde_json::from_str(&read(&jwks).unwrap()).unwrap();
        let shown: Value = serde_json::from_str(&script("key-set.sh", &key)).unwrap();
        assert_eq!(shown, ours);
    }
}

#[test]
fn keys_that_a_script_made_serve_the_stack() {
    let place = tempfile::tempdir().unwrap();
    let (theirs, ours) = (place.path().join("data/keys"), place.path().join("keys"));
    script("make-keys.sh", &theirs);
    let files = |dir: &Path| {
        let mut names: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let keys = Keys::open_or_make(&theirs).unwrap();
    Keys::open_or_make(&ours).unwrap();
    assert_eq!(files(&theirs), files(&ours));
    assert_eq!(fs::read_dir(place.path().join("data")).unwrap().count(), 1, "the draft is gone");
    for entry in fs::read_dir(&theirs).unwrap() {
        assert_eq!(entry.unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    let (secret, data_key) = (keys.internal_secret().unwrap(), keys.data_key().unwrap());
    for made in [&secret, &data_key] {
        assert_eq!(STANDARD.decode(made).unwrap().len(), 32);
    }
    let now = chrono::DateTime::UNIX_EPOCH;
    assert!(LocalIssuer::open(&keys).unwrap().service_token("somebody", now).is_ok());
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der_of(&read(&keys.guest_issuer()).unwrap()))
        .unwrap();

    script("make-keys.sh", &theirs);
    assert_eq!(keys.data_key().unwrap(), data_key, "a second run leaves them alone");
}

fn der_of(pem: &str) -> Vec<u8> {
    let base64: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    STANDARD.decode(base64).unwrap()
}
