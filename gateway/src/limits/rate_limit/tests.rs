use super::*;
use crate::settings::tests::settings_with;

const QUOTA: Quota = Quota { per_second: 1, burst: 3 };

fn limit(changes: &[(&str, &str)]) -> RateLimit {
    RateLimit::new(&settings_with(changes))
}

fn strict() -> RateLimit {
    limit(&[("GATEWAY_RATE_LIMIT", "1"), ("GATEWAY_RATE_BURST", "3")])
}

#[test]
fn a_caller_that_used_its_burst_waits_and_others_do_not() {
    let limit = strict();
    let take = |caller, now_s: u64| {
        limit.take(CallerKey::Token(caller), Scope::Everything, QUOTA, now_s * NANOS).map(|s| s.remaining)
    };
    assert_eq!([take(1, 0), take(1, 0), take(1, 0)], [Ok(2), Ok(1), Ok(0)]);
    assert_eq!(take(1, 0).map_err(|used_up| used_up.retry_after_s), Err(1));
    assert_eq!(take(2, 0), Ok(2));
    assert_eq!(take(1, 1), Ok(0), "one a second comes back");
    assert!(take(1, 1).is_err());
    assert_eq!(take(1, 100), Ok(2), "and no more than the burst");
}

#[test]
fn a_refused_request_costs_nothing() {
    let limit = strict();
    let take = |now| limit.take(CallerKey::Token(1), Scope::Everything, QUOTA, now);
    for _ in 0..100 {
        let _ = take(0);
    }
    assert!(take(NANOS).is_ok());
}

#[test]
fn the_headers_say_quota_window_rest_and_reset() {
    let limit = strict();
    let mut counted = Counted::default();
    limit.count(CallerKey::Token(1), &operations::inquiry::GET_QUESTION, &mut counted).unwrap();
    let mut headers = HeaderMap::new();
    counted.tell(&mut headers);
    assert_eq!(headers.get(POLICY).unwrap(), "\"caller\";q=3;w=3");
    assert_eq!(headers.get(STATE).unwrap(), "\"caller\";r=2;t=1");
}

#[test]
fn an_operation_may_have_a_quota_of_its_own() {
    let limit = limit(&[
        ("GATEWAY_RATES__OPERATIONS__NONMBRLOGIN__PER_SECOND", "1"),
        ("GATEWAY_RATES__OPERATIONS__NONMBRLOGIN__BURST", "2"),
    ]);
    let count = |operation| {
        let mut counted = Counted::default();
        let result = limit.count(CallerKey::Token(1), operation, &mut counted);
        (result.is_ok(), counted)
    };
    let login = &operations::member::NON_MBR_LOGIN;
    assert!(count(login).0 && count(login).0);
    let (is_ok, counted) = count(login);
    assert!(!is_ok);
    let mut headers = HeaderMap::new();
    counted.tell(&mut headers);
    assert_eq!(headers.get(POLICY).unwrap(), "\"caller\";q=400;w=4, \"operation\";q=2;w=2");
    assert!(headers.get(STATE).unwrap().to_str().unwrap().contains("\"operation\";r=0;t="));
    assert!(count(&operations::inquiry::GET_QUESTION).0);
}

#[test]
fn nought_switches_the_limits_of_callers_off_and_only_those() {
    let limit = limit(&[("GATEWAY_RATE_LIMIT", "0")]);
    assert!(limit.caller.is_none() && limit.operations.is_empty() && limit.failed_tokens.is_some());
}

#[test]
fn a_million_callers_fit_into_the_counters_there_are() {
    let limit = limit(&[("GATEWAY_RATES__COUNTERS", "5000")]);
    let busy = CallerKey::Token(u64::MAX);
    let quota = Quota { per_second: 1, burst: 1_000_000 };
    for caller in 0..1_000_000 {
        let _ = limit.take(CallerKey::Token(caller), Scope::Everything, quota, 0);
        if caller % 100 == 0 {
            let _ = limit.take(busy, Scope::Everything, quota, 0);
        }
    }
    assert!(limit.counters() <= 5500, "{}", limit.counters());
    let left = limit.take(busy, Scope::Everything, quota, 0).unwrap().remaining;
    assert!(left < 999_000, "whoever keeps calling is not forgotten: {left}");
}

#[test]
fn addresses_of_one_network_are_one_caller() {
    let key = |text: &str| CallerKey::of_address(text.parse().unwrap());
    assert_eq!(key("2001:db8::1"), key("2001:db8::ffff:1"));
    assert_ne!(key("2001:db8::1"), key("2001:db8:0:1::1"));
    assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
    assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
}

#[test]
fn failed_tokens_use_up_a_quota_of_their_address() {
    let limit = limit(&[
        ("GATEWAY_RATES__FAILED_TOKENS_PER_SECOND", "1"),
        ("GATEWAY_RATES__FAILED_TOKENS_BURST", "2"),
    ]);
    let (one, other) = (CallerKey::Token(1), CallerKey::Token(2));
    let mut counted = Counted::default();
    for _ in 0..2 {
        assert_eq!(limit.check_failed_tokens(one, &mut counted), Ok(()));
        limit.count_failed_token(one);
    }
    assert!(limit.check_failed_tokens(one, &mut counted).is_err());
    assert_eq!(limit.check_failed_tokens(other, &mut counted), Ok(()));
}
