//! 주문: the order as a shop system sends it, as claim-service reads it back, and its status calls.
//!
//! Fields are `Option` exactly where the contract lets them be null or absent, and the lists it lets be absent
//! are then empty. Whether sums hold and references resolve is for member-service to judge.

use commerce::{
    CouponIssueNo, DeliveryProcess, DiscountKind, GiftEventType, GoodsNo, ItemNo, LineStatus, MemberGrade,
    MemberNo, MileageReason, OrderMedia, OrderNo, PayMeans, PaymentNo, PromotionNo, PromotionType, RateOrWon,
    SiteNo, Won, Yn,
};
use serde::{Deserialize, Serialize};

use crate::bounded::{MOST_LINES, MOST_ORDERS, MOST_ROWS, at_most, none_or_at_most};
use crate::date_time::KstDateTime;

mod shown;
mod snapshot;
mod status;
#[cfg(test)]
mod tests;

pub use shown::{
    ClaimPossibility, ManagedOrderListRequest, ManagedOrderRow, OrderClaimRow, OrderDetail,
    OrderDetailRequest, OrderGoodsRow, OrderList, OrderListQuery, OrderListRequest, OrderPaymentRow,
    OrderRow,
};
pub use snapshot::{OrderLineState, OrderSnapshot};
pub use status::{OrderStatusLine, OrderStatusRequest};

/// 주문 수신 요청: taken whole or not at all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct OrderIntakeRequest {
    #[serde(deserialize_with = "at_most::<MOST_ORDERS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ORDERS)))]
    pub orders: Vec<Order>,
}

/// 주문 수신 응답
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderIntakeAnswer {
    pub created: i64,
    pub unchanged: i64,
}

/// 주문
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Order {
    pub ord_no: OrderNo,
    pub site_no: SiteNo,
    /// Absent for a guest's order, which then has a password.
    pub mbr_no: Option<MemberNo>,
    pub mbr_grade_cd: Option<MemberGrade>,
    pub ord_man_nm: String,
    pub cell_sct_no: String,
    pub cell_txno_no: String,
    pub cell_end_no: String,
    pub email_addr: Option<String>,
    /// Plain on the way in, and never on any way out.
    pub ord_pwd: Option<String>,
    pub ord_media_cd: OrderMedia,
    pub ord_dtm: KstDateTime,
    #[serde(deserialize_with = "at_most::<MOST_LINES, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_LINES)))]
    pub dlvp_list: Vec<DeliveryAddress>,
    #[serde(deserialize_with = "at_most::<MOST_LINES, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_LINES)))]
    pub deli_grp_list: Vec<DeliveryGroup>,
    #[serde(deserialize_with = "at_most::<MOST_LINES, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_LINES)))]
    pub goods_list: Vec<OrderLine>,
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ROWS)))]
    pub ord_promotion_list: Vec<OrderPromotion>,
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ROWS)))]
    pub ord_accm_list: Vec<OrderAccm>,
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ROWS)))]
    pub gift_list: Vec<OrderGift>,
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ROWS)))]
    pub etc_gft_dlvp_list: Vec<EtcGiftDelivery>,
    #[serde(deserialize_with = "at_most::<MOST_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ROWS)))]
    pub pay_list: Vec<OrderPayment>,
}

debug_only!(Order { ord_no, site_no });

/// 주문배송지
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DeliveryAddress {
    pub dlvp_seq: i32,
    pub rcvmn_nm: String,
    pub cell_sct_no: String,
    pub cell_txno_no: String,
    pub cell_end_no: String,
    pub zip_no: String,
    pub zip_addr: String,
    pub dtl_addr: String,
    pub deli_msg: Option<String>,
    /// 개인통관고유부호: the receiver's personal customs number.
    pub pers_cstm_cd: Option<String>,
}

debug_only!(DeliveryAddress { dlvp_seq });

/// 배송그룹: lines that are delivered together and share one fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DeliveryGroup {
    pub deli_grp_no: i32,
    pub deli_polc_no: String,
    pub entr_no: String,
    pub dlvp_seq: i32,
    pub base_deli_amt: Won,
    pub free_std_amt: Option<Won>,
    pub chrg_deli_amt: Won,
    pub dlv_cpn: Option<DeliveryCoupon>,
    /// 반품배송비: one way back; as much as `baseDeliAmt` where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rtn_deli_amt: Option<Won>,
    /// 교환배송비: both ways; twice the way back where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exch_deli_amt: Option<Won>,
    /// 최초배송비: what a group that was free without a condition costs when nothing of it is kept; 0 where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frst_deli_amt: Option<Won>,
}

/// 배송비쿠폰
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DeliveryCoupon {
    pub promo_no: PromotionNo,
    pub promo_nm: String,
    pub promo_typ_cd: PromotionType,
    pub cpn_isu_no: Option<CouponIssueNo>,
    pub our_chrg_rate: i32,
    pub entr_chrg_rate: i32,
    pub dc_amt: Won,
}

