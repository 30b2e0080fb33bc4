//! Binds handlers to declared operations; an operation can't be served past its rule.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::{FromRequest, Handler, Responder, Route, web};
use contract::ResultCode;
use contract::operations::{Method, Operation, Upstream};
use platform::error::Problem;

/// The handlers of one service.
///
/// Declared operations of this service without a handler answer `NOT_IMPLEMENTED`; a handler for an operation of
/// another service is refused at once.
#[derive(Clone)]
pub struct Routes {
    upstream: Upstream,
    /// By the operation's id.
    handlers: BTreeMap<&'static str, Arc<dyn Fn() -> Route + Send + Sync>>,
}

impl Routes {
    pub fn new(upstream: Upstream) -> Self {
        Self { upstream, handlers: BTreeMap::new() }
    }

    /// Serves an operation.
    ///
    /// # Panics
    /// When the operation belongs to another service or has a handler already: a mistake in `routes.rs` that must
    /// not start.
    #[must_use]
    pub fn on<F, Args>(mut self, operation: &'static Operation, handler: F) -> Self
    where
        F: Handler<Args> + Send + Sync,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        assert!(operation.upstream == Some(self.upstream), "`{}` belongs to another service", operation.id);
        let route = Arc::new(move || method_route(operation.method).to(handler.clone()));
        let earlier = self.handlers.insert(operation.id, route);
        assert!(earlier.is_none(), "`{}` has two handlers", operation.id);
        self
    }

    /// Everything that is declared for this service.
    pub fn declared(&self) -> impl Iterator<Item = &'static Operation> {
        self.upstream.operations().iter().copied()
    }

    /// Declared operations that have no handler yet.
    pub fn missing(&self) -> Vec<&'static str> {
        self.declared().map(|operation| operation.id).filter(|id| !self.handlers.contains_key(id)).collect()
    }

    /// Registers one resource per path.
    pub fn configure(&self, config: &mut web::ServiceConfig) {
        let mut by_path: BTreeMap<&'static str, Vec<Route>> = BTreeMap::new();
        for operation in self.declared() {
            let route = match self.handlers.get(operation.id) {
                Some(route) => route(),
                None => method_route(operation.method).to(not_implemented),
            };
            by_path.entry(operation.path).or_default().push(route);
        }
        for (path, routes) in by_path {
            let resource = routes.into_iter().fold(web::resource(path), actix_web::Resource::route);
            config.service(resource);
        }
    }
}

fn method_route(method: Method) -> Route {
    match method {
        Method::Get => web::get(),
        Method::Post => web::post(),
        Method::Put => web::put(),
        Method::Delete => web::delete(),
    }
}

async fn not_implemented() -> Result<&'static str, Problem> {
    Err(Problem::new(ResultCode::NotImplemented))
}
