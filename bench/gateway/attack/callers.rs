//! Well-behaved callers: each sends at its own steady pace, whatever becomes of the answers.

use std::io::Write as _;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use local_stack::failure::{Context as _, Failure};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use crate::Target;
use crate::wire::{connect_from, exchange};

const CALLERS: usize = 20;
/// One request of each caller in such a time: 500 requests a second from all of them.
const PACE: Duration = Duration::from_millis(40);

/// Prints `answered failed p50 p99 max`, in microseconds.
///
/// A request that was due while its caller still waited for the answer before began when it was due, so that the wait is not
/// forgotten. Any other began when it was sent: how late our own timer rings is nobody else's time.
pub(crate) async fn call(target: Target) -> Result<(), Failure> {
    let target = Arc::new(target);
    let begin = Instant::now() + Duration::from_millis(100);
    let mut callers = JoinSet::new();
    for number in 0..CALLERS {
        callers.spawn(caller(Arc::clone(&target), number, begin));
    }
    let (mut latencies, mut failed) = (Vec::new(), 0);
    while let Some(result) = callers.join_next().await {
        let (ones, failures) = result.context("a caller")?;
        latencies.extend(ones);
        failed += failures;
    }
    latencies.sort_unstable();
    let at = |percent: usize| {
        latencies.get(latencies.len().saturating_sub(1) * percent / 100).copied().unwrap_or_default()
    };
    let line = format!("{} {failed} {} {} {}\n", latencies.len(), at(50), at(99), at(100));
    std::io::stdout().lock().write_all(line.as_bytes()).context("standard output")
}

async fn caller(target: Arc<Target>, number: usize, begin: Instant) -> (Vec<u128>, usize) {
    let request = format!(
        "GET /v1/marketing/mileage HTTP/1.1\r\nHost: shop.example\r\nAuthorization: Bearer {}\r\n\r\n",
        target.token(number)
    );
    let pace = u32::try_from(number).unwrap_or_default();
    let callers = u32::try_from(CALLERS).unwrap_or(1);
    let mut due = begin + PACE * pace / callers;
    let until = begin + target.time;
    let (mut latencies, mut failed, mut buffer) = (Vec::new(), 0, Vec::with_capacity(4096));
    let mut connection: Option<TcpStream> = None;
    while due < until {
        let is_late = due < Instant::now();
        sleep_until(due).await;
        let begin = if is_late { due } else { Instant::now() };
        let answer = async {
            let mut stream = match connection.take() {
                Some(stream) => stream,
                None => connect_from(Ipv4Addr::LOCALHOST, target.address).await?,
            };
            let (status, stays) = exchange(&mut stream, request.as_bytes(), &mut buffer).await?;
            Ok::<_, std::io::Error>((status, stays.then_some(stream)))
        };
        match answer.await {
            Ok((200, stream)) => {
                connection = stream;
                latencies.push(begin.elapsed().as_micros());
            }
            Ok(_) | Err(_) => failed += 1,
        }
        due += PACE;
    }
    (latencies, failed)
}
