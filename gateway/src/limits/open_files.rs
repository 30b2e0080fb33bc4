//! How many files, and so connections, the process may have open.

use crate::settings::LimitSettings;

/// Upstream services, each with its idle connections.
const SERVICES: usize = contract::operations::Upstream::ALL.len();
/// Logs, listeners, key sets, and what libraries hold.
const OTHERS: usize = 128;

/// Raises what the process may open to what the system allows it, and says how much that is.
///
/// The usual soft limit of 1,024 is for programs that still use `select`; the hard one is the administrator's word.
pub(crate) fn raise() -> Option<usize> {
    rlimit::increase_nofile_limit(u64::MAX).ok().map(|files| usize::try_from(files).unwrap_or(usize::MAX))
}

/// The callers' connections each worker may hold: as many as the settings say, unless those to the services would find
/// no file left.
pub(crate) fn connections_per_worker(
    wanted: usize,
    workers: usize,
    limits: &LimitSettings,
    open_files: usize,
) -> usize {
    let idle = limits.upstream_idle_connections.saturating_mul(SERVICES).saturating_mul(workers);
    // However few files there are, callers get half of them.
    let kept = limits.in_flight.saturating_add(idle).saturating_add(OTHERS).min(open_files / 2);
    let possible = open_files.saturating_sub(kept) / workers.max(1);
    if possible < wanted {
        tracing::warn!(
            open_files,
            wanted,
            possible,
            "fewer connections per worker than `server.max_connections`: the limit of open files is too low"
        );
    }
    wanted.min(possible.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::tests::settings_with;

    #[track_caller]
    fn check(wanted: usize, workers: usize, open_files: usize, expected: usize) {
        let settings = settings_with(&[
            ("GATEWAY_LIMITS__IN_FLIGHT", "1000"),
            ("GATEWAY_LIMITS__UPSTREAM_IDLE_CONNECTIONS", "100"),
        ]);
        assert_eq!(connections_per_worker(wanted, workers, &settings.limits, open_files), expected);
    }

    #[test]
    fn callers_leave_files_for_the_connections_to_services() {
        check(25_000, 2, 1_000_000, 25_000);
        check(25_000, 2, 20_000, (20_000 - 1000 - 800 - 128) / 2);
        check(500, 2, 20_000, 500);
        check(25_000, 2, 1024, 256);
        check(25_000, 8, 4, 1);
    }

    #[test]
    fn the_limit_can_be_raised_to_what_the_system_allows() {
        let hard = rlimit::Resource::NOFILE.get_hard().unwrap();
        let raised = raise().unwrap();
        assert_eq!(rlimit::Resource::NOFILE.get_soft().unwrap(), u64::try_from(raised).unwrap());
        assert!(u64::try_from(raised).unwrap() <= hard);
    }
}
