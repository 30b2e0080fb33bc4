//! Other people's modules are what they were when they were fetched.

use std::path::Path;

use aws_lc_rs::digest::{SHA256, digest};

use crate::files;

#[test]
fn what_was_fetched_is_what_lies_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["web/vendor", "../stories/tests/it/desk/vendor"] {
        let mut held = files::all(&root.join(folder));
        let written = String::from_utf8(held.remove("SHA256SUMS").unwrap()).unwrap();
        let sums: String = held
            .iter()
            .map(|(path, content)| format!("{}  {path}\n", hex::encode(digest(&SHA256, content))))
            .collect();
        assert_eq!(sums, written, "{folder}: deploy/scripts/vendor.sh writes both");
        let of_others = |path: &String| path.split_once('/').unwrap().0.to_owned();
        for package in held.keys().map(of_others) {
            let has_licence = held.keys().any(|path| path.starts_with(&format!("{package}/LICENSE")));
            assert!(has_licence, "{package} comes with its licence");
        }
    }
}
