//! The network lets through the arrows of the picture, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use deploy_checks::network::{Peer, is_open};
use deploy_checks::workload::{find, of_kind, pod_labels};
use local_stack::environment::{Process, sisters};
use serde_json::Value;

use crate::house::{MIGRATIONS, OVERLAYS, render};

const HTTP: u16 = 8080;
const METRICS: u16 = 9464;
/// Reserved for examples: somewhere on the way out.
const OUTSIDE: Peer = Peer::Address([203, 0, 113, 7]);

fn pod(objects: &[Value], process: Process) -> Peer {
    Peer::Pod(pod_labels(find(objects, "Deployment", process.name()).unwrap()))
}

fn elsewhere(label: &str, value: &str) -> Peer {
    let labels = |label: &str, value: &str| BTreeMap::from([(label.to_owned(), value.to_owned())]);
    Peer::Elsewhere { namespace: labels(label, value), pod: labels("k8s-app", "kube-dns") }
}

fn drawn() -> BTreeSet<(Process, Process)> {
    let callers = Process::SERVICES.into_iter();
    let by_services = callers.flat_map(|from| sisters(from).iter().map(move |to| (from, *to)));
    by_services.chain(Process::SERVICES.map(|to| (Process::Gateway, to))).collect()
}

#[test]
fn processes_reach_those_they_call_and_nobody_else() {
    for folder in OVERLAYS {
        let objects = render(folder);
        for from in Process::ALL {
            for to in Process::ALL {
                let open = is_open(&objects, &pod(&objects, from), &pod(&objects, to), "TCP", HTTP);
                let is_drawn = from != to && drawn().contains(&(from, to));
                assert_eq!(open, is_drawn, "{folder}: {} → {}", from.name(), to.name());
                let metrics = is_open(&objects, &pod(&objects, from), &pod(&objects, to), "TCP", METRICS);
                assert!(!metrics, "{folder}: {} → metrics of {}", from.name(), to.name());
            }
        }
    }
}

#[test]
fn the_way_in_leads_to_the_gateway_alone() {
    let objects = render("overlays/prod");
    for process in Process::ALL {
        let to = pod(&objects, process);
        let is_gateway = process == Process::Gateway;
        assert_eq!(
            is_open(&objects, &elsewhere("order-aftercare/way-in", "true"), &to, "TCP", HTTP),
            is_gateway
        );
        assert!(!is_open(&objects, &elsewhere("order-aftercare/way-in", "true"), &to, "TCP", METRICS));
        assert!(!is_open(&objects, &elsewhere("kubernetes.io/metadata.name", "default"), &to, "TCP", HTTP));
        assert!(!is_open(&objects, &OUTSIDE, &to, "TCP", HTTP));
    }
}

#[test]
fn prometheus_reads_metrics_and_calls_no_operation() {
    let objects = render("base");
    let prometheus = elsewhere("order-aftercare/scrapes", "true");
    for process in Process::ALL {
        let to = pod(&objects, process);
        assert!(is_open(&objects, &prometheus, &to, "TCP", METRICS), "{}", process.name());
        assert!(!is_open(&objects, &prometheus, &to, "TCP", HTTP));
        assert!(!is_open(&objects, &elsewhere("other", "true"), &to, "TCP", METRICS));
        assert!(
            is_open(&objects, &to, &elsewhere("order-aftercare/collects", "true"), "TCP", 4318),
            "spans go out"
        );
    }
}

#[test]
fn services_and_their_migrations_reach_the_database_and_the_gateway_does_not() {
    for (folder, migrations, database) in [
        (OVERLAYS[1], MIGRATIONS[1], None),
        (OVERLAYS[2], MIGRATIONS[2], Some(Peer::Address([10, 20, 0, 5]))),
    ] {
        let objects = render(folder);
        let database = database
            .unwrap_or_else(|| Peer::Pod(pod_labels(find(&objects, "StatefulSet", "postgres").unwrap())));
        for process in Process::ALL {
            let open = is_open(&objects, &pod(&objects, process), &database, "TCP", 5432);
            assert_eq!(open, process != Process::Gateway, "{folder}: {}", process.name());
            assert!(
                !is_open(&objects, &database, &pod(&objects, process), "TCP", HTTP)
                    || matches!(database, Peer::Address(_))
            );
        }
        for job in of_kind(&render(migrations), "Job") {
            let job = Peer::Pod(pod_labels(job));
            assert!(is_open(&objects, &job, &database, "TCP", 5432));
            assert!(!is_open(&objects, &job, &OUTSIDE, "TCP", 443));
            assert!(!is_open(&objects, &job, &pod(&objects, Process::Member), "TCP", HTTP));
        }
        for daily in of_kind(&objects, "CronJob") {
            let daily = Peer::Pod(pod_labels(daily));
            assert!(is_open(&objects, &daily, &database, "TCP", 5432));
            assert!(!is_open(&objects, &daily, &OUTSIDE, "TCP", 443));
            for process in Process::ALL {
                assert!(!is_open(&objects, &daily, &pod(&objects, process), "TCP", HTTP));
                assert!(!is_open(&objects, &pod(&objects, process), &daily, "TCP", HTTP));
            }
        }
        let stranger =
            Peer::Pod(BTreeMap::from([("app.kubernetes.io/name".to_owned(), "stranger".to_owned())]));
        assert!(!is_open(&objects, &stranger, &database, "TCP", 5432));
    }
}

#[test]
fn only_those_who_must_leave_the_cluster_and_only_to_the_outside() {
    let objects = render("base");
    for process in Process::ALL {
        let from = pod(&objects, process);
        // Key sets, messages, the bucket, the payment provider; the promotion-service needs nobody.
        let open = is_open(&objects, &from, &OUTSIDE, "TCP", 443);
        assert_eq!(open, process != Process::Promotion, "{}", process.name());
        let mails = [587, 465].map(|port| is_open(&objects, &from, &OUTSIDE, "TCP", port));
        assert_eq!(mails, [process == Process::Member; 2], "{}", process.name());
        for inside in [[169, 254, 169, 254], [10, 0, 0, 1], [172, 16, 0, 1], [192, 168, 0, 1]] {
            assert!(
                !is_open(&objects, &from, &Peer::Address(inside), "TCP", 443),
                "{} → {inside:?}",
                process.name()
            );
        }
        assert!(!is_open(&objects, &from, &OUTSIDE, "TCP", 80));
        let dns = elsewhere("kubernetes.io/metadata.name", "kube-system");
        assert!(is_open(&objects, &from, &dns, "UDP", 53) && is_open(&objects, &from, &dns, "TCP", 53));
        assert!(!is_open(&objects, &from, &elsewhere("kubernetes.io/metadata.name", "other"), "UDP", 53));
    }
}
