//! Who asks: the identities that the gateway would sign, and the tokens that a storefront would send.

use chrono::{DateTime, TimeDelta, Utc};
use contract::operations::Role;
use local_stack::environment::Process;
use local_stack::failure::{Context as _, Failure};
use local_stack::token::{AUDIENCE, ISSUER, LocalIssuer};
use platform::identity::{Caller, GATEWAY, INTERNAL_HEADER, IdentitySettings, InternalKeys, Roles};
use serde_json::{Value, json};

use crate::http::post;
use crate::settings::Settings;
use crate::stack::Stack;

/// Header under which a request is carried out once.
pub(crate) const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Longer than any run.
const TOKEN_LIFETIME: TimeDelta = TimeDelta::hours(6);

pub(crate) struct Callers {
    keys: InternalKeys,
    issuer: LocalIssuer,
    now: DateTime<Utc>,
}

impl Callers {
    pub(crate) fn new(settings: &Settings, stack: &Stack) -> Result<Self, Failure> {
        let keys = &stack.surroundings.keys;
        let identity = IdentitySettings { secret: keys.internal_secret()?.into(), previous_secret: None };
        Ok(Self {
            keys: InternalKeys::new(&identity).context("the internal secret")?,
            issuer: LocalIssuer::open(keys)?,
            now: settings.now,
        })
    }

    /// A member's request, straight to a service.
    pub(crate) fn internal(&self, service: Process, path: &str, member_no: &str, body: &Value) -> String {
        let token = self.signed(service, member_no, Role::Member);
        post(path, &[(INTERNAL_HEADER, &token)], &body.to_string())
    }

    /// The same, to be carried out once.
    pub(crate) fn internal_once(
        &self,
        service: Process,
        path: &str,
        member_no: &str,
        key: &str,
        body: &Value,
    ) -> String {
        let token = self.signed(service, member_no, Role::Member);
        post(path, &[(INTERNAL_HEADER, &token), (IDEMPOTENCY_KEY, key)], &body.to_string())
    }

    /// A request of the shop's own system, straight to a service.
    pub(crate) fn of_the_shop(&self, service: Process, path: &str, body: &Value) -> String {
        let token = self.signed(service, "shop", Role::Service);
        post(path, &[(INTERNAL_HEADER, &token)], &body.to_string())
    }

    /// The same, to be carried out once.
    pub(crate) fn of_the_shop_once(&self, service: Process, path: &str, key: &str, body: &Value) -> String {
        let token = self.signed(service, "shop", Role::Service);
        post(path, &[(INTERNAL_HEADER, &token), (IDEMPOTENCY_KEY, key)], &body.to_string())
    }

    fn signed(&self, service: Process, subject: &str, role: Role) -> String {
        let caller = Caller { subject: subject.to_owned(), roles: Roles::of(&[role]), ..Caller::anonymous() };
        self.keys.sign(service.name(), GATEWAY, &caller, self.now, TOKEN_LIFETIME)
    }

    /// The value of a member's `authorization` for the gateway.
    pub(crate) fn bearer(&self, member_no: &str) -> Result<String, Failure> {
        let (now, expiry) = (self.now.timestamp(), (self.now + TOKEN_LIFETIME).timestamp());
        let claims = json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": member_no, "roles": ["member"], "siteNo": "1", "mbrGradeCd": "30",
            "iat": now, "exp": expiry,
        });
        Ok(format!("Bearer {}", self.issuer.sign(&claims)?))
    }
}
