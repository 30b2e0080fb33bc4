//! Fills a fresh stack with the demo shop, through the gateway like anybody else.

mod inquiries;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use commerce::calendar;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::demo::{self, ClaimUnderWay, Hand, StatusMove};
use crate::environment::Surroundings;
use crate::failure::{Context as _, Failure};
use crate::gateway_client::{CallError, GatewayClient};
use crate::load::{Part, Sender};
use crate::owner_only;
use crate::token::LocalIssuer;

const MOVES: &str = "moves";
const CLAIMS_UNDER_WAY: &str = "claims under way";
const INQUIRIES: &str = "inquiries";

/// What this data directory's databases were filled with.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    /// The day the shop was made for: a load that was cut short goes on with the same shop.
    date: NaiveDate,
    loaded: BTreeSet<String>,
}

/// Sends the parts that were not taken before. A part whose service doesn't offer the operation yet is left for a later
/// start.
pub async fn load_what_is_missing(surroundings: &Surroundings, now: DateTime<Utc>) -> Result<(), Failure> {
    let place = surroundings.settings.data_dir.join("demo.json");
    let mut record = Record::open(&place, calendar::kst_date_of(now))?;
    if record.is_complete() {
        return Ok(());
    }
    let issuer = LocalIssuer::open(&surroundings.keys)?;
    let sender = Sender {
        gateway: GatewayClient::new(surroundings.settings.gateway_url())?,
        token: issuer.service_token("demo-data", now)?,
    };
    let demo = demo::generate(record.date);
    for part in Part::ALL {
        if part == Part::Claims {
            move_orders(&sender.gateway, &issuer, &demo.moves, now, &mut record, &place).await?;
        }
        if record.loaded.contains(part.name()) {
            continue;
        }
        let rows = demo.document.rows(part).unwrap_or_default();
        match sender.send(part, rows).await {
            Ok(_) => record.note(&place, &[part.name()])?,
            // A database that outlived its data directory holds an older shop: that one is kept.
            Err(CallError::Refused(refusal)) if part == Part::Orders && refusal.code == "ORDER_EXISTS" => {
                record
                    .note(&place, &[part.name(), MOVES, Part::Claims.name(), CLAIMS_UNDER_WAY, INQUIRIES])?;
            }
            Err(CallError::Refused(refusal)) if refusal.is_not_implemented() => {}
            Err(CallError::Refused(refusal)) => {
                eprintln!("local-stack: demo {} refused: {refusal}", part.name())
            }
            Err(CallError::Failed(failure)) => return Err(failure),
        }
    }
    ask_for_claims(&sender.gateway, &issuer, &demo.claims_under_way, now, &mut record, &place).await?;
    let is_to_write = !record.loaded.contains(INQUIRIES) && record.loaded.contains(Part::Orders.name());
    let desk = (demo.inquiries.as_slice(), demo.templates.as_slice());
    if is_to_write && inquiries::write(&sender.gateway, &issuer, desk, now).await? {
        record.note(&place, &[INQUIRIES])?;
    }
    Ok(())
}

async fn move_orders(
    gateway: &GatewayClient,
    issuer: &LocalIssuer,
    moves: &[StatusMove],
    now: DateTime<Utc>,
    record: &mut Record,
    place: &Path,
) -> Result<(), Failure> {
    if record.loaded.contains(MOVES) || !record.loaded.contains(Part::Orders.name()) {
        return Ok(());
    }
    for (number, step) in moves.iter().enumerate() {
        // Hundreds of small calls: each block of them is a caller of its own, so that a low RATE_LIMIT does not hold up
        // the first start for minutes.
        let token = issuer.service_token(&format!("demo-data-{}", number / 4), now)?;
        let lines: Vec<_> = step
            .ord_seqs
            .iter()
            .map(|seq| json!({"ordSeq": seq, "ordDtlStatCd": step.status, "dtm": step.dtm}))
            .collect();
        let path = format!("/v1/order/orders/{}/status", step.ord_no);
        match gateway.send(&token, Method::POST, &path, &json!({ "lines": lines }).to_string()).await {
            Ok(_) => {}
            Err(CallError::Refused(refusal)) if refusal.is_not_implemented() => return Ok(()),
            // An order that has gone further since is fine where it is.
            Err(CallError::Refused(refusal)) if refusal.code == "STATUS_NOT_FORWARD" => {}
            Err(CallError::Refused(refusal)) => {
                eprintln!("local-stack: demo status of {} refused: {refusal}", step.ord_no);
            }
            Err(CallError::Failed(failure)) => return Err(failure),
        }
    }
    record.note(place, &[MOVES])
}

