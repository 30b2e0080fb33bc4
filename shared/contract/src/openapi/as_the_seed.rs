//! Where the schemas the seed has given say less, or other things, than the types of this house.
//!
//! The seed's operations are described with the seed's own schemas: a client made from one document fits the other. A test
//! holds the two together; what the types know better (a field that is always there, a list of codes the seed left open)
//! stays true of the answers and is not said here.

use serde_json::{Map, Value, json};

use super::schemas::COMPONENTS;

/// Answers whose fields the seed does not call required.
const NOTHING_REQUIRED: &[&str] = &[
    "Response",
    "ValidationError",
    "OrderAmtInfoResponse",
    "OrderAmtInfo",
    "OrderClaimCountInfo",
    "InquiryCountResponse",
];

/// Types that may be null wherever they stand.
const NULL_AS_A_WHOLE: &[&str] = &["AccmResponse", "AeEvtInfo", "GoodsBenefitResponse"];

/// Optional fields that may be null besides being left out.
const OPTIONAL_AND_NULL: &[(&str, &str)] =
    &[("OrdGoodsInfo", "aeEvtList"), ("AeEvtInfo", "aplyStrTm"), ("AeEvtInfo", "aplyEndTm")];

/// Fields that must be there and may be null.
const REQUIRED_AND_NULL: &[(&str, &str)] = &[("AeEvtInfo", "tmEvtYn")];

/// Fields of an answer that the seed lets be absent.
const OPTIONAL_IN_ANSWERS: &[(&str, &str)] =
    &[("AccmPromotionInfo", "promoTypCd"), ("AccmPromotionInfo", "goodsAccmList")];

/// Keywords of a field that the seed has otherwise.
fn keywords() -> [(&'static str, &'static str, Value); 9] {
    let open_code = || json!({"$ref": null, "type": "string", "description": "정액정률구분코드 01 amount, 02 rate", "examples": ["02"]});
    [
        // The envelope's payload is of each operation's own type; in the failures that share the envelope it is null.
        ("Response", "payload", json!({"type": ["object", "null"], "description": "payload"})),
        ("MemberOrderAmtRequest", "buyStrDtm", json!({"format": "date-time"})),
        ("MemberOrderAmtRequest", "buyEndDtm", json!({"format": "date-time"})),
        ("BasketGoods", "mrgnRate", json!({"format": "double"})),
        ("BasketGoods", "fwdidcPrarDy", json!({"format": "date"})),
        (
            "OrdGoodsInfo",
            "aeEvtList",
            json!({"type": ["array", "null"], "items": {"$ref": format!("{COMPONENTS}AeEvtInfo")}}),
        ),
        ("OrderAccmInfo", "fixamtFxrtGbCd", open_code()),
        ("AccmPromotionInfo", "fixamtFxrtGbCd", open_code()),
        (
            "AccmPromotionInfo",
            "promoTypCd",
            json!({"anyOf": null, "type": ["string", "null"], "enum": ["40", null]}),
        ),
    ]
}

/// Whether null is one of the values of a field, and not only another way to leave it out.
pub(super) fn means_null(name: &str, field: &str) -> bool {
    OPTIONAL_AND_NULL.iter().chain(REQUIRED_AND_NULL).any(|known| *known == (name, field))
}

/// Makes a schema say what the seed's says.
pub(super) fn adapt(name: &str, schema: &mut Value) {
    if NOTHING_REQUIRED.contains(&name)
        && let Some(keywords) = schema.as_object_mut()
    {
        keywords.remove("required");
    }
    if NULL_AS_A_WHOLE.contains(&name) {
        schema["type"] = json!(["object", "null"]);
    }
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|field| !OPTIONAL_IN_ANSWERS.iter().any(|(of, one)| of == &name && field == one));
        required
            .extend(REQUIRED_AND_NULL.iter().filter(|(of, _)| of == &name).map(|(_, field)| json!(field)));
    }
    for (of, field, others) in keywords() {
        if of == name
            && let Some(written) = field_of(schema, field)
        {
            for (keyword, value) in others.as_object().into_iter().flatten() {
                match value {
                    Value::Null => drop(written.remove(keyword)),
                    value => drop(written.insert(keyword.clone(), value.clone())),
                }
            }
        }
    }
}

fn field_of<'a>(schema: &'a mut Value, field: &str) -> Option<&'a mut Map<String, Value>> {
    let written = schema.get_mut("properties")?.get_mut(field)?;
    // A field of any type has `true` for a schema.
    if written.is_boolean() {
        *written = json!({});
    }
    written.as_object_mut()
}
