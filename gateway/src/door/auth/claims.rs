//! What a token says about its bearer, and whether its issuer may say so.

use commerce::{MemberGrade, MemberNo, OrderNo, SiteNo};
use contract::operations::Role;
use platform::identity::{Caller, Origin, Roles};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use super::Refusal;
use super::token::{json_object, required};

const DEFAULT_SITE: &str = "1";
const MAX_SUBJECT_CHARS: usize = 128;
/// The last second of the calendar as it reads in Korea.
const MAX_SECONDS: i64 = commerce::calendar::LAST.timestamp();

/// What one issuer's tokens have to say.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub(crate) audience: String,
    /// The roles this issuer may give.
    pub(crate) roles: Vec<Role>,
    /// What the issuers before it in the settings may give, each by itself.
    pub(crate) roles_before: Vec<Roles>,
}

/// Limits in time, equal for all issuers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How far apart the clocks of issuer and gateway may be.
    pub(crate) leeway_s: i64,
    /// How far ahead a token may expire.
    pub(crate) max_lifetime_s: i64,
}

/// The claims that matter here; others are ignored.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Claims {
    pub(crate) iss: String,
    aud: Audience,
    sub: String,
    exp: Seconds,
    #[serde(default, deserialize_with = "required")]
    nbf: Option<Seconds>,
    #[serde(default, deserialize_with = "required", rename = "iat")]
    _issued_at: Option<Seconds>,
    roles: Vec<String>,
    #[serde(default, deserialize_with = "required")]
    site_no: Option<String>,
    #[serde(default, deserialize_with = "required")]
    ord_no: Option<String>,
    #[serde(default, deserialize_with = "required")]
    mbr_grade_cd: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// A `NumericDate`: seconds since 1970, a fraction cut off.
#[derive(Clone, Copy, Debug)]
struct Seconds(i64);

/// A believed caller, the second its token expires, and the one it stops being good here.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) caller: Caller,
    pub(crate) issuer: String,
    pub(crate) expires_at: i64,
    pub(crate) good_until: i64,
}

impl Claims {
    pub(crate) fn parse(payload: &[u8]) -> Result<Self, Refusal> {
        json_object(payload).map_err(Refusal::Claims)
    }

    /// Decides whether the claims are acceptable from an issuer with these rules.
    pub(crate) fn judge(self, rules: &Rules, limits: Limits, now: i64) -> Result<Judged, Refusal> {
        let is_for_us = match &self.aud {
            Audience::One(audience) => *audience == rules.audience,
            Audience::Several(audiences) => audiences.contains(&rules.audience),
        };
        if !is_for_us {
            return Err(Refusal::WrongAudience);
        }
        let good_until = self.exp.0.saturating_add(limits.leeway_s);
        if now >= good_until {
            return Err(Refusal::Expired);
        }
        let furthest = now.saturating_add(limits.max_lifetime_s).saturating_add(limits.leeway_s);
        if self.exp.0 > furthest {
            return Err(Refusal::LivesTooLong);
        }
        if self.nbf.is_some_and(|not_before| not_before.0 > now.saturating_add(limits.leeway_s)) {
            return Err(Refusal::NotYetValid);
        }
        let caller = self.caller(rules)?;
        Ok(Judged { caller, issuer: self.iss, expires_at: self.exp.0, good_until })
    }

    fn caller(&self, rules: &Rules) -> Result<Caller, Refusal> {
        if self.roles.is_empty() {
            return Err(Refusal::Claim("roles"));
        }
        let roles = self
            .roles
            .iter()
            .map(|name| rules.roles.iter().copied().find(|role| role.wire() == name))
            .collect::<Option<Vec<Role>>>()
            .ok_or(Refusal::Claim("roles"))?;
        let is_plain = |text: &str| {
            (1..=MAX_SUBJECT_CHARS).contains(&text.chars().count()) && !text.chars().any(char::is_control)
        };
        if !is_plain(&self.sub) || (roles.contains(&Role::Member) && MemberNo::parse(&self.sub).is_err()) {
            return Err(Refusal::Claim("sub"));
        }
        let order_no = match &self.ord_no {
            Some(text) if roles.contains(&Role::Guest) => {
                Some(OrderNo::parse(text).map_err(|_| Refusal::Claim("ordNo"))?)
            }
            None if roles.contains(&Role::Guest) => return Err(Refusal::Claim("ordNo")),
            // The number of an order says something about a guest only.
            _ => None,
        };
        let grade = match &self.mbr_grade_cd {
            Some(code) => Some(MemberGrade::from_code(code).ok_or(Refusal::Claim("mbrGradeCd"))?),
            None => None,
        };
        let roles = Roles::of(&roles);
        // The first that may give these roles is meant where none is named: so are all who were there before issuers were told
        // apart, and their kept keys are found again.
        let is_first = !rules.roles_before.iter().any(|before| roles.iter().all(|role| before.has(role)));
        Ok(Caller {
            issuer: (!is_first).then(|| self.iss.clone()),
            subject: self.sub.clone(),
            roles,
            site_no: SiteNo::parse(self.site_no.as_deref().unwrap_or(DEFAULT_SITE))
                .map_err(|_| Refusal::Claim("siteNo"))?,
            order_no,
            grade,
            origin: Origin::Gateway,
        })
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?.to_string();
        let whole = number.split_once('.').map_or(number.as_str(), |(whole, _)| whole);
        match whole.parse() {
            Ok(seconds) if (0..=MAX_SECONDS).contains(&seconds) && !number.contains(['e', 'E']) => {
                Ok(Self(seconds))
            }
            _ => Err(D::Error::custom("no number of seconds since 1970")),
        }
    }
}

#[cfg(test)]
mod tests;
