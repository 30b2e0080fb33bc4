//! Examples, made of the schemas: each type of the vocabulary brings one, and everything else is put together of those.

use serde_json::{Map, Value, json};

/// Deeper than any type of the wire; what lies deeper is left out.
const DEEPEST: usize = 64;

/// Puts an example beside every JSON schema of a request and of a success.
pub(super) fn add(document: &mut Value) {
    let schemas = document["components"]["schemas"].clone();
    let Some(paths) = document["paths"].as_object_mut() else { return };
    for operation in paths.values_mut().filter_map(Value::as_object_mut).flat_map(Map::values_mut) {
        for place in ["/requestBody/content/application~1json", "/responses/200/content/application~1json"] {
            if let Some(media) = operation.pointer_mut(place) {
                let example = of(&media["schema"], &schemas, 0);
                media["example"] = example;
            }
        }
    }
}

fn of(schema: &Value, schemas: &Value, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Null;
    }
    let deeper = |schema: &Value| of(schema, schemas, depth + 1);
    if let Some(example) = schema["examples"].get(0) {
        return example.clone();
    }
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return deeper(&schemas[name]);
    }
    if let Some(constant) = schema.get("const") {
        return constant.clone();
    }
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let mut whole = Map::new();
        for part in parts {
            if let Value::Object(fields) = deeper(part) {
                whole.extend(fields);
            }
        }
        return Value::Object(whole);
    }
    for choice in ["anyOf", "oneOf"] {
        if let Some(first) =
            schema[choice].as_array().and_then(|all| all.iter().find(|one| one["type"] != "null"))
        {
            return deeper(first);
        }
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().find_map(|kind| kind.as_str().filter(|kind| *kind != "null")),
        kind => kind.as_str(),
    };
    match kind {
        Some("object") => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            Value::Object(fields.map(|(name, field)| (name.clone(), named(name, deeper(field)))).collect())
        }
        Some("array") => json!([deeper(&schema["items"])]),
        Some("integer") => json!(1),
        Some("number") => json!(10),
        Some("boolean") => json!(true),
        Some("string") => json!("텍스트"),
        _ => Value::Null,
    }
}

/// Texts and flags that every caller of this API knows by their names.
fn named(name: &str, value: Value) -> Value {
    let known = match name {
        "ordNo" => "20230808O007404",
        "claimNo" => "20230808C007404",
        "mbrNo" => "100001311",
        "goodsNo" => "10002552",
        "itmNo" => "001",
        "ordManNm" | "rcvmnNm" => "홍길동",
        "cellSctNo" => "010",
        "cellTxnoNo" => "1234",
        "cellEndNo" => "5678",
        "emailAddr" => "gildong@example.com",
        "reqGubun" => "myPage",
        "code" => "0000",
        "message" => "정상 처리되었습니다.",
        _ if name.ends_with("Dtm") => "2026-08-01T10:00:00+09:00",
        _ if name.ends_with("Dt") => "20260801",
        _ if name.ends_with("Yn") => "Y",
        "error" => return json!(false),
        "errors" => return json!([]),
        _ => return value,
    };
    if value.is_string() { json!(known) } else { value }
}
