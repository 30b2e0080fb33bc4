//! The manifests are what Kubernetes takes, and have the properties an operator relies on.

use std::process::Command;

use deploy_checks::schema;
use deploy_checks::workload::{
    Given, STARTERS, environment, find, labels, name, of_kind, pod_labels, pod_template,
};
use local_stack::environment::Process;
use local_stack::purge_archive::{ARGUMENT as PURGE, PURGING};
use platform::drain::IDLE_CONNECTIONS_KEPT;
use platform::health::{LIVE_PATH, READY_PATH};
use serde_json::{Value, json};

use crate::house::{MIGRATIONS, OVERLAYS, accepts, read, render, root};

const PART_OF: &str = "app.kubernetes.io/part-of";
const NAME: &str = "app.kubernetes.io/name";

/// Until every node of a cluster has heard that a pod leaves.
const ENDPOINTS_LAG_SECONDS: u64 = 4;

fn container(object: &Value) -> &Value {
    let containers = pod_template(object)["spec"]["containers"].as_array().unwrap();
    assert_eq!(containers.len(), 1, "{} has one container", name(object));
    &containers[0]
}

fn deployments(objects: &[Value]) -> Vec<(Process, &Value)> {
    Process::ALL
        .into_iter()
        .map(|process| (process, find(objects, "Deployment", process.name()).unwrap()))
        .collect()
}

#[test]
fn every_object_is_one_that_kubernetes_knows_field_by_field() {
    for folder in OVERLAYS.into_iter().chain(MIGRATIONS) {
        for object in render(folder) {
            let faults = schema::faults(&object);
            assert!(faults.is_empty(), "{folder}: {} {}: {faults:#?}", object["kind"], name(&object));
        }
    }
}

#[test]
fn our_rendering_is_kustomizes_own_where_kubectl_is_installed() {
    let version = Command::new("kubectl").args(["version", "--client"]).output();
    if !version.is_ok_and(|output| output.status.success()) {
        println!("no kubectl here: only our own rendering was looked at");
        return;
    }
    for folder in OVERLAYS.into_iter().chain(MIGRATIONS) {
        let output =
            Command::new("kubectl").arg("kustomize").arg(root().join("k8s").join(folder)).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut text = String::from_utf8(output.stdout).unwrap();
        let ours = render(folder);
        for map in of_kind(&ours, "ConfigMap") {
            text = without_hash(&text, name(map));
        }
        let theirs: Vec<Value> = serde_saphyr::from_multiple(&text).unwrap();
        let sorted = |mut objects: Vec<Value>| {
            for object in &mut objects {
                sort_lists_of_names(object);
            }
            objects.sort_by_key(|object| (object["kind"].to_string(), name(object).to_owned()));
            objects
        };
        for (one, other) in sorted(ours.clone()).into_iter().zip(sorted(theirs.clone())) {
            assert_eq!(one, other, "{folder}: {}", name(&one));
        }
        assert_eq!(ours.len(), theirs.len(), "{folder}");
    }
}

