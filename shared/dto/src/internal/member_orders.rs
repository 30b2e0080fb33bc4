//! 회원 주문 조회: what member-service tells its sisters of one member's orders.

use commerce::{GoodsNo, ItemNo, LineStatus, MemberNo, OrderNo, SiteNo, Won};
use serde::{Deserialize, Serialize};

use crate::date_time::{KstDate, KstDateTime};

/// 회원 주문상품 조회 요청: the query of `GET /internal/members/{mbrNo}/orderLines`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberOrderLinesQuery {
    pub site_no: SiteNo,
    /// First and last Korean day of the orders.
    pub str_dt: KstDate,
    pub end_dt: KstDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_no: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_size: Option<i64>,
}

/// 회원 주문상품 조회 응답: newest order first, its lines by `ordSeq`. Bare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberOrderLines {
    pub total_count: i64,
    pub list: Vec<MemberOrderLine>,
}

/// 회원 주문상품
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberOrderLine {
    pub ord_no: OrderNo,
    pub ord_dtm: KstDateTime,
    pub ord_seq: i32,
    pub goods_no: GoodsNo,
    pub goods_nm: String,
    /// The item the line holds now.
    pub itm_no: ItemNo,
    pub itm_nm: String,
    pub goods_img: Option<String>,
    pub ord_qty: i64,
    pub sale_prc: Won,
    pub ord_dtl_stat_cd: LineStatus,
}

/// 주문 소유 확인 요청: the query of `GET /internal/orders/{ordNo}/ownership`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderOwnershipQuery {
    pub mbr_no: MemberNo,
    pub site_no: SiteNo,
}

/// 주문 소유 확인 응답. An order that does not exist is nobody's and is answered like another member's. Bare.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderOwnership {
    pub is_own: bool,
    /// Who ordered, as it stands now; null when it is not the member's.
    pub ord_man_nm: Option<String>,
    /// Empty when it is not the member's.
    pub lines: Vec<OwnedOrderLine>,
}

debug_only!(OrderOwnership { is_own, lines });

/// 소유 주문의 상품
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnedOrderLine {
    pub ord_seq: i32,
    pub goods_no: GoodsNo,
    pub goods_nm: String,
    pub itm_no: ItemNo,
}
