//! The OpenAPI document of the whole house, made of the declared operations and of the types of the wire.
//!
//! Nothing of a schema is written twice: the types say what fields there are, [`operations`](crate::operations) where an
//! operation answers, who may call it, what it does in both languages, and which types it takes and gives; [`ResultCode`] how it can
//! fail.

mod as_the_seed;
mod example;
mod schemas;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::operations::{self, Access, Answer, Body, Operation, Role, Shape, Upstream};
use crate::result_code::ResultCode;

use self::schemas::{COMPONENTS, Schemas};

/// The operations the document shows: all that the gateway routes.
pub fn documented() -> impl Iterator<Item = &'static Operation> {
    operations::all().filter(|operation| operation.access != Access::Internal)
}

/// The document, in OpenAPI 3.1.
pub fn document() -> Value {
    let mut schemas = Schemas::new();
    for operation in documented() {
        shape_of(operation.body).map(|body| schemas.request(body, operation.must));
    }
    let mut paths: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for operation in documented() {
        let written = operation_object(operation, &mut schemas);
        let prefixed = operation.prefix.path().map(|prefix| format!("{prefix}{}", operation.path));
        let method = operation.method.as_str().to_ascii_lowercase();
        // Under its prefix too: a storefront finds the address that it calls.
        if let Some(path) = prefixed {
            let mut written = written.clone();
            written["operationId"] = json!(format!("{}.prefixed", operation.id));
            paths.entry(path).or_default().insert(method.clone(), written);
        }
        paths.entry(operation.path.to_owned()).or_default().insert(method, written);
    }
    for (path, written) in own_pages() {
        paths.entry(path.to_owned()).or_default().insert("get".to_owned(), written);
    }
    let (components, of_answers) = schemas.finish();
    for method in paths.values_mut().flat_map(Map::values_mut) {
        schemas::rename(&mut method["responses"], &of_answers);
        if let Some(schema) = method.pointer_mut(SUCCESS_SCHEMA)
            && let Some(payload) = schema.get(PAYLOAD).cloned()
        {
            *schema = components.get(ENVELOPE).cloned().unwrap_or_default();
            schema["properties"]["payload"] = payload;
        }
    }
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "주문 사후처리 API · Order aftercare API",
            "version": env!("CARGO_PKG_VERSION"),
            "description": INTRODUCTION,
            "license": {"name": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "이 게이트웨이 · this gateway"}],
        "tags": [
            {"name": "member-service", "description": "주문, 비회원, 탈퇴, 알림 · orders, guests, withdrawals, notifications"},
            {"name": "cs-inquiry-service", "description": "1:1 문의와 통합상담 · inquiries and the agents' desk"},
            {"name": "promotion-service", "description": "적립, 쿠폰, 마일리지 · accumulation, coupons, mileage"},
            {"name": "claim-service", "description": "취소, 옵션변경, 상품 · cancels, option changes, goods"},
            {"name": "gateway", "description": "게이트웨이 · what the gateway answers itself"},
        ],
        "paths": paths,
        "components": {
            "schemas": components,
            "responses": responses(),
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                    "description": "Access Token. RS256 or ES256; claims `sub`, `roles`, `siteNo`, `ordNo` (guest), `iss`, `aud`, `exp`."},
                "vendorKey": {"type": "apiKey", "in": "header", "name": "Authorization",
                    "description": "협력사 인증키 · a vendor's own key"},
            },
        },
    });
    example::add(&mut document);
    document
}

/// The schema of an envelope's success while it is only known what the payload is.
const PAYLOAD: &str = "x-payload";
const ENVELOPE: &str = "Response";
const SUCCESS_SCHEMA: &str = "/responses/200/content/application~1json/schema";

const INTRODUCTION: &str = "모든 경로는 그대로, 그리고 각 접두어(`/api/order`, `/api/goods`, `/api/bo`) 아래에서 응답합니다. 실패는 모두 봉투(`Response`)로, \
업무·입력 오류는 HTTP 900으로 응답합니다.\n\nEvery path answers bare and under its prefix. Every failure is in the envelope (`Response`); a business or \
validation error answers HTTP status 900, or what the gateway is set to (`GATEWAY_BIZ_ERROR_STATUS`). `code` never changes and is what a caller compares with. \
Unknown JSON fields are ignored. A field of a request that may be left out may also be null, which means the same.";

