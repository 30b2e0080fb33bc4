//! Who calls: the identity that the gateway or a sister service vouches for.

use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use commerce::{MemberGrade, MemberNo, OrderNo, SiteNo};
use contract::ResultCode;
use contract::operations::Role;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use crate::error::Problem;

/// Header that carries the internal identity token between processes.
pub const INTERNAL_HEADER: &str = "x-internal-identity";
/// Name under which the gateway signs.
pub const GATEWAY: &str = "gateway";
/// Clocks of two machines may differ by this much.
const LEEWAY: TimeDelta = TimeDelta::seconds(10);

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Roles(u8);

impl Roles {
    pub const NONE: Self = Self(0);

    pub fn of(roles: &[Role]) -> Self {
        roles.iter().fold(Self::NONE, |set, role| set.with(*role))
    }

    #[must_use]
    pub fn with(self, role: Role) -> Self {
        Self(self.0 | bit(role))
    }

    pub fn has(self, role: Role) -> bool {
        self.0 & bit(role) != 0
    }

    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |role| self.has(*role))
    }
}

fn bit(role: Role) -> u8 {
    match role {
        Role::Member => 1,
        Role::Guest => 2,
        Role::Agent => 4,
        Role::Admin => 8,
        Role::Service => 16,
    }
}

/// Which process vouches for the caller.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    Gateway,
    /// A sister service, by name.
    Service(String),
}

/// The caller of an operation, as vouched for by the gateway or a sister service.
#[derive(Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who signed the caller's token, unless it is the one that is meant where none is named: the first that may give these roles.
    pub issuer: Option<String>,
    /// Member number, agent id, service name, or a guest's order number; empty without a token.
    pub subject: String,
    pub roles: Roles,
    pub site_no: SiteNo,
    /// The one order a guest may see.
    pub order_no: Option<OrderNo>,
    pub grade: Option<MemberGrade>,
    pub origin: Origin,
}

impl fmt::Debug for Caller {
    /// A subject can be a member number: only roles and site are for the log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller")
            .field("roles", &self.roles)
            .field("site_no", &self.site_no)
            .finish_non_exhaustive()
    }
}

impl Caller {
    /// Nobody in particular, on the default site.
    pub fn anonymous() -> Self {
        Self {
            issuer: None,
            subject: String::new(),
            roles: Roles::NONE,
            site_no: SiteNo::parse("1").expect("the default site number is well-formed"),
            order_no: None,
            grade: None,
            origin: Origin::Gateway,
        }
    }

    /// A process of this house acting for itself.
    pub fn service(name: &str) -> Self {
        Self {
            subject: name.to_owned(),
            roles: Roles::of(&[Role::Service]),
            origin: Origin::Service(name.to_owned()),
            ..Self::anonymous()
        }
    }

    pub fn has(&self, role: Role) -> bool {
        self.roles.has(role)
    }

    /// Agents, admins and services see all rows of all sites (contract, section 1).
    pub fn is_staff(&self) -> bool {
        self.has(Role::Agent) || self.has(Role::Admin) || self.has(Role::Service)
    }

    /// The member this caller is, if it is one.
    pub fn own_member_no(&self) -> Option<MemberNo> {
        if self.has(Role::Member) { MemberNo::parse(&self.subject).ok() } else { None }
    }

    /// Refuses a member who names another member's number.
    pub fn acts_for_member(&self, member_no: &MemberNo) -> Result<(), Problem> {
        if self.is_staff() || (self.has(Role::Member) && self.subject == member_no.as_str()) {
            Ok(())
        } else {
            Err(Problem::new(ResultCode::Forbidden))
        }
    }

    /// Whether the caller may see a row that belongs to this member or, for a guest, to this order.
    pub fn may_see_order(&self, order_no: &OrderNo, owner: Option<&MemberNo>, site_no: &SiteNo) -> bool {
        if self.is_staff() {
            return true;
        }
        if self.site_no != *site_no {
            return false;
        }
        let is_own_member =
            self.has(Role::Member) && owner.is_some_and(|owner| owner.as_str() == self.subject);
        let is_own_guest =
            self.has(Role::Guest) && owner.is_none() && self.order_no.as_ref() == Some(order_no);
        is_own_member || is_own_guest
    }

    /// The member an operation is about whose member comes from the token: the caller itself, or for staff the
    /// `mbrNo` of the query, without which the answer is `VALIDATION`.
    pub fn member(&self, query_member_no: Option<MemberNo>) -> Result<MemberNo, Problem> {
        if self.is_staff() {
            return query_member_no
                .ok_or_else(|| Problem::new(ResultCode::Validation).at("mbrNo", "회원번호는 필수입니다."));
        }
        let own = self.own_member_no().ok_or_else(|| Problem::new(ResultCode::Forbidden))?;
        match query_member_no {
            Some(other) if other != own => Err(Problem::new(ResultCode::Forbidden)),
            _ => Ok(own),
        }
    }

    /// Whom an idempotency key belongs to: the same subject of another issuer, role or site is someone else.
    pub fn scope(&self) -> String {
        let roles: Vec<&str> = self.roles.iter().map(Role::wire).collect();
        let order_no = self.order_no.as_ref().map_or("", OrderNo::as_str);
        let scope = format!("{}:{}:{}@{}", roles.join("+"), self.subject, order_no, self.site_no);
        match &self.issuer {
            // No subject has a line feed, so that nobody's can look like an issuer's name and somebody else.
            Some(issuer) => format!("{issuer}\n{scope}"),
            None => scope,
        }
    }
}

