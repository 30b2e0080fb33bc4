//! Schemas of times and dates, which serde reads by hand.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{KstDate, KstDateTime};

impl JsonSchema for KstDateTime {
    fn schema_name() -> Cow<'static, str> {
        "KstDateTime".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "format": "date-time",
            "description": "일시. Answers: RFC 3339 with +09:00. Requests: any offset, or none (then Korean time), `T` or a space.",
            "examples": ["2026-08-01T10:00:00+09:00"],
        })
    }
}

impl JsonSchema for KstDate {
    fn schema_name() -> Cow<'static, str> {
        "KstDate".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "description": "일자 yyyyMMdd or yyyy-MM-dd, a whole Korean day", "examples": ["20260801"],
        })
    }
}