fn operation_object(operation: &Operation, schemas: &mut Schemas) -> Value {
    let mut parameters = path_parameters(operation.path);
    if let Some(query) = operation.query {
        parameters.extend(schemas::query(query, operation.must));
    }
    if operation.idempotent_key {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "멱등키 · the same key and content give the first answer again, for 24 hours",
            "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,64}$"},
        }));
    }
    let mut written = json!({
        "operationId": operation.id,
        "tags": [operation.upstream.map_or("gateway", Upstream::service_name)],
        "summary": format!("{} · {}", operation.korean, operation.english),
        "description": format!("{}\n\n{}", who(operation, true), who(operation, false)),
        "x-roles": roles(operation).into_iter().map(Role::wire).collect::<Vec<_>>(),
        "parameters": parameters,
        "security": security(operation),
        "responses": answers(operation, schemas),
    });
    if let Some(body) = shape_of(operation.body) {
        let mut schema = schemas.request(body, operation.must);
        let more = schemas.demanded_beside(&schema, operation.must);
        if !more.is_empty() {
            schema = json!({"allOf": [schema, {"required": more}]});
        }
        let required = matches!(operation.body, Body::Json(_) | Body::BulkJson(_) | Body::JsonOrXml(_));
        let content: Map<String, Value> = content_types(operation.body)
            .iter()
            .map(|name| {
                let mut schema = schema.clone();
                if *name == "multipart/form-data" {
                    schema = json!({"allOf": [schema, {"type": "object", "properties": {"files": {
                        "type": "array", "maxItems": 5, "items": {"type": "string", "format": "binary"},
                        "description": "첨부파일 · JPEG, PNG, WebP, HEIC or PDF, 10 MiB each",
                    }}}]});
                }
                ((*name).to_owned(), json!({"schema": schema}))
            })
            .collect();
        written["requestBody"] = json!({"required": required, "content": content});
    }
    written
}

const JSON: &[&str] = &["application/json"];

fn content_types(body: Body) -> &'static [&'static str] {
    match body {
        Body::None => &[],
        Body::Json(_) | Body::BulkJson(_) => JSON,
        Body::JsonOrXml(_) => &["application/json", "application/xml"],
        Body::OptionalJsonOrForm(_) => &["application/json", "application/x-www-form-urlencoded"],
        Body::Multipart(_) => {
            &["multipart/form-data", "application/x-www-form-urlencoded", "application/json"]
        }
    }
}

fn shape_of(body: Body) -> Option<Shape> {
    match body {
        Body::None => None,
        Body::Json(shape)
        | Body::BulkJson(shape)
        | Body::JsonOrXml(shape)
        | Body::OptionalJsonOrForm(shape)
        | Body::Multipart(shape) => Some(shape),
    }
}

/// Every role that opens an operation; an admin may what an agent may.
fn roles(operation: &Operation) -> Vec<Role> {
    match operation.access {
        Access::Public | Access::VendorKey | Access::Internal => Vec::new(),
        Access::Roles(_) => Role::ALL.iter().copied().filter(|role| operation.access.allows(*role)).collect(),
    }
}

fn who(operation: &Operation, in_korean: bool) -> String {
    let roles = roles(operation).into_iter().map(Role::wire).collect::<Vec<_>>().join(", ");
    match (operation.access, in_korean) {
        (Access::Public, true) => "누구나 호출할 수 있습니다.".to_owned(),
        (Access::Public, false) => "Anybody may call it.".to_owned(),
        (Access::VendorKey, true) => "협력사 인증키로 호출합니다.".to_owned(),
        (Access::VendorKey, false) => "Called with a vendor's own key.".to_owned(),
        (Access::Roles(_) | Access::Internal, true) => format!("호출 권한: {roles}."),
        (Access::Roles(_) | Access::Internal, false) => format!("Roles: {roles}."),
    }
}

fn security(operation: &Operation) -> Value {
    match operation.access {
        Access::Public => json!([{}, {"bearer": []}]),
        Access::VendorKey => json!([{"vendorKey": []}]),
        Access::Roles(_) | Access::Internal => json!([{"bearer": []}]),
    }
}

fn path_parameters(path: &str) -> Vec<Value> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
        .collect()
}

