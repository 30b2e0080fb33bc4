//! A policy version as a JSON file.

use std::fmt;

use chrono::{DateTime, SubsecRound as _, Utc};
use commerce::CostBearer;
use dto::date_time::{KstDateTime, parse_date_time};
use serde_json::{Map, Value, json};

use crate::domain::policy::{BlameRules, Policy, RefundOrder, RefundRank, ReturnOutbound};

/// What is wrong with one field of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    pub field: String,
    pub reason: String,
}

impl fmt::Display for FieldFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` {}", self.field, self.reason)
    }
}

const RANKS: [(&str, RefundRank); 4] = [
    ("ORDER_PAYMENTS", RefundRank::OrderPayments),
    ("ADDITIONAL_PAYMENTS", RefundRank::AdditionalPayments),
    ("DEPOSIT", RefundRank::Deposit),
    ("MILEAGE", RefundRank::Mileage),
];

/// Reads a version, or says everything that is wrong with it. Nothing has a default: a rule left out is a rule not
/// thought of.
pub fn read(text: &str) -> Result<Policy, Vec<FieldFault>> {
    let mut reader = Reader::default();
    match serde_json::from_str(text) {
        Ok(document) => match reader.policy(&document) {
            Some(policy) if reader.faults.is_empty() => Ok(policy),
            _ => Err(reader.faults),
        },
        Err(error) => {
            let reason = format!("is not JSON, see line {} column {}", error.line(), error.column());
            Err(vec![FieldFault { field: "$".to_owned(), reason }])
        }
    }
}

/// The version on one line, as [`read`] takes it. The contract's own has always been in force and says null.
pub fn write(policy: &Policy) -> String {
    let from = (policy.version != Policy::CONTRACT.version).then_some(KstDateTime(policy.in_force_from));
    let ranks = policy.refund_order.ranks();
    let names: Vec<&str> = ranks
        .iter()
        .flat_map(|rank| RANKS.iter().filter(move |known| known.1 == *rank))
        .map(|known| known.0)
        .collect();
    json!({
        "version": policy.version,
        "inForceFrom": from,
        "customer": rules_of(&policy.customer),
        "vendor": rules_of(&policy.vendor),
        "refundOrder": names,
        "returnOutbound": policy.return_outbound.code(),
    })
    .to_string()
}

fn rules_of(rules: &BlameRules) -> Value {
    json!({
        "judgesDiscounts": rules.judges_discounts,
        "judgesGifts": rules.judges_gifts,
        "feeBearer": rules.fee_bearer.code(),
    })
}

/// Collects what is wrong.
#[derive(Default)]
struct Reader {
    faults: Vec<FieldFault>,
}

impl Reader {
    fn policy(&mut self, document: &Value) -> Option<Policy> {
        const FIELDS: &[&str] =
            &["version", "inForceFrom", "customer", "vendor", "refundOrder", "returnOutbound"];
        let fields = self.object("$", Some(document), FIELDS)?;
        let version = self.version(fields.get("version"));
        let in_force_from = self.instant("inForceFrom", fields.get("inForceFrom"));
        let customer = self.rules("customer", fields.get("customer"));
        let vendor = self.rules("vendor", fields.get("vendor"));
        let refund_order = self.refund_order("refundOrder", fields.get("refundOrder"));
        let return_outbound = self.return_outbound("returnOutbound", fields.get("returnOutbound"));
        Some(Policy {
            version: version?,
            in_force_from: in_force_from?,
            customer: customer?,
            vendor: vendor?,
            refund_order: refund_order?,
            return_outbound: return_outbound?,
        })
    }

    fn version(&mut self, value: Option<&Value>) -> Option<i32> {
        let value = self.present("version", value)?;
        let version = value.as_i64().and_then(|number| i32::try_from(number).ok());
        let version = version.filter(|version| *version > Policy::CONTRACT.version);
        self.noted("version", version, "must be a whole number over 1")
    }

    fn instant(&mut self, field: &str, value: Option<&Value>) -> Option<DateTime<Utc>> {
        let value = self.present(field, value)?;
        let at = value.as_str().and_then(|text| parse_date_time(text).ok()).map(|at| at.trunc_subsecs(6));
        self.noted(field, at, "must be a date-time, as 2027-01-01T00:00:00+09:00")
    }

    fn rules(&mut self, field: &str, value: Option<&Value>) -> Option<BlameRules> {
        let fields = self.object(field, value, &["judgesDiscounts", "judgesGifts", "feeBearer"])?;
        let judges_discounts = self.flag(&format!("{field}.judgesDiscounts"), fields.get("judgesDiscounts"));
        let judges_gifts = self.flag(&format!("{field}.judgesGifts"), fields.get("judgesGifts"));
        let fee_bearer = self.bearer(&format!("{field}.feeBearer"), fields.get("feeBearer"));
        Some(BlameRules {
            judges_discounts: judges_discounts?,
            judges_gifts: judges_gifts?,
            fee_bearer: fee_bearer?,
        })
    }

    fn flag(&mut self, field: &str, value: Option<&Value>) -> Option<bool> {
        let flag = self.present(field, value)?.as_bool();
        self.noted(field, flag, "must be true or false")
    }

    fn bearer(&mut self, field: &str, value: Option<&Value>) -> Option<CostBearer> {
        let bearer = self.present(field, value)?.as_str().and_then(CostBearer::from_code);
        self.noted(field, bearer, "must be \"10\" (customer), \"20\" (vendor) or \"30\" (our side)")
    }

    fn refund_order(&mut self, field: &str, value: Option<&Value>) -> Option<RefundOrder> {
        let value = self.present(field, value)?;
        let rank =
            |name: &Value| RANKS.iter().find(|known| Some(known.0) == name.as_str()).map(|known| known.1);
        let ranks: Option<Vec<RefundRank>> =
            value.as_array().and_then(|names| names.iter().map(rank).collect());
        let order = ranks.and_then(|ranks| RefundOrder::new(ranks.try_into().ok()?).ok());
        let reason = "must name ORDER_PAYMENTS, ADDITIONAL_PAYMENTS, DEPOSIT and MILEAGE, each once";
        self.noted(field, order, reason)
    }

    fn return_outbound(&mut self, field: &str, value: Option<&Value>) -> Option<ReturnOutbound> {
        let choice = self.present(field, value)?.as_str().and_then(ReturnOutbound::from_code);
        self.noted(field, choice, "must be \"10\" (used) or \"20\" (never used)")
    }

    fn object<'a>(
        &mut self,
        field: &str,
        value: Option<&'a Value>,
        known: &[&str],
    ) -> Option<&'a Map<String, Value>> {
        let value = self.present(field, value)?;
        let fields = self.noted(field, value.as_object(), "must be an object")?;
        for name in fields.keys().filter(|name| !known.contains(&name.as_str())) {
            let place = if field == "$" { name.clone() } else { format!("{field}.{name}") };
            self.note(&place, "is no field of a policy version");
        }
        Some(fields)
    }

    fn present<'a>(&mut self, field: &str, value: Option<&'a Value>) -> Option<&'a Value> {
        self.noted(field, value, "is missing")
    }

    fn noted<T>(&mut self, field: &str, value: Option<T>, reason: &str) -> Option<T> {
        if value.is_none() {
            self.note(field, reason);
        }
        value
    }

    fn note(&mut self, field: &str, reason: &str) {
        self.faults.push(FieldFault { field: field.to_owned(), reason: reason.to_owned() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> Value {
        json!({"version": 2, "inForceFrom": "2027-01-01T00:00:00+09:00",
            "customer": {"judgesDiscounts": true, "judgesGifts": false, "feeBearer": "10"},
            "vendor": {"judgesDiscounts": false, "judgesGifts": true, "feeBearer": "30"},
            "refundOrder": ["MILEAGE", "DEPOSIT", "ADDITIONAL_PAYMENTS", "ORDER_PAYMENTS"],
            "returnOutbound": "20"})
    }

    #[track_caller]
    fn check(edit: impl FnOnce(&mut Value), expected: &[&str]) {
        let mut document = good();
        edit(&mut document);
        let faults = read(&document.to_string()).expect_err("something is wrong with it");
        let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, expected, "{faults:?}");
    }

    #[test]
    fn a_version_is_read_as_it_is_written() {
        let policy = read(&good().to_string()).unwrap();
        assert_eq!(policy.version, 2);
        assert_eq!(policy.in_force_from.to_rfc3339(), "2026-12-31T15:00:00+00:00");
        assert_eq!(policy.customer.fee_bearer, CostBearer::Customer);
        assert!(policy.customer.judges_discounts && !policy.customer.judges_gifts);
        assert_eq!(policy.vendor.fee_bearer, CostBearer::OurSide);
        assert!(!policy.vendor.judges_discounts && policy.vendor.judges_gifts);
        assert_eq!(policy.refund_order.ranks().first(), Some(&RefundRank::Mileage));
        assert_eq!(policy.return_outbound, ReturnOutbound::NeverUsed);
        assert_eq!(serde_json::from_str::<Value>(&write(&policy)).unwrap(), good());
        assert_eq!(read(&write(&policy)), Ok(policy));
    }

    #[test]
    fn a_version_at_either_end_of_the_calendar_is_read_as_it_is_written() {
        for from in ["0001-01-01T00:00:00+09:00", "9999-12-31T23:59:59.999999+09:00"] {
            let mut document = good();
            document["inForceFrom"] = json!(from);
            let policy = read(&document.to_string()).unwrap();
            assert_eq!(serde_json::from_str::<Value>(&write(&policy)).unwrap(), document);
        }
    }

    #[test]
    fn the_contract_s_own_version_can_be_shown_and_not_added() {
        let shown = write(&Policy::CONTRACT);
        assert!(shown.contains("\"inForceFrom\":null"), "{shown}");
        let fields: Vec<String> = read(&shown).unwrap_err().into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["version", "inForceFrom"]);
    }

    #[test]
    fn every_bad_field_is_named() {
        for bad in
            [json!(1), json!(0), json!(-2), json!(2.5), json!("2"), json!(null), json!(3_000_000_000_i64)]
        {
            check(|one| one["version"] = bad, &["version"]);
        }
        for bad in [
            json!("tomorrow"),
            json!("2027-02-30T00:00:00+09:00"),
            json!("0000-12-31T23:59:59+09:00"),
            json!("9999-12-31T23:59:59Z"),
            json!("infinity"),
            json!(1),
            json!(null),
        ] {
            check(|one| one["inForceFrom"] = bad, &["inForceFrom"]);
        }
        check(|one| one["customer"] = json!([]), &["customer"]);
        check(|one| one["customer"]["judgesGifts"] = json!("Y"), &["customer.judgesGifts"]);
        check(|one| one["vendor"]["feeBearer"] = json!("40"), &["vendor.feeBearer"]);
        check(|one| one["vendor"]["feeBearer"] = json!(10), &["vendor.feeBearer"]);
        check(|one| one["vendor"]["feeBearers"] = json!("10"), &["vendor.feeBearers"]);
        check(|one| one["windowDays"] = json!(7), &["windowDays"]);
        for bad in [
            json!([]),
            json!(["MILEAGE", "DEPOSIT", "ADDITIONAL_PAYMENTS"]),
            json!(["MILEAGE", "MILEAGE", "ADDITIONAL_PAYMENTS", "ORDER_PAYMENTS"]),
            json!(["MILEAGE", "CASH", "ADDITIONAL_PAYMENTS", "ORDER_PAYMENTS"]),
            json!("MILEAGE,DEPOSIT,ADDITIONAL_PAYMENTS,ORDER_PAYMENTS"),
        ] {
            check(|one| one["refundOrder"] = bad, &["refundOrder"]);
        }
        for bad in [json!("30"), json!(10), json!(null), json!("")] {
            check(|one| one["returnOutbound"] = bad, &["returnOutbound"]);
        }
        let all = ["version", "inForceFrom", "customer", "vendor", "refundOrder", "returnOutbound"];
        check(|one| *one = json!({}), &all);
        check(|one| *one = json!([]), &["$"]);
        assert_eq!(read("{").unwrap_err().first().map(|fault| fault.field.as_str()), Some("$"));
        assert_eq!(read("").unwrap_err().len(), 1);
    }
}
