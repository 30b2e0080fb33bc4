#![doc = include_str!("../README.md")]

pub mod wire;

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use aws_lc_rs::digest::{Context, SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rust_embed::Embed;

/// Stands in the page where its build's name belongs.
const BUILD_ID: &str = "{buildId}";
const PAGE: &str = "index.html";
/// So many characters of the hash tell one build from another.
const BUILD_ID_LENGTH: usize = 16;

#[derive(Embed)]
#[folder = "web/"]
struct Web;

/// A file beside the page, as it is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub content_type: &'static str,
    pub content: Cow<'static, [u8]>,
}

/// The page itself, and what its answer has to say about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    pub html: String,
    /// Part of the address of every file: another build's files are other addresses.
    pub build_id: String,
    /// As a policy names it: SHA-256 in Base64.
    pub import_map_hash: String,
}

/// The file at a path below `web`. What is there for people alone (licences, sums, types) is not served.
pub fn find(path: &str) -> Option<File> {
    let content_type = content_type(path)?;
    Web::get(path).map(|file| File { content_type, content: file.data })
}

/// The page of this build; of the moment, where files are read from the disk.
pub fn page() -> Arc<Page> {
    static HELD: LazyLock<Arc<Page>> = LazyLock::new(|| Arc::new(Page::make()));
    if cfg!(debug_assertions) { Arc::new(Page::make()) } else { Arc::clone(&HELD) }
}

impl Page {
    fn make() -> Self {
        let written = Web::get(PAGE).map(|file| file.data).unwrap_or_default();
        let build_id = build_id();
        let html = String::from_utf8_lossy(&written).replace(BUILD_ID, &build_id);
        let import_map_hash = STANDARD.encode(digest(&SHA256, import_map(&html).as_bytes()));
        Self { html, build_id, import_map_hash }
    }
}

fn build_id() -> String {
    let mut paths: Vec<_> = Web::iter().filter(|path| path == PAGE || content_type(path).is_some()).collect();
    paths.sort();
    let mut all = Context::new(&SHA256);
    for path in paths {
        if let Some(file) = Web::get(&path) {
            all.update(path.as_bytes());
            all.update(&[0]);
            all.update(&file.metadata.sha256_hash());
        }
    }
    let mut name = hex::encode(all.finish());
    name.truncate(BUILD_ID_LENGTH);
    name
}

/// The text of the page's one inline script, which runs nothing.
fn import_map(html: &str) -> &str {
    html.split_once("<script type=\"importmap\">")
        .and_then(|(_, rest)| rest.split_once("</script>"))
        .map_or("", |(map, _)| map)
}

fn content_type(path: &str) -> Option<&'static str> {
    if path.ends_with(".d.ts") {
        return None;
    }
    Some(match path.rsplit_once('.')?.1 {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_its_build_wherever_it_is_asked_to() {
        let page = page();
        assert!(!page.html.contains(BUILD_ID), "{}", page.html);
        assert!(page.html.contains(&format!("/desk/_/{}/", page.build_id)), "{}", page.html);
        assert_eq!(page.build_id.len(), BUILD_ID_LENGTH);
        assert_eq!(page, super::page());
    }

    #[test]
    fn the_import_map_is_hashed_as_the_browser_reads_it() {
        let html = "<script type=\"importmap\">{\"imports\":{}}</script><script>no</script>";
        assert_eq!(import_map(html), "{\"imports\":{}}");
        assert_eq!(import_map("<p>none"), "");
        // printf '{"imports":{}}' | openssl dgst -sha256 -binary | base64
        let hash = STANDARD.encode(digest(&SHA256, import_map(html).as_bytes()));
        assert_eq!(hash, "URrTy+Il/Nz0lHojVUx275hWqAWhkSF0VsHbUM4/6Hw=");
        let page = page();
        assert_ne!(import_map(&page.html), "", "the page has one");
        assert_eq!(
            page.html.matches("<script").count(),
            page.html.matches("src=").count() + 1,
            "and it alone stands in the page"
        );
    }

    #[test]
    fn a_file_says_what_it_is_or_is_not_served() {
        let file = find("vendor/preact/dist/preact.mjs").unwrap();
        assert_eq!(file.content_type, "text/javascript; charset=utf-8");
        assert!(file.content.len() > 10_000);
        for not_served in [
            "index.html",
            "vendor/SHA256SUMS",
            "vendor/preact/LICENSE",
            "wire/types.d.ts",
            "",
            "..",
            "../src/lib.rs",
            "nothing.js",
        ] {
            assert_eq!(find(not_served), None, "{not_served}");
        }
    }
}
