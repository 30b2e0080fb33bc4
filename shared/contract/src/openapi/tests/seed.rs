//! The seed's operations are described with the seed's own schemas.
//!
//! The two files beside this one are the seed, as it was given: OpenAPI 3.0, where `nullable` says what 3.1 says with a type
//! `null`. Both documents are written out in full, references followed, and then compared field by field.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::super::document;

const SEED: [&str; 2] = [
    include_str!("seed/member-provided.openapi.json"),
    include_str!("seed/promotion-accumulation.openapi.json"),
];

/// What the contract says beyond the seed; everything else is equal.
const BEYOND_THE_SEED: [&str; 2] = [
    // "payload:null (the seed's schema read as nullable)"
    "Response.payload may be null",
    // An agent or a system says whose counts it asks for.
    "getOrdClaimCnt takes the query parameter mbrNo",
];

/// What is compared of a schema, a line per field by its path: its kind, whether null is allowed, its values, and which
/// fields of its own must be there.
type Plain = BTreeMap<String, String>;

fn plain(schema: &Value, document: &Value) -> Plain {
    let mut lines = Plain::new();
    write_down(&mut lines, "", schema, document);
    lines
}

fn write_down(lines: &mut Plain, path: &str, schema: &Value, document: &Value) {
    let (schema, is_nullable) = resolved(schema, document, false);
    let schema = Value::Object(schema);
    let texts = |list: &Value| {
        let mut texts: Vec<String> =
            list.as_array().into_iter().flatten().filter_map(|one| Some(one.as_str()?.to_owned())).collect();
        texts.sort();
        texts
    };
    let kind = match &schema["type"] {
        Value::String(kind) => kind.as_str(),
        Value::Array(kinds) => {
            kinds.iter().find_map(|kind| kind.as_str().filter(|kind| *kind != "null")).unwrap()
        }
        other => panic!("{other} is no type, in {schema}"),
    };
    let line = format!(
        "{kind} {}{} values {:?} required {:?}",
        schema["format"].as_str().unwrap_or("plain"),
        if is_nullable { " or null" } else { "" },
        texts(&schema["enum"]),
        texts(&schema["required"]),
    );
    lines.insert(path.to_owned(), line);
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        write_down(lines, &format!("{path}.{name}"), field, document);
    }
    if let Some(rows) = schema.get("items") {
        write_down(lines, &format!("{path}[]"), rows, document);
    }
}

/// The schema itself, and whether it or a reference to it allows null, in the words of either version.
fn resolved(schema: &Value, document: &Value, is_nullable: bool) -> (Map<String, Value>, bool) {
    let mut schema = schema.as_object().unwrap().clone();
    let null = json!("null");
    let says_null = schema.get("nullable") == Some(&json!(true))
        || schema.get("type").and_then(Value::as_array).is_some_and(|kinds| kinds.contains(&null));
    let mut is_nullable = is_nullable || says_null;
    if let Some(choices) = schema.remove("anyOf") {
        let choices = choices.as_array().unwrap();
        let (nulls, others): (Vec<&Value>, Vec<&Value>) =
            choices.iter().partition(|choice| choice["type"] == null);
        is_nullable |= !nulls.is_empty();
        let [one] = others.as_slice() else { panic!("a choice among {choices:?}") };
        schema.extend(one.as_object().unwrap().clone());
    }
    match schema.remove("$ref") {
        Some(reference) => {
            let target = document.pointer(reference.as_str().unwrap().strip_prefix('#').unwrap()).unwrap();
            resolved(target, document, is_nullable)
        }
        None => (schema, is_nullable),
    }
}

fn schema_of(media: &Value) -> Option<&Value> {
    media.get("content")?.as_object()?.values().next()?.get("schema")
}

fn query_parameters(operation: &Value, document: &Value) -> Plain {
    let mut lines = Plain::new();
    let all = operation["parameters"].as_array().into_iter().flatten();
    for parameter in all.filter(|parameter| parameter["in"] == "query") {
        let is_required = parameter["required"] == json!(true);
        let path =
            format!("{} {}", parameter["name"].as_str().unwrap(), if is_required { "must" } else { "may" });
        write_down(&mut lines, &path, &parameter["schema"], document);
    }
    lines
}

fn followed<'a>(value: &'a Value, document: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(reference) => document.pointer(reference.strip_prefix('#').unwrap()).unwrap(),
        None => value,
    }
}