/// How an operation can answer: its success, and every status the house can give it.
fn answers(operation: &Operation, schemas: &mut Schemas) -> Map<String, Value> {
    let success = |content: Value| json!({"description": "성공 · success", "content": content});
    let mut all = Map::new();
    let own = match operation.answer {
        Answer::Bare(shape) => {
            let schema = schemas.answer(shape);
            // What is asked in either form is answered in either form.
            let forms = match operation.body {
                body @ Body::JsonOrXml(_) => content_types(body),
                _ => JSON,
            };
            success(forms.iter().map(|form| ((*form).to_owned(), json!({"schema": schema}))).collect())
        }
        Answer::Envelope(shape) => {
            let payload = schemas.answer(shape);
            success(json!({"application/json": {"schema": {PAYLOAD: payload}}}))
        }
        Answer::Empty => json!({"description": "성공, 본문 없음 · success, without a body"}),
        Answer::File => {
            success(json!({"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}))
        }
    };
    all.insert("200".to_owned(), own);
    // A body is refused by its type where none is taken, too.
    let mut statuses: BTreeSet<u16> = [404, 405, 415, 429, 500, 502, 503, 504, 900].into();
    match operation.access {
        Access::Public | Access::VendorKey => drop(statuses.insert(401)),
        Access::Roles(_) | Access::Internal => statuses.extend([401, 403]),
    }
    if !operation.body.is_none() {
        statuses.extend([408, 413]);
    }
    if operation.idempotent_key {
        statuses.insert(409);
    }
    for status in statuses {
        all.insert(status.to_string(), json!({"$ref": format!("#/components/responses/{status}")}));
    }
    if operation.access == Access::VendorKey {
        // A key that does not hold is refused by the service, in the form of its answers.
        let mut refused = all["200"].clone();
        refused["description"] = json!(meaning(401));
        all.insert("401".to_owned(), refused);
    }
    all
}

/// One response per status, with the codes that come with it and what a person reads.
fn responses() -> Map<String, Value> {
    let mut by_status: BTreeMap<u16, Vec<ResultCode>> = BTreeMap::new();
    for code in ResultCode::ALL {
        by_status.entry(code.status()).or_default().push(*code);
    }
    by_status
        .into_iter()
        .map(|(status, codes)| {
            let list: Vec<String> =
                codes.iter().map(|code| format!("- `{}`: {}", code.code(), code.message())).collect();
            let names: Vec<&str> = codes.iter().map(|code| code.code()).collect();
            let schema = json!({"$ref": format!("{COMPONENTS}{ENVELOPE}")});
            let example = codes.first().map(|code| {
                json!({
                    "timestamp": "2026-08-01T10:00:00+09:00", "code": code.code(), "message": code.message(),
                    "isProcess": false, "payload": null, "error": true, "errors": [],
                })
            });
            let response = json!({
                "description": format!("{}\n\n{}", meaning(status), list.join("\n")),
                "content": {"application/json": {"schema": schema, "example": example}},
                "x-codes": names,
            });
            (status.to_string(), response)
        })
        .collect()
}

fn meaning(status: u16) -> &'static str {
    match status {
        401 => "인증되지 않음 · no token, or a bad one",
        403 => "권한 없음 · wrong role, or another's data",
        404 => "없는 주소 · no such path",
        405 => "허용되지 않는 메서드 · wrong method",
        408 => "요청 수신 시간 초과 · the request was not received in time",
        409 => "처리 중인 멱등키 · the idempotency key is in flight",
        413 => "본문이 너무 큼 · the body is too large",
        415 => "지원하지 않는 형식 · a content type the operation does not take",
        429 => "요청이 너무 많음 · too many requests",
        900 => "업무 또는 입력 오류 · a business or validation error",
        _ => "일시적 장애 · a failure of ours",
    }
}

/// What the gateway answers itself.
fn own_pages() -> [(&'static str, Value); 2] {
    let page = |id: &str, summary: &str, content: &str| {
        json!({
            "operationId": id, "tags": ["gateway"], "summary": summary, "security": [{}], "x-roles": [],
            "responses": {"200": {"description": "성공 · success", "content": {content: {"schema": {"type": "object"}}}}},
        })
    };
    [
        ("/openapi.json", page("openapi", "이 문서 · this document", "application/json")),
        (
            "/.well-known/jwks.json",
            page("jwks", "로컬 발급자의 공개키 · public keys of local issuers", "application/json"),
        ),
    ]
}

#[cfg(test)]
mod tests;
