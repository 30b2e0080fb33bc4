//! 개인정보: what is kept of those whom the data are about.

pub mod claim_address;
pub mod claim_invoice;
pub mod claim_text;
pub mod claims_of_member;
pub mod refund_account;
pub mod withdrawn_member;

use db::kept_apart::Archive;

/// 개인정보 분리보관: sealed refund accounts of members who have withdrawn, until their date.
pub const ACCOUNT_ARCHIVE: Archive = Archive::in_table("personal_archive", "claim_no");

/// 클레임사유 분리보관: sealed originals of what was masked in the words of members who have left, until their date.
/// The words a claim was made with lie under its number, what was written to it later under a name that begins with it.
pub const REASON_ARCHIVE: Archive = Archive::in_table("reason_archive", "claim_no");

/// 회수·교환 배송정보 분리보관: sealed addresses and numbers of parcels of members who have left, until their date.
pub const PARCEL_ARCHIVE: Archive = Archive::in_table("parcel_archive", "parcel_key");
