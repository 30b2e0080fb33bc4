//! Signs people in on this machine, as the shop's identity provider does elsewhere, and shows the shop's example pages.
//!
//! Its own origin, so that the pages go the way they go in production: authorization code with PKCE, and calls of another origin.
//! Whoever asks is believed to be whom they pick; so it listens on this machine only and is part of no image.

mod answers;
mod authorize;
mod clients;
mod grants;
mod people;
mod shop;
mod tokens;

use std::net::{Ipv4Addr, TcpListener};

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpServer, web};
use platform::clock::Clock;

use crate::environment::Surroundings;
use crate::failure::{Context as _, Failure};
use crate::token::LocalIssuer;

use self::clients::Clients;
use self::grants::Grants;

pub use self::clients::DESK;
#[cfg(test)]
pub(crate) use self::people::PEOPLE;

/// A form has a few hundred bytes.
const LARGEST_BODY: usize = 16 * 1024;

struct Issuer {
    clients: Clients,
    grants: Grants,
    signer: LocalIssuer,
    /// The public half of the key, as the gateway reads it too.
    keys: String,
    clock: Clock,
}

/// Takes the port; what has it already is not asked to go.
pub fn listen(port: u16) -> Result<TcpListener, Failure> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        Failure::new(format!(
            "the local issuer can't listen on 127.0.0.1:{port} ({error}); choose another with SHOP_PORT=…"
        ))
    })
}

/// Serves until it is told to stop.
pub fn serve(
    listener: TcpListener,
    surroundings: &Surroundings,
    clock: Clock,
) -> Result<ServerHandle, Failure> {
    let address = listener.local_addr().context("the local issuer has no address")?;
    if !address.ip().is_loopback() {
        return Err(Failure::new(format!(
            "the local issuer believes everybody: it serves on 127.0.0.1 and not on {address}"
        )));
    }
    let jwks = surroundings.keys.local_issuer_jwks();
    let issuer = web::Data::new(Issuer {
        clients: Clients::new(surroundings.settings.gateway_port, address.port()),
        grants: Grants::new(clock.clone()),
        signer: LocalIssuer::open(&surroundings.keys)?,
        keys: std::fs::read_to_string(&jwks).context(jwks.display())?,
        clock,
    });
    let server = HttpServer::new(move || {
        App::new()
            .app_data(issuer.clone())
            .app_data(web::PayloadConfig::new(LARGEST_BODY))
            .default_service(web::to(answers::answer))
    })
    .workers(1)
    .disable_signals()
    .listen(listener)
    .context("the local issuer can't serve")?
    .run();
    let handle = server.handle();
    tokio::spawn(server);
    Ok(handle)
}

#[cfg(test)]
mod tests;
