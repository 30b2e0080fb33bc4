use super::*;

fn keys(secret: &str, previous: Option<&str>) -> InternalKeys {
    InternalKeys::new(&IdentitySettings {
        secret: secret.to_owned().into(),
        previous_secret: previous.map(|secret| secret.to_owned().into()),
    })
    .expect("the secrets are long enough")
}

const OLD: &str = "old-secret-old-secret-old-secret-";
const NEW: &str = "new-secret-new-secret-new-secret-";

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + second, 0).expect("in range")
}

fn guest() -> Caller {
    Caller {
        subject: "20260801O000001".into(),
        roles: Roles::of(&[Role::Guest]),
        order_no: OrderNo::parse("20260801O000001").ok(),
        ..Caller::anonymous()
    }
}

#[test]
fn a_token_brings_the_caller_back_unchanged() {
    let keys = keys(NEW, None);
    let member = Caller {
        subject: "100001311".into(),
        roles: Roles::of(&[Role::Member]),
        grade: MemberGrade::from_code("30"),
        ..Caller::anonymous()
    };
    let of_another_issuer = Caller { issuer: Some("https://second.example".into()), ..member.clone() };
    for caller in [Caller::anonymous(), guest(), member, of_another_issuer] {
        let token = keys.sign("member-service", GATEWAY, &caller, at(0), TimeDelta::seconds(60));
        assert_eq!(keys.verify(&token, "member-service", at(0)), Ok(caller));
    }
    let token =
        keys.sign("a", "claim-service", &Caller::service("claim-service"), at(0), TimeDelta::seconds(60));
    let back = keys.verify(&token, "a", at(0)).expect("just signed");
    assert_eq!(back.origin, Origin::Service("claim-service".into()));
}

/// The claims of a token, as the next process reads them.
fn claims_of(caller: &Caller) -> serde_json::Value {
    let token = keys(NEW, None).sign("member-service", GATEWAY, caller, at(0), TimeDelta::seconds(60));
    let (body, _) = token.split_once('.').expect("a body and its tag");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).expect("base64url")).expect("JSON")
}

#[test]
fn processes_of_the_last_release_and_of_this_one_believe_each_other() {
    let first = claims_of(&guest());
    let old = serde_json::json!({
        "iss": "gateway", "aud": "member-service", "exp": 1_800_000_060, "sub": "20260801O000001",
        "roles": ["guest"], "siteNo": "1", "ordNo": "20260801O000001",
    });
    assert_eq!(first, old, "what there was before is as it was");
    let read: Claims = serde_json::from_value(old).expect("an old process's claims");
    assert_eq!(read.into_caller(), Some(guest()));
    // An old process skips what it doesn't know, as this one does.
    let mut newer = claims_of(&Caller { issuer: Some("second".into()), ..guest() });
    assert_eq!(newer["tokenIss"], "second");
    newer["ofTomorrow"] = 1.into();
    assert!(serde_json::from_value::<Claims>(newer).is_ok());
}

#[test]
fn a_key_belongs_to_a_subject_of_one_issuer() {
    let of = |issuer: Option<&str>, subject: &str| {
        let subject = subject.to_owned();
        let roles = Roles::of(&[Role::Agent]);
        Caller { issuer: issuer.map(str::to_owned), subject, roles, ..Caller::anonymous() }.scope()
    };
    assert_eq!(of(None, "kim"), "agent:kim:@1", "kept keys are found again after an upgrade");
    let scopes = [of(None, "kim"), of(Some("a"), "kim"), of(Some("b"), "kim"), of(None, "a agent:kim:@1")];
    for (index, scope) in scopes.iter().enumerate() {
        assert_eq!(scopes.iter().position(|other| other == scope), Some(index), "{scope:?} is two callers");
    }
}

#[test]
fn whose_rows_a_member_sees_goes_by_its_number_whoever_signed_its_token() {
    let member = Caller { subject: "7".into(), roles: Roles::of(&[Role::Member]), ..Caller::anonymous() };
    let elsewhere = Caller { issuer: Some("second".into()), ..member.clone() };
    let own = MemberNo::parse("7").expect("well-formed");
    let order = OrderNo::parse("20260801O000001").expect("well-formed");
    for caller in [member, elsewhere] {
        assert_eq!(caller.own_member_no(), Some(own.clone()));
        assert!(caller.acts_for_member(&own).is_ok());
        assert!(caller.may_see_order(&order, Some(&own), &caller.site_no));
    }
}

#[test]
fn a_token_is_good_for_its_audience_its_time_and_its_secret_only() {
    let token = keys(OLD, None).sign("member-service", GATEWAY, &guest(), at(0), TimeDelta::seconds(60));
    assert!(keys(NEW, Some(OLD)).verify(&token, "member-service", at(60)).is_ok());
    assert_eq!(keys(NEW, None).verify(&token, "member-service", at(0)), Err(IdentityError::WrongSignature));
    assert_eq!(keys(OLD, None).verify(&token, "claim-service", at(0)), Err(IdentityError::WrongAudience));
    assert_eq!(keys(OLD, None).verify(&token, "member-service", at(71)), Err(IdentityError::Expired));
    for bad in ["", ".", "a.b", "eyJ9"] {
        assert!(keys(OLD, None).verify(bad, "member-service", at(0)).is_err());
    }
}

#[test]
fn a_short_secret_is_refused() {
    let settings = IdentitySettings { secret: "short".to_owned().into(), previous_secret: None };
    assert_eq!(InternalKeys::new(&settings).err(), Some(IdentityError::ShortSecret));
}

#[test]
fn a_caller_sees_its_own_order_and_no_other() {
    let own = OrderNo::parse("20260801O000001").expect("well-formed");
    let other = OrderNo::parse("20260801O000002").expect("well-formed");
    let site = SiteNo::parse("1").expect("well-formed");
    let member_no = MemberNo::parse("1").expect("well-formed");
    assert!(guest().may_see_order(&own, None, &site));
    assert!(!guest().may_see_order(&other, None, &site));
    assert!(!guest().may_see_order(&own, Some(&member_no), &site));
    assert!(!guest().may_see_order(&own, None, &SiteNo::parse("2").expect("well-formed")));
    assert!(Caller::service("x").may_see_order(&other, Some(&member_no), &site));
    assert!(!Caller::anonymous().may_see_order(&own, None, &site));
}
