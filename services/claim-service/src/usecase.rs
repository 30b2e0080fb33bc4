mod count_claims;
mod mask_withdrawn_member;

pub use count_claims::{CountPurpose, count_claims};
pub use mask_withdrawn_member::mask_withdrawn_member;
