use commerce::{CouponIssueNo, ItemNo, MemberNo, OrderMedia, OrderNo, Won, Yn};
use serde::{Deserialize, Serialize};

use super::target::{ClaimReasonChoice, ClaimTargetGoods, ClaimTargetPayment};
use crate::date_time::{KstDate, KstDateTime};
use crate::order::DeliveryAddress;

/// 교환대상 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExchangeTargetRequest {
    pub ord_no: Option<String>,
    /// Not looked at, as the next is: the path says what is asked.
    pub claim_business_type: Option<String>,
    pub system_type: Option<String>,
}

/// 반품·교환대상: what of an order may be sent back, and what it takes. It begins as a cancel's `ClaimTarget`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CollectionTarget {
    pub ord_no: OrderNo,
    /// Null for a guest's order.
    pub mbr_no: Option<MemberNo>,
    pub ord_man_nm: String,
    pub ord_media_cd: OrderMedia,
    pub ord_dtm: KstDateTime,
    /// 부분취소가능여부: N if any payment with a remainder can only go back whole.
    pub sctn_cncl_psb_yn: Yn,
    pub ord_goods_list: Vec<CollectionTargetGoods>,
    pub claim_rsn_list: Vec<ClaimReasonChoice>,
    /// Without what is held for open claims, and what an exchange was paid with.
    pub pay_list: Vec<ClaimTargetPayment>,
    /// Y if a refund of everything left would need an account.
    pub rfd_acct_req_yn: Yn,
    pub deli_grp_list: Vec<CollectionGroup>,
    pub dlvp_list: Vec<DeliveryAddress>,
    /// 무료반품쿠폰: the usable ones of the order's member; of returns alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rtn_cpn_list: Option<Vec<FreeReturnCoupon>>,
}

debug_only!(CollectionTarget { ord_no });

/// 반품·교환대상상품
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CollectionTargetGoods {
    #[serde(flatten)]
    pub goods: ClaimTargetGoods,
    pub deli_grp_no: i32,
    /// Of `cnclQty`, what settled returns took.
    pub rtn_qty: i64,
    /// Of `cnclQty`, what open returns and exchanges hold.
    pub clm_ing_qty: i64,
    pub itm_ptn_list: Vec<ItemPortion>,
    /// 배송완료일시; null while nothing is delivered.
    pub deli_fnsh_dtm: Option<KstDateTime>,
    pub rtn_psb_yn: Yn,
    pub exch_psb_yn: Yn,
    /// N where nothing is collected.
    pub wthd_yn: Yn,
}

/// 단품구성: units of a line that hold one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ItemPortion {
    pub itm_no: ItemNo,
    pub itm_nm: String,
    pub qty: i64,
    pub claim_psb_qty: i64,
    /// The last day for reasons of the customer's; null while nothing is delivered, as the next is.
    pub claim_lmt_dt: Option<KstDate>,
    /// The last day for reasons of the vendor's.
    pub entr_claim_lmt_dt: Option<KstDate>,
}

/// 배송그룹: what sending its goods back, and exchanging them, costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CollectionGroup {
    pub deli_grp_no: i32,
    pub entr_no: String,
    /// One way back.
    pub rtn_deli_amt: Won,
    /// Both ways.
    pub exch_deli_amt: Won,
}

/// 무료반품쿠폰
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FreeReturnCoupon {
    pub cpn_isu_no: CouponIssueNo,
    pub promo_nm: String,
    pub valid_end_dtm: KstDateTime,
}
