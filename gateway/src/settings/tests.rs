use std::collections::HashMap;

use super::*;

const ISSUERS: &str =
    r#"[{"iss":"local","audience":"a","algorithm":"RS256","jwks_file":"x","roles":["member"]}]"#;

fn complete() -> HashMap<String, String> {
    [
        ("GATEWAY_ISSUERS", ISSUERS),
        ("GATEWAY_UPSTREAMS__MEMBER_URL", "http://127.0.0.1:1"),
        ("GATEWAY_UPSTREAMS__CS_INQUIRY_URL", "http://127.0.0.1:2"),
        ("GATEWAY_UPSTREAMS__PROMOTION_URL", "http://127.0.0.1:3"),
        ("GATEWAY_UPSTREAMS__CLAIM_URL", "http://127.0.0.1:4"),
        ("GATEWAY_IDENTITY__SECRET", "0123456789012345678901234567890123456789"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

/// Settings of a complete gateway with some of them changed.
pub(crate) fn settings_with(changes: &[(&str, &str)]) -> Settings {
    let changes: Vec<_> = changes.iter().map(|(name, value)| (*name, Some(*value))).collect();
    load(&changes).unwrap()
}

fn load(changes: &[(&str, Option<&str>)]) -> Result<Settings, String> {
    let mut environment = complete();
    for (name, value) in changes {
        match value {
            Some(value) => environment.insert((*name).to_owned(), (*value).to_owned()),
            None => environment.remove(*name),
        };
    }
    let settings: Settings =
        platform::config::load_from(PREFIX, DEFAULTS, environment).map_err(|error| error.to_string())?;
    settings.check().map_err(|error| error.to_string())?;
    Ok(settings)
}

#[test]
fn issuers_upstreams_and_the_secret_are_all_it_needs() {
    let settings = load(&[]).unwrap();
    assert_eq!((settings.port, settings.rate_limit, settings.rate_burst), (8080, 100, 400));
    assert_eq!(settings.biz_error_status, BizErrorStatus::new(900).unwrap());
    assert_eq!(settings.issuers[0].roles, [Role::Member]);
    assert!(settings.cors_origins.is_empty());
}

#[test]
fn the_contracts_variables_are_read() {
    let settings = load(&[
        ("GATEWAY_PORT", Some("18080")),
        ("GATEWAY_BIZ_ERROR_STATUS", Some("422")),
        ("GATEWAY_CORS_ORIGINS", Some("https://a.example, http://localhost:3000")),
        ("GATEWAY_RATE_LIMIT", Some("0")),
    ])
    .unwrap();
    assert_eq!(settings.server().port, 18080);
    assert_eq!(settings.biz_error_status, BizErrorStatus::new(422).unwrap());
    assert_eq!(settings.cors_origins, ["https://a.example", "http://localhost:3000"]);
    assert_eq!(settings.rate_limit, 0);
}

#[test]
fn a_missing_or_wrong_value_names_itself() {
    for (name, value, expected) in [
        ("GATEWAY_ISSUERS", None, "issuers"),
        ("GATEWAY_ISSUERS", Some("[]"), "issuers"),
        ("GATEWAY_UPSTREAMS__MEMBER_URL", None, "GATEWAY_UPSTREAMS__MEMBER_URL"),
        ("GATEWAY_UPSTREAMS__CLAIM_URL", None, "GATEWAY_UPSTREAMS__CLAIM_URL"),
        ("GATEWAY_UPSTREAMS__CLAIM_URL", Some("https://x"), "upstreams.claim_url"),
        ("GATEWAY_UPSTREAMS__CLAIM_URL", Some("http://x/base"), "upstreams.claim_url"),
        ("GATEWAY_IDENTITY__SECRET", None, "GATEWAY_IDENTITY__SECRET"),
        ("GATEWAY_BIZ_ERROR_STATUS", Some("500"), "500"),
        ("GATEWAY_TOKENS__LEEWAY_S", Some("31"), "tokens.leeway_s"),
        ("GATEWAY_CORS_ORIGINS", Some("*"), "cors_origins"),
        ("GATEWAY_CORS_ORIGINS", Some("https://a.example/"), "cors_origins"),
        ("GATEWAY_RATE_BURST", Some("0"), "rate_burst"),
        ("GATEWAY_RATE_LIMITT", Some("1"), "rate_limitt"),
        ("GATEWAY_RATES__COUNTERS", Some("0"), "rates.counters"),
        ("GATEWAY_LIMITS__IN_FLIGHT", Some("0"), "limits.in_flight"),
        ("GATEWAY_LIMITS__HEAD_BYTES", Some("0"), "limits.head_bytes"),
    ] {
        let error = load(&[(name, value)]).unwrap_err();
        assert!(error.contains(expected), "{name}={value:?}: {error}");
    }
}

#[test]
fn a_quota_must_name_an_operation_that_exists() {
    let quota = |name: &str| {
        let prefix = format!("GATEWAY_RATES__OPERATIONS__{name}");
        let (rate, burst) = (format!("{prefix}__PER_SECOND"), format!("{prefix}__BURST"));
        load(&[(&rate, Some("1")), (&burst, Some("5"))])
    };
    let named = quota("NONMBRLOGIN").unwrap();
    assert_eq!(named.rates.operations["nonmbrlogin"], Quota { per_second: 1, burst: 5 });
    assert!(quota("NOSUCH").unwrap_err().contains("nosuch"));
}

#[test]
fn an_issuer_is_wholly_described_or_refused() {
    let issuer = |rest: &str| format!(r#"[{{"iss":"i","audience":"a",{rest}}}]"#);
    for (rest, expected) in [
        (r#""algorithm":"HS256","jwks_file":"x","roles":["member"]"#, "HS256"),
        (r#""algorithm":"none","jwks_file":"x","roles":["member"]"#, "none"),
        (r#""algorithm":"RS256","jwks_file":"x","roles":["root"]"#, "root"),
        (r#""algorithm":"RS256","jwks_file":"x","roles":[]"#, "roles"),
        (r#""algorithm":"RS256","jwks_file":"x""#, "roles"),
        (r#""algorithm":"RS256","jwks_file":"x","roles":["member"],"secret":"x""#, "secret"),
    ] {
        let error = load(&[("GATEWAY_ISSUERS", Some(&issuer(rest)))]).unwrap_err();
        assert!(error.contains(expected), "{rest}: {error}");
    }
    let twice = format!("[{0},{0}]", &ISSUERS[1..ISSUERS.len() - 1]);
    assert!(load(&[("GATEWAY_ISSUERS", Some(&twice))]).unwrap_err().contains("twice"));
}

#[test]
fn a_file_may_list_issuers_as_tables() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gateway.toml");
    let table = "[[issuers]]\niss = \"a\"\naudience = \"x\"\nalgorithm = \"ES256\"\n\
                 jwks_url = \"https://a.example/jwks\"\nroles = [\"guest\", \"member\"]\npublish = true\n";
    std::fs::write(&file, table).unwrap();
    let settings =
        load(&[("GATEWAY_ISSUERS", None), ("GATEWAY_CONFIG_FILE", Some(file.to_str().unwrap()))]).unwrap();
    let issuer = &settings.issuers[0];
    assert_eq!((issuer.iss.as_str(), issuer.algorithm, issuer.publish), ("a", Algorithm::Es256, true));
    assert_eq!(issuer.roles, [Role::Guest, Role::Member]);
}
