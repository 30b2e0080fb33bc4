//! 개인정보 접속기록: who was shown whose personal data, when, where and by what.
//!
//! An operation declares that it shows somebody ([`Shows`]); its handler says whom ([`Looks`]), and has no say in whether that is
//! put down: the middleware does it, behind the handler and before the answer. What can't be put down is not shown, and neither is
//! an answer that says of nobody whom it shows.

mod keeping;
mod shown;
mod to_keeper;

use std::net::IpAddr;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, web};
use chrono::{DateTime, Utc};
use contract::operations::{Operation, Role, Shows};
use platform::error::Problem;
use platform::household::FORWARDED_FOR;
use platform::identity::{Caller, Origin};

pub use self::keeping::{Keep, Keeping};
pub use self::shown::{Look, Looks};
pub use self::to_keeper::{TOPIC, ToKeeper, to_keeper};

pub(crate) use self::keeping::{Writer, keeping};

/// A look as it is put down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    pub at: DateTime<Utc>,
    /// An agent's id, or a vendor's number.
    pub by: String,
    /// 접속지: the address the gateway was called from.
    pub from: Option<IpAddr>,
    pub operation: &'static str,
    pub at_whom: Look,
}

/// Middleware behind the gate.
pub async fn put_down<B: MessageBody + 'static>(
    keeping: web::Data<Keeping>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let operation = request.extensions().get::<&'static Operation>().copied();
    let Some(operation) = operation.filter(|operation| operation.shows != Shows::Nobody) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let looks = Looks::default();
    let (caller, from) = (request.extensions().get::<Caller>().cloned(), address(&request));
    request.extensions_mut().insert(looks.clone());
    let response = next.call(request).await?.map_into_boxed_body();
    if response.status() != StatusCode::OK {
        return Ok(response);
    }
    let Some(by) = looks.vendor().or_else(|| caller.as_ref().and_then(agent)) else { return Ok(response) };
    let shown = looks.shown();
    let put_down = if shown.is_empty() && operation.shows == Shows::One {
        Err(Problem::internal("an answer shows somebody and does not say whom"))
    } else {
        let (at, operation) = (keeping.now(), operation.id);
        let looked = |at_whom| Looked { at, by: by.clone(), from, operation, at_whom };
        keeping.keep(shown.into_iter().map(looked).collect()).await
    };
    Ok(match put_down {
        Ok(()) => response,
        Err(problem) => ServiceResponse::from_err(problem, response.into_parts().0),
    })
}

/// Members see their own, and what a service is given is not shown to anybody yet.
fn agent(caller: &Caller) -> Option<String> {
    (caller.has(Role::Agent) || caller.has(Role::Admin)).then(|| caller.subject.clone())
}

/// Named by the gateway alone, which lets nobody else's word for it in.
fn address(request: &ServiceRequest) -> Option<IpAddr> {
    let extensions = request.extensions();
    extensions.get::<Caller>().filter(|caller| caller.origin == Origin::Gateway)?;
    let named: IpAddr = request.headers().get(FORWARDED_FOR)?.to_str().ok()?.parse().ok()?;
    Some(named.to_canonical())
}
