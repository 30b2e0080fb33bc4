//! Every operation with every kind of caller, judged by the operation's declared rule.
//!
//! The rules come from `contract::operations`; only whose rows a request is about is said here, once per operation. An operation
//! that says nothing fails the test.

mod looks;
mod requests;

use contract::operations::{self, Access, Operation, Role, Upstream};
use local_stack::environment::Process;
use stories::{Stack, Storefront};
use test_kit::service::read;

use self::requests::{House, Rows, request_of, rows_of};

pub(crate) const OWNER: &str = "100001311";
const OTHER: &str = "100009999";
pub(crate) const ORDER: &str = "20260801O000001";
pub(crate) const GUEST_ORDER: &str = "20261101O000001";
const OTHER_GUEST_ORDER: &str = "20261101O000002";

/// Who calls. The owner comes last: what it changes is then changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    NoToken,
    Expired,
    OtherMember,
    OtherSite,
    OtherGuest,
    Service,
    Agent,
    Admin,
    GuestOwner,
    MemberOwner,
}

impl Who {
    const ALL: [Self; 10] = [
        Self::NoToken,
        Self::Expired,
        Self::OtherMember,
        Self::OtherSite,
        Self::OtherGuest,
        Self::Service,
        Self::Agent,
        Self::Admin,
        Self::GuestOwner,
        Self::MemberOwner,
    ];

    fn role(self) -> Option<Role> {
        match self {
            Self::NoToken | Self::Expired => None,
            Self::MemberOwner | Self::OtherMember | Self::OtherSite => Some(Role::Member),
            Self::GuestOwner | Self::OtherGuest => Some(Role::Guest),
            Self::Agent => Some(Role::Agent),
            Self::Admin => Some(Role::Admin),
            Self::Service => Some(Role::Service),
        }
    }

    pub(crate) fn is_guest(self) -> bool {
        self.role() == Some(Role::Guest)
    }

    fn token(self, shop: &Storefront) -> String {
        match self {
            Self::NoToken => String::new(),
            Self::Expired => {
                let mut claims = shop.claims("admin", "admin-1");
                claims["exp"] = serde_json::json!(claims["iat"].as_i64().map(|now| now - 3600));
                shop.sign(&claims)
            }
            Self::MemberOwner => shop.member(OWNER),
            Self::OtherMember => shop.member(OTHER),
            Self::OtherSite => shop.member_on_site(OWNER, "2"),
            Self::GuestOwner => shop.guest(GUEST_ORDER),
            Self::OtherGuest => shop.guest(OTHER_GUEST_ORDER),
            Self::Agent => shop.agent(),
            Self::Admin => shop.admin(),
            Self::Service => shop.service(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    NoSuchPath,
    Unauthenticated,
    /// The service judges another credential than a token.
    NoVendor,
    Forbidden,
    /// The role is right, the row is another's.
    ForbiddenRow,
    Through,
}

/// What the contract says about an operation and a caller.
fn verdict(operation: &Operation, rows: Rows, who: Who) -> Verdict {
    match operation.access {
        Access::Internal => return Verdict::NoSuchPath,
        // No token is a vendor's key.
        Access::VendorKey => return Verdict::NoVendor,
        Access::Public if who == Who::Expired => return Verdict::Unauthenticated,
        Access::Public => return Verdict::Through,
        Access::Roles(_) => {}
    }
    let Some(role) = who.role() else { return Verdict::Unauthenticated };
    if !operation.access.allows(role) {
        return Verdict::Forbidden;
    }
    let is_anothers = match rows {
        Rows::Numbered => matches!(who, Who::OtherMember | Who::OtherSite | Who::OtherGuest),
        // Of another site a member has rows too, only none of these.
        Rows::OfNamedMember => who == Who::OtherMember,
        Rows::OfCaller | Rows::OfNobody => false,
    };
    if is_anothers { Verdict::ForbiddenRow } else { Verdict::Through }
}

fn is_as_judged(verdict: Verdict, status: u16, code: &str) -> bool {
    match verdict {
        Verdict::NoSuchPath => (status, code) == (404, "NOT_FOUND"),
        Verdict::Unauthenticated => status == 401,
        Verdict::NoVendor => status == 401,
        Verdict::Forbidden | Verdict::ForbiddenRow => (status, code) == (403, "FORBIDDEN"),
        Verdict::Through => matches!(status, 200 | 900),
    }
}

#[actix_web::test]
async fn every_operation_lets_in_whom_its_rule_names_and_nobody_else() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let mut house = House::furnish(&shop).await;
    let mut operations: Vec<_> = operations::all().collect();
    // After a withdrawal the member's rows are nobody's.
    operations.sort_by_key(|operation| operation.id == operations::member::WITHDRAWAL_MEMBER_ORDER_INFO.id);
    let mut wrong = Vec::new();
    let mut judged = 0;
    for operation in operations {
        let rows = rows_of(operation);
        house.prepare(&shop, operation).await;
        for who in Who::ALL {
            let expected = verdict(operation, rows, who);
            let request = request_of(operation, who, &house).send_to(&shop, operation, &who.token(&shop));
            let answer = read(request).await;
            let code = answer.json["code"].as_str().unwrap_or_default();
            if !is_as_judged(expected, answer.status, code) {
                wrong.push(format!(
                    "{} {who:?}: {expected:?}, but {} {}",
                    operation.id, answer.status, answer.text
                ));
            }
            judged += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(judged, operations::all().count() * Who::ALL.len());
}

#[actix_web::test]
async fn nobody_gets_around_the_gateway_with_a_users_token() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let http = reqwest::Client::builder().no_proxy().build().expect("a client can be made");
    for operation in operations::all() {
        let service = match operation.upstream {
            Some(Upstream::Member) => Process::Member,
            Some(Upstream::Inquiry) => Process::Inquiry,
            Some(Upstream::Promotion) => Process::Promotion,
            Some(Upstream::Claim) => Process::Claim,
            // There a user's token is what it is meant for.
            None => continue,
        };
        let url = format!("{}{}", stack.url(service), operation.path.replace(['{', '}'], ""));
        let method = reqwest::Method::from_bytes(operation.method.as_str().as_bytes()).expect("a method");
        for token in [shop.member(OWNER), shop.admin(), shop.service()] {
            let request = http.request(method.clone(), &url).bearer_auth(&token);
            // Neither is a user's token an identity where an identity belongs.
            for request in [
                request.try_clone().expect("it has no body"),
                request.header(platform::identity::INTERNAL_HEADER, &token),
            ] {
                let answer = read(request).await;
                assert_eq!((answer.status, answer.code()), (401, "UNAUTHORIZED"), "{}", operation.id);
            }
        }
    }
}
