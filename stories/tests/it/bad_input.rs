//! What is wrong with a request is named, all of it at once, whichever operation it is: read off the house's own document.

use std::collections::BTreeSet;

use contract::operations::{self, Access, Operation, Role};
use dto::envelope::MOST_FIELD_ERRORS;
use serde_json::{Map, Value, json};
use stories::{Stack, Storefront, TestAnswer};
use test_kit::service::read;

/// Deeper than any body.
const DEEPEST: usize = 12;

/// An operation that takes JSON, as the document has it.
struct Described {
    operation: &'static Operation,
    schema: Value,
    example: Value,
}

struct House {
    document: Value,
    shop: Storefront,
}

impl House {
    async fn open(stack: &Stack) -> Self {
        let shop = stack.storefront();
        let document = shop.get("/openapi.json", "").await.json;
        Self { document, shop }
    }

    /// Everything a token can call that takes JSON.
    fn operations(&self) -> Vec<Described> {
        let found: Vec<Described> = operations::all()
            .filter(|operation| !matches!(operation.access, Access::Internal | Access::VendorKey))
            .filter_map(|operation| {
                let method = operation.method.as_str().to_ascii_lowercase();
                let media =
                    &self.document["paths"][operation.path][method]["requestBody"]["content"]["application/json"];
                let (schema, example) = (media["schema"].clone(), media["example"].clone());
                (!schema.is_null()).then_some(Described { operation, schema, example })
            })
            .collect();
        assert!(found.len() > 30, "the document lost its bodies");
        found
    }

    fn resolved(&self, schema: &Value) -> Value {
        if let Some(parts) = schema["allOf"].as_array() {
            let mut whole = json!({"properties": {}, "required": []});
            for part in parts.iter().map(|part| self.resolved(part)) {
                whole["type"] = json!("object");
                for (name, field) in part["properties"].as_object().into_iter().flatten() {
                    whole["properties"][name] = field.clone();
                }
                let required = part["required"].as_array().cloned().unwrap_or_default();
                whole["required"].as_array_mut().expect("a list").extend(required);
            }
            return whole;
        }
        let chosen = ["anyOf", "oneOf"]
            .iter()
            .find_map(|choice| schema[choice].as_array()?.iter().find(|one| one["type"] != "null"));
        if let Some(chosen) = chosen {
            return self.resolved(chosen);
        }
        match schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            Some(name) => self.resolved(&self.document["components"]["schemas"][name]),
            None => schema.clone(),
        }
    }

    /// A body with a row in every list and nothing else, and the paths of the fields it lacks.
    fn bare(&self, schema: &Value, path: &str, depth: usize, lacking: &mut BTreeSet<String>) -> Value {
        let schema = self.resolved(schema);
        if depth > DEEPEST {
            return Value::Null;
        }
        if is_a(&schema, "array") {
            let row = self.bare(&schema["items"], &format!("{path}[0]"), depth + 1, lacking);
            // Rows without fields say nothing of what is required in them.
            return if row.is_object() { json!([row]) } else { json!([]) };
        }
        let Some(fields) = schema["properties"].as_object() else { return Value::Null };
        let required: BTreeSet<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut body = Map::new();
        for (name, field) in fields {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            if is_a(&self.resolved(field), "array")
                && self.resolved(&self.resolved(field)["items"])["properties"].is_object()
            {
                body.insert(name.clone(), self.bare(field, &path, depth + 1, lacking));
            } else if required.contains(name.as_str()) {
                lacking.insert(path);
            }
        }
        Value::Object(body)
    }

    async fn send(&self, operation: &Operation, query: &str, body: &Value) -> TestAnswer {
        let token = match operation.access {
            Access::Public => String::new(),
            Access::Roles(roles) if roles.contains(&Role::Service) => self.shop.service(),
            Access::Roles(roles) if roles.contains(&Role::Agent) || roles.contains(&Role::Admin) => {
                self.shop.admin()
            }
            Access::Roles(_) | Access::VendorKey | Access::Internal => self.shop.member("100001311"),
        };
        let path = operation
            .path
            .replace("{ordNo}", "20260801O000001")
            .replace("{siteNo}", "1")
            .replace("{fileNo}", "F1");
        let method = reqwest::Method::from_bytes(operation.method.as_str().as_bytes()).expect("a method");
        let request = self.shop.request(method, &format!("{path}{query}"), &token);
        read(if operation.body.is_none() { request } else { request.json(body) }).await
    }
}

fn is_a(schema: &Value, kind: &str) -> bool {
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(|one| one == kind),
        one => one == kind,
    }
}

fn named(answer: &TestAnswer) -> BTreeSet<String> {
    let rows = answer.json["errors"].as_array().into_iter().flatten();
    rows.filter_map(|row| row["field"].as_str()).map(str::to_owned).collect()
}

