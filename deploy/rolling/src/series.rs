//! Every metric of the catalogue is served by the process that has it, at the address Prometheus asks.

use std::collections::BTreeSet;

use http::Method;
use local_stack::failure::Failure;
use platform::metrics::{CATALOGUE, Kind};
use serde_json::json;

use crate::fleet::Fleet;
use crate::line::{Ask, Line};

/// Looks at all pods together: each has only what it does itself.
pub(crate) async fn are_all_served(fleet: &Fleet) -> Result<(), Failure> {
    refuse_a_token(fleet).await?;
    refuse_a_guest(fleet).await?;
    let ask = ask("/metrics", "");
    let mut served = BTreeSet::new();
    for address in fleet.metrics() {
        let (_, page) = Line::to(address).ask(&ask).await?;
        let page = String::from_utf8_lossy(&page).into_owned();
        let samples = page.lines().filter(|line| !line.starts_with('#'));
        served.extend(samples.filter_map(|line| Some(line.split(['{', ' ']).next()?.to_owned())));
    }
    let missing: Vec<&str> = CATALOGUE
        .iter()
        .filter(|metric| !served.contains(&sample(metric.name, metric.kind)))
        .map(|metric| metric.name)
        .collect();
    if missing.is_empty() {
        eprintln!("rolling: all {} metrics are served", CATALOGUE.len());
        return Ok(());
    }
    Err(Failure::new(format!("nobody serves a sample of {}", missing.join(", "))))
}

fn sample(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Counter => format!("{name}_total"),
        Kind::Gauge => name.to_owned(),
        Kind::Histogram => format!("{name}_count"),
    }
}

/// Something to count: no good caller is ever refused.
async fn refuse_a_token(fleet: &Fleet) -> Result<(), Failure> {
    let (status, _) = Line::to(fleet.way_in()).ask(&ask("/v1/member/notifications", "not.a.token")).await?;
    if status == 401 { Ok(()) } else { Err(Failure::new(format!("a bad token is answered {status}"))) }
}

/// A password to hash: there may be no guest among those who call.
async fn refuse_a_guest(fleet: &Fleet) -> Result<(), Failure> {
    let login = Ask {
        method: Method::POST,
        body: Some(json!({"ordNo": "20260801O999999", "ordPwd": "nobody's"})),
        ..ask("/v1/member/nonMbrLogin", "")
    };
    let (status, _) = Line::to(fleet.way_in()).ask(&login).await?;
    if status == 900 {
        Ok(())
    } else {
        Err(Failure::new(format!("a guest nobody knows is answered {status}")))
    }
}

fn ask(path: &str, token: &str) -> Ask {
    Ask {
        method: Method::GET,
        path: path.to_owned(),
        token: token.to_owned(),
        idempotency_key: None,
        body: None,
    }
}
