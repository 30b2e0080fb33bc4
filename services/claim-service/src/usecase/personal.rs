//! 개인정보: what is done for those whom the data are about.

pub mod archive_accounts;
pub mod change_customs_code;
pub mod mask_parcels;
pub mod mask_reasons;
pub mod mask_withdrawn_member;
pub mod reseal;