/// 주문상품: one order line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderLine {
    pub ord_seq: i32,
    pub goods_no: GoodsNo,
    pub itm_no: ItemNo,
    pub goods_nm: String,
    pub itm_nm: String,
    pub goods_img: Option<String>,
    pub entr_no: String,
    pub brand_no: String,
    pub std_ctg_no: String,
    pub disp_ctg_no: String,
    pub chl_no: String,
    pub deli_grp_no: i32,
    pub deli_proc_typ_cd: DeliveryProcess,
    pub ord_qty: i64,
    pub sale_prc: Won,
    pub ord_dtl_stat_cd: LineStatus,
    pub ord_cncl_psb_yn: Yn,
    pub rsv_goods_yn: Yn,
    /// 반품가능여부: Y where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rtn_psb_yn: Option<Yn>,
    /// 교환가능여부: Y where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exch_psb_yn: Option<Yn>,
    /// 회수여부: N where nothing is collected; Y where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wthd_yn: Option<Yn>,
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ROWS)))]
    pub benefit_list: Vec<LineBenefit>,
}

/// 상품혜택: a discount that stands on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LineBenefit {
    pub promo_no: PromotionNo,
    pub promo_nm: String,
    pub promo_typ_cd: PromotionType,
    pub our_chrg_rate: i32,
    pub entr_chrg_rate: i32,
    pub fixamt_fxrt_gb_cd: DiscountKind,
    pub dc_rate_amt: i64,
    pub min_buy_amt: Option<Won>,
    pub max_dc_amt: Option<Won>,
    pub dc_amt: Won,
    pub cpn_isu_no: Option<CouponIssueNo>,
}

/// 주문프로모션: a discount of the order, shared out over lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderPromotion {
    pub promo_no: PromotionNo,
    pub promo_nm: String,
    pub promo_typ_cd: PromotionType,
    pub our_chrg_rate: i32,
    pub entr_chrg_rate: i32,
    pub fixamt_fxrt_gb_cd: DiscountKind,
    pub dc_rate_amt: i64,
    pub min_buy_amt: Option<Won>,
    pub max_dc_amt: Option<Won>,
    pub dc_amt: Won,
    pub cpn_isu_no: Option<CouponIssueNo>,
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_LINES, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_LINES)))]
    pub goods: Vec<OrderPromotionGoods>,
}

/// 주문프로모션 상품: the share of an order promotion that one line carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderPromotionGoods {
    pub ord_seq: i32,
    pub goods_no: GoodsNo,
    pub itm_no: ItemNo,
    pub dc_amt: Won,
}

/// 주문적립: an entry of the accumulation answer the order was placed with.
///
/// What that answer may leave out or null may be left out or null here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderAccm {
    pub accm_gb_cd: MileageReason,
    pub accm_rate: RateOrWon,
    pub accm_amt: Won,
    pub promo_no: PromotionNo,
    pub promo_nm: String,
    pub promo_typ_cd: Option<PromotionType>,
    pub our_chrg_rate: Option<i32>,
    pub entr_chrg_rate: Option<i32>,
    pub fixamt_fxrt_gb_cd: DiscountKind,
    pub rsrv_std_amt: Option<Won>,
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_LINES, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_LINES)))]
    pub goods_accm_list: Vec<OrderAccmGoods>,
}

/// 주문적립 상품: what one line earns of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderAccmGoods {
    pub ord_seq: i32,
    pub goods_no: GoodsNo,
    pub itm_no: ItemNo,
    pub accm_amt: Won,
}

/// 사은품: a gift the order came with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderGift {
    pub ae_no: String,
    pub add_evt_typ_cd: GiftEventType,
    pub ae_nm: String,
    pub ae_goods_no: String,
    pub ae_goods_itm_no: String,
    pub ae_goods_nm: String,
    pub aply_min_amt: Option<Won>,
    pub qty: i64,
    /// The line a gift by goods belongs to; required for those.
    pub ord_seq: Option<i32>,
    /// 사은품금액: what one is worth that is not sent back; 0 where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ae_amt: Option<Won>,
}

/// 기타사은품배송: where another gift goes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EtcGiftDelivery {
    pub etc_gft_dlvp_no: String,
    pub etc_gft_nm: String,
    pub rcvmn_nm: String,
    pub zip_no: String,
    pub zip_addr: String,
    pub dtl_addr: String,
    pub cell_sct_no: String,
    pub cell_txno_no: String,
    pub cell_end_no: String,
    pub deli_msg: Option<String>,
}

debug_only!(EtcGiftDelivery { etc_gft_dlvp_no });

/// 주문결제
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderPayment {
    pub pay_no: PaymentNo,
    pub pay_means_cd: PayMeans,
    pub pay_amt: Won,
    /// 부분취소가능여부: whether less than the whole can be refunded.
    pub sctn_cncl_psb_yn: Yn,
    pub pg_pay_key: Option<String>,
    pub card_no: Option<String>,
}

debug_only!(OrderPayment { pay_no, pay_means_cd, pay_amt });
