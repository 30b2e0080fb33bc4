mod internal_claims_count;
mod internal_members_withdrawal;

pub use internal_claims_count::internal_claims_count;
pub use internal_members_withdrawal::internal_members_withdrawal;
