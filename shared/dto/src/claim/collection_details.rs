use commerce::{
    Blame, ClaimNo, CollectionMethod, CostChange, EndReason, ItemNo, RejectReason, ReturnProgress, Yn,
};
use serde::{Deserialize, Serialize};

use super::cost::ClaimCost;
use crate::date_time::{KstDate, KstDateTime};

/// 회수클레임 상세: what the details of a return or an exchange of ours hold beside those of every claim.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CollectionDetails {
    /// 귀책구분 as the claim was made; `imptDivCd` is what it is now.
    pub req_impt_div_cd: Blame,
    /// Null unless it has ended without being carried out.
    pub end_rsn_cd: Option<EndReason>,
    /// Of a return that an exchange was converted into: whether the exchange's inspection has moved the stock.
    pub exch_mid_rtn_yn: Yn,
    /// The exchange it comes of.
    pub org_claim_no: Option<ClaimNo>,
    /// As it was shown when the claim was made.
    pub req_cost: ClaimCost,
    /// Why `cost` differs from `reqCost`.
    pub chg_rsn_list: Vec<CostChange>,
    /// By line and item.
    pub claim_goods_list: Vec<CollectedGoods>,
    pub wthd_info: CollectionInfo,
    /// Null of a return.
    pub exch_info: Option<ExchangeInfo>,
    /// 환불기한 of a return that has come back.
    pub rfd_due_dt: Option<KstDate>,
}

debug_only!(CollectionDetails { end_rsn_cd, org_claim_no });

/// 회수상품: units of a line that hold one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CollectedGoods {
    pub ord_seq: i32,
    pub itm_no: ItemNo,
    /// 교환단품; null of a return.
    pub exch_itm_no: Option<ItemNo>,
    pub claim_qty: i64,
    /// Null until it is known, as the next is. What is neither accepted nor refused is missing.
    pub acpt_qty: Option<i64>,
    pub rjt_qty: Option<i64>,
    pub rjt_rsn_cd: Option<RejectReason>,
    /// Where all rows of the claim stand.
    pub ord_dtl_stat_cd: ReturnProgress,
}

/// 회수정보: how the goods come back.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CollectionInfo {
    pub wthd_mthd_cd: CollectionMethod,
    pub hdc_cd: Option<String>,
    pub inv_no: Option<String>,
    /// 회수지시일시
    pub wthd_dirc_dtm: Option<KstDateTime>,
    /// 회수완료일시
    pub wthd_fnsh_dtm: Option<KstDateTime>,
    /// 회수지: where the shop fetches the goods; null where it does not.
    pub wthd_dlvp: Option<ClaimAddress>,
}

debug_only!(CollectionInfo { wthd_mthd_cd });

/// 교환정보: how the goods in exchange go out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExchangeInfo {
    pub hdc_cd: Option<String>,
    pub inv_no: Option<String>,
    /// 교환배송지; null where the order's own is no longer known.
    pub dlvp_info: Option<ClaimAddress>,
    /// 출고일시
    pub ship_dtm: Option<KstDateTime>,
    /// 배송완료일시
    pub deli_fnsh_dtm: Option<KstDateTime>,
}

debug_only!(ExchangeInfo { ship_dtm, deli_fnsh_dtm });

/// 회수지·교환배송지, masked as the order's are.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimAddress {
    pub rcvmn_nm: String,
    pub cell_sct_no: String,
    pub cell_txno_no: String,
    pub cell_end_no: String,
    pub zip_no: String,
    pub zip_addr: String,
    pub dtl_addr: String,
    pub deli_msg: Option<String>,
}

debug_only!(ClaimAddress {});
