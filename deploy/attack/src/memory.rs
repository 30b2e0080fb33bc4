//! Memory of a process as the kernel counts it.

use std::fs;

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Memory {
    pub(crate) now: u64,
    /// Since [`begin`].
    pub(crate) highest: u64,
}

/// The highest there was is reckoned anew from here on.
pub(crate) fn begin(pid: u32) {
    // Where it can't be reset, it is the highest since the process started, and no attack looks better for that.
    let _ = fs::write(format!("/proc/{pid}/clear_refs"), "5");
}

/// `None` once the process has ended.
pub(crate) fn of(pid: u32) -> Option<Memory> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = |name: &str| {
        let value = status.lines().find_map(|line| line.strip_prefix(name))?;
        value.trim().trim_end_matches(" kB").parse::<u64>().ok()?.checked_mul(1024)
    };
    Some(Memory { now: line("VmRSS:")?, highest: line("VmHWM:")? })
}
