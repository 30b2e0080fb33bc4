//! Load, decide, save: one transaction each.

mod accept_cancel;
mod advance_claim;
mod await_cancel;
mod carry_out_effect;
mod claim_messages;
mod claim_numbers;
mod count_claims;
mod find_claim_target;
mod find_goods;
mod mask_withdrawn_member;
mod notices;
mod open_order;
mod progress;
mod quote_cancel;
mod take_in_claims;
mod take_in_goods;
mod tell_sisters;

pub use accept_cancel::{Acceptance, CancelOrder, accept_cancel};
pub use advance_claim::{Advanced, advance_claim};
pub use await_cancel::{CancelOutcome, await_cancel};
pub use carry_out_effect::{Attempted, carry_out_effect};
pub use claim_messages::{EFFECT_TOPIC, IMPORT_TOPIC, REJECTION_TOPIC};
pub use claim_numbers::ClaimNumbers;
pub use count_claims::{CountPurpose, count_claims};
pub use find_claim_target::{FoundTarget, find_claim_target};
pub use find_goods::{find_goods, search_goods};
pub use mask_withdrawn_member::mask_withdrawn_member;
pub use open_order::{OpenOrder, open_order};
pub use progress::{Listener, Progress};
pub use quote_cancel::{Quote, quote_cancel};
pub use take_in_claims::{ClaimsTakenIn, ask_for_claimed_orders, take_in_claims};
pub use take_in_goods::{TakenIn, take_in_goods};
pub use tell_sisters::{tell_imported_claim, tell_rejection};
