//! Whether an object is what Kubernetes takes, field by field.
//!
//! Kubernetes ignores what it does not know, and so do its types: a misspelt field is dropped in silence. So each object is
//! read as its type and written again, and whatever was given must still be there.

mod custom;

use k8s_openapi::api::apps::v1::{Deployment, StatefulSet};
use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::{ConfigMap, Namespace, PersistentVolumeClaim, Service};
use k8s_openapi::api::networking::v1::{Ingress, NetworkPolicy};
use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What is wrong with an object; nothing, if it is well.
pub fn faults(object: &Value) -> Vec<String> {
    let check = match (object["apiVersion"].as_str(), object["kind"].as_str()) {
        (Some("apps/v1"), Some("Deployment")) => round_trip::<Deployment>,
        (Some("apps/v1"), Some("StatefulSet")) => round_trip::<StatefulSet>,
        (Some("autoscaling/v2"), Some("HorizontalPodAutoscaler")) => round_trip::<HorizontalPodAutoscaler>,
        (Some("batch/v1"), Some("CronJob")) => round_trip::<CronJob>,
        (Some("batch/v1"), Some("Job")) => round_trip::<Job>,
        (Some("v1"), Some("ConfigMap")) => round_trip::<ConfigMap>,
        (Some("v1"), Some("Namespace")) => round_trip::<Namespace>,
        (Some("v1"), Some("PersistentVolumeClaim")) => round_trip::<PersistentVolumeClaim>,
        (Some("v1"), Some("Service")) => round_trip::<Service>,
        (Some("networking.k8s.io/v1"), Some("Ingress")) => round_trip::<Ingress>,
        (Some("networking.k8s.io/v1"), Some("NetworkPolicy")) => round_trip::<NetworkPolicy>,
        (Some("policy/v1"), Some("PodDisruptionBudget")) => round_trip::<PodDisruptionBudget>,
        (Some("gateway.networking.k8s.io/v1"), Some("HTTPRoute")) => round_trip::<custom::HttpRoute>,
        (Some("monitoring.coreos.com/v1"), Some("ServiceMonitor")) => round_trip::<custom::ServiceMonitor>,
        (Some("monitoring.coreos.com/v1"), Some("PrometheusRule")) => round_trip::<custom::PrometheusRule>,
        other => return vec![format!("{other:?} is no kind this house uses")],
    };
    check(object)
}

fn round_trip<T: Serialize + DeserializeOwned>(object: &Value) -> Vec<String> {
    let again = serde_json::from_value::<T>(object.clone()).and_then(serde_json::to_value);
    match again {
        Ok(again) => {
            let mut lost = Vec::new();
            compare("", object, &again, &mut lost);
            lost
        }
        Err(error) => vec![error.to_string()],
    }
}

/// What was given and is not there any more. Empty lists and maps say nothing and may go.
fn compare(path: &str, given: &Value, again: &Value, lost: &mut Vec<String>) {
    match (given, again) {
        (Value::Object(given), Value::Object(again)) => {
            for (name, value) in given {
                let path = format!("{path}/{name}");
                match again.get(name) {
                    Some(there) => compare(&path, value, there, lost),
                    None if is_nothing(value) => {}
                    None => lost.push(format!("{path} is unknown")),
                }
            }
        }
        (Value::Array(given), Value::Array(again)) if given.len() == again.len() => {
            for (index, (one, other)) in given.iter().zip(again).enumerate() {
                compare(&format!("{path}/{index}"), one, other, lost);
            }
        }
        (given, again) if given == again => {}
        (given, again) => lost.push(format!("{path} is {given} and is read as {again}")),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_misspelt_field_and_a_wrong_type_are_found() {
        let service = |spec: Value| json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": spec});
        let good = service(json!({"ports": [{"name": "http", "port": 80, "targetPort": "http"}]}));
        assert_eq!(faults(&good), Vec::<String>::new());
        let misspelt = service(json!({"ports": [{"name": "http", "port": 80, "targetport": "http"}]}));
        assert_eq!(faults(&misspelt), ["/spec/ports/0/targetport is unknown"]);
        let wrong = service(json!({"ports": [{"name": "http", "port": "eighty"}]}));
        assert_eq!(faults(&wrong).len(), 1);
    }
}
