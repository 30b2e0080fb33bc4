//! Collects the schemas of types: of requests as they are read, of answers as they are written.

use std::collections::{BTreeMap, BTreeSet};

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::as_the_seed;
use crate::operations::Shape;
use dto::envelope::Envelope;

pub(super) const COMPONENTS: &str = "#/components/schemas/";

pub(super) struct Schemas {
    read: SchemaGenerator,
    written: SchemaGenerator,
    /// Fields of a request's own type that must be there although the type is read leniently.
    must: BTreeMap<String, BTreeSet<&'static str>>,
}

impl Schemas {
    pub(super) fn new() -> Self {
        let mut written = settings().for_serialize().into_generator();
        written.subschema_for::<Envelope<Value>>();
        Self { read: settings().for_deserialize().into_generator(), written, must: BTreeMap::new() }
    }

    pub(super) fn request(&mut self, shape: Shape, must: &'static [&'static str]) -> Value {
        let schema = shape.schema(&mut self.read).to_value();
        if let Some(name) = name_of(&schema) {
            // A type that serves several operations demands what all of them do.
            let must: BTreeSet<_> = must.iter().copied().collect();
            let known = self.must.entry(name.to_owned()).or_insert_with(|| must.clone());
            *known = known.intersection(&must).copied().collect();
        }
        schema
    }

    /// What this request demands beside what all requests of its type do. Known once all of them were made.
    pub(super) fn demanded_beside(&self, schema: &Value, must: &'static [&'static str]) -> Vec<&'static str> {
        let of_type = name_of(schema).and_then(|name| self.must.get(name));
        let of_all = |name: &&&str| of_type.is_none_or(|of_type| of_type.contains(**name));
        must.iter().filter(|name| !of_all(name)).copied().collect()
    }

    pub(super) fn answer(&mut self, shape: Shape) -> Value {
        shape.schema(&mut self.written).to_value()
    }

    /// All of them by name, and the names under which answers find theirs where that is another.
    pub(super) fn finish(mut self) -> (Map<String, Value>, BTreeMap<String, String>) {
        let mut read = self.read.take_definitions(true);
        for (name, must) in &self.must {
            if let Some(schema) = read.get_mut(name) {
                demand(schema, must);
            }
        }
        let mut written = self.written.take_definitions(true);
        for (name, schema) in read.iter_mut().chain(&mut written) {
            null_only_where_it_means_something(name, schema);
            as_the_seed::adapt(name, schema);
        }
        let mut differing: BTreeSet<String> = BTreeSet::new();
        loop {
            let more: BTreeSet<String> = written
                .iter()
                .filter(|(name, schema)| {
                    read.get(*name).is_some_and(|other| other != *schema || refers_to(schema, &differing))
                })
                .map(|(name, _)| name.clone())
                .collect();
            if more == differing {
                break;
            }
            differing = more;
        }
        let names: BTreeMap<String, String> = differing
            .into_iter()
            .map(|name| {
                let usual = format!("{name}Answer");
                // A type of that name may exist, and two schemas can't share it.
                let is_taken = read.contains_key(&usual) || written.contains_key(&usual);
                let own = if is_taken { format!("{name}InAnswer") } else { usual };
                (name, own)
            })
            .collect();
        for (name, mut schema) in std::mem::take(&mut written) {
            rename(&mut schema, &names);
            read.insert(names.get(&name).cloned().unwrap_or(name), schema);
        }
        (read, names)
    }
}

/// The fields of a query's type, each a parameter.
pub(super) fn query(shape: Shape, must: &[&str]) -> Vec<Value> {
    let mut alone = settings().with(|settings| settings.inline_subschemas = true).into_generator();
    let schema = shape.schema(&mut alone).to_value();
    let fields = schema["properties"].as_object().cloned().unwrap_or_default();
    fields
        .into_iter()
        .map(|(name, mut schema)| {
            without_null(&mut schema);
            if schema.get("default").is_some_and(Value::is_null) {
                schema.as_object_mut().and_then(|keywords| keywords.remove("default"));
            }
            let required = must.contains(&name.as_str());
            json!({"name": name, "in": "query", "required": required, "schema": schema})
        })
        .collect()
}

/// Gives references the names under which answers find their schemas.
pub(super) fn rename(value: &mut Value, names: &BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            let other =
                fields.get("$ref").and_then(|path| names.get(path.as_str()?.strip_prefix(COMPONENTS)?));
            if let Some(other) = other {
                fields.insert("$ref".to_owned(), json!(format!("{COMPONENTS}{other}")));
            }
            fields.values_mut().for_each(|field| rename(field, names));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, names)),
        _ => {}
    }
}

fn settings() -> SchemaSettings {
    SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    })
}

fn name_of(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix(COMPONENTS)
}

fn refers_to(value: &Value, names: &BTreeSet<String>) -> bool {
    match value {
        Value::Object(fields) => {
            name_of(value).is_some_and(|name| names.contains(name))
                || fields.values().any(|field| refers_to(field, names))
        }
        Value::Array(items) => items.iter().any(|item| refers_to(item, names)),
        _ => false,
    }
}

/// A field that may be left out is not said to be null as well: a request's null means the same as nothing, and an answer leaves
/// the field out.
fn null_only_where_it_means_something(name: &str, schema: &mut Value) {
    let required: BTreeSet<String> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|field| Some(field.as_str()?.to_owned()))
        .collect();
    let fields = schema.get_mut("properties").and_then(Value::as_object_mut);
    for (field, written) in fields.into_iter().flatten() {
        if !required.contains(field) && !as_the_seed::means_null(name, field) {
            without_null(written);
            if written.get("default").is_some_and(Value::is_null)
                && let Some(keywords) = written.as_object_mut()
            {
                keywords.remove("default");
            }
        }
    }
}

fn demand(schema: &mut Value, must: &BTreeSet<&'static str>) {
    let mut required: BTreeSet<String> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|name| Some(name.as_str()?.to_owned()))
        .collect();
    for name in must {
        required.insert((*name).to_owned());
        if let Some(field) = schema.get_mut("properties").and_then(|fields| fields.get_mut(*name)) {
            without_null(field);
            if let Some(fields) = field.as_object_mut() {
                fields.remove("default");
            }
        }
    }
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
}

/// Takes null out of what a schema allows.
fn without_null(schema: &mut Value) {
    if let Some(types) = schema.get_mut("type").and_then(Value::as_array_mut) {
        types.retain(|one| one != "null");
        if let [only] = types.as_slice() {
            schema["type"] = only.clone();
        }
    }
    if let Some(choices) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        choices.retain(|choice| choice["type"] != "null");
        if let [only] = choices.as_slice() {
            let only = only.clone();
            if let Some(fields) = schema.as_object_mut() {
                fields.remove("anyOf");
                fields.extend(only.as_object().cloned().unwrap_or_default());
            }
        }
    }
}
