use commerce::{ClaimNo, MemberNo, MileageReason, OrderNo, Won};
use serde::{Deserialize, Serialize};

use crate::date_time::KstDateTime;

/// 마일리지: the balance is the sum of the movements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MileageBook {
    pub mbr_no: MemberNo,
    /// May be below 0: what was earned can be spent before it is taken back.
    pub balance: Won,
    pub list: Vec<MileageMovement>,
}

/// 마일리지 이력: positive in, negative out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MileageMovement {
    pub mlg_no: String,
    pub rsn_cd: MileageReason,
    pub amt: Won,
    pub ord_no: Option<OrderNo>,
    pub claim_no: Option<ClaimNo>,
    pub dtm: KstDateTime,
}
