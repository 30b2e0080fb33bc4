//! The rooms of the house keep to themselves.

use std::fs;
use std::path::Path;

/// Words a room must not know.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("api", &["diesel::", "store::"]),
    ("worker", &["actix_web", "dto::", "store::"]),
    ("usecase", &["actix_web", "dto::"]),
    ("domain", &["actix_web", "dto::", "diesel::", "serde", "Utc::now", "Uuid"]),
    ("store", &["actix_web", "dto::"]),
    // Between JSON in and JSON out no number is a floating-point one.
    ("", &["f64", "f32"]),
];

fn check(folder: &Path, words: &[&str]) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            check(&path, words);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for word in words {
            assert!(!text.contains(word), "{} knows `{word}`", path.display());
        }
    }
}

#[test]
fn no_room_knows_what_it_must_not() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (room, words) in FORBIDDEN {
        check(&source.join(room), words);
    }
}
