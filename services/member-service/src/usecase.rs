//! Load, decide, save: one transaction each.

pub mod apply_claim;
pub mod archive_document;
pub mod carry_out;
pub mod change_customs_code;
pub mod change_item;
pub mod claim_days;
pub mod count_orders_and_claims;
pub mod decide_once;
pub mod deliver_notification;
pub mod forget_old_tries;
pub mod hold_payment_key;
pub mod log_guest_in;
pub mod mask_withdrawn_member;
pub mod move_status;
pub mod note_claims;
pub mod notify;
pub mod purge_archive;
pub mod read_inbox;
pub mod read_order;
pub mod read_order_lines;
pub mod read_orderer_names;
pub mod read_personal_values;
pub mod reseal;
pub mod reset_guest_password;
pub mod sum_purchases;
pub mod take_in_orders;
