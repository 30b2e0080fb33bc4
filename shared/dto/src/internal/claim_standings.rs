//! 클레임 현황 전달: what member-service shows of an order's claims, and what they have left of its lines.

use commerce::{ClaimNo, ClaimStage, ClaimStatus, ClaimType, ItemNo, OrderNo};
use serde::{Deserialize, Serialize};

use crate::bounded::{MOST_COUNTED_CLAIMS, MOST_LINES, at_most};
use crate::date_time::KstDateTime;

/// The body of `POST /internal/claimStandings`. A repeat changes nothing, and neither does one that comes late: no claim goes back
/// behind its stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimStandings {
    /// Each claim once.
    #[serde(deserialize_with = "at_most::<MOST_COUNTED_CLAIMS, _, _>")]
    pub claim_list: Vec<ClaimStanding>,
}

/// A claim of any kind, a guest's too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimStanding {
    pub claim_no: ClaimNo,
    pub ord_no: OrderNo,
    pub claim_business_type: ClaimType,
    pub claim_stat_cd: ClaimStatus,
    pub claim_stg_cd: ClaimStage,
    pub req_dtm: KstDateTime,
    /// 이동일시: when its units became others. Null while they have not.
    pub mv_dtm: Option<KstDateTime>,
    /// Rows that still say something; none of an option change.
    #[serde(deserialize_with = "at_most::<MOST_LINES, _, _>")]
    pub goods_list: Vec<ClaimStandingGoods>,
}

/// 클레임 현황 상품
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimStandingGoods {
    pub ord_seq: i32,
    /// Null where the claim does not say which item.
    pub itm_no: Option<ItemNo>,
    /// 교환단품, and its name.
    pub exch_itm_no: Option<ItemNo>,
    pub exch_itm_nm: Option<String>,
    /// Units taken out of the order, or to be taken as soon as it hears of them.
    pub take_qty: i64,
    /// Units an open return or exchange holds.
    pub hold_qty: i64,
    /// Of what travels, units that count.
    pub acpt_qty: i64,
}
