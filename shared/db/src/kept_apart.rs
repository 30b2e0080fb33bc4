//! Personal data that is kept apart: who has left, and the sealed originals of what was masked.
//!
//! Each service has tables of its own for it, of the same columns.

mod archive;
mod members;
mod written;

pub use archive::{Archive, Sealed};
pub use members::Members;
