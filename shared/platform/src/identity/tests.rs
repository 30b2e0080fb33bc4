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
    for caller in [Caller::anonymous(), guest(), member] {
        let token = keys.sign("member-service", GATEWAY, &caller, at(0), TimeDelta::seconds(60));
        assert_eq!(keys.verify(&token, "member-service", at(0)), Ok(caller));
    }
    let token =
        keys.sign("a", "claim-service", &Caller::service("claim-service"), at(0), TimeDelta::seconds(60));
    let back = keys.verify(&token, "a", at(0)).expect("just signed");
    assert_eq!(back.origin, Origin::Service("claim-service".into()));
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