/// Each call has a key of its own, so that a load that was cut short finds the claims it has made and goes on with them.
async fn ask_for_claims(
    gateway: &GatewayClient,
    issuer: &LocalIssuer,
    claims: &[ClaimUnderWay],
    now: DateTime<Utc>,
    record: &mut Record,
    place: &Path,
) -> Result<(), Failure> {
    if record.loaded.contains(CLAIMS_UNDER_WAY) || !record.loaded.contains(MOVES) {
        return Ok(());
    }
    let agent = issuer.token("agent", "demo-agent", now)?;
    for claim in claims {
        match carry_out(gateway, (&issuer.token("member", &claim.mbr_no, now)?, &agent), claim).await {
            Ok(()) => {}
            Err(CallError::Refused(refusal)) if refusal.is_not_implemented() => return Ok(()),
            // The shop of an earlier build has no order of that member for it; a claim that has gone further since is fine where
            // it is.
            Err(CallError::Refused(refusal))
                if ["FORBIDDEN", "CLAIM_STATUS_CONFLICT"].contains(&refusal.code.as_str()) => {}
            Err(CallError::Refused(refusal)) => {
                eprintln!("local-stack: demo claim of {} refused: {refusal}", claim.ord_no);
            }
            Err(CallError::Failed(failure)) => return Err(failure),
        }
    }
    record.note(place, &[CLAIMS_UNDER_WAY])
}

async fn carry_out(
    gateway: &GatewayClient,
    (customer, agent): (&str, &str),
    claim: &ClaimUnderWay,
) -> Result<(), CallError> {
    let (path, body) = &claim.request;
    let key = |step: usize| format!("demo-{}-{step}", claim.ord_no);
    let accepted = gateway.post_once(customer, path, &body.to_string(), &key(0)).await?;
    let claim_no = accepted.get("claimNo").and_then(Value::as_str).unwrap_or_default();
    for (number, step) in claim.steps.iter().enumerate() {
        let (path, body) = step.call(&claim.ord_no, claim_no);
        let token = match step.hand() {
            Hand::Customer => customer,
            Hand::Agent => agent,
        };
        gateway.post_once(token, path, &body.to_string(), &key(number + 1)).await?;
    }
    Ok(())
}

impl Record {
    fn open(place: &PathBuf, today: NaiveDate) -> Result<Self, Failure> {
        match fs::read(place) {
            Ok(content) => serde_json::from_slice(&content).context(place.display()),
            Err(_) => {
                let record = Self { date: today, loaded: BTreeSet::new() };
                record.write(place)?;
                Ok(record)
            }
        }
    }

    fn is_complete(&self) -> bool {
        [MOVES, CLAIMS_UNDER_WAY, INQUIRIES].iter().all(|name| self.loaded.contains(*name))
            && Part::ALL.iter().all(|part| self.loaded.contains(part.name()))
    }

    fn note(&mut self, place: &Path, loaded: &[&str]) -> Result<(), Failure> {
        self.loaded.extend(loaded.iter().map(|name| (*name).to_owned()));
        self.write(place)
    }

    fn write(&self, place: &Path) -> Result<(), Failure> {
        let content = serde_json::to_string(self).context(place.display())? + "\n";
        owner_only::write(place, &content).context(place.display())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_load_cut_short_goes_on_with_the_same_shop() {
        let directory = tempfile::tempdir().unwrap();
        let place = directory.path().join("demo.json");
        let first_day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let mut record = Record::open(&place, first_day).unwrap();
        record.note(&place, &["orders"]).unwrap();

        let again = Record::open(&place, first_day + chrono::TimeDelta::days(3)).unwrap();
        assert_eq!(again.date, first_day);
        assert!(again.loaded.contains("orders") && !again.is_complete());
    }
}