/// The seed as the contract reads it.
fn read_as_the_contract_does(seed: &str) -> Value {
    let mut seed: Value = serde_json::from_str(seed).unwrap();
    for schema in seed["components"]["schemas"].as_object_mut().unwrap().values_mut() {
        // Its envelope alone has a payload that nothing is said of.
        if schema["properties"]["payload"]["type"] == "object" {
            schema["properties"]["payload"]["nullable"] = json!(true);
        }
    }
    seed
}

#[test]
fn the_schemas_of_the_seeds_operations_are_the_seeds() {
    let ours = document();
    let mut compared = 0;
    for seed in SEED.map(read_as_the_contract_does) {
        for (path, methods) in seed["paths"].as_object().unwrap() {
            for (method, wanted) in methods.as_object().unwrap() {
                for path in [path.clone(), format!("/api/order{path}")] {
                    compare(&format!("{method} {path}"), wanted, &seed, &ours["paths"][&path][method], &ours);
                    compared += 1;
                }
            }
        }
    }
    assert_eq!(compared, 14, "six operations of members and one of promotions, each under two paths");
}

fn compare(about: &str, wanted: &Value, seed: &Value, written: &Value, ours: &Value) {
    assert!(written.is_object(), "{about} is not in the document");
    let body = |operation: &Value, document: &Value| {
        schema_of(&operation["requestBody"]).map(|schema| plain(schema, document))
    };
    same(about, "body", body(wanted, seed), body(written, ours));
    assert_eq!(written["requestBody"]["required"], wanted["requestBody"]["required"], "{about}");

    let mut parameters = query_parameters(written, ours);
    if about.ends_with("getOrdClaimCnt") {
        assert!(parameters.remove("mbrNo may").is_some(), "{}", BEYOND_THE_SEED[1]);
    }
    same(about, "query", Some(query_parameters(wanted, seed)), Some(parameters));

    for (status, wanted) in wanted["responses"].as_object().unwrap() {
        let answer = |response: &Value, document: &Value| {
            schema_of(followed(response, document)).map(|schema| plain(schema, document))
        };
        same(about, status, answer(wanted, seed), answer(&written["responses"][status], ours));
    }
}

#[track_caller]
fn same(about: &str, part: &str, wanted: Option<Plain>, written: Option<Plain>) {
    assert_eq!(wanted.is_some(), written.is_some(), "{about}, {part}");
    let (wanted, written) = (wanted.unwrap_or_default(), written.unwrap_or_default());
    let paths: BTreeSet<&String> = wanted.keys().chain(written.keys()).collect();
    let differing: Vec<String> = paths
        .into_iter()
        .filter(|path| wanted.get(*path) != written.get(*path))
        .map(|path| format!("{path}: the seed {:?}, ours {:?}", wanted.get(path), written.get(path)))
        .collect();
    assert!(differing.is_empty(), "{about}, {part}:\n{}", differing.join("\n"));
}

#[test]
fn a_document_that_differs_is_told_from_the_seed() {
    let seed: Value = serde_json::from_str(SEED[1]).unwrap();
    let schema = json!({"$ref": "#/components/schemas/AeEvtInfo"});
    let spoil = |pointer: &str, value: Value| {
        let mut other = seed.clone();
        *other.pointer_mut(&format!("/components/schemas/AeEvtInfo{pointer}")).unwrap() = value;
        plain(&schema, &other)
    };
    let wanted = plain(&schema, &seed);
    for (path, is_nullable) in [("", true), (".tmEvtYn", true), (".aeNo", false)] {
        assert_eq!(wanted[path].contains("or null"), is_nullable, "{path}");
    }
    assert_eq!(
        wanted,
        spoil("/properties/tmEvtYn", json!({"type": ["string", "null"]})),
        "3.0 and 3.1 say the same"
    );
    assert_ne!(wanted, spoil("/properties/tmEvtYn/nullable", json!(false)));
    assert_ne!(wanted, spoil("/properties/aeNo/type", json!("integer")));
    assert_ne!(wanted, spoil("/properties/aeStrDtm/format", json!("date")));
    assert_ne!(wanted, spoil("/properties/addEvtTypCd/enum", json!(["10"])));
    assert_ne!(wanted, spoil("/required/0", json!("aplyStrTm")));
    assert_ne!(wanted, spoil("/properties/aeGoodsList/items", json!({"type": "string"})));
}
