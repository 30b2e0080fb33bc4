//! Figures and how they are written down: whole numbers throughout.

use std::time::Duration;

/// What one measurement came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sample {
    pub(crate) per_second: u64,
    /// Microseconds within which half, and 99 of 100, were answered.
    pub(crate) p50: u64,
    pub(crate) p99: u64,
    /// Microseconds of processor time per request of the process that answered; 0 where that is not known.
    pub(crate) processor: u64,
}

impl Sample {
    /// From the latencies of everything that was answered within a time.
    pub(crate) fn new(mut latencies: Vec<u64>, within: Duration, processor_time: u64) -> Self {
        latencies.sort_unstable();
        let count = u64::try_from(latencies.len()).unwrap_or(u64::MAX);
        Self {
            per_second: count.saturating_mul(1_000_000) / microseconds(within).max(1),
            p50: percentile(&latencies, 50),
            p99: percentile(&latencies, 99),
            processor: processor_time / count.max(1),
        }
    }
}

pub(crate) fn microseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

/// Of sorted values; 0 of none.
pub(crate) fn percentile(sorted: &[u64], percent: usize) -> u64 {
    sorted.get(sorted.len().saturating_sub(1) * percent / 100).copied().unwrap_or_default()
}

/// The lower one of two middle values.
pub(crate) fn median(values: impl IntoIterator<Item = u64>) -> u64 {
    let mut values: Vec<u64> = values.into_iter().collect();
    values.sort_unstable();
    percentile(&values, 50)
}

/// In hundredths.
pub(crate) fn ratio(figure: u64, to: u64) -> u64 {
    figure.saturating_mul(100) / to.max(1)
}

pub(crate) fn hundredths(value: u64) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

pub(crate) fn milliseconds(microseconds: u64) -> String {
    hundredths(microseconds / 10)
}

/// A Markdown table: names to the left, figures to the right.
pub(crate) fn table(title: &str, head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let cells: Vec<String> = cells
            .enumerate()
            .map(|(column, cell)| if column == 0 { format!("{cell:<26}") } else { format!("{cell:>10}") })
            .collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let mut text = format!("{title}\n\n{}", line(&mut head.iter().copied()));
    text += &format!("|{}{}|\n", "-".repeat(28), "|-----------:".repeat(head.len().saturating_sub(1)));
    for row in rows {
        text += &line(&mut row.iter().map(String::as_str));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_counts_what_was_answered_and_finds_its_percentiles() {
        let sample = Sample::new((1..=200).rev().collect(), Duration::from_secs(2), 1_000);
        assert_eq!(sample, Sample { per_second: 100, p50: 100, p99: 198, processor: 5 });
        assert_eq!(Sample::new(Vec::new(), Duration::from_secs(2), 0), Sample::default());
    }

    #[test]
    fn a_median_is_one_of_the_values() {
        assert_eq!([median([5, 1, 9]), median([5, 1, 9, 7]), median([])], [5, 5, 0]);
    }

    #[test]
    fn hundredths_keep_their_zeros() {
        assert_eq!(hundredths(ratio(93, 100)), "0.93");
        assert_eq!(hundredths(ratio(1_005, 1_000)), "1.00");
        assert_eq!(milliseconds(12_345), "12.34");
        assert_eq!(ratio(5, 0), 500);
    }
}
