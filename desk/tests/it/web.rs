//! The page's own files keep to what the page promises: nothing from elsewhere, no request past `api`, no screen behind another.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::files;

const LONGEST: usize = 300;
/// All that a browser loads, in bytes; a quarter of it is other people's.
const LARGEST: usize = 512 * 1024;

/// The text of all own files that are served, by path; other people's are left as they are.
fn own() -> BTreeMap<String, String> {
    served()
        .into_iter()
        .filter(|(path, _)| !path.starts_with("vendor/"))
        .map(|(path, content)| (path, String::from_utf8(content).unwrap()))
        .collect()
}

fn served() -> BTreeMap<String, Vec<u8>> {
    let mut found = files::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("web"));
    found.retain(|path, _| path == "index.html" || desk::find(path).is_some());
    found
}

/// The import map: a bare name with the file it stands for.
fn import_map() -> BTreeMap<String, String> {
    let page = desk::page();
    let (_, map) = page.html.split_once("<script type=\"importmap\">").unwrap();
    let map: serde_json::Value = serde_json::from_str(map.split_once("</script>").unwrap().0).unwrap();
    let prefix = format!("/desk/_/{}/", page.build_id);
    let file =
        |address: &serde_json::Value| address.as_str().unwrap().strip_prefix(&prefix).unwrap().to_owned();
    map["imports"].as_object().unwrap().iter().map(|(name, address)| (name.clone(), file(address))).collect()
}

/// What a module imports, as it is written: `from '…'`, `import '…'`, `import('…')`.
fn imports(text: &str) -> Vec<&str> {
    let starts = [
        "from '",
        "from \"",
        "from'",
        "from\"",
        "import '",
        "import \"",
        "import'",
        "import\"",
        "import('",
        "import(\"",
    ];
    let mut found = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with(['/', '*'])) {
        for start in starts {
            for (at, _) in line.match_indices(start) {
                let is_word = !line[..at]
                    .ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == '$');
                let rest = &line[at + start.len()..];
                let named = &rest[..rest.find(['\'', '"']).unwrap_or(0)];
                let is_name = |one: char| one.is_alphanumeric() || "@./-_".contains(one);
                if is_word && !named.is_empty() && named.chars().all(is_name) {
                    found.push(named);
                }
            }
        }
    }
    found
}

/// The file that an import in a file means.
fn resolved(importer: &str, import: &str, map: &BTreeMap<String, String>) -> String {
    if !import.starts_with('.') {
        return map.get(import).cloned().unwrap_or_else(|| format!("{import}, which the import map has not"));
    }
    let mut place: Vec<&str> = importer.split('/').collect();
    place.pop();
    for part in import.split('/') {
        match part {
            "." => {}
            ".." => drop(place.pop()),
            name => place.push(name),
        }
    }
    place.join("/")
}

fn modules(own: &BTreeMap<String, String>) -> impl Iterator<Item = (&String, &String)> {
    own.iter().filter(|(path, _)| path.ends_with(".js"))
}

#[test]
fn every_import_leads_to_a_file_of_ours() {
    let (served, map) = (served(), import_map());
    for (path, content) in served.iter().filter(|(path, _)| path.ends_with(".js") || path.ends_with(".mjs")) {
        // A vendored module stands on one line, so it is searched like any other.
        for import in imports(std::str::from_utf8(content).unwrap()) {
            let meant = resolved(path, import, &map);
            assert!(served.contains_key(&meant), "{path} imports {import}: {meant}");
        }
    }
    for meant in map.values() {
        assert!(served.contains_key(meant), "{meant}");
    }
}

#[test]
fn everything_the_page_names_is_there() {
    let page = desk::page();
    let prefix = format!("/desk/_/{}/", page.build_id);
    for named in page.html.split(['"', '\'']).filter(|part| part.starts_with('/')) {
        let path = named.strip_prefix(&prefix).unwrap_or_else(|| panic!("{named} is not of this build"));
        assert!(desk::find(path).is_some(), "{path}");
    }
}

#[test]
fn nothing_of_ours_names_another_place() {
    for (path, text) in own() {
        for scheme in ["http://", "https://", "//cdn", "@import", "url("] {
            let is_svg_name =
                |line: &str| path.ends_with(".svg") && line.contains("http://www.w3.org/2000/svg");
            let line = text.lines().find(|line| line.contains(scheme) && !is_svg_name(line));
            assert_eq!(line, None, "{path}");
        }
    }
}

#[test]
fn only_api_asks_the_network() {
    for (path, text) in modules(&own()).filter(|(path, _)| !path.starts_with("api/")) {
        for way in ["fetch(", "XMLHttpRequest", "WebSocket(", "EventSource(", "sendBeacon("] {
            assert!(!text.contains(way), "{path} has {way}");
        }
    }
}

#[test]
fn only_the_router_knows_the_screens() {
    let map = import_map();
    for (path, text) in modules(&own()).filter(|(path, _)| *path != "app/router.js") {
        for import in imports(text) {
            let meant = resolved(path, import, &map);
            // What screens share lies in folders beside them.
            let is_screen = meant.strip_prefix("screens/").is_some_and(|name| !name.contains('/'));
            assert!(!is_screen, "{path} imports the screen {meant}");
        }
    }
}

#[test]
fn nothing_of_ours_makes_markup_of_text() {
    for (path, text) in modules(&own()) {
        for sink in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "srcdoc",
        ] {
            assert!(!text.contains(sink), "{path} has {sink}");
        }
    }
}

#[test]
fn both_languages_say_the_same_things() {
    let keys = |language: &str| -> BTreeSet<String> {
        own()
            .iter()
            .filter_map(|(path, text)| Some((path.strip_prefix("text/")?.strip_prefix(language)?, text)))
            .flat_map(|(part, text)| {
                let rows = text.lines().filter(|line| line.starts_with("  "));
                let keys = rows.filter_map(|line| line.split_once(": ")).map(|(key, _)| key.trim());
                keys.map(|key| format!("{part} {}", key.trim_matches('\''))).collect::<Vec<_>>()
            })
            .collect()
    };
    let (korean, english) = (keys("ko"), keys("en"));
    assert!(korean.len() > 50, "they are found: {}", korean.len());
    let only = korean.symmetric_difference(&english).collect::<Vec<_>>();
    assert!(only.is_empty(), "only in one of them: {only:?}");
}

#[test]
fn files_are_read_in_one_sitting_and_load_at_once() {
    for (path, text) in own().into_iter().filter(|(path, _)| !path.starts_with("wire/")) {
        assert!(text.lines().count() <= LONGEST, "{path} has {} lines", text.lines().count());
    }
    let bytes: usize = served().values().map(Vec::len).sum();
    assert!(bytes <= LARGEST, "{bytes} bytes in all");
}
