//! Transactions and statements, counted in the server's own log.

use std::collections::HashSet;
use std::fs;
use std::time::{Duration, Instant};

use local_stack::failure::{Context as _, Failure};

use crate::figures::{hundredths, microseconds};
use crate::http::Requests;
use crate::settings::{CHOOSE_SCHEMA, Settings};

/// For so long requests are sent, one after the other.
const COUNTED: Duration = Duration::from_secs(2);
/// Until a changed setting has reached every connection.
const SETTLING: Duration = Duration::from_secs(1);

/// Of one request, with two digits behind the point.
pub(crate) struct Cost {
    pub(crate) transactions: String,
    pub(crate) statements: String,
}

/// Sends requests for a while and waits until `is_quiet`; what the services do in as long a time when nobody asks is taken off.
pub(crate) async fn of_each(
    settings: &Settings,
    requests: &Requests,
    is_quiet: impl AsyncFn() -> Result<(), Failure>,
) -> Result<Cost, Failure> {
    is_quiet().await?;
    settings.log_statements("all")?;
    tokio::time::sleep(SETTLING).await;
    let (before, started) = (count(settings)?, Instant::now());
    let answered = requests.load(1, COUNTED).await?.len();
    is_quiet().await?;
    let (after, took) = (count(settings)?, started.elapsed());
    tokio::time::sleep(took).await;
    let idle = count(settings)?;
    settings.log_statements("none")?;
    if answered == 0 {
        return Err(Failure::new(format!(
            "nothing was answered within {} ms",
            microseconds(COUNTED) / 1_000
        )));
    }
    let of_one = |figure: fn(&Count) -> usize| {
        let busy = figure(&after) - figure(&before);
        let own = busy.saturating_sub(figure(&idle) - figure(&after));
        hundredths(u64::try_from(own * 100 / answered).unwrap_or(u64::MAX))
    };
    Ok(Cost {
        transactions: of_one(|count| count.transactions),
        statements: of_one(|count| count.statements),
    })
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    transactions: usize,
    /// Without those that begin or end a transaction.
    statements: usize,
}

fn count(settings: &Settings) -> Result<Count, Failure> {
    let log = settings.scratch_dir.join("postgres.log");
    Ok(counted_in(&String::from_utf8_lossy(&fs::read(&log).context(log.display())?)))
}

/// A statement outside of a transaction is one of its own. This program's own questions are not counted.
fn counted_in(log: &str) -> Count {
    let mut count = Count::default();
    let (mut open, mut ours) = (HashSet::new(), HashSet::new());
    for (backend, statement) in log.lines().filter_map(statement) {
        if statement == CHOOSE_SCHEMA {
            ours.insert(backend);
        }
        if ours.contains(backend) {
            continue;
        }
        match statement.split_whitespace().next().unwrap_or_default() {
            "BEGIN" => {
                open.insert(backend);
                count.transactions += 1;
            }
            "COMMIT" | "ROLLBACK" => {
                open.remove(backend);
            }
            _ => {
                count.statements += 1;
                count.transactions += usize::from(!open.contains(backend));
            }
        }
    }
    count
}

/// Who executes what: `2026-11-30 01:02:03.456 UTC [789] LOG:  execute s1: SELECT 1`.
fn statement(line: &str) -> Option<(&str, &str)> {
    let (head, said) = line.split_once(" LOG:  ")?;
    let backend = head.rsplit_once('[')?.1.strip_suffix(']')?;
    let text = match said.strip_prefix("statement: ") {
        Some(text) => text,
        None => said.strip_prefix("execute ")?.split_once(": ")?.1,
    };
    Some((backend, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transactions_are_told_apart_by_who_executes_them() {
        let log = "2026-11-30 01:02:03 UTC [7] LOG:  statement: BEGIN\n\
                   2026-11-30 01:02:03 UTC [7] LOG:  execute s1: SELECT 1\n\
                   2026-11-30 01:02:03 UTC [7] DETAIL:  parameters: $1 = 'x'\n\
                   2026-11-30 01:02:03 UTC [8] LOG:  execute <unnamed>: UPDATE t\n\
                   \tSET a = 1\n\
                   2026-11-30 01:02:03 UTC [7] LOG:  statement: COMMIT\n\
                   2026-11-30 01:02:03 UTC [7] LOG:  checkpoint starting: time\n\
                   2026-11-30 01:02:03 UTC [9] LOG:  statement: SET search_path = member\n\
                   2026-11-30 01:02:03 UTC [9] LOG:  statement: SELECT 2\n\
                   2026-11-30 01:02:03 UTC [7] LOG:  execute s2: SELECT 2\n";
        assert_eq!(counted_in(log), Count { transactions: 3, statements: 3 });
    }
}
