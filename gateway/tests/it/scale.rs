//! How hard the heavy tests hit: a tenth in everyday runs, all of it in `make attack`.

/// The number of attackers, as this run wants it: `ATTACK` says how many of a hundred.
pub(crate) fn scaled(full: usize) -> usize {
    let percent = std::env::var("ATTACK").map_or(10, |percent| percent.parse().unwrap());
    full * percent / 100
}
