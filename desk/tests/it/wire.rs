//! What the page knows of the API is what the API is.

use std::path::Path;

#[test]
fn what_is_committed_is_what_is_declared() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/wire");
    for (name, text) in desk::wire::files() {
        let committed = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(text == committed, "{name} is not what is declared: make wire");
        assert!(!text.contains("\"en\":\"\""), "{name}: something has no English");
    }
}