/// `name-0123456789` becomes `name`: the hash of a generated map.
fn without_hash(text: &str, map: &str) -> String {
    let mark = format!("name: {map}-");
    text.lines()
        .map(|line| match line.split_once(&mark) {
            Some((before, hash)) if hash.len() == 10 => format!("{before}name: {map}"),
            _ => line.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// The order of items with a key means nothing.
fn sort_lists_of_names(value: &mut Value) {
    match value {
        Value::Array(items) => {
            items.iter_mut().for_each(sort_lists_of_names);
            if items.iter().all(|item| item["name"].is_string() || item["topologyKey"].is_string()) {
                items.sort_by_key(|item| format!("{}{}", item["name"], item["topologyKey"]));
            }
        }
        Value::Object(fields) => fields.values_mut().for_each(sort_lists_of_names),
        _ => {}
    }
}

#[test]
fn probes_ask_what_they_should() {
    for folder in OVERLAYS {
        let objects = render(folder);
        for (process, deployment) in deployments(&objects) {
            let app = container(deployment);
            let path = |probe: &str| app[probe]["httpGet"]["path"].as_str().unwrap().to_owned();
            // Liveness never asks the database, readiness does: see `platform::health`.
            assert_eq!(path("livenessProbe"), LIVE_PATH, "{}", process.name());
            assert_eq!(path("startupProbe"), LIVE_PATH);
            assert_eq!(path("readinessProbe"), READY_PATH);
            for probe in ["livenessProbe", "startupProbe", "readinessProbe"] {
                assert_eq!(app[probe]["httpGet"]["port"], "http");
            }
            let startup = app["startupProbe"]["periodSeconds"].as_u64().unwrap()
                * app["startupProbe"]["failureThreshold"].as_u64().unwrap();
            assert!(startup >= 120, "a start waits up to 60 s for its database, and then migrates");
        }
    }
}

#[test]
fn a_pod_that_leaves_has_time_to_finish() {
    let in_flight = platform::server::ServerSettings::default().shutdown_seconds;
    let objects = render("base");
    for (process, deployment) in deployments(&objects) {
        let pod = &deployment["spec"]["template"]["spec"];
        let app = container(deployment);
        let told = environment(&objects, app).unwrap();
        let drain = told.iter().find_map(|(name, value)| match value {
            Given::Text(text) if name.ends_with("_SERVER__DRAIN_SECONDS") => text.parse::<u64>().ok(),
            _ => None,
        });
        let drain = drain.unwrap_or_else(|| panic!("{} leaves without a word", process.name()));
        // A client of ours that kept an idle connection longer could send on it just when it is closed.
        assert!(drain >= IDLE_CONNECTIONS_KEPT.as_secs() + ENDPOINTS_LAG_SECONDS, "{}", process.name());
        assert_eq!(
            app["lifecycle"],
            Value::Null,
            "the process itself waits, and says so on every connection"
        );
        // After the requests the outbox worker may finish what it has begun.
        let needed = drain + in_flight + service_kit_stop_seconds();
        assert!(pod["terminationGracePeriodSeconds"].as_u64().unwrap() >= needed, "{}", process.name());
        assert_eq!(deployment["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"], 0);
    }
}

#[test]
fn the_gateway_lets_idle_connections_go_before_a_service_that_leaves_closes_them() {
    let defaults = read("gateway/config/default.toml");
    let line = defaults.lines().find_map(|line| line.strip_prefix("upstream_keep_alive_ms = ")).unwrap();
    let kept = std::time::Duration::from_millis(line.parse().unwrap());
    assert!(kept <= IDLE_CONNECTIONS_KEPT, "{kept:?}");
}

fn service_kit_stop_seconds() -> u64 {
    service_kit::outbox::worker::OutboxSettings::default().stop_seconds
}

#[test]
fn pods_may_do_nothing_they_need_not() {
    for folder in OVERLAYS.into_iter().chain(MIGRATIONS) {
        let objects = render(folder);
        let starters: Vec<&Value> = STARTERS.iter().flat_map(|kind| of_kind(&objects, kind)).collect();
        assert!(!starters.is_empty());
        for object in starters {
            let shown = format!("{folder}: {}", name(object));
            let pod = &pod_template(object)["spec"];
            assert_eq!(pod["enableServiceLinks"], false, "{shown}");
            assert_eq!(pod["automountServiceAccountToken"], false, "{shown}");
            assert_eq!(pod["securityContext"]["runAsNonRoot"], true, "{shown}");
            assert!(pod["securityContext"]["runAsUser"].as_u64().unwrap() > 0, "{shown}");
            assert_eq!(pod["securityContext"]["seccompProfile"]["type"], "RuntimeDefault", "{shown}");
            for forbidden in ["hostNetwork", "hostPID", "hostIPC"] {
                assert!(pod[forbidden].is_null(), "{shown}");
            }
            let app = container(object);
            let context = &app["securityContext"];
            assert_eq!(context["allowPrivilegeEscalation"], false, "{shown}");
            assert_eq!(context["readOnlyRootFilesystem"], true, "{shown}");
            assert_eq!(context["capabilities"], json!({"drop": ["ALL"]}), "{shown}");
            for kind in ["requests", "limits"] {
                for resource in ["cpu", "memory"] {
                    assert!(app["resources"][kind][resource].is_string(), "{shown}: {kind} {resource}");
                }
            }
            for volume in pod["volumes"].as_array().into_iter().flatten() {
                assert!(volume["hostPath"].is_null(), "{shown}");
            }
        }
    }
    let namespace = render("base").into_iter().find(|object| object["kind"] == "Namespace").unwrap();
    assert_eq!(namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"], "restricted");
}

#[test]
fn every_process_has_its_service_its_autoscaler_and_its_budget() {
    for folder in OVERLAYS {
        let objects = render(folder);
        for (process, deployment) in deployments(&objects) {
            let name = process.name();
            let pod = pod_labels(deployment);
            assert_eq!(pod[NAME], name);
            assert_eq!(pod[PART_OF], "order-aftercare");
            assert_eq!(labels(&deployment["spec"]["selector"]["matchLabels"])[NAME], name);
            assert!(
                deployment["spec"]["replicas"].is_null(),
                "the number of pods is the autoscaler's to say"
            );

            let service = find(&objects, "Service", name).unwrap();
            assert_eq!(labels(&service["spec"]["selector"])[NAME], name);
            assert_eq!(
                labels(&service["metadata"]["labels"])[PART_OF],
                "order-aftercare",
                "it is scraped by this"
            );
            for port in service["spec"]["ports"].as_array().unwrap() {
                let ports = container(deployment)["ports"].as_array().unwrap();
                assert!(ports.iter().any(|one| one["name"] == port["targetPort"]), "{name}: {port}");
            }

            let autoscaler = find(&objects, "HorizontalPodAutoscaler", name).unwrap();
            assert_eq!(autoscaler["spec"]["scaleTargetRef"]["name"], name);
            assert_eq!(autoscaler["spec"]["scaleTargetRef"]["kind"], "Deployment");
            let budget = find(&objects, "PodDisruptionBudget", name).unwrap();
            assert_eq!(labels(&budget["spec"]["selector"]["matchLabels"])[NAME], name);

            for spread in
                deployment["spec"]["template"]["spec"]["topologySpreadConstraints"].as_array().unwrap()
            {
                assert_eq!(spread["matchLabelKeys"], json!([NAME, "pod-template-hash"]));
                let wanted = labels(&spread["labelSelector"]["matchLabels"]);
                assert!(wanted.iter().all(|(label, value)| pod.get(label) == Some(value)));
            }
        }
    }
    for (process, _) in deployments(&render("overlays/prod")) {
        let objects = render("overlays/prod");
        let autoscaler = find(&objects, "HorizontalPodAutoscaler", process.name()).unwrap();
        assert!(autoscaler["spec"]["minReplicas"].as_u64().unwrap() >= 2, "one pod is an outage waiting");
    }
}

#[test]
fn secrets_are_named_and_never_written_down() {
    for folder in OVERLAYS.into_iter().chain(MIGRATIONS) {
        let objects = render(folder);
        assert!(of_kind(&objects, "Secret").is_empty(), "{folder} makes a secret");
        for map in of_kind(&objects, "ConfigMap") {
            for variable in labels(&map["data"]).keys() {
                assert!(!is_secret(variable), "{folder}: {variable} stands in a ConfigMap");
            }
        }
        for kind in STARTERS {
            for object in of_kind(&objects, kind) {
                for (variable, given) in environment(&objects, container(object)).unwrap() {
                    if is_secret(&variable) {
                        assert!(matches!(given, Given::Secret { .. }), "{folder}: {variable}");
                    }
                }
            }
        }
    }
}

fn is_secret(variable: &str) -> bool {
    ["_SECRET", "PASSWORD", "_URL_SECRET", "DATA_KEY", "API_KEY", "ACCESS_KEY", "DATABASE__URL"]
        .iter()
        .any(|part| variable.contains(part))
}

#[test]
fn every_secret_that_is_named_is_explained() {
    let paper = read("k8s/README.md");
    for folder in OVERLAYS.into_iter().chain(MIGRATIONS) {
        let objects = render(folder);
        let mut named = Vec::new();
        for object in &objects {
            secrets_of(object, &mut named);
        }
        for (secret, key) in named {
            assert!(
                paper.contains(&format!("`{secret}`")),
                "{folder}: k8s/README.md does not know secret {secret}"
            );
            assert!(
                paper.contains(&format!("`{key}`")),
                "{folder}: k8s/README.md does not know {secret}/{key}"
            );
        }
    }
}

fn secrets_of(value: &Value, named: &mut Vec<(String, String)>) {
    if let (Some(secret), Some(items)) = (value["secretName"].as_str(), value["items"].as_array()) {
        named.extend(items.iter().map(|item| (secret.to_owned(), item["key"].as_str().unwrap().to_owned())));
    }
    let reference = &value["secretKeyRef"];
    if let (Some(secret), Some(key)) = (reference["name"].as_str(), reference["key"].as_str()) {
        named.push((secret.to_owned(), key.to_owned()));
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| secrets_of(item, named)),
        Value::Object(fields) => fields.values().for_each(|field| secrets_of(field, named)),
        _ => {}
    }
}

#[test]
fn each_service_is_migrated_by_a_job_with_its_own_image_and_no_other_secret() {
    for (processes, migrations) in OVERLAYS.into_iter().zip(MIGRATIONS) {
        let running = render(processes);
        let jobs = render(migrations);
        assert_eq!(jobs.len(), Process::SERVICES.len());
        for service in Process::SERVICES {
            let job = find(&jobs, "Job", &format!("migrate-{}", service.name())).unwrap();
            let migrate = container(job);
            let deployment = find(&running, "Deployment", service.name()).unwrap();
            assert_eq!(migrate["args"], json!([service_kit::commands::MIGRATE]));
            assert_eq!(migrate["image"], container(deployment)["image"], "{migrations}");
            assert_eq!(job["metadata"]["namespace"], deployment["metadata"]["namespace"]);
            assert_eq!(pod_labels(job)["order-aftercare/uses"], "postgres", "it may reach the database");

            let given = environment(&jobs, migrate).unwrap();
            let deployed = environment(&running, container(deployment)).unwrap();
            assert!(given.len() == 2 && given.keys().all(|name| name.contains("_DATABASE__")), "{given:?}");
            assert!(given.iter().all(|(name, value)| deployed.get(name) == Some(value)), "{given:?}");
        }
    }
}

#[test]
fn what_is_past_its_time_is_removed_every_day() {
    for folder in OVERLAYS {
        let objects = render(folder);
        assert_eq!(of_kind(&objects, "CronJob").len(), PURGING.len());
        for service in PURGING {
            let daily = find(&objects, "CronJob", &format!("purge-{}", service.name())).unwrap();
            let schedule: Vec<&str> = daily["spec"]["schedule"].as_str().unwrap().split(' ').collect();
            assert_eq!(schedule[2..], ["*", "*", "*"], "{}", service.name());
            assert_eq!(daily["spec"]["concurrencyPolicy"], "Forbid");
            assert_eq!(pod_labels(daily)["order-aftercare/uses"], "postgres", "it may reach the database");

            let deployment = find(&objects, "Deployment", service.name()).unwrap();
            let purge = container(daily);
            assert_eq!(purge["image"], container(deployment)["image"], "{folder}");
            assert_eq!(purge["args"], json!([PURGE]));

            // The times to keep something are settings of the service: one place says them.
            let given = environment(&objects, purge).unwrap();
            let deployed = environment(&objects, container(deployment)).unwrap();
            assert!(given.iter().all(|(name, value)| deployed.get(name) == Some(value)), "{given:?}");
            accepts(service, &given).unwrap_or_else(|reason| panic!("{folder}: {reason}"));
        }
    }
}

#[test]
fn refunds_go_through_a_provider_in_production() {
    let prod = render("overlays/prod");
    let given =
        environment(&prod, container(find(&prod, "Deployment", Process::Claim.name()).unwrap())).unwrap();
    assert_eq!(given["CLAIM_REFUND__PROVIDER"], Given::Text("toss".to_owned()));
    let key = &given["CLAIM_REFUND__TOSS__SECRET_KEY"];
    assert!(matches!(key, Given::Secret { is_optional: false, .. }), "{key:?}");
}

#[test]
fn attachments_are_kept_where_every_pod_finds_them() {
    let prod = render("overlays/prod");
    let inquiry = find(&prod, "Deployment", Process::Inquiry.name()).unwrap();
    let given = environment(&prod, container(inquiry)).unwrap();
    assert_eq!(given["CS_INQUIRY_ATTACHMENT__STORE"], Given::Text("s3".to_owned()));

    let dev = render("overlays/dev");
    let inquiry = find(&dev, "Deployment", Process::Inquiry.name()).unwrap();
    let volume = &inquiry["spec"]["template"]["spec"]["volumes"][0];
    assert_eq!(
        *volume,
        json!({"name": "attachments", "persistentVolumeClaim": {"claimName": "attachments"}})
    );
    find(&dev, "PersistentVolumeClaim", "attachments").unwrap();
    let autoscaler = find(&dev, "HorizontalPodAutoscaler", Process::Inquiry.name()).unwrap();
    assert_eq!(autoscaler["spec"]["maxReplicas"], 1, "a volume of one machine is for one pod");
    let mounted = container(inquiry)["volumeMounts"][0]["mountPath"].as_str().unwrap();
    assert_eq!(given["CS_INQUIRY_ATTACHMENT__DIRECTORY"], Given::Text(mounted.to_owned()));
}

#[test]
fn there_is_a_way_in_by_the_gateway_api_and_one_by_an_ingress() {
    let prod = render("overlays/prod");
    let route = find(&prod, "HTTPRoute", "gateway").unwrap();
    assert_eq!(route["spec"]["rules"][0]["backendRefs"], json!([{"name": "gateway", "port": 8080}]));
    assert!(of_kind(&prod, "Ingress").is_empty(), "one way in is enough");

    let dev = render("overlays/dev");
    let ingress = find(&dev, "Ingress", "gateway").unwrap();
    let backend = &ingress["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"];
    assert_eq!(*backend, json!({"name": "gateway", "port": {"name": "http"}}));
    for objects in [prod, dev] {
        let service = find(&objects, "Service", "gateway").unwrap();
        assert_eq!(service["spec"]["type"], "ClusterIP", "nobody comes in past it");
    }
}

#[test]
fn prometheus_finds_every_process() {
    let prod = render("overlays/prod");
    let monitor = find(&prod, "ServiceMonitor", "order-aftercare").unwrap();
    let wanted = labels(&monitor["spec"]["selector"]["matchLabels"]);
    let endpoint = &monitor["spec"]["endpoints"][0];
    for process in Process::ALL {
        let service = find(&prod, "Service", process.name()).unwrap();
        let shown = labels(&service["metadata"]["labels"]);
        assert!(wanted.iter().all(|(label, value)| shown.get(label) == Some(value)), "{}", process.name());
        assert_eq!(shown[monitor["spec"]["jobLabel"].as_str().unwrap()], process.name());
        let ports = service["spec"]["ports"].as_array().unwrap();
        assert!(ports.iter().any(|port| port["name"] == endpoint["port"]));
    }
}
