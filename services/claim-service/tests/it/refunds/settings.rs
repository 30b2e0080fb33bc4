//! What an operator can get wrong, and is told before anything starts.

use std::collections::HashMap;

use claim_service::app;
use claim_service::settings::{DEFAULTS, PREFIX, Settings};
use platform::clock::Clock;
use platform::config::load_from;
use secrecy::ExposeSecret as _;
use test_kit::TestDatabase;
use test_kit::identity::{DATA_KEY, INTERNAL_SECRET};
use test_kit::service::any_port;

fn settings(own: &[(&str, &str)]) -> Settings {
    let common = [
        ("DATABASE__URL", "sqlite:///replaced-below"),
        ("IDENTITY__SECRET", INTERNAL_SECRET),
        ("SECRETS__DATA_KEY", DATA_KEY),
        ("UPSTREAMS__MEMBER_URL", "http://127.0.0.1:1"),
        ("UPSTREAMS__INQUIRY_URL", "http://127.0.0.1:1"),
        ("UPSTREAMS__PROMOTION_URL", "http://127.0.0.1:1"),
    ];
    let environment: HashMap<String, String> = common
        .iter()
        .chain(own)
        .map(|(name, value)| (format!("{PREFIX}_{name}"), (*value).to_owned()))
        .collect();
    load_from(PREFIX, DEFAULTS, environment).expect("these settings read well")
}

/// Why the service does not start.
async fn refusal(own: &[(&str, &str)]) -> String {
    let database = TestDatabase::sqlite();
    let mut settings = settings(own);
    settings.database = database.settings();
    match app::build(settings, Clock::system(), any_port()).await {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    }
}

const SECRET: (&str, &str) = ("REFUND__TOSS__SECRET_KEY", "test_sk_0123");

#[actix_web::test]
async fn the_local_book_is_the_default_and_needs_nothing() {
    assert_eq!(settings(&[]).refund.provider, "local");
    assert_eq!(settings(&[]).refund.toss.base_url, "https://api.tosspayments.com");
    assert_eq!(refusal(&[]).await, "");
}

#[actix_web::test]
async fn a_provider_nobody_knows_is_refused_by_its_name() {
    for unknown in ["tos", "TOSS", "portone", ""] {
        assert_eq!(
            refusal(&[("REFUND__PROVIDER", unknown), SECRET]).await,
            format!("setting `refund.provider`: there is no provider `{unknown}`, only `local` and `toss`")
        );
    }
}

#[actix_web::test]
async fn toss_needs_its_secret_and_says_so() {
    assert_eq!(
        refusal(&[("REFUND__PROVIDER", "toss")]).await,
        "setting `refund.toss.secret_key`: it is missing: set the environment variable CLAIM_REFUND__TOSS__SECRET_KEY"
    );
    for odd in ["test sk", "test_sk\n", "test_sk:", "키"] {
        let reason = refusal(&[("REFUND__PROVIDER", "toss"), ("REFUND__TOSS__SECRET_KEY", odd)]).await;
        assert!(reason.starts_with("setting `refund.toss.secret_key`: it holds"), "{reason}");
        assert!(!reason.contains("sk"), "{reason}");
    }
    assert_eq!(refusal(&[("REFUND__PROVIDER", "toss"), SECRET]).await, "");
}

#[actix_web::test]
async fn a_secret_is_sent_over_tls_only() {
    for (base, is_good) in [
        ("https://api.tosspayments.com", true),
        ("https://toss.example/proxy/", true),
        ("http://127.0.0.1:9999", true),
        ("http://localhost:9999", true),
        ("http://api.tosspayments.com", false),
        ("http://127.0.0.1.example", false),
        ("ftp://api.tosspayments.com", false),
        ("https://user:password@api.tosspayments.com", false),
        ("https://api.tosspayments.com/?a=b", false),
        ("api.tosspayments.com", false),
        ("", false),
    ] {
        let reason = refusal(&[("REFUND__PROVIDER", "toss"), SECRET, ("REFUND__TOSS__BASE_URL", base)]).await;
        assert_eq!(reason.is_empty(), is_good, "{base}: {reason}");
        assert!(is_good || reason.starts_with("setting `refund.toss.base_url`: "), "{base}: {reason}");
        assert!(!reason.contains("password"), "{reason}");
    }
}

#[actix_web::test]
async fn the_secret_is_never_part_of_what_settings_print() {
    let settings = settings(&[SECRET]);
    assert_eq!(settings.refund.toss.secret_key.expose_secret(), "test_sk_0123");
    assert!(!format!("{settings:?}").contains("test_sk_0123"));
}
