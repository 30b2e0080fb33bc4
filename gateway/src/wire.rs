//! What goes over the wire: requests from callers, to the services, and answers back.

pub(crate) mod connection;

mod client;
mod forward;

mod alarm;
mod pace;
mod trace;

pub(crate) use self::client::{Connections, UpstreamError};
pub(crate) use self::forward::{BodyFault, Bounds, NotForwarded, Outgoing};
pub(crate) use self::pace::BodyPace;
pub(crate) use self::trace::{AnswerCounters, REQUEST_ID, Trace};
