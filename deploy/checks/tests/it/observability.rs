//! Dashboard and alert rules ask for series that exist, by labels they have.

use std::collections::{BTreeMap, BTreeSet};

use deploy_checks::yaml;
use platform::metrics::{CATALOGUE, Described, Kind};
use serde_json::Value;

use crate::house::{read, root};

const OBSERVABILITY: &str = "deploy/observability";
/// What Prometheus adds itself.
const OF_PROMETHEUS: [&str; 1] = ["up"];
const LABELS_OF_PROMETHEUS: [&str; 2] = ["job", "instance"];
/// Words of PromQL that are neither series nor labels.
const WORDS: [&str; 12] = [
    "sum",
    "max",
    "min",
    "count",
    "rate",
    "by",
    "on",
    "and",
    "or",
    "histogram_quantile",
    "label_values",
    "unless",
];

fn alerts() -> Value {
    yaml::document(&root().join(OBSERVABILITY).join("alerts.yaml")).unwrap()
}

fn rules() -> Vec<Value> {
    let groups = alerts();
    groups["groups"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|group| group["rules"].as_array().unwrap().clone())
        .collect()
}

fn dashboard() -> Value {
    serde_json::from_str(&read(&format!("{OBSERVABILITY}/dashboard.json"))).unwrap()
}

fn expressions() -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let of_rules = rules().into_iter().map(|rule| (text(&rule["alert"]), text(&rule["expr"])));
    let board = dashboard();
    let mut all: Vec<_> = of_rules.collect();
    for panel in board["panels"].as_array().unwrap() {
        for target in panel["targets"].as_array().unwrap() {
            all.push((text(&panel["title"]), text(&target["expr"])));
        }
    }
    for variable in board["templating"]["list"].as_array().unwrap() {
        if let Some(query) = variable["query"]["query"].as_str() {
            all.push((text(&variable["name"]), query.to_owned()));
        }
    }
    all
}

/// The series of a metric, with the labels each has.
fn series() -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut all = BTreeMap::new();
    for Described { name, kind, labels, .. } in CATALOGUE {
        let labels: BTreeSet<_> = labels.iter().copied().collect();
        let with_le = || labels.iter().copied().chain(["le"]).collect::<BTreeSet<_>>();
        match kind {
            Kind::Counter => drop(all.insert(format!("{name}_total"), labels)),
            Kind::Gauge => drop(all.insert((*name).to_owned(), labels)),
            Kind::Histogram => {
                all.insert(format!("{name}_bucket"), with_le());
                all.insert(format!("{name}_sum"), labels.clone());
                all.insert(format!("{name}_count"), labels);
            }
        }
    }
    all
}

/// The words of an expression that stand outside quotation marks, `[…]` and `$variables`.
fn words(expression: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut is_quoted = false;
    let mut depth = 0_u32;
    for letter in expression.chars().chain([' ']) {
        let is_outside = !is_quoted && depth == 0;
        if is_outside && (letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$')) {
            word.push(letter);
            continue;
        }
        let done = std::mem::take(&mut word);
        if done.starts_with(|first: char| first.is_ascii_alphabetic()) {
            words.push(done);
        }
        match letter {
            '"' => is_quoted = !is_quoted,
            '[' if !is_quoted => depth += 1,
            ']' if !is_quoted => depth -= 1,
            _ => {}
        }
    }
    words
}

#[test]
fn expressions_name_series_that_exist_and_labels_they_have() {
    let series = series();
    for (place, expression) in expressions() {
        let words = words(&expression);
        let (named, rest): (Vec<_>, Vec<_>) = words
            .into_iter()
            .filter(|word| !WORDS.contains(&word.as_str()))
            .partition(|word| word.starts_with("aftercare_") || OF_PROMETHEUS.contains(&word.as_str()));
        assert!(!named.is_empty(), "{place} asks for nothing: {expression}");
        let mut labels: BTreeSet<&str> = LABELS_OF_PROMETHEUS.into_iter().collect();
        for name in &named {
            if OF_PROMETHEUS.contains(&name.as_str()) {
                continue;
            }
            let own = series.get(name).unwrap_or_else(|| panic!("{place}: there is no series {name}"));
            labels.extend(own);
        }
        for label in rest {
            assert!(
                labels.contains(label.as_str()),
                "{place}: {named:?} have no label {label}: {expression}"
            );
        }
    }
}

#[test]
fn a_series_that_does_not_exist_and_a_label_nobody_has_would_be_found() {
    let found =
        words(r#"sum by (operation) (rate(aftercare_request_total{status=~"5.."}[5m])) > 0.01 and $job"#);
    assert_eq!(found, ["sum", "by", "operation", "rate", "aftercare_request_total", "status", "and"]);
    assert!(!series().contains_key("aftercare_request_total"));
}

#[test]
fn every_metric_is_looked_at_somewhere() {
    let shown: BTreeSet<String> =
        expressions().iter().flat_map(|(_, expression)| words(expression)).collect();
    for metric in CATALOGUE {
        assert!(shown.iter().any(|word| word.starts_with(metric.name)), "nobody looks at {}", metric.name);
    }
}

#[test]
fn alerts_say_what_is_the_matter_and_where_to_read_on() {
    for rule in rules() {
        let alert = rule["alert"].as_str().unwrap();
        assert!(["page", "ticket"].contains(&rule["labels"]["severity"].as_str().unwrap()), "{alert}");
        for part in ["summary", "description"] {
            assert!(rule["annotations"][part].as_str().is_some_and(|text| text.len() > 20), "{alert}");
        }
        let runbook = rule["annotations"]["runbook"].as_str().unwrap();
        let (file, anchor) = runbook.split_once('#').unwrap();
        let headings: Vec<String> = read(file)
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .map(|heading| {
                let kept =
                    heading.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-'));
                kept.collect::<String>().to_lowercase().replace(' ', "-")
            })
            .collect();
        assert!(
            headings.iter().any(|heading| heading == anchor),
            "{alert}: {file} has no {anchor}: {headings:?}"
        );
    }
}

#[test]
fn the_operator_has_the_same_rules() {
    let wrapped =
        yaml::document(&root().join("k8s/components/prometheus-operator/prometheus-rule.yaml")).unwrap();
    assert_eq!(wrapped["spec"], alerts());
}

#[test]
fn panels_do_not_lie_over_one_another() {
    let board = dashboard();
    let mut taken = BTreeSet::new();
    for panel in board["panels"].as_array().unwrap() {
        let edge = |name: &str| panel["gridPos"][name].as_u64().unwrap();
        assert!(edge("x") + edge("w") <= 24, "{}", panel["title"]);
        for x in edge("x")..edge("x") + edge("w") {
            for y in edge("y")..edge("y") + edge("h") {
                assert!(taken.insert((x, y)), "{} lies over another", panel["title"]);
            }
        }
    }
}