#[actix_web::test]
async fn what_a_request_lacks_is_what_the_document_requires() {
    let stack = Stack::start().await;
    let house = House::open(&stack).await;
    let mut wrong = Vec::new();
    for Described { operation, schema, .. } in house.operations() {
        let mut lacking = BTreeSet::new();
        let body = house.bare(&schema, "", 0, &mut lacking);
        if lacking.is_empty() {
            continue;
        }
        let answer = house.send(operation, "", &body).await;
        let named = named(&answer);
        let is_right = if lacking.len() > MOST_FIELD_ERRORS {
            named.len() == MOST_FIELD_ERRORS && named.is_subset(&lacking)
        } else {
            named == lacking
        };
        if answer.status != 900 || answer.code() != "VALIDATION" || !is_right {
            let unsaid: Vec<_> = lacking.difference(&named).collect();
            let unasked: Vec<_> = named.difference(&lacking).collect();
            wrong.push(format!(
                "{} {}: not named {unsaid:?}, not in the document {unasked:?}",
                operation.id,
                answer.code()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A field that can't be read must not hide the others, whoever finds those: reader or form.
#[actix_web::test]
async fn what_can_t_be_read_hides_nothing_that_a_request_lacks() {
    let stack = Stack::start().await;
    let house = House::open(&stack).await;
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for Described { operation, schema, .. } in house.operations() {
        let mut expected = BTreeSet::new();
        let mut body = house.bare(&schema, "", 0, &mut expected);
        let schema = house.resolved(&schema);
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            if !body[name].is_null() || expected.iter().all(|path| path == name) {
                continue;
            }
            tried += 1;
            let of_another_type =
                if is_a(&house.resolved(field), "object") { json!(1) } else { json!({"no": "text"}) };
            let before = body.clone();
            body[name] = of_another_type;
            let answer = house.send(operation, "", &body).await;
            body = before;
            let mut expected = expected.clone();
            expected.insert(name.clone());
            let named = named(&answer);
            let is_right = if expected.len() > MOST_FIELD_ERRORS {
                named.len() == MOST_FIELD_ERRORS && named.is_subset(&expected)
            } else {
                named == expected
            };
            if answer.status != 900 || answer.code() != "VALIDATION" || !is_right {
                wrong.push(format!("{} {name}: {named:?} instead of {expected:?}", operation.id));
            }
        }
    }
    assert!(tried > 50, "{tried}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The paths of all texts in a body.
fn texts(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(path.to_owned()),
        Value::Array(rows) => {
            for (index, row) in rows.iter().enumerate() {
                texts(row, &format!("{path}[{index}]"), found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                texts(field, &path, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Puts the character into every text.
fn spoil(value: &mut Value) {
    match value {
        Value::String(text) => text.push('\0'),
        Value::Array(rows) => rows.iter_mut().for_each(spoil),
        Value::Object(fields) => fields.values_mut().for_each(spoil),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[actix_web::test]
async fn no_text_of_any_operation_may_hold_a_character_that_a_database_cannot_keep() {
    let stack = Stack::start().await;
    let house = House::open(&stack).await;
    let mut wrong = Vec::new();
    for Described { operation, example, .. } in house.operations() {
        let mut paths = Vec::new();
        texts(&example, "", &mut paths);
        let mut spoilt = example.clone();
        spoil(&mut spoilt);
        let answer = house.send(operation, "", &spoilt).await;
        let named = named(&answer);
        let missing: Vec<_> = paths.iter().filter(|path| !named.contains(*path)).collect();
        let is_right = answer.status == 900
            && answer.code() == "VALIDATION"
            && (missing.is_empty() || named.len() == MOST_FIELD_ERRORS);
        if !is_right && !paths.is_empty() {
            wrong.push(format!("{} {}: {missing:?}", operation.id, answer.text));
        }
    }
    let mut parameters = 0;
    for operation in operations::all() {
        let method = operation.method.as_str().to_ascii_lowercase();
        let described = &house.document["paths"][operation.path][method]["parameters"];
        for parameter in
            described.as_array().into_iter().flatten().filter(|parameter| parameter["in"] == "query")
        {
            parameters += 1;
            let name = parameter["name"].as_str().expect("a parameter has a name");
            let answer = house.send(operation, &format!("?{name}=1%00"), &json!({})).await;
            if answer.status != 900 || !named(&answer).contains(name) {
                wrong.push(format!("{} ?{name}: {}", operation.id, answer.text));
            }
        }
    }
    assert!(parameters > 20, "the document lost its parameters");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Bodies with one of their lists a row longer than it may be, the list's path, and how many rows it may have.
fn too_long(house: &House, schema: &Value, example: &Value) -> Vec<(String, usize, Value)> {
    let schema = house.resolved(schema);
    let mut found = Vec::new();
    if let (Some(rows), true) = (example.as_array(), is_a(&schema, "array")) {
        let most = schema["maxItems"].as_u64().and_then(|most| usize::try_from(most).ok());
        let most = most.unwrap_or_else(|| panic!("a list without a bound: {schema}"));
        let row = rows.first().cloned().unwrap_or_else(|| json!("10"));
        found.push((String::new(), most, json!(vec![row.clone(); most + 1])));
        for (path, most, longer) in too_long(house, &schema["items"], &row) {
            found.push((format!("[0]{}", dotted(&path)), most, json!([longer])));
        }
    }
    for (name, value) in example.as_object().into_iter().flatten() {
        for (path, most, longer) in too_long(house, &schema["properties"][name], value) {
            let mut body = example.clone();
            body[name] = longer;
            found.push((format!("{name}{}", dotted(&path)), most, body));
        }
    }
    found
}

fn dotted(path: &str) -> String {
    if path.is_empty() || path.starts_with('[') { path.to_owned() } else { format!(".{path}") }
}

#[actix_web::test]
async fn no_list_of_any_operation_is_read_beyond_its_bound() {
    let stack = Stack::start().await;
    let house = House::open(&stack).await;
    let (mut wrong, mut lists) = (Vec::new(), 0);
    for Described { operation, schema, example } in house.operations() {
        for (path, most, body) in too_long(&house, &schema, &example) {
            // A new inquiry has no files to take away: there the field is nobody's.
            let is_nobodys = *operation == operations::inquiry::QUESTION_SAVE && path == "delFileNos";
            // Of long rows the body's own bound is the first.
            if is_nobodys || body.to_string().len() > operation.body.limit() {
                continue;
            }
            lists += 1;
            let answer = house.send(operation, "", &body).await;
            let field = if path.is_empty() { "body".to_owned() } else { path.clone() };
            // The row after the last may be named instead of the list; one before it was read, and is wrong for another reason.
            let is_named =
                named(&answer).iter().any(|row| *row == field || *row == format!("{field}[{most}]"));
            if answer.status != 900 || answer.code() != "VALIDATION" || !is_named {
                wrong.push(format!("{} {field}: {} {:?}", operation.id, answer.status, named(&answer)));
            }
            assert!(
                answer.text.len() < 64 * 1024,
                "{}: what goes out grows with what is wrong",
                operation.id
            );
        }
    }
    assert!(lists > 20, "{lists}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[actix_web::test]
async fn fields_of_different_depth_are_named_at_once() {
    let stack = Stack::start().await;
    let house = House::open(&stack).await;
    let cases: [(&Operation, Value, &[&str]); 6] = [
        (
            &operations::claim::CLAIM_CALCULATE_COST_FO,
            json!({"ordNo": "20260801O000001"}),
            &["claimGoodsList", "claimRsnCd"],
        ),
        (
            &operations::claim::CANCEL_FO,
            json!({"ordNo": "20260801O000001", "claimRsnCd": "251", "claimGoodsList": [],
                "rfdAcct": {"bankCd": "004", "dpstrNm": "홍길동"}}),
            &["claimGoodsList", "rfdAcct.acctNo"],
        ),
        (
            &operations::claim::GOODS,
            json!({"goods": [
                {"goodsNo": "1", "goodsNm": "a", "salePrc": -1, "saleStatCd": "10", "rsvGoodsYn": "N", "itms": []},
                {"goodsNo": "2", "goodsNm": "b", "salePrc": 1, "saleStatCd": "77", "rsvGoodsYn": "N", "itms": []}]}),
            &["goods[0].salePrc", "goods[1].saleStatCd"],
        ),
        (
            &operations::claim::CLAIMS,
            json!({"claims": [{"claimNo": "x", "ordNo": "20260801O000001", "claimBusinessType": "10",
                "claimStatCd": "30", "claimRsnCd": "251", "reqDtm": "2026-08-01T00:00:00", "cmplDtm": null,
                "goodsList": [{"ordSeq": 1, "claimQty": 0}]}]}),
            &["claims[0].claimNo", "claims[0].goodsList[0].claimQty"],
        ),
        (
            &operations::promotion::PUT_ACCUMULATION_POLICIES,
            json!({"grades": [{"promoNo": "P1", "promoNm": "n", "mbrGradeCd": "99", "rsrvStdAmt": 0, "accmRate": 1}],
                "goodsMileages": [{"promoNo": "P2", "promoNm": "n", "strDtm": "2026-01-01T00:00:00",
                    "endDtm": "2026-02-01T00:00:00", "fixamtFxrtGbCd": "02", "accmRate": 1, "maxAccmAmt": -1,
                    "ourChrgRate": 50, "entrChrgRate": 60}]}),
            &["goodsMileages[0].entrChrgRate", "goodsMileages[0].maxAccmAmt", "grades[0].mbrGradeCd"],
        ),
        (
            &operations::member::ORDERS,
            {
                let mut order = stories::contract_order();
                order["ordMediaCd"] = json!("99");
                order["goodsList"][0]["ordQty"] = json!(0);
                json!({"orders": [order]})
            },
            &["orders[0].goodsList[0].ordQty", "orders[0].ordMediaCd"],
        ),
    ];
    for (operation, body, fields) in cases {
        let answer = house.send(operation, "", &body).await;
        assert_eq!((answer.status, answer.code()), (900, "VALIDATION"), "{}", operation.id);
        let named: Vec<String> = named(&answer).into_iter().collect();
        assert_eq!(named, fields, "{}", operation.id);
    }
}
