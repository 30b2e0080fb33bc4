//! YAML as JSON values.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// The documents of a file. A key that stands twice is refused.
pub fn documents(path: &Path) -> Result<Vec<Value>, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_saphyr::from_multiple::<Value>(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// The one document of a file.
pub fn document(path: &Path) -> Result<Value, String> {
    let mut all = documents(path)?;
    match (all.pop(), all.is_empty()) {
        (Some(one), true) => Ok(one),
        _ => Err(format!("{} is not one document", path.display())),
    }
}
