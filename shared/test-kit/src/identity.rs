//! Callers, and the internal credential under which tests call a service.

use std::sync::Arc;

use commerce::{MemberGrade, OrderNo, SiteNo};
use contract::operations::Role;
use platform::identity::{Caller, IdentitySettings, InternalKeys, Roles};

/// The internal secret of everything that tests start.
pub const INTERNAL_SECRET: &str = "an-internal-secret-for-tests-only-0123456789";
/// 32 bytes in base64 for services that seal personal data.
pub const DATA_KEY: &str = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

pub fn identity_settings() -> IdentitySettings {
    IdentitySettings { secret: INTERNAL_SECRET.to_owned().into(), previous_secret: None }
}

pub fn internal_keys() -> Arc<InternalKeys> {
    Arc::new(InternalKeys::new(&identity_settings()).expect("the test secret is long enough"))
}

pub fn anonymous() -> Caller {
    Caller::anonymous()
}

pub fn member(member_no: &str) -> Caller {
    with_role(Role::Member, member_no)
}

pub fn member_of_grade(member_no: &str, grade: MemberGrade) -> Caller {
    Caller { grade: Some(grade), ..member(member_no) }
}

pub fn guest(order_no: &str) -> Caller {
    let order_no = OrderNo::parse(order_no).expect("a test names a well-formed order number");
    Caller { order_no: Some(order_no.clone()), ..with_role(Role::Guest, order_no.as_str()) }
}

pub fn agent(agent_id: &str) -> Caller {
    with_role(Role::Agent, agent_id)
}

pub fn admin(agent_id: &str) -> Caller {
    with_role(Role::Admin, agent_id)
}

/// A service token of the shop's, as it comes through the gateway.
pub fn service(name: &str) -> Caller {
    with_role(Role::Service, name)
}

/// The same caller on another site.
pub fn on_site(caller: Caller, site_no: &str) -> Caller {
    Caller { site_no: SiteNo::parse(site_no).expect("a test names a well-formed site number"), ..caller }
}

/// Somebody of the same name at another issuer, which the gateway names.
pub fn from_issuer(issuer: &str, caller: Caller) -> Caller {
    Caller { issuer: Some(issuer.to_owned()), ..caller }
}

fn with_role(role: Role, subject: &str) -> Caller {
    Caller { subject: subject.to_owned(), roles: Roles::of(&[role]), ..Caller::anonymous() }
}
