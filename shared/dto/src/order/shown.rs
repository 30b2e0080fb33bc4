//! 주문내역: orders as members, guests and agents look at them.

use commerce::{
    ClaimNo, ClaimStatus, ClaimType, GoodsNo, ItemNo, LineStatus, MemberNo, OrderMedia, OrderNo, PayMeans,
    PaymentNo, Won, Yn,
};
use serde::{Deserialize, Serialize};

use super::{DeliveryAddress, DeliveryGroup, OrderGift, OrderPromotion};
use crate::date_time::KstDateTime;

/// 주문내역 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderListRequest {
    /// Of the order's day; the last three months as far as the two days are missing. A guest's order is shown whenever it was placed.
    pub str_dt: Option<String>,
    pub end_dt: Option<String>,
    /// ALL, or CLAIM for orders of which something was claimed; ALL where it is missing.
    pub ord_stat_gubun: Option<String>,
    pub page_no: Option<i64>,
    /// 50 at most.
    pub page_size: Option<i64>,
}

/// 주문내역 조회 대상
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderListQuery {
    /// For agents and services, who must name a member.
    pub mbr_no: Option<String>,
}

/// 주문내역
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderList {
    pub total_count: i64,
    /// Newest first.
    pub list: Vec<OrderRow>,
}

/// 주문 한 건
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderRow {
    pub ord_no: OrderNo,
    pub ord_dtm: KstDateTime,
    pub ord_media_cd: OrderMedia,
    /// 결제금액, as ordered.
    pub pay_amt: Won,
    /// 주문금액: what the order counts for now, as `getOrdTotAmt` has it.
    pub ord_amt: Won,
    /// Y once the member has withdrawn: what is personal is masked.
    pub mask_yn: Yn,
    pub goods_list: Vec<OrderGoodsRow>,
    /// Newest first.
    pub claim_list: Vec<OrderClaimRow>,
}

/// 주문상품 한 건
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderGoodsRow {
    pub ord_seq: i32,
    pub goods_no: GoodsNo,
    pub goods_nm: String,
    /// The item the line holds now.
    pub itm_no: ItemNo,
    pub itm_nm: String,
    pub goods_img: Option<String>,
    pub ord_qty: i64,
    /// What cancels and returns have left.
    pub left_qty: i64,
    pub cncl_qty: i64,
    pub rtn_qty: i64,
    pub sale_prc: Won,
    /// What still stands of the line's discounts as ordered.
    pub dc_amt: Won,
    pub ord_dtl_stat_cd: LineStatus,
    pub ord_dtl_stat_nm: String,
    /// When it came to this status; null where that is not kept: of deliveries it is.
    pub stat_dtm: Option<KstDateTime>,
    pub claim_psb: ClaimPossibility,
}

/// 클레임가능여부: what whoever asks may do with the line now, as far as the order alone decides it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimPossibility {
    pub cncl_yn: Yn,
    pub opt_chg_yn: Yn,
    pub rtn_yn: Yn,
    pub exch_yn: Yn,
    /// Why nothing may be done; null where something may.
    pub impsb_rsn: Option<String>,
}

/// 주문의 클레임 한 건
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderClaimRow {
    pub claim_no: ClaimNo,
    pub claim_business_type: ClaimType,
    pub claim_stat_cd: ClaimStatus,
    pub claim_stat_nm: String,
    pub req_dtm: KstDateTime,
}

/// 주문상세 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderDetailRequest {
    pub ord_no: Option<String>,
}

/// 주문상세
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderDetail {
    #[serde(flatten)]
    pub row: OrderRow,
    pub dlvp_list: Vec<DeliveryAddress>,
    pub pay_list: Vec<OrderPaymentRow>,
    pub gift_list: Vec<OrderGift>,
    pub deli_grp_list: Vec<DeliveryGroup>,
    pub ord_promotion_list: Vec<OrderPromotion>,
}

debug_only!(OrderDetail { row });

/// 주문결제 한 건
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderPaymentRow {
    pub pay_no: PaymentNo,
    pub pay_means_cd: PayMeans,
    pub pay_means_nm: String,
    pub pay_amt: Won,
    pub sctn_cncl_psb_yn: Yn,
    pub card_no: Option<String>,
}

debug_only!(OrderPaymentRow { pay_no, pay_means_cd, pay_amt });

/// 주문 관리 목록 조회 요청: exact values, and among them a whole one of ordNo, mbrNo, the phone's three parts, or ordManNm with
/// cellEndNo.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ManagedOrderListRequest {
    pub ord_no: Option<String>,
    pub mbr_no: Option<String>,
    pub cell_sct_no: Option<String>,
    pub cell_txno_no: Option<String>,
    pub cell_end_no: Option<String>,
    pub ord_man_nm: Option<String>,
    /// Of the order's day.
    pub str_dt: Option<String>,
    pub end_dt: Option<String>,
    pub page_no: Option<i64>,
    /// 50 at most.
    pub page_size: Option<i64>,
}

debug_only!(ManagedOrderListRequest { ord_no });

/// 주문 관리 한 건
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ManagedOrderRow {
    #[serde(flatten)]
    pub row: OrderRow,
    /// Null for a guest's order.
    pub mbr_no: Option<MemberNo>,
    pub ord_man_nm: String,
    pub cell_sct_no: String,
    pub cell_txno_no: String,
    pub cell_end_no: String,
}

debug_only!(ManagedOrderRow { row });
