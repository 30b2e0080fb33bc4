//! The document's schemas as TypeScript declares them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

const COMPONENTS: &str = "#/components/schemas/";

pub(super) fn declarations(document: &Value) -> String {
    let mut text = super::HEAD.to_owned();
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    // In the order of their names, whatever order objects have elsewhere in a build.
    for (name, schema) in schemas.into_iter().flatten().collect::<BTreeMap<_, _>>() {
        let _ = write!(text, "\nexport type {name} = {};\n", type_of(schema));
    }
    text
}

/// A schema's fields with their schemas.
pub(super) fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten()
}

/// The schemas that a field's own schema names, wherever in it.
pub(super) fn references(schema: &Value) -> Vec<&str> {
    match schema {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(key, value)| match (key.as_str(), value) {
                ("$ref", Value::String(place)) => vec![name_of(place)],
                ("properties", _) => Vec::new(),
                _ => references(value),
            })
            .collect(),
        Value::Array(parts) => parts.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

fn name_of(place: &str) -> &str {
    place.strip_prefix(COMPONENTS).unwrap_or(place)
}

fn type_of(schema: &Value) -> String {
    if let Some(place) = schema.get("$ref").and_then(Value::as_str) {
        return name_of(place).to_owned();
    }
    for (word, joint) in [("anyOf", " | "), ("oneOf", " | "), ("allOf", " & ")] {
        if let Some(parts) = schema.get(word).and_then(Value::as_array) {
            return joined(parts.iter().map(type_of), joint);
        }
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return joined(values.iter().map(Value::to_string), " | ");
    }
    if let Some(value) = schema.get("const") {
        return value.to_string();
    }
    match schema.get("type") {
        Some(Value::String(name)) => named(name, schema),
        Some(Value::Array(names)) => {
            joined(names.iter().filter_map(Value::as_str).map(|name| named(name, schema)), " | ")
        }
        _ => object(schema).unwrap_or_else(|| "unknown".to_owned()),
    }
}

fn named(name: &str, schema: &Value) -> String {
    match name {
        "string" | "boolean" | "null" => name.to_owned(),
        "integer" | "number" => "number".to_owned(),
        "array" => format!("Array<{}>", schema.get("items").map_or_else(|| "unknown".to_owned(), type_of)),
        _ => object(schema).unwrap_or_else(|| "Record<string, unknown>".to_owned()),
    }
}

fn object(schema: &Value) -> Option<String> {
    let fields: BTreeMap<_, _> = schema.get("properties")?.as_object()?.iter().collect();
    let must = schema.get("required").and_then(Value::as_array);
    let mut text = "{\n".to_owned();
    for (name, field) in fields {
        let is_there = must.is_some_and(|must| must.iter().any(|one| one == name));
        let _ = writeln!(
            text,
            "  {name}{}: {};",
            if is_there { "" } else { "?" },
            type_of(field).replace('\n', "\n  ")
        );
    }
    text.push('}');
    Some(text)
}

fn joined(parts: impl Iterator<Item = String>, joint: &str) -> String {
    let mut parts: Vec<String> = parts.collect();
    parts.dedup();
    match parts.len() {
        1 => parts.remove(0),
        _ => format!("({})", parts.join(joint)),
    }
}
