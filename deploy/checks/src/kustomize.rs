//! Renders a kustomization: the part of kustomize that this house uses. What it does not know it refuses.
//!
//! It stays because the kubectl that Debian 12 installs is too old for it; a test holds it to kubectl where one is installed (`docs/adr/0065-manifests-are-rendered-by-a-part-of-kustomize-of-our-own.md`).
//!
//! Generated names get no hash: references then read as they were written.

mod patch;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::yaml;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Kustomization {
    api_version: String,
    kind: String,
    namespace: Option<String>,
    #[serde(default)]
    resources: Vec<PathBuf>,
    #[serde(default)]
    components: Vec<PathBuf>,
    #[serde(default)]
    config_map_generator: Vec<Generator>,
    #[serde(default)]
    patches: Vec<Patch>,
    #[serde(default)]
    images: Vec<Image>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Generator {
    name: String,
    #[serde(default)]
    behavior: Behaviour,
    #[serde(default)]
    literals: Vec<String>,
    #[serde(default)]
    files: Vec<PathBuf>,
}

#[derive(Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Behaviour {
    #[default]
    Create,
    Merge,
    Replace,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Patch {
    path: Option<PathBuf>,
    patch: Option<String>,
    target: Option<Target>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Target {
    kind: String,
    name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Image {
    name: String,
    new_name: String,
    new_tag: String,
}

/// The objects of a folder with a `kustomization.yaml`, in no particular order.
pub fn render(folder: &Path) -> Result<Vec<Value>, String> {
    let mut objects = Vec::new();
    add(folder, &mut objects).map_err(|reason| format!("{}: {reason}", folder.display()))?;
    Ok(objects)
}

/// Adds what a folder brings to what is there, and lets it change both.
fn add(folder: &Path, objects: &mut Vec<Value>) -> Result<(), String> {
    let file = yaml::document(&folder.join("kustomization.yaml"))?;
    let this: Kustomization = serde_json::from_value(file).map_err(|error| error.to_string())?;
    let is_component = match (this.api_version.as_str(), this.kind.as_str()) {
        ("kustomize.config.k8s.io/v1beta1", "Kustomization") => false,
        ("kustomize.config.k8s.io/v1alpha1", "Component") => true,
        other => return Err(format!("{other:?} is no kustomization")),
    };
    // A component sees what stands around it, anything else only what it brings itself.
    let mut own = if is_component { std::mem::take(objects) } else { Vec::new() };
    for resource in &this.resources {
        let path = folder.join(resource);
        if path.is_dir() {
            add(&path, &mut own)?;
        } else {
            own.extend(yaml::documents(&path)?);
        }
    }
    for generator in &this.config_map_generator {
        generate(folder, generator, &mut own)?;
    }
    for component in &this.components {
        add(&folder.join(component), &mut own)?;
    }
    for patch in &this.patches {
        apply(folder, patch, &mut own)?;
    }
    for object in &mut own {
        if let Some(namespace) = this.namespace.as_deref().filter(|_| object["kind"] != "Namespace") {
            set(object, &["metadata", "namespace"], json!(namespace));
        }
        for image in &this.images {
            rename_image(object, image);
        }
    }
    objects.append(&mut own);
    Ok(())
}

fn generate(folder: &Path, generator: &Generator, objects: &mut Vec<Value>) -> Result<(), String> {
    let mut data = BTreeMap::new();
    for literal in &generator.literals {
        let (name, value) =
            literal.split_once('=').ok_or_else(|| format!("`{literal}` is no literal of a ConfigMap"))?;
        data.insert(name.to_owned(), value.to_owned());
    }
    for file in &generator.files {
        let text =
            fs::read_to_string(folder.join(file)).map_err(|error| format!("{}: {error}", file.display()))?;
        let name = file.file_name().and_then(|name| name.to_str()).ok_or("a file without a name")?;
        data.insert(name.to_owned(), text);
    }
    let there = objects
        .iter_mut()
        .find(|object| object["kind"] == "ConfigMap" && object["metadata"]["name"] == json!(generator.name));
    match (&generator.behavior, there) {
        (Behaviour::Create, None) => objects.push(json!({
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": generator.name}, "data": data,
        })),
        (Behaviour::Merge, Some(map)) => patch::merge(&mut map["data"], &json!(data)),
        (Behaviour::Replace, Some(map)) => map["data"] = json!(data),
        (behaviour, _) => return Err(format!("ConfigMap {} can't be had by {behaviour:?}", generator.name)),
    }
    Ok(())
}

fn apply(folder: &Path, patch: &Patch, objects: &mut [Value]) -> Result<(), String> {
    let (text, shown) = match (&patch.path, &patch.patch) {
        (Some(path), None) => {
            let text = fs::read_to_string(folder.join(path))
                .map_err(|error| format!("{}: {error}", path.display()))?;
            (text, path.display().to_string())
        }
        (None, Some(text)) => (text.clone(), "a patch in its place".to_owned()),
        _ => return Err("a patch has either a path or its text".to_owned()),
    };
    let value: Value = serde_saphyr::from_str(&text).map_err(|error| format!("{shown}: {error}"))?;
    let target = match &patch.target {
        Some(target) => (json!(target.kind), target.name.as_ref().map(|name| json!(name))),
        None => (value["kind"].clone(), Some(value["metadata"]["name"].clone())),
    };
    let mut found = false;
    for object in objects {
        let is_meant = object["kind"] == target.0
            && target.1.as_ref().is_none_or(|name| object["metadata"]["name"] == *name);
        if is_meant {
            found = true;
            patch::apply(object, &value).map_err(|reason| format!("{shown}: {reason}"))?;
        }
    }
    if found { Ok(()) } else { Err(format!("{shown} finds nothing to change")) }
}

/// In pods of every kind.
fn rename_image(object: &mut Value, image: &Image) {
    let places = ["/spec/template/spec/containers", "/spec/jobTemplate/spec/template/spec/containers"];
    let Some(place) = places.into_iter().find(|place| object.pointer(place).is_some()) else { return };
    let Some(containers) = object.pointer_mut(place).and_then(Value::as_array_mut) else { return };
    for container in containers {
        if container["image"] == json!(image.name) {
            container["image"] = json!(format!("{}:{}", image.new_name, image.new_tag));
        }
    }
}

fn set(object: &mut Value, path: &[&str], value: Value) {
    let place = path.iter().fold(object, |place, name| &mut place[*name]);
    *place = value;
}
