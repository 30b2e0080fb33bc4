//! Load, decide, save: one transaction each.

mod count_claims;
mod find_claim_target;
mod find_goods;
mod list_vendor_cancels;
mod mask_withdrawn_member;
mod open_order;
mod quote_cancel;
mod take_in_claims;
mod take_in_goods;
mod vendor_keys;

pub use count_claims::{CountPurpose, count_claims};
pub use find_claim_target::{FoundTarget, find_claim_target};
pub use find_goods::{find_goods, search_goods};
pub use list_vendor_cancels::{ListFault, ListedCancel, MOST_ROWS, list_vendor_cancels};
pub use mask_withdrawn_member::mask_withdrawn_member;
pub use open_order::{OpenOrder, open_order};
pub use quote_cancel::{Quote, quote_cancel};
pub use take_in_claims::{ClaimsTakenIn, ask_for_claimed_orders, take_in_claims};
pub use take_in_goods::{TakenIn, take_in_goods};
pub use vendor_keys::{FreshKey, issue_vendor_key, vendor_of_key};
