//! Strategic merges and JSON patches.

use serde_json::{Map, Value};

/// A list of operations is a JSON patch; anything else is merged, and keeps the object's name.
pub(super) fn apply(object: &mut Value, patch: &Value) -> Result<(), String> {
    match patch {
        Value::Array(operations) => operations.iter().try_for_each(|operation| operate(object, operation)),
        _ => {
            let name = object["metadata"]["name"].clone();
            merge(object, patch);
            object["metadata"]["name"] = name;
            Ok(())
        }
    }
}

fn operate(object: &mut Value, operation: &Value) -> Result<(), String> {
    let path = operation["path"].as_str().ok_or("an operation without a path")?;
    if operation["op"] != "replace" {
        return Err(format!("operation {} is not known here", operation["op"]));
    }
    let place = object.pointer_mut(path).ok_or_else(|| format!("{path} is not there to be replaced"))?;
    *place = operation["value"].clone();
    Ok(())
}

/// Lays one value over another: fields over fields, list items over those of the same key; null removes.
pub(super) fn merge(under: &mut Value, over: &Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => merge_fields(under, over),
        (under, over) => *under = over.clone(),
    }
}

fn merge_fields(under: &mut Map<String, Value>, over: &Map<String, Value>) {
    for (name, value) in over {
        match (under.get_mut(name), value) {
            (_, Value::Null) => {
                under.remove(name);
            }
            (Some(Value::Array(there)), Value::Array(new)) => match key_of(name) {
                Some(key) => merge_items(there, new, key),
                None => there.clone_from(new),
            },
            (Some(there), value) => merge(there, value),
            (None, value) => {
                under.insert(name.clone(), value.clone());
            }
        }
    }
}

fn merge_items(there: &mut Vec<Value>, new: &[Value], key: &str) {
    // What is new stands in front, as kustomize has it.
    let mut added = Vec::new();
    for item in new {
        match there.iter_mut().find(|old| old[key] == item[key]) {
            Some(old) => merge(old, item),
            None => added.push(item.clone()),
        }
    }
    added.append(there);
    *there = added;
}

/// By what Kubernetes tells the items of a list apart; lists without such a key are replaced as a whole.
fn key_of(list: &str) -> Option<&'static str> {
    match list {
        "containers" | "initContainers" | "env" | "volumes" => Some("name"),
        "volumeMounts" => Some("mountPath"),
        "ports" => Some("containerPort"),
        "topologySpreadConstraints" => Some("topologyKey"),
        _ => None,
    }
}
