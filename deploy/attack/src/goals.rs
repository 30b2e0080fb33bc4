//! How much memory an attack may take: the limit of the manifests in any case, and less where less was promised.

/// A million bytes: the unit of the figures.
pub(crate) const MB: u64 = 1_000_000;

/// Over what a process had before it was ever attacked: one body of the largest size, read once.
pub(crate) const LISTS_OVER_BASE: u64 = 100 * MB;
/// All of member-service while guests log in.
pub(crate) const GUESTS: u64 = 120 * MB;
/// The largest answer to a request that is refused.
pub(crate) const REFUSAL_BYTES: usize = 16 * 1024;

/// A debug build moves what an optimised one has in place.
pub(crate) fn adapted(bound: u64) -> u64 {
    if cfg!(debug_assertions) { bound + bound / 2 } else { bound }
}
