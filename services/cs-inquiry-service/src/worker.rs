//! What runs without a request.

mod keepers;
mod messages;

pub use keepers::{collect_regularly, fold_regularly};
pub use messages::handlers;
