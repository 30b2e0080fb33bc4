//! What the page knows of the API, made of the declarations that the gateway and the services are made of.
//!
//! The files are committed, so that nobody needs a build step; a test holds them to what is made here, `make wire` writes them.

mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use commerce::Yn;
use commerce::openapi::CODE_TABLES;
use contract::ResultCode;
use contract::openapi;
use contract::operations::{Answer, Operation, Role};
use serde_json::{Value, json};

/// Who says in English what a result code means.
const ERRORS: &str = include_str!("../../docs/errors.md");
/// Who works at the desk.
const DESK: [Role; 2] = [Role::Agent, Role::Admin];
const HEAD: &str = "// Made by `make wire` of the declared operations and codes; not to be edited.\n";

/// Each file's name and text.
pub fn files() -> [(&'static str, String); 3] {
    let document = openapi::document();
    [
        ("operations.js", operations()),
        ("codes.js", codes(&document)),
        ("types.d.ts", types::declarations(&document)),
    ]
}

/// How each operation is called that people at the desk may call: by its id, in the order of their ids.
fn operations() -> String {
    let mut rows = BTreeMap::new();
    let may_call = |operation: &&Operation| DESK.iter().any(|role| operation.access.allows(*role));
    for operation in openapi::documented().filter(may_call) {
        let shape = match operation.answer {
            Answer::Envelope(_) => "envelope",
            Answer::Bare(_) | Answer::Empty | Answer::File => "bare",
        };
        let row = BTreeMap::from([
            ("key", json!(operation.idempotent_key)),
            ("method", json!(operation.method.as_str())),
            ("path", json!(operation.path)),
            ("shape", json!(shape)),
        ]);
        rows.insert(operation.id, written(&row));
    }
    let mut text = format!(
        "{HEAD}\n/** @type {{Record<string, {{method: string, path: string, shape: 'bare' | 'envelope', key: boolean}}>}} */\n\
         export const operations = {{\n"
    );
    for (id, row) in rows {
        let _ = writeln!(text, "  {id}: {row},");
    }
    text.push_str("};\n");
    text
}

/// What people read where the wire has a code: results, and the tables by their number and by the fields that carry them.
fn codes(document: &Value) -> String {
    let results: BTreeMap<&str, String> = ResultCode::ALL
        .iter()
        .map(|code| (code.code(), in_both(code.message(), meaning(code.code()))))
        .collect();
    let mut tables: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
    for table in CODE_TABLES {
        let rows = tables.entry(table.table).or_default();
        for (code, label, name) in (table.codes)() {
            rows.entry(code).or_insert_with(|| in_both(label, &as_words(&name)));
        }
    }
    let mut text = format!("{HEAD}\n/** @type {{Record<string, {{ko: string, en: string}}>}} */\n");
    text.push_str("export const results = {\n");
    for (code, row) in &results {
        let _ = writeln!(text, "  {}: {row},", json!(code));
    }
    text.push_str(
        "};\n\n/** @type {Record<string, Record<string, {ko: string, en: string}>>} */\nexport const codes = {\n",
    );
    for (name, rows) in &tables {
        let _ = writeln!(text, "  {name}: {{");
        for (code, row) in rows {
            let _ = writeln!(text, "    {}: {row},", json!(code));
        }
        text.push_str("  },\n");
    }
    text.push_str("};\n\n");
    for (field, table) in fields_with_a_table(document) {
        if !tables.contains_key(field.as_str()) && table != Yn::TABLE {
            let _ = writeln!(text, "codes.{field} = codes.{table};");
        }
    }
    text
}

fn in_both(korean: &str, english: &str) -> String {
    written(&BTreeMap::from([("en", json!(english)), ("ko", json!(korean))]))
}

/// An object with its keys in their order, whatever order objects have elsewhere in a build.
fn written(row: &BTreeMap<&str, Value>) -> String {
    let fields: Vec<String> = row.iter().map(|(name, value)| format!("{}:{value}", json!(name))).collect();
    format!("{{{}}}", fields.join(","))
}

/// The fields that carry codes of one table wherever they stand.
fn fields_with_a_table(document: &Value) -> BTreeMap<String, &'static str> {
    let mut found: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    for (field, schema) in schemas.into_iter().flatten().flat_map(|(_, schema)| types::properties(schema)) {
        let named = types::references(schema);
        found.entry(field.clone()).or_default().extend(
            named
                .iter()
                .filter_map(|name| CODE_TABLES.iter().find(|table| table.name == *name))
                .map(|table| table.table),
        );
    }
    found
        .into_iter()
        .filter_map(|(field, tables)| {
            let mut tables = tables.into_iter();
            tables.next().filter(|_| tables.next().is_none()).map(|table| (field, table))
        })
        .collect()
}

/// The column that says in English what a code means.
fn meaning(code: &str) -> &'static str {
    ERRORS
        .lines()
        .find_map(|line| {
            let mut columns = line.split(" | ");
            let named = columns.next()?.trim_start_matches("| ");
            (named.trim_matches('`') == code).then(|| columns.nth(2).unwrap_or_default())
        })
        .unwrap_or_default()
}

/// `InProgress` as a person reads it.
fn as_words(name: &str) -> String {
    let mut words = String::new();
    for (index, letter) in name.char_indices() {
        if index > 0 && letter.is_ascii_uppercase() {
            words.push(' ');
            words.push(letter.to_ascii_lowercase());
        } else {
            words.push(letter);
        }
    }
    words
}
