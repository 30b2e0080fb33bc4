//! Load, decide, save: one transaction each.

mod count_claims;
mod find_goods;
mod mask_withdrawn_member;
mod take_in_goods;

pub use count_claims::{CountPurpose, count_claims};
pub use find_goods::{find_goods, search_goods};
pub use mask_withdrawn_member::mask_withdrawn_member;
pub use take_in_goods::{TakenIn, take_in_goods};
