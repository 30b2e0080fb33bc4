//! The shop's example pages, read from the disk: edit and reload.

use std::path::{Path, PathBuf};

use actix_web::HttpResponse;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../storefront");

/// The file at a path below `/shop/`.
pub(super) fn file(path: &str) -> HttpResponse {
    let name = if path.is_empty() { "index.html" } else { path };
    let read = place(name).zip(content_type(name)).and_then(|(place, content_type)| {
        let content = std::fs::read(place).ok()?;
        Some(HttpResponse::Ok().content_type(content_type).body(content))
    });
    read.unwrap_or_else(|| HttpResponse::NotFound().finish())
}

/// None for a path that names anything but a file below the folder.
fn place(path: &str) -> Option<PathBuf> {
    let is_plain = |part: &str| {
        !part.starts_with('.')
            && !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    path.split('/').all(is_plain).then(|| Path::new(FOLDER).join(path))
}

fn content_type(path: &str) -> Option<&'static str> {
    Some(match path.rsplit_once('.')?.1 {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}
