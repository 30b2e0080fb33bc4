use serde_json::{Value, json};

use super::*;

const NOW: i64 = 1_800_000_000;
const LIMITS: Limits = Limits { leeway_s: 5, max_lifetime_s: 86_400 };

fn member() -> Value {
    json!({"iss": "local", "aud": "order-aftercare", "sub": "100001311", "roles": ["member"], "exp": NOW + 3600})
}

fn judge(claims: &Value) -> Result<Judged, Refusal> {
    let rules = Rules {
        audience: "order-aftercare".into(),
        roles: vec![Role::Member, Role::Guest, Role::Agent, Role::Service],
        roles_before: vec![Roles::of(&[Role::Guest]), Roles::of(&[Role::Agent, Role::Service])],
    };
    Claims::parse(claims.to_string().as_bytes())?.judge(&rules, LIMITS, NOW)
}

/// The member's claims with some of them replaced; null removes.
fn with(changes: Value) -> Value {
    let mut claims = member();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(name);
        } else {
            claims[name] = value.clone();
        }
    }
    claims
}

#[track_caller]
fn check(changes: Value, is_good: bool) {
    let result = judge(&with(changes.clone()));
    assert_eq!(result.is_ok(), is_good, "{changes}: {result:?}");
}

#[test]
fn a_member_is_who_its_token_says() {
    let caller = judge(&with(json!({"siteNo": "2", "mbrGradeCd": "30"}))).unwrap().caller;
    assert_eq!(caller.subject, "100001311");
    assert_eq!(caller.roles, Roles::of(&[Role::Member]));
    assert_eq!(caller.site_no.as_str(), "2");
    assert_eq!(caller.grade, MemberGrade::from_code("30"));
    assert_eq!(caller.order_no, None);
    assert_eq!(judge(&member()).unwrap().caller.site_no.as_str(), "1");
}

#[test]
fn time_is_checked_in_all_directions() {
    check(json!({"exp": NOW + 1}), true);
    check(json!({"exp": NOW - 4}), true);
    check(json!({"exp": NOW - 5}), false);
    check(json!({"exp": NOW + 86_400}), true);
    check(json!({"exp": NOW + 86_406}), false);
    check(json!({"exp": NOW + 90_000}), false);
    check(json!({"exp": format!("{}", NOW + 60)}), false);
    check(json!({"exp": [NOW]}), false);
    check(json!({"exp": -1}), false);
    check(json!({"exp": i64::MAX}), false);
    check(json!({"exp": u64::MAX}), false);
    check(json!({"exp": null}), false);
    check(json!({"nbf": NOW + 5}), true);
    check(json!({"nbf": NOW + 6}), false);
    check(json!({"nbf": "now"}), false);
    check(json!({"iat": NOW}), true);
    check(json!({"iat": "now"}), false);
    // 9999-12-31T23:59:59 in Korea, and a second later.
    check(json!({"iat": 253_402_268_399_i64}), true);
    check(json!({"iat": 253_402_268_400_i64}), false);
}

#[test]
fn a_date_may_have_a_fraction_but_no_exponent() {
    let text =
        |exp: &str| with(json!({"exp": 0})).to_string().replace("\"exp\":0", &format!("\"exp\":{exp}"));
    for (exp, is_good) in
        [("1800000060.75", true), ("1.80000006e9", false), ("1e400", false), ("true", false)]
    {
        assert_eq!(Claims::parse(text(exp).as_bytes()).is_ok(), is_good, "{exp}");
    }
}

#[test]
fn the_audience_is_ours_alone_or_among_others() {
    check(json!({"aud": ["other", "order-aftercare"]}), true);
    check(json!({"aud": "other"}), false);
    check(json!({"aud": ["other"]}), false);
    check(json!({"aud": []}), false);
    check(json!({"aud": 7}), false);
    check(json!({"aud": ["order-aftercare", 7]}), false);
    check(json!({"aud": {"order-aftercare": true}}), false);
    check(json!({"aud": null}), false);
}

#[test]
fn roles_are_known_names_the_issuer_may_give() {
    check(json!({"roles": ["member", "agent"]}), true);
    check(json!({"roles": ["admin"]}), false);
    check(json!({"roles": ["member", "admin"]}), false);
    check(json!({"roles": ["root"]}), false);
    check(json!({"roles": ["Member"]}), false);
    check(json!({"roles": []}), false);
    check(json!({"roles": "member"}), false);
    check(json!({"roles": [["member"]]}), false);
    check(json!({"roles": null}), false);
}

#[test]
fn a_subject_is_there_and_a_members_is_its_number() {
    check(json!({"sub": null}), false);
    check(json!({"sub": ""}), false);
    check(json!({"sub": 100_001_311}), false);
    check(json!({"sub": "agent-7"}), false);
    check(json!({"sub": "agent-7", "roles": ["agent"]}), true);
    check(json!({"sub": "상담원7", "roles": ["agent"]}), true);
    check(json!({"sub": "a\nb", "roles": ["agent"]}), false);
    check(json!({"sub": "x".repeat(129), "roles": ["agent"]}), false);
}

