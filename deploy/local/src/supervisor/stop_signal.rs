//! Who may tell a stack to stop: Ctrl-C, a polite kill, a closed terminal, and the make it was started by.

use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::failure::{Context as _, Failure};

const SAME_WISH: Duration = Duration::from_secs(1);
const LOOK_AGAIN: Duration = Duration::from_millis(200);

pub(super) struct StopSignals {
    interrupt: Signal,
    terminate: Signal,
    /// Not heard where it was ignored from the start: that is what nohup asks for.
    hang_up: Option<Signal>,
    make: Option<ParentMake>,
}

impl StopSignals {
    pub(super) fn listen() -> Result<Self, Failure> {
        let listen = |kind| signal(kind).context("signals can't be heard");
        Ok(Self {
            interrupt: listen(SignalKind::interrupt())?,
            terminate: listen(SignalKind::terminate())?,
            hang_up: if ignores_hang_up() { None } else { Some(listen(SignalKind::hangup())?) },
            make: ParentMake::find(),
        })
    }

    pub(super) async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            () = heard(self.hang_up.as_mut()) => {}
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
        Ok(signals) => StopSignals { make: None, ..signals }.next().await,
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
    /// A make in the background of a script may ignore the signal from the start.
    handles_interrupt: bool,
}

impl ParentMake {
    fn find() -> Option<Self> {
        let pid = std::os::unix::process::parent_id();
        let name = std::fs::read_to_string(format!("/proc/{pid}/comm")).ok()?;
        name.trim_end().ends_with("make").then(|| Self { pid, handles_interrupt: handles_interrupt(pid) })
    }

    fn is_stopping(&self) -> bool {
        std::os::unix::process::parent_id() != self.pid
            || (self.handles_interrupt && !handles_interrupt(self.pid))
    }
}

fn handles_interrupt(pid: u32) -> bool {
    signal_mask(&pid.to_string(), "SigCgt:").is_some_and(|signals| signals & 0b10 != 0)
}

fn ignores_hang_up() -> bool {
    signal_mask("self", "SigIgn:").is_some_and(|signals| signals & 0b1 != 0)
}

/// A set of signals of a process; signal n is bit n − 1.
fn signal_mask(process: &str, which: &str) -> Option<u64> {
    mask_in(&std::fs::read_to_string(format!("/proc/{process}/status")).ok()?, which)
}

fn mask_in(status: &str, which: &str) -> Option<u64> {
    let mask = status.lines().find_map(|line| line.strip_prefix(which))?;
    u64::from_str_radix(mask.trim(), 16).ok()
}

async fn heard(signal: Option<&mut Signal>) {
    match signal {
        None => std::future::pending().await,
        Some(signal) => {
            signal.recv().await;
        }
    }
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
    fn a_set_of_signals_is_read_from_the_status() {
        let status = "Name:\tmake\nSigIgn:\t0000000000000001\nSigCgt:\t0000000000014003\n";
        assert_eq!(mask_in(status, "SigCgt:"), Some(0x14003));
        assert_eq!(mask_in(status, "SigIgn:"), Some(1));
        assert_eq!(mask_in(status, "SigBlk:"), None);
    }
}
