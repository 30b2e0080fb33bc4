//! The caller's identity as the services get it: a short signed token per request, reused while it is fresh.

use std::sync::{Arc, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use contract::operations::Upstream;
use http::HeaderValue;
use platform::identity::{GATEWAY, IdentityError, IdentitySettings, InternalKeys};

use super::auth::Verified;

/// How long a service may believe an identity, and from what age on a new one is signed.
const LIFETIME: TimeDelta = TimeDelta::seconds(60);
const RENEW_AFTER: TimeDelta = TimeDelta::seconds(30);

/// An identity as it stands in the header.
#[derive(Clone, Debug)]
pub(crate) struct RenderedIdentity {
    header: HeaderValue,
    signed_at: DateTime<Utc>,
}

#[derive(Debug)]
pub(crate) struct IdentitySigner {
    keys: InternalKeys,
    /// Stands for everybody who sent no token.
    pub(crate) anonymous: Arc<Verified>,
}

impl IdentitySigner {
    pub(crate) fn new(settings: &IdentitySettings) -> Result<Self, IdentityError> {
        Ok(Self { keys: InternalKeys::new(settings)?, anonymous: Arc::new(Verified::anonymous()) })
    }

    /// The header value that vouches for the caller to one service.
    pub(crate) fn header(&self, verified: &Verified, upstream: Upstream, now: DateTime<Utc>) -> HeaderValue {
        let slot = &verified.identities[upstream];
        let mut rendered = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(rendered) = &*rendered
            // A clock that was set back must not keep an identity for ever.
            && (TimeDelta::zero()..RENEW_AFTER).contains(&(now - rendered.signed_at))
        {
            return rendered.header.clone();
        }
        let token = self.keys.sign(upstream.service_name(), GATEWAY, &verified.caller, now, LIFETIME);
        let mut header = HeaderValue::try_from(token).expect("base64url and a dot make a header value");
        header.set_sensitive(true);
        *rendered = Some(RenderedIdentity { header: header.clone(), signed_at: now });
        header
    }
}