#[test]
fn a_guest_has_one_order() {
    let guest = |ord_no: Value| json!({"sub": "20230808O007404", "roles": ["guest"], "ordNo": ord_no});
    check(guest(json!("20230808O007404")), true);
    check(guest(json!(null)), false);
    check(guest(json!("")), false);
    check(guest(json!("20230808C007404")), false);
    check(guest(json!(20_230_808)), false);
    let member = judge(&with(json!({"ordNo": "20230808O007404"}))).unwrap().caller;
    assert_eq!(member.order_no, None);
}

#[test]
fn an_issuer_is_named_where_one_before_it_could_be_meant() {
    let issuer = |changes: Value| judge(&with(changes)).unwrap().caller.issuer;
    let local = Some("local".to_owned());
    assert_eq!(issuer(json!({})), None, "nobody before it has members");
    assert_eq!(issuer(json!({"roles": ["guest"], "ordNo": "20230808O007404"})), local);
    assert_eq!(issuer(json!({"roles": ["agent"]})), local);
    assert_eq!(issuer(json!({"roles": ["service", "agent"]})), local);
    assert_eq!(issuer(json!({"roles": ["member", "agent"]})), None, "nobody before it has both");
    let two = json!({"roles": ["guest", "agent"], "ordNo": "20230808O007404"});
    assert_eq!(issuer(two), None, "the two before it have one each");
}

#[test]
fn optional_claims_are_right_or_absent() {
    check(json!({"siteNo": 1}), false);
    check(json!({"siteNo": ""}), false);
    check(json!({"siteNo": "a b"}), false);
    check(json!({"mbrGradeCd": "99"}), false);
    check(json!({"mbrGradeCd": 30}), false);
    for claim in ["siteNo", "nbf", "iat", "mbrGradeCd", "ordNo"] {
        let mut claims = member();
        claims[claim] = Value::Null;
        assert!(judge(&claims).is_err(), "{claim} is null");
    }
}

#[test]
fn a_claim_said_twice_says_nothing() {
    let text = member().to_string().replacen('{', "{\"sub\":\"1\",", 1);
    assert_eq!(
        Claims::parse(text.as_bytes()).err().unwrap().to_string(),
        "the token's claims are malformed: `sub` is there twice"
    );
    let in_order =
        json!(["local", "order-aftercare", "1", NOW, NOW, NOW, ["member"], "1", "", "30"]).to_string();
    for no_claims in [&in_order, "", "[]", "null", "{", "\"x\""] {
        assert!(Claims::parse(no_claims.as_bytes()).is_err(), "{no_claims}");
    }
}

#[test]
fn the_log_names_the_claim_that_an_issuer_leaves_out_or_gets_wrong() {
    #[track_caller]
    fn says(changes: Value, what: &str) {
        let refusal = judge(&with(changes)).err().unwrap().to_string();
        assert_eq!(refusal, format!("the token's claims are malformed: {what}"));
    }
    for claim in ["iss", "aud", "sub", "exp", "roles"] {
        says(json!({claim: null}), &format!("`{claim}` is missing"));
    }
    says(json!({"roles": "member"}), "`roles` has the wrong type");
    says(json!({"roles": ["member", {"secret": 1}]}), "`roles` has the wrong type");
    says(json!({"exp": "secret"}), "`exp` has the wrong type");
    says(json!({"aud": 7}), "`aud` has the wrong type");
    says(json!({"siteNo": 1}), "`siteNo` has the wrong type");
    says(json!({"secret": {"a": [1]}, "sub": 100_001_311}), "`sub` has the wrong type");
}

/// Any JSON an issuer's bug or an attacker with its key could put into a claim.
fn any_json() -> impl proptest::strategy::Strategy<Value = Value> {
    use proptest::prelude::*;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (NOW - 100_000..NOW + 200_000).prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        "[a-z0-9:/' \\x00-\\x1f가-힣]{0,12}".prop_map(Value::from),
        proptest::sample::select(vec![
            "member",
            "admin",
            "guest",
            "local",
            "order-aftercare",
            "100001311",
            "2"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            ("[a-z]{1,3}", inner).prop_map(|(name, value)| json!({ name: value })),
        ]
    })
}

proptest::proptest! {
    #[test]
    fn whatever_a_claim_says_nobody_gets_more_than_the_rules_give(
        name in proptest::sample::select(vec![
            "iss", "aud", "sub", "exp", "nbf", "iat", "roles", "siteNo", "ordNo", "mbrGradeCd", "x",
        ]),
        value in any_json(),
    ) {
        let mut claims = member();
        claims[name] = value;
        if let Ok(judged) = judge(&claims) {
            proptest::prop_assert!((NOW + 1..=NOW + 86_400 + 2 * 5).contains(&judged.good_until));
            proptest::prop_assert!(!judged.caller.roles.has(Role::Admin));
            proptest::prop_assert!(!judged.caller.roles.has(Role::Member) || MemberNo::parse(&judged.caller.subject).is_ok());
            proptest::prop_assert_eq!(judged.caller.roles.has(Role::Guest), judged.caller.order_no.is_some());
            proptest::prop_assert!(!judged.caller.subject.chars().any(char::is_control));
        }
    }
}
