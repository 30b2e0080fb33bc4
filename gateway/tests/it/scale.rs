//! How hard the heavy tests hit: a tenth in everyday runs, all of it in `make attack`.

/// The number of attackers, as this run wants it.
pub(crate) fn scaled(full: usize) -> usize {
    if is_full() { full } else { full / 10 }
}

fn is_full() -> bool {
    std::env::var("ATTACK").is_ok_and(|form| form == "full")
}
