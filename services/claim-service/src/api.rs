//! The front door: HTTP in, HTTP out, one operation a file.

mod goods;
mod internal_claims_count;
mod internal_goods_search;
mod internal_members_withdrawal;
mod other_itms;

pub use goods::goods;
pub use internal_claims_count::internal_claims_count;
pub use internal_goods_search::internal_goods_search;
pub use internal_members_withdrawal::internal_members_withdrawal;
pub use other_itms::other_itms;
