//! Who may tell a stack to stop: Ctrl-C, a polite kill, a closed terminal, and the make it was started by.

use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::failure::{Context as _, Failure};

const SAME_WISH: Duration = Duration::from_secs(1);
const LOOK_AGAIN: Duration = Duration::from_millis(200);

pub(super) struct StopSignals {
    interrupt: Signal,
    terminate: Signal,
    hang_up: Signal,
    make: Option<ParentMake>,
}

impl StopSignals {
    pub(super) fn listen() -> Result<Self, Failure> {
        let listen = |kind| signal(kind).context("signals can't be heard");
        Ok(Self {
            interrupt: listen(SignalKind::interrupt())?,
            terminate: listen(SignalKind::terminate())?,
            hang_up: listen(SignalKind::hangup())?,
            make: ParentMake::find(),
        })
    }

    pub(super) async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = self.hang_up.recv() => {}
            () = parent_stops(self.make.as_ref()) => {}
        }
    }
}

/// Resolves when somebody insists.
///
/// One wish to stop can arrive twice: from the terminal, which tells the whole group, and again through make. What comes
/// within the first second is taken for the same wish.
pub(super) async fn repeated() {
    tokio::time::sleep(SAME_WISH).await;
    match StopSignals::listen() {
        Ok(signals) => {
            StopSignals {
                make: None,
                ..signals
            }
            .next()
            .await
        }
        Err(_) => std::future::pending().await,
    }
}

/// The `make run` above this process.
///
/// GNU make hands a SIGTERM on to what it started, but not a SIGINT that was sent to it alone: it only waits. What can
/// be seen from here is that it has let go of its handler for that signal, or that it is gone altogether.
#[derive(Debug)]
struct ParentMake {
    pid: u32,
}

impl ParentMake {
    fn find() -> Option<Self> {
        let make = Self {
            pid: std::os::unix::process::parent_id(),
        };
        let name = std::fs::read_to_string(format!("/proc/{}/comm", make.pid)).ok()?;
        (name.trim_end().ends_with("make") && make.handles_interrupt()).then_some(make)
    }

    fn is_stopping(&self) -> bool {
        std::os::unix::process::parent_id() != self.pid || !self.handles_interrupt()
    }

    fn handles_interrupt(&self) -> bool {
        std::fs::read_to_string(format!("/proc/{}/status", self.pid))
            .is_ok_and(|status| caught_signals(&status).is_some_and(|signals| signals & 0b10 != 0))
    }
}

/// The mask of a `SigCgt:` line; SIGINT is signal 2, its second bit.
fn caught_signals(status: &str) -> Option<u64> {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigCgt:"))?;
    u64::from_str_radix(mask.trim(), 16).ok()
}

async fn parent_stops(make: Option<&ParentMake>) {
    match make {
        None => std::future::pending().await,
        Some(make) => {
            while !make.is_stopping() {
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mask_of_caught_signals_is_read_from_the_status() {
        assert_eq!(
            caught_signals("Name:\tmake\nSigCgt:\t0000000000014003\n"),
            Some(0x14003)
        );
        assert_eq!(caught_signals("Name:\tmake\n"), None);
    }
}
