//! What an orchestrator asks: alive, and ready for requests.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use futures_util::future::BoxFuture;
use serde_json::json;

use crate::drain::Drain;

pub const LIVE_PATH: &str = "/health/live";
pub const READY_PATH: &str = "/health/ready";

type Check = dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync;

/// Whether this process can serve.
#[derive(Clone)]
pub struct Readiness {
    check: Arc<Check>,
}

impl Readiness {
    /// `check` answers what is missing, in words for an operator.
    pub fn new(check: impl Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync + 'static) -> Self {
        Self { check: Arc::new(check) }
    }
}

/// Adds the two paths; the application's data has its [`Drain`]. Liveness never asks the database: a database outage must not restart the process.
pub fn configure(config: &mut web::ServiceConfig, readiness: Readiness) {
    config
        .route(LIVE_PATH, web::get().to(async || HttpResponse::Ok().json(json!({"status": "UP"}))))
        .app_data(web::Data::new(readiness))
        .route(READY_PATH, web::get().to(ready));
}

async fn ready(readiness: web::Data<Readiness>, drain: web::Data<Drain>) -> HttpResponse {
    if drain.is_under_way() {
        return leaving();
    }
    match (readiness.check)().await {
        Ok(()) => HttpResponse::Ok().json(json!({"status": "UP"})),
        Err(reason) => HttpResponse::ServiceUnavailable().json(json!({"status": "DOWN", "reason": reason})),
    }
}

/// What a process answers that serves, but shall get nothing new.
pub fn leaving() -> HttpResponse {
    HttpResponse::ServiceUnavailable().json(json!({"status": "DOWN", "reason": "stopping"}))
}
