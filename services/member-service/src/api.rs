//! The front door: HTTP in, HTTP out, one operation a file.

pub mod get_member_order_claim_cnt;
pub mod get_member_order_total_amt;
pub mod get_non_mbr_ord_pwd;
pub mod internal_additional_payments;
pub mod internal_additional_payments_release;
pub mod internal_counted_claims;
pub mod internal_member_order_lines;
pub mod internal_notifications;
pub mod internal_order;
pub mod internal_order_claims;
pub mod internal_order_customs_codes;
pub mod internal_order_options;
pub mod internal_order_ownership;
pub mod internal_orderer_names;
pub mod internal_personal_values;
pub mod move_status;
pub mod non_mbr_login;
pub mod notifications;
mod order_decision;
mod order_dto;
pub mod take_in_orders;
pub mod withdrawal_member_order_info;
