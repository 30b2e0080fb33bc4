//! What runs without a request.

mod keepers;
mod messages;

pub use keepers::{collect_regularly, cut_older_titles, fold_regularly};
pub use messages::handlers;