/// The secret shared by gateway and services, and while it is changed the one before it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentitySettings {
    /// At least 32 characters.
    pub secret: SecretString,
    /// Still accepted, no longer signed with.
    #[serde(default)]
    pub previous_secret: Option<SecretString>,
}

/// Signs and checks internal identity tokens: claims and their HMAC-SHA-256, both in base64url, joined by a dot.
pub struct InternalKeys {
    current: hmac::Key,
    previous: Option<hmac::Key>,
}

impl fmt::Debug for InternalKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InternalKeys(***)")
    }
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum IdentityError {
    #[error("the internal secret is shorter than 32 bytes")]
    ShortSecret,
    #[error("the internal identity token is malformed")]
    Malformed,
    #[error("the internal identity token is not signed by this house")]
    WrongSignature,
    #[error("the internal identity token is for another service")]
    WrongAudience,
    #[error("the internal identity token is past its time")]
    Expired,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Claims {
    iss: String,
    aud: String,
    exp: i64,
    sub: String,
    /// Old processes neither send nor read it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    token_iss: Option<String>,
    roles: Vec<String>,
    site_no: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    ord_no: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    mbr_grade_cd: Option<String>,
}

impl InternalKeys {
    pub fn new(settings: &IdentitySettings) -> Result<Self, IdentityError> {
        let key = |secret: &SecretString| {
            let bytes = secret.expose_secret().as_bytes();
            if bytes.len() < 32 {
                Err(IdentityError::ShortSecret)
            } else {
                Ok(hmac::Key::new(hmac::HMAC_SHA256, bytes))
            }
        };
        Ok(Self {
            current: key(&settings.secret)?,
            previous: settings
                .previous_secret
                .as_ref()
                .filter(|s| !s.expose_secret().is_empty())
                .map(key)
                .transpose()?,
        })
    }

    /// A token by which `issuer` vouches to `audience` for the caller until `now + valid_for`.
    pub fn sign(
        &self,
        audience: &str,
        issuer: &str,
        caller: &Caller,
        now: DateTime<Utc>,
        valid_for: TimeDelta,
    ) -> String {
        let claims = Claims {
            iss: issuer.to_owned(),
            aud: audience.to_owned(),
            exp: (now + valid_for).timestamp(),
            sub: caller.subject.clone(),
            token_iss: caller.issuer.clone(),
            roles: caller.roles.iter().map(|role| role.wire().to_owned()).collect(),
            site_no: caller.site_no.to_string(),
            ord_no: caller.order_no.as_ref().map(ToString::to_string),
            mbr_grade_cd: caller.grade.map(|grade| grade.code().to_owned()),
        };
        let json = serde_json::to_vec(&claims).expect("strings and numbers always serialise");
        let body = URL_SAFE_NO_PAD.encode(json);
        let tag = hmac::sign(&self.current, body.as_bytes());
        format!("{body}.{}", URL_SAFE_NO_PAD.encode(tag.as_ref()))
    }

    /// The caller a token vouches for, if it is meant for `audience` and still good.
    pub fn verify(&self, token: &str, audience: &str, now: DateTime<Utc>) -> Result<Caller, IdentityError> {
        let (body, tag) = token.split_once('.').ok_or(IdentityError::Malformed)?;
        let tag = URL_SAFE_NO_PAD.decode(tag).map_err(|_| IdentityError::Malformed)?;
        let is_signed_with = |key: &hmac::Key| {
            verify_slices_are_equal(hmac::sign(key, body.as_bytes()).as_ref(), &tag).is_ok()
        };
        if !is_signed_with(&self.current) && !self.previous.as_ref().is_some_and(is_signed_with) {
            return Err(IdentityError::WrongSignature);
        }
        let json = URL_SAFE_NO_PAD.decode(body).map_err(|_| IdentityError::Malformed)?;
        let claims: Claims = serde_json::from_slice(&json).map_err(|_| IdentityError::Malformed)?;
        if claims.aud != audience {
            return Err(IdentityError::WrongAudience);
        }
        if claims.exp < (now - LEEWAY).timestamp() {
            return Err(IdentityError::Expired);
        }
        claims.into_caller().ok_or(IdentityError::Malformed)
    }
}

impl Claims {
    fn into_caller(self) -> Option<Caller> {
        let mut roles = Roles::NONE;
        for role in &self.roles {
            roles = roles.with(Role::from_wire(role)?);
        }
        Some(Caller {
            issuer: self.token_iss,
            subject: self.sub,
            roles,
            site_no: SiteNo::parse(&self.site_no).ok()?,
            order_no: self.ord_no.map(|no| OrderNo::parse(&no)).transpose().ok()?,
            grade: match self.mbr_grade_cd {
                Some(code) => Some(MemberGrade::from_code(&code)?),
                None => None,
            },
            origin: if self.iss == GATEWAY { Origin::Gateway } else { Origin::Service(self.iss) },
        })
    }
}

#[cfg(test)]
mod tests;
