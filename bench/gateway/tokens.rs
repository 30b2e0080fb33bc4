//! Prints tokens of the local issuer, one a line: `gateway-tokens DIRECTORY-OF-KEYS COUNT [expired]`.

use std::io::Write as _;
use std::path::Path;

use local_stack::keys::Keys;
use local_stack::token::{AUDIENCE, ISSUER, LocalIssuer};
use platform::clock::Clock;
use serde_json::json;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [directory, count, rest @ ..] = arguments.as_slice() else {
        return Err("gateway-tokens DIRECTORY-OF-KEYS COUNT [expired]".into());
    };
    let issuer = LocalIssuer::open(&Keys::open_or_make(Path::new(directory))?)?;
    let now = Clock::system().now().timestamp();
    let expires = if rest.is_empty() { now + 12 * 3600 } else { now - 3600 };
    let mut out = std::io::stdout().lock();
    for number in 0..count.parse::<u32>()? {
        let token = issuer.sign(&json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": (100_000_000 + number).to_string(), "roles": ["member"],
            "siteNo": "1", "mbrGradeCd": "30", "iat": now, "exp": expires,
        }))?;
        writeln!(out, "{token}")?;
    }
    Ok(())
}
