use super::*;

fn page_of(use_everything: impl Fn(&Metrics)) -> String {
    let metrics = Metrics::new();
    use_everything(&metrics);
    metrics.scrape()
}

fn touch_all(metrics: &Metrics) {
    metrics.answered("goods", 200, Duration::from_millis(3));
    metrics.token_refused("expired");
    metrics.called("claim-service", "ok");
    metrics.breaker("claim-service", &["closed", "open"], "open");
    metrics.pool("all", "in_use", 3);
    metrics.held("uploads", 3, 32);
    metrics.outbox(2, 1, Duration::from_secs(90));
    metrics.message_handled("notify", "done", Some(Duration::from_secs(2)));
    metrics.saga_steps("REFUND", "waiting", 4);
    metrics.refunds("unknown", 5);
    metrics.claims("return", "collected", 7);
    metrics.returns_due("overdue", 8);
    metrics.passwords_waiting("guests", 6);
    metrics.password_waited("guests", Duration::from_millis(3));
    metrics.build("member-service");
}

#[test]
fn the_catalogue_is_what_a_scrape_shows() {
    let page = page_of(touch_all);
    for metric in CATALOGUE {
        let kind = match metric.kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram => "histogram",
        };
        assert!(page.contains(&format!("# TYPE {} {kind}\n", metric.name)), "{}: {page}", metric.name);
        let series = page
            .lines()
            .find(|line| line.starts_with(metric.name))
            .unwrap_or_else(|| panic!("{} has no series", metric.name));
        let labels = series.split_once('{').map_or("", |(_, rest)| rest.split('}').next().unwrap());
        let shown: Vec<&str> = labels
            .split(',')
            .filter_map(|label| label.split_once('='))
            .map(|(name, _)| name)
            .filter(|name| *name != "le")
            .collect();
        assert_eq!(shown, metric.labels, "{series}");
    }
    assert_eq!(page.matches("# TYPE").count(), CATALOGUE.len());
}

#[test]
fn values_arrive_in_their_series() {
    let page = page_of(touch_all);
    for line in [
        "aftercare_requests_total{operation=\"goods\",status=\"200\"} 1",
        "aftercare_request_duration_seconds_bucket{le=\"0.0025\",operation=\"goods\"} 0",
        "aftercare_request_duration_seconds_bucket{le=\"0.005\",operation=\"goods\"} 1",
        "aftercare_breaker_state{target=\"claim-service\",state=\"open\"} 1",
        "aftercare_breaker_state{target=\"claim-service\",state=\"closed\"} 0",
        "aftercare_held{what=\"uploads\",state=\"in_use\"} 3",
        "aftercare_held{what=\"uploads\",state=\"limit\"} 32",
        "aftercare_outbox_messages{state=\"needs_attention\"} 1",
        "aftercare_outbox_oldest_seconds 90",
        "aftercare_outbox_delay_seconds_count{topic=\"notify\"} 1",
        "aftercare_refunds{state=\"unknown\"} 5",
        "aftercare_claims{kind=\"return\",state=\"collected\"} 7",
        "aftercare_returns_due{state=\"overdue\"} 8",
        "aftercare_passwords_waiting{queue=\"guests\"} 6",
        "aftercare_password_wait_seconds_count{queue=\"guests\"} 1",
    ] {
        assert!(page.lines().any(|shown| shown == line), "{line} is missing in\n{page}");
    }
}

#[test]
fn a_sampler_is_asked_before_each_scrape_until_what_it_watches_is_gone() {
    let metrics = Metrics::new();
    let mut rounds = 0;
    metrics.before_each_scrape(move |metrics| {
        rounds += 1;
        metrics.pool("all", "open", rounds);
        rounds < 2
    });
    let shown = |page: String| page.lines().find(|line| line.contains("\"open\"")).unwrap().to_owned();
    assert!(shown(metrics.scrape()).ends_with(" 1"));
    assert!(shown(metrics.scrape()).ends_with(" 2"));
    assert!(shown(metrics.scrape()).ends_with(" 2"), "it is not asked any more");
}

#[actix_web::test]
async fn the_series_are_read_at_an_address_of_their_own() {
    let listener = serve("127.0.0.1:0").unwrap();
    let address = listener.address;
    get().token_refused("expired");
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client.get(format!("http://{address}/metrics")).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("application/openmetrics-text"));
    let page = answer.text().await.unwrap();
    assert!(page.contains("aftercare_token_refusals_total{reason=\"expired\"}"), "{page}");
    assert!(page.ends_with("# EOF\n"));
    let other = client.get(format!("http://{address}/")).send().await.unwrap();
    assert_eq!(other.status(), 404);
}
