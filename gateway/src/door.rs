//! Who comes in: which operation a request means, who asks, and whether it may pass.

mod admission;
mod routes;

mod address;
mod auth;
mod cors;
mod identity;

pub use self::auth::{SetRefusal, SourceError};
pub use self::routes::RouteTableError;

pub(crate) use self::address::{FORWARDED_FOR, caller_address};
pub(crate) use self::admission::{Admission, Admitted, Content, Door, NotAdmitted, admit};
pub(crate) use self::auth::{Authenticator, FreshnessWatch, Keys, Limits, TokenCache, Verified};
pub(crate) use self::cors::{Cors, preflight_answer};
pub(crate) use self::identity::IdentitySigner;
#[cfg(test)]
pub(crate) use self::routes::Route;
pub(crate) use self::routes::{DocsFile, OwnPage, RouteTable, is_under_desk};
