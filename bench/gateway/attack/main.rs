//! What attacks the gateway, who calls it in the meantime, and what stands behind it; `bench/gateway/attack.sh` starts each
//! as a process of its own.

mod attacks;
mod callers;
mod upstream;
mod wire;

use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use local_stack::failure::{Context as _, Failure};

const USAGE: &str =
    "gateway-attack upstream PORT | callers ADDRESS TOKENS SECONDS | <attack> ADDRESS TOKENS SECONDS";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("gateway-attack: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run() -> Result<(), Failure> {
    rlimit::increase_nofile_limit(u64::MAX).context("the limit of open files")?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.context("the runtime")?;
    match arguments.as_slice() {
        ["upstream", port] => {
            let port = port.parse().context("the port")?;
            runtime.block_on(upstream::serve(port))
        }
        [kind, address, tokens, seconds] => {
            let target = Target {
                address: address.parse().context("the address")?,
                tokens: read_tokens(tokens)?,
                time: Duration::from_secs(seconds.parse().context("the seconds")?),
            };
            if *kind == "callers" {
                runtime.block_on(callers::call(target))
            } else {
                runtime.block_on(attacks::attack(kind, target))
            }
        }
        _ => Err(Failure::usage(USAGE)),
    }
}

/// Whom to call, with what, for how long.
struct Target {
    address: SocketAddr,
    tokens: Vec<String>,
    time: Duration,
}

impl Target {
    fn token(&self, number: usize) -> &str {
        self.tokens.get(number % self.tokens.len().max(1)).map_or("", String::as_str)
    }
}

fn read_tokens(path: &str) -> Result<Vec<String>, Failure> {
    let text = std::fs::read_to_string(path).context(path)?;
    Ok(text.lines().map(str::to_owned).collect())
}
