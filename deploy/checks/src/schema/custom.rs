//! Kinds that are installed into a cluster: as much of them as this house uses, by the definitions of Gateway API 1.2 and of
//! the Prometheus operator 0.80. Anything else is refused.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($name:ident { $($field:ident: $kind:ty),+ $(,)? })+) => {$(
        #[derive(Debug, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub(super) struct $name {
            $($field: $kind),+
        }
    )+};
}

kinds! {
    HttpRoute { api_version: String, kind: String, metadata: ObjectMeta, spec: HttpRouteSpec }
    HttpRouteSpec { parent_refs: Vec<ParentReference>, hostnames: Vec<String>, rules: Vec<HttpRouteRule> }
    ParentReference { name: String, namespace: Option<String>, section_name: Option<String> }
    HttpRouteRule { matches: Vec<HttpRouteMatch>, backend_refs: Vec<BackendReference> }
    HttpRouteMatch { path: PathMatch }
    PathMatch { r#type: PathMatchType, value: String }
    BackendReference { name: String, port: u16 }

    ServiceMonitor { api_version: String, kind: String, metadata: ObjectMeta, spec: ServiceMonitorSpec }
    ServiceMonitorSpec { selector: LabelSelector, job_label: String, endpoints: Vec<Endpoint> }
    Endpoint { port: String, path: String, interval: String, scrape_timeout: String }

    PrometheusRule { api_version: String, kind: String, metadata: ObjectMeta, spec: PrometheusRuleSpec }
    PrometheusRuleSpec { groups: Vec<RuleGroup> }
    RuleGroup { name: String, rules: Vec<Rule> }
    Rule {
        alert: String,
        expr: String,
        r#for: Option<String>,
        labels: BTreeMap<String, String>,
        annotations: BTreeMap<String, String>,
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) enum PathMatchType {
    Exact,
    PathPrefix,
    RegularExpression,
}
