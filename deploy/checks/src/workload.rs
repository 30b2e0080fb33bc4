//! Questions about rendered objects.

use std::collections::BTreeMap;

use serde_json::Value;

/// The kinds of this house that start pods.
pub const STARTERS: [&str; 4] = ["Deployment", "StatefulSet", "Job", "CronJob"];

/// What the pods that a Deployment, a StatefulSet, a Job or a CronJob starts are made after.
pub fn pod_template(object: &Value) -> &Value {
    match object["kind"].as_str() {
        Some("CronJob") => &object["spec"]["jobTemplate"]["spec"]["template"],
        _ => &object["spec"]["template"],
    }
}

/// The labels of those pods.
pub fn pod_labels(object: &Value) -> BTreeMap<String, String> {
    labels(&pod_template(object)["metadata"]["labels"])
}

pub fn labels(value: &Value) -> BTreeMap<String, String> {
    value
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect()
}

pub fn name(object: &Value) -> &str {
    object["metadata"]["name"].as_str().unwrap_or_default()
}

pub fn of_kind<'a>(objects: &'a [Value], kind: &str) -> Vec<&'a Value> {
    objects.iter().filter(|object| object["kind"] == kind).collect()
}

pub fn find<'a>(objects: &'a [Value], kind: &str, wanted: &str) -> Result<&'a Value, String> {
    of_kind(objects, kind)
        .into_iter()
        .find(|object| name(object) == wanted)
        .ok_or_else(|| format!("there is no {kind} {wanted}"))
}

/// What a container finds in its environment. A value that comes from a Secret is `secret(name/key)`.
pub fn environment(objects: &[Value], container: &Value) -> Result<BTreeMap<String, Given>, String> {
    let mut all = BTreeMap::new();
    for source in container["envFrom"].as_array().into_iter().flatten() {
        let map = source["configMapRef"]["name"].as_str().ok_or("only ConfigMaps are taken whole")?;
        for (name, value) in labels(&find(objects, "ConfigMap", map)?["data"]) {
            all.insert(name, Given::Text(value));
        }
    }
    for variable in container["env"].as_array().into_iter().flatten() {
        let name = variable["name"].as_str().ok_or("a variable without a name")?.to_owned();
        let reference = &variable["valueFrom"]["secretKeyRef"];
        let value = match (variable["value"].as_str(), reference["name"].as_str(), reference["key"].as_str())
        {
            (Some(text), None, None) => Given::Text(text.to_owned()),
            (None, Some(secret), Some(key)) => Given::Secret {
                secret: secret.to_owned(),
                key: key.to_owned(),
                is_optional: reference["optional"] == true,
            },
            _ => return Err(format!("{name} is neither a text nor a secret's")),
        };
        all.insert(name, value);
    }
    Ok(all)
}

/// Where the value of a variable comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    Text(String),
    Secret { secret: String, key: String, is_optional: bool },
}
