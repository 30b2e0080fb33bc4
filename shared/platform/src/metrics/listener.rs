//! The address Prometheus asks: a door of its own, so that no way in from outside leads to it.

use std::net::{SocketAddr, TcpListener};

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpResponse, HttpServer, web};

/// The path the series are read at.
pub(super) const PATH: &str = "/metrics";
const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Serves until it is dropped.
#[derive(Debug)]
pub(crate) struct Listener {
    pub(crate) address: SocketAddr,
    handle: ServerHandle,
}

impl Drop for Listener {
    fn drop(&mut self) {
        // The order is given with the call; nobody waits for it to be carried out.
        drop(self.handle.stop(false));
    }
}

/// Listens at once, so that a taken address is an error of the start. To be called inside a runtime.
pub(super) fn listen(address: &str) -> std::io::Result<Listener> {
    let listener = TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let server = HttpServer::new(|| {
        App::new().route(
            PATH,
            web::get().to(async || HttpResponse::Ok().content_type(CONTENT_TYPE).body(super::get().scrape())),
        )
    })
    .workers(1)
    .max_connections(64)
    .disable_signals()
    .listen(listener)?
    .run();
    let handle = server.handle();
    tokio::spawn(server);
    Ok(Listener { address, handle })
}
