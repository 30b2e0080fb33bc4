mod seed;

use std::collections::BTreeSet;

use super::*;

fn of(document: &Value, path: &str, method: &str) -> Value {
    document["paths"][path][method].clone()
}

#[test]
fn everything_that_is_routed_is_documented_and_nothing_else() {
    let document = document();
    let mut shown: BTreeSet<(String, String)> = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            shown.insert((method.to_uppercase(), path.clone()));
        }
    }
    let mut routed = BTreeSet::new();
    for operation in documented() {
        let method = operation.method.as_str().to_owned();
        if let Some(prefix) = operation.prefix.path() {
            routed.insert((method.clone(), format!("{prefix}{}", operation.path)));
        }
        routed.insert((method, operation.path.to_owned()));
    }
    for (path, _) in own_pages() {
        routed.insert(("GET".to_owned(), path.to_owned()));
    }
    assert_eq!(shown, routed);
}

#[test]
fn every_reference_leads_somewhere_and_every_operation_has_its_own_id() {
    let document = document();
    let mut references = Vec::new();
    collect(&document, &mut references);
    assert!(references.len() > 500);
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    let methods =
        document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
    let ids: Vec<_> =
        methods.map(|operation| operation["operationId"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            references.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|field| collect(field, references));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        _ => {}
    }
}

#[test]
fn a_policy_is_shown_as_a_policy_though_a_type_bears_the_name_of_its_answer() {
    let document = document();
    let payload = |method: &str| {
        let path = "/v1/marketing/accumulationPolicies/{siteNo}";
        let schema =
            of(&document, path, method)["responses"]["200"]["content"]["application/json"]["schema"].clone();
        let mut references = Vec::new();
        collect(&schema, &mut references);
        let name = references.iter().find(|name| name.contains("/AccumulationPolicy")).unwrap();
        document.pointer(name.strip_prefix('#').unwrap()).unwrap()["properties"].clone()
    };
    assert!(payload("get")["goodsMileages"].is_object(), "{}", payload("get"));
    assert!(payload("put")["policyVer"].is_object(), "{}", payload("put"));
}

#[test]
fn a_vendor_reads_answers_and_refusals_of_its_key_in_both_forms() {
    for (path, answer) in [
        ("/api/clm/cncl/ord/inquiry.ssg", "VendorInquiryAnswer"),
        ("/api/pd/1/listExchangeTarget.ssg", "VendorExchangeAnswer"),
    ] {
        let responses = of(&document(), path, "post")["responses"].clone();
        for status in ["200", "401"] {
            for form in ["application/json", "application/xml"] {
                let name = responses[status]["content"][form]["schema"]["$ref"].as_str().unwrap_or_default();
                let expected = format!("#/components/schemas/{answer}");
                assert!(name.starts_with(&expected), "{path} {status} {form}: {name}");
            }
        }
    }
}

#[test]
fn every_operation_can_refuse_a_body_by_its_type() {
    let document = document();
    for operation in documented() {
        let written = of(&document, operation.path, &operation.method.as_str().to_lowercase());
        assert!(written["responses"]["415"].is_object(), "{}", operation.id);
    }
}

#[test]
fn every_operation_says_who_may_call_it_and_how_it_fails_in_both_languages() {
    let document = document();
    for operation in documented() {
        let written = of(&document, operation.path, &operation.method.as_str().to_lowercase());
        let summary = written["summary"].as_str().unwrap();
        assert!(summary.chars().any(|letter| ('가'..='힣').contains(&letter)), "{summary}");
        assert!(summary.split(" · ").nth(1).unwrap().is_ascii(), "{summary}");
        let shown: Vec<&str> =
            written["x-roles"].as_array().unwrap().iter().map(|role| role.as_str().unwrap()).collect();
        let expected: Vec<&str> = roles(operation).into_iter().map(Role::wire).collect();
        assert_eq!(shown, expected, "{}", operation.id);
        assert!(written["responses"]["900"].is_object() && written["responses"]["200"].is_object());
        let is_closed = matches!(operation.access, Access::Roles(_));
        assert_eq!(written["responses"]["403"].is_object(), is_closed, "{}", operation.id);
    }
    let mut codes = BTreeSet::new();
    for response in document["components"]["responses"].as_object().unwrap().values() {
        codes.extend(
            response["x-codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()),
        );
    }
    assert_eq!(codes, ResultCode::ALL.iter().map(|code| code.code().to_owned()).collect());
}

#[test]
fn examples_are_what_the_types_read() {
    let document = document();
    let body = |path: &str| {
        of(&document, path, "post")["requestBody"]["content"]["application/json"]["example"].clone()
    };
    let order = body("/v1/order/orders");
    serde_json::from_value::<dto::order::OrderIntakeRequest>(order).unwrap();
    serde_json::from_value::<dto::promotion::AccmRequest>(body("/v1/marketing/promotionAccumulation"))
        .unwrap();
    serde_json::from_value::<dto::claim::ClaimRequest>(body("/v1/claim/common/claimCalculateCostFO"))
        .unwrap();
    let answer = of(&document, "/v1/member/getOrdTotAmt", "post")["responses"]["200"]["content"]["application/json"]
        ["example"]
        .clone();
    serde_json::from_value::<dto::member::OrderAmtInfoResponse>(answer).unwrap();
}

#[test]
fn every_json_body_has_an_example_and_every_failure_its_codes() {
    let document = document();
    for operation in documented() {
        let written = of(&document, operation.path, &operation.method.as_str().to_lowercase());
        for place in ["/requestBody/content/application~1json", "/responses/200/content/application~1json"] {
            if let Some(media) = written.pointer(place) {
                assert!(
                    media["example"].is_object() || media["example"].is_array(),
                    "{} {place}",
                    operation.id
                );
            }
        }
        for (status, response) in written["responses"].as_object().unwrap() {
            if status != "200" {
                let Some(reference) = response["$ref"].as_str() else {
                    // A vendor's key is refused in the form of the vendor's answers, which have codes of their own.
                    assert_eq!((operation.access, status.as_str()), (Access::VendorKey, "401"));
                    continue;
                };
                let shared = document.pointer(reference.strip_prefix('#').unwrap()).unwrap();
                assert!(!shared["x-codes"].as_array().unwrap().is_empty(), "{} {status}", operation.id);
                assert!(shared["content"]["application/json"]["example"]["code"].is_string(), "{status}");
            }
        }
    }
}

#[test]
fn numbers_of_inquiries_may_come_as_whole_numbers_and_the_document_says_so() {
    let document = document();
    let schemas = &document["components"]["schemas"];
    for (name, field) in [
        ("QuestionRequest", "ccnNo"),
        ("QuestionRequest", "cnslTypNo"),
        ("SaveAnswerRequest", "ccnNo"),
        ("QnaInfo", "mbrNo"),
    ] {
        let kinds = &schemas[name]["properties"][field]["type"];
        assert_eq!(kinds, &json!(["string", "integer"]), "{name}.{field}");
    }
}
